"""Files that are written whole or not at all, and where the project keeps its own."""

import os
import tempfile
from pathlib import Path

__all__ = ["notebooks_folder", "registry_folder", "write_whole"]

_PACKAGE = Path(__file__).resolve().parent


def write_whole(path: str | Path, content: str | bytes) -> Path:
    """Write a file under a temporary name, then rename it: a reader never sees half of it.

    Parameters
    ----------
    path : str or Path
        Where to; missing folders are made.
    content : str or bytes
        Text is written as UTF-8.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a" / "note.txt", "whole").read_text()
    'whole'
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def registry_folder() -> Path:
    """Return the folder of ``datasets.toml`` and ``published/``.

    In a checkout it is ``data/``; an installed package carries a copy.
    """
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent / "data"


def notebooks_folder() -> Path:
    """Return the folder of the notebooks of this checkout."""
    return _PACKAGE.parent / "notebooks"
