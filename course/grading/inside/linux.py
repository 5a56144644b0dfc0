"""What Linux offers to confine a process, called directly: there is no package to install.

Each function does one thing and returns whether it worked; on other systems none does. That a protection
works is not believed: ``course.grading.sandbox`` starts a child and lets it try.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = [
    "drop_capabilities",
    "enter_namespaces",
    "forbid_syscalls",
    "hide_from_debuggers",
    "only_these_files",
    "prctl",
]

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_MACHINE = os.uname().machine if hasattr(os, "uname") else ""

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 24, 36, 38


def prctl(option: int, value: int = 0, pointer: object = None) -> bool:
    """Call prctl."""
    if _libc is None:
        return False
    return _libc.prctl(option, ctypes.c_ulong(value), pointer, ctypes.c_ulong(0), ctypes.c_ulong(0)) == 0


def hide_from_debuggers() -> bool:
    """Keep other processes of this user from this one's memory, environment and files."""
    return prctl(PR_SET_DUMPABLE, 0)


def drop_capabilities() -> bool:
    """Give up every capability for good, also for programs that this process starts."""
    if _libc is None:
        return False
    for capability in range(64):
        prctl(PR_CAPBSET_DROP, capability)
    header = struct.pack("Ii", 0x20080522, 0)
    return _libc.capset(header, struct.pack("6I", *[0] * 6)) == 0


# --- Namespaces: an own view of files, processes and network ----------------------------------------------

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
DEVICES = ("null", "zero", "full", "random", "urandom")


def enter_namespaces(readable: Sequence[str], size: int) -> None:
    """Move this process into namespaces of its own; the process that returns is the first in its own list.

    Afterwards there are only the ``readable`` paths (read-only), an empty ``/tmp`` of ``size`` bytes, a few
    devices, and the processes that this one starts. An ordinary user becomes the only user of the sandbox;
    root stays root, so that it can hand its children to another user.

    Raises
    ------
    OSError
        Where the system does not allow it.
    """
    if _libc is None:
        raise OSError("namespaces need Linux")
    user, group = os.getuid(), os.getgid()
    flags = NEWNS | NEWUTS | NEWIPC | NEWPID | NEWNET | (NEWUSER if user else 0)
    _must(_libc.unshare(flags), "unshare")
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    child = os.fork()
    if child:
        # The control pipes are the inner process's alone, so that its end is seen.
        os.closerange(0, 256)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0x7F)
    prctl(PR_SET_PDEATHSIG, 9)
    _mount("none", "/", None, REC | PRIVATE)
    # Any folder will do to build the new root on; in this mount namespace nobody else sees it.
    root = "/tmp"
    kept = [path for path in readable if os.path.lexists(path)]
    holders = [os.open(path, os.O_PATH | os.O_CLOEXEC) for path in kept]
    devices = [os.open(f"/dev/{name}", os.O_PATH | os.O_CLOEXEC) for name in DEVICES]
    links = {path: os.readlink(path) for path in ("/lib", "/lib64", "/bin", "/sbin") if os.path.islink(path)}
    _mount("tmpfs", root, "tmpfs", NOSUID | NODEV, "mode=755,size=1m")
    for path, bytes_ in (("/tmp", size), ("/dev/shm", 2**24)):
        os.makedirs(root + path)
        _mount("tmpfs", root + path, "tmpfs", NOSUID | NODEV, f"mode=1777,size={bytes_}")
    for path, holder in zip(kept, holders, strict=True):
        if path not in links:
            _bind(f"/proc/self/fd/{holder}", root + path, os.path.isdir(f"/proc/self/fd/{holder}"))
    for path, goal in links.items():
        os.symlink(goal, root + path)
    for name, device in zip(DEVICES, devices, strict=True):
        _bind(f"/proc/self/fd/{device}", f"{root}/dev/{name}", folder=False, writable=True)
    for fd in (*holders, *devices):
        os.close(fd)
    os.makedirs(root + "/proc", exist_ok=True)
    _mount("proc", root + "/proc", "proc", NOSUID | NODEV | NOEXEC)
    _mount(None, root, None, REMOUNT | RDONLY | NOSUID | NODEV)
    os.chdir(root)
    _must(_libc.pivot_root(b".", b"."), "pivot_root")
    _must(_libc.umount2(b".", DETACH), "umount2")
    os.chdir("/tmp")


def _bind(source: str, target: str, folder: bool, writable: bool = False) -> None:
    if folder:
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    _mount(source, target, None, BIND | REC)
    if not writable:
        # What the host forbids on this mount must be forbidden here too, or an ordinary user is refused.
        held = os.statvfs(target).f_flag & (NOSUID | NODEV | NOEXEC)
        atime = {os.ST_NOATIME: 1 << 10, os.ST_NODIRATIME: 1 << 11, os.ST_RELATIME: 1 << 21}
        held |= sum(bit for flag, bit in atime.items() if os.statvfs(target).f_flag & flag)
        _mount(None, target, None, REMOUNT | BIND | RDONLY | NOSUID | NODEV | held)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    words = [None if word is None else word.encode() for word in (source, target, kind, data)]
    _must(_libc.mount(words[0], words[1], words[2], ctypes.c_ulong(flags), words[3]), f"mount {target}")


def _must(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


# --- Landlock: which files, for any user ------------------------------------------------------------------

_READ = (1 << 0) | (1 << 2) | (1 << 3)  # execute, read a file, list a folder
_OF_FILES = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 14) | (1 << 15)
_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


def only_these_files(readable: Iterable[str], writable: Iterable[str]) -> bool:
    """Forbid this process and its children all files but these; also signals to others, and TCP."""
    if _libc is None:
        return False
    version = _libc.syscall(444, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    every = (1 << _RIGHTS_BY_VERSION.get(version, 16)) - 1
    attributes = struct.pack("QQQ", every, 0b11, 0b11)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _libc.syscall(444, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    rules = [(path, _READ) for path in readable] + [(path, every) for path in writable]
    for path, rights in rules:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        if not os.path.isdir(path):
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights & every, fd)
        _libc.syscall(445, ruleset, 1, rule, 0)
        os.close(fd)
    worked = _libc.syscall(446, ruleset, 0) == 0
    os.close(ruleset)
    return worked


# --- Seccomp: what may be asked of the kernel -------------------------------------------------------------

# name: number on (x86_64, aarch64)
_FORBIDDEN = {
    # leaving the process group, which is ended as a whole
    "setsid": (112, 157),
    "setpgid": (109, 154),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "setpriority": (141, 140),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "ioprio_set": (251, 30),
    "kcmp": (312, 272),
    # the network
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    # memory that no limit counts, or that stays
    "memfd_create": (319, 279),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "userfaultfd": (323, 282),
    # who may do what with a file, which Landlock leaves open (only x86_64 has the first three)
    "chmod": (90, 53),
    "chown": (92, 54),
    "lchown": (94, 54),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    # other views of the system
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "fsopen": (430, 430),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
}
_ONLY_TO_ITSELF = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131)}
_PRLIMIT, _CLONE, _CLONE3 = (302, 261), (56, 220), (435, 435)
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW, _REFUSE, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_NAMESPACE_FLAGS = 0x7E020000


def forbid_syscalls() -> bool:
    """Refuse what no answer needs: other processes, the network, namespaces, memory beyond the limits.

    A refused call fails with "Operation not permitted".
    """
    if _libc is None or _MACHINE not in _ARCHITECTURES:
        return False
    column = list(_ARCHITECTURES).index(_MACHINE)
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCHITECTURES[_MACHINE]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        # the second set of numbers that x86_64 has
        (_AT_LEAST, 0, 1, 0x40000000),
        (_RETURN, 0, 0, _REFUSE),
        # the C library then takes clone, whose flags can be read here
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _UNKNOWN),
        (_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 0, 1, _NAMESPACE_FLAGS),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    for numbers in _FORBIDDEN.values():
        program += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _REFUSE)]
    itself = [(numbers, os.getpid()) for numbers in _ONLY_TO_ITSELF.values()]
    for numbers, process in [*itself, (_PRLIMIT, 0)]:
        program += [
            (_EQUAL, 0, 4, numbers[column]),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_EQUAL, 0, 1, process),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        ]
    program.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(code)))
    return prctl(PR_SET_SECCOMP, 2, filter_)
