"""The sandbox that students' code runs in: levels of isolation, strongest first.

``bubblewrap``
    an own view of files, processes and network, made by the program of that name;
``namespaces``
    the same, made by ourselves;
``user``
    another user of this machine (only root can do that);
``limits``
    this user, with limits.

At every level the child is confined further by what the kernel offers to anybody (Landlock, seccomp, limits
of resources). What that comes to is not assumed: a child tries to read a secret file, to open a connection
and to reach its parent, and the report says what it could.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.files import registry_folder

__all__ = ["LEVELS", "Limits", "Sandbox", "best", "no_less_than", "offered"]

LEVELS = ("bubblewrap", "namespaces", "user", "limits")
# Users of this number have no name and no files; systemd lends the range to passing services.
FIRST_USER = 61184
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime")
PRIVATE = ("authoring", "grading")
ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
START = "import sys; sys.path[:] = {path!r}; from course.grading.inside import zygote; zygote.main()"


@dataclass(frozen=True)
class Limits:
    """What one child may use: bytes, seconds and numbers.

    ``message`` bounds what comes back, ``output`` what is kept of what the code prints, ``disk`` all files
    together where the sandbox has a disk of its own.
    """

    memory: int = 2 * 2**30
    file: int = 16 * 2**20
    disk: int = 64 * 2**20
    message: int = 4 * 2**20
    output: int = 4000
    tasks: int = 64

    def of_job(self, seconds: float) -> dict[str, float]:
        """Return the limits of a job that may take some seconds."""
        return {
            "memory": self.memory,
            "file": self.file,
            "message": self.message,
            "output": self.output,
            "tasks": self.tasks,
            "wall": seconds,
            "cpu": int(seconds) + 2,
        }


@dataclass(frozen=True)
class Sandbox:
    """A level, and the folder with what of the project may be seen inside.

    Use it from :func:`Sandbox.open`; each worker starts its own process with :meth:`start`.
    """

    level: str
    folder: Path
    limits: Limits = field(default_factory=Limits)

    @staticmethod
    @contextmanager
    def open(level: str, limits: Limits | None = None) -> Iterator["Sandbox"]:
        """Copy what is needed to a folder of its own, for as long as the context lasts."""
        if not hasattr(os, "fork"):
            raise CourseError("Grading needs Linux or macOS. On Windows use the Linux subsystem (WSL).")
        folder = Path(tempfile.mkdtemp(prefix="course-sandbox-"))
        try:
            folder.chmod(0o755)
            _copy_students_side(folder / "project")
            _copy_font_list(folder / "matplotlib")
            (folder / "tmp").mkdir()
            (folder / "tmp").chmod(0o711)
            yield Sandbox(level, folder, limits or Limits())
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def start(
        self, *, number: int = 0, modules: Sequence[str] = ()
    ) -> tuple[subprocess.Popen, dict[str, Any]]:
        """Start a zygote that loads some modules; return its process and what it is to be told first."""
        own_disk = self.level in ("bubblewrap", "namespaces")
        temporary = "/tmp" if own_disk else str(self.folder / "tmp")
        path = [str(self.folder / "project"), *_library_path()]
        readable = [*_readable(), str(self.folder / "project"), str(self.folder / "matplotlib")]
        python = [sys.executable, "-S", "-s", "-P", "-c", START.format(path=path)]
        command = _bubblewrap(readable, self.limits.disk) + python if self.level == "bubblewrap" else python
        config = {
            "namespaces": self.level == "namespaces",
            "outside": _process_list(),
            "user": FIRST_USER + number if os.getuid() == 0 and self.level != "limits" else None,
            "tasks_already": 0 if os.getuid() == 0 or own_disk else _tasks_of(os.getuid()) + 256,
            "readable": readable,
            "disk": self.limits.disk,
            "temporary": temporary,
            "matplotlib": str(self.folder / "matplotlib"),
            "path": path,
            "modules": list(modules),
        }
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(temporary),
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        return process, config


def _bubblewrap(readable: Sequence[str], disk: int) -> list[str]:
    program = shutil.which("bwrap")
    if program is None:
        raise OSError("there is no program bwrap")
    command = [
        program,
        "--die-with-parent",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
    ]
    if os.getuid() == 0:
        # To hand the children to another user, and to end them.
        command += ["--cap-drop", "ALL"]
        for capability in ("SETUID", "SETGID", "SETPCAP", "KILL", "CHOWN", "DAC_OVERRIDE"):
            command += ["--cap-add", f"CAP_{capability}"]
    else:
        command += ["--unshare-user"]
    command += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--size", str(disk), "--tmpfs", "/tmp"]
    # bwrap makes the folders above a path for its own user alone; the children have another one.
    above = {str(folder) for path in readable for folder in Path(path).parents} - {"/", "/tmp"}
    for folder in sorted(above):
        command += ["--perms", "0755", "--dir", folder]
    for path in readable:
        if os.path.islink(path) and path in SYSTEM:
            command += ["--symlink", os.readlink(path), path]
        else:
            command += ["--ro-bind-try", path, path]
    return [*command, "--chdir", "/tmp", "--"]


def _readable() -> list[str]:
    """List what the sandbox may read: the system's programs, Python, its packages, and the data home."""
    from course.datasets import home

    paths = [*SYSTEM, sys.base_prefix, sys.prefix, *_library_path(), str(home.folder())]
    seen = [path for path in paths if os.path.lexists(path)]
    seen += [os.path.realpath(path) for path in seen if path not in SYSTEM]
    return list(dict.fromkeys(seen))


def _library_path() -> list[str]:
    """Return where Python finds its own library and packages; nothing of the project or the caller."""
    homes = (sys.base_prefix + os.sep, sys.prefix + os.sep)
    packages = ("site-packages", "dist-packages")
    return [
        path
        for path in sys.path
        if os.path.isdir(path) and (path.startswith(homes) or os.path.basename(path) in packages)
    ]


def _environment(temporary: str) -> dict[str, str]:
    from course.datasets import home

    chosen = {name: os.environ[name] for name in ("KERAS_BACKEND", "COURSE_SCALE") if name in os.environ}
    return (
        chosen
        | {f"{name}_NUM_THREADS": "1" for name in ONE_THREAD}
        | {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": temporary,
            "TMPDIR": temporary,
            "MPLBACKEND": "Agg",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "JOBLIB_MULTIPROCESSING": "0",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            "COURSE_DATA_HOME": str(home.folder()),
        }
    )


def _copy_students_side(folder: Path) -> None:
    package = Path(__file__).resolve().parent.parent
    hidden = shutil.ignore_patterns("__pycache__")

    def left_out(at: str, names: list[str]) -> set[str]:
        private = PRIVATE if Path(at) == package else ()
        return {*hidden(at, names), *(name for name in names if name in private)}

    shutil.copytree(package, folder / "course", ignore=left_out)
    shutil.copytree(package / "grading" / "inside", folder / "course" / "grading" / "inside", ignore=hidden)
    (folder / "course" / "grading" / "__init__.py").touch()
    if registry_folder().name == "data":
        shutil.copytree(registry_folder(), folder / "data", ignore=hidden)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _copy_font_list(folder: Path) -> None:
    """Copy matplotlib's list of fonts, which takes seconds to make anew."""
    import matplotlib

    folder.mkdir()
    for file in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        shutil.copy(file, folder)
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _process_list() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""


def _tasks_of(user: int) -> int:
    count = 0
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else []:
        try:
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == user:
                count += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            continue
    return count


# --- Which levels there are -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Protection:
    """What a child could not do when it tried."""

    level: str
    files_hidden: bool
    network_off: bool
    others_out_of_reach: bool

    def __str__(self) -> str:
        words = [
            "files outside the sandbox " + ("unreadable" if self.files_hidden else "READABLE"),
            "network " + ("off" if self.network_off else "ON"),
            "other processes " + ("out of reach" if self.others_out_of_reach else "IN REACH"),
        ]
        return f"{self.level} ({', '.join(words)})"


@cache
def offered() -> dict[str, Protection]:
    """Return what each level that works on this machine protects, strongest first."""
    found = {}
    for level in LEVELS:
        if level == "user" and os.getuid() != 0:
            continue
        try:
            found[level] = _try(level)
        except (OSError, _NoSuchLevel):
            continue
    return found


class _NoSuchLevel(Exception):
    """A level does not work on this machine."""


def _try(level: str) -> Protection:
    from course.grading.worker import Worker, WorkerLost

    with Sandbox.open(level) as sandbox, tempfile.NamedTemporaryFile(prefix="course-secret-") as secret:
        # Anybody on this machine might read it: only the sandbox stands before it.
        os.chmod(secret.name, 0o644)
        job = {"do": "try", "secret": secret.name, "parent": os.getpid()}
        try:
            with Worker(sandbox) as worker:
                reply = worker.ask(job, seconds=5)
        except WorkerLost as error:
            raise _NoSuchLevel(str(error)) from None
        could = reply.plain()
        if not isinstance(could, dict):
            raise _NoSuchLevel(f"the child ended by {reply.ended}")
        if not could["library"]:
            raise _NoSuchLevel("another user cannot read this Python")
        return Protection(level, *[could[name] is False for name in ("files", "network", "processes")])


def best() -> Protection:
    """Return the strongest level that works here."""
    levels = offered()
    if not levels:
        raise CourseError("No process could be started to run students' code in.")
    return next(iter(levels.values()))


def no_less_than(level: str) -> Protection:
    """Return the strongest level, or refuse if it is weaker than this one."""
    found = best()
    if LEVELS.index(found.level) > LEVELS.index(level):
        raise CourseError(
            f"Isolation {level!r} is required; this machine offers {found.level!r} at best. "
            "On Debian and Ubuntu: apt-get install bubblewrap"
        )
    return found
