"""``course lab``: Jupyter Lab on the first page of the course."""

import argparse
import importlib.util
import os
import secrets
import socket
import sys
import webbrowser

from course.errors import CourseError
from course.files import notebooks_folder

__all__ = ["configure", "free_port", "run"]

FIRST_PORT = 8888
PORTS_TO_TRY = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--port", type=int, help=f"the port to serve on (default: {FIRST_PORT}, or the next that is free)"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def run(args: argparse.Namespace) -> int:
    """Start Jupyter Lab in this process; it ends with Ctrl-C."""
    folder = notebooks_folder()
    if not (folder / "index.ipynb").exists():
        raise CourseError(f"There is no {folder / 'index.ipynb'}. Make it with: course build index")
    if importlib.util.find_spec("jupyterlab") is None:
        raise CourseError("Jupyter Lab is not installed here. Install it with: pip install jupyterlab")
    if args.port is None:
        port = free_port(FIRST_PORT)
        if port != FIRST_PORT:
            print(f"Port {FIRST_PORT} is taken, perhaps by another Lab; using {port}.")
    else:
        port = args.port
        if not _is_free(port):
            raise CourseError(
                f"Port {port} is taken. Leave out --port to use the next free one, or name another."
            )

    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16)
    print(f"The course is at  http://localhost:{port}/lab/tree/index.ipynb?token={token}")
    browser = not args.no_browser and _has_browser()
    if not browser and not args.no_browser:
        print("There is no browser on this machine: open the address in yours.")
    print("Stop it with Ctrl-C.", flush=True)

    command = [
        *(sys.executable, "-m", "jupyterlab", str(folder / "index.ipynb")),
        *(
            f"--ServerApp.root_dir={folder}",
            f"--port={port}",
            "--ServerApp.port_retries=0",
            "--log-level=WARN",
        ),
        *([] if browser else ["--no-browser"]),
        # Jupyter refuses to serve root unless told; in a container root is all there is.
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]
    os.execve(sys.executable, command, {**os.environ, "JUPYTER_TOKEN": token})


def free_port(first: int) -> int:
    """Return the first free port from ``first`` on.

    Examples
    --------
    >>> free_port(20_000) >= 20_000
    True
    """
    for port in range(first, first + PORTS_TO_TRY):
        if _is_free(port):
            return port
    raise CourseError(
        f"The ports {first} to {first + PORTS_TO_TRY - 1} are all taken. Name another with --port."
    )


def _is_free(port: int) -> bool:
    if not 0 < port < 65_536:
        raise CourseError(f"There is no port {port}; a port is a number from 1 to 65535.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    # A browser without a screen to show it on is none.
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
