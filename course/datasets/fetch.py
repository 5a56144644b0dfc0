"""Download real files: checked first, then put whole into the data home."""

import errno
import io
import os
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from course.datasets import home
from course.datasets.registry import Address, DataSet, File
from course.errors import CourseError
from course.files import write_whole

__all__ = ["fetch", "unpack"]

TRIES = 3
SECONDS_BETWEEN_TRIES = 2.0
SECONDS_OF_SILENCE = 30
DISK_FULL = {errno.ENOSPC, errno.EDQUOT}


def fetch(entry: DataSet, say: Callable[[str], None] = print) -> None:
    """Bring the real files of a data set into the data home; intact ones stay as they are.

    A download lies outside the data home until it is whole and checked. Two processes may fetch the same
    file: each puts its own whole copy in place, and the copies are the same.

    Parameters
    ----------
    entry : DataSet
        Of kind ``file``.
    say : callable
        Is told what happens, a line at a time.
    """
    for file in entry.files:
        path = home.folder() / file.name
        if _is_intact(file, path):
            say(f"{file.name} is there already.")
            continue
        if not file.addresses:
            raise CourseError(
                f"{file.name} cannot be downloaded: {entry.why}. Have it? Put it into {home.folder()}."
            )
        _check_writable(path.parent)
        content = _download(file, say)
        try:
            write_whole(path, content)
        except OSError as error:
            raise _told(error, path.parent) from None
        say(f"{file.name} is fetched: {len(content) / 1e6:.1f} MB in {path.parent}.")


def _is_intact(file: File, path: Path) -> bool:
    try:
        return not home.damage(file, path.read_bytes())
    except OSError:
        return False


def _check_writable(folder: Path) -> None:
    """Try before the download, not after it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _told(error, folder) from None


def _told(error: OSError, folder: str | Path) -> CourseError:
    if error.errno in DISK_FULL:
        return CourseError(f"The disk of {folder} is full. Make room and run the command again.")
    why = error.strerror or error
    return CourseError(f"{folder} cannot be written ({why}). Set COURSE_DATA_HOME to a folder of yours.")


def _download(file: File, say: Callable[[str], None]) -> bytes:
    """Return the content of a file from the first address that gives an intact one."""
    troubles = []
    for address in file.addresses:
        host = urlsplit(address.url).netloc
        say(f"{file.name}: asking {host} ...")
        try:
            content = unpack(_get(address), address.member)
        except _Failed as failure:
            troubles.append(f"{host}: {failure}")
            continue
        if trouble := home.damage(file, content):
            troubles.append(f"{host}: what came is not the published file ({trouble})")
            continue
        return content
    raise CourseError(
        f"{file.name} could not be fetched. {'; '.join(troubles)}. "
        f"Check the network and run the command again, or put the file into {home.folder()} yourself."
    )


class _Failed(Exception):
    """An address did not give its file; the message says why."""


def _get(address: Address) -> bytes:
    """Return what an address serves; a broken connection is tried again."""
    import requests
    from pooch import HTTPDownloader

    download = HTTPDownloader(progressbar=sys.stderr.isatty(), timeout=SECONDS_OF_SILENCE)
    with tempfile.TemporaryDirectory(prefix="course-fetch-") as folder:
        part = os.path.join(folder, "part")
        for left in reversed(range(TRIES)):
            try:
                download(address.url, part, None)
                return Path(part).read_bytes()
            except requests.HTTPError as error:
                status = error.response.status_code
                if status < 500 or not left:
                    raise _Failed(f"answers with HTTP {status}") from None
            except requests.RequestException as error:
                if not left:
                    raise _Failed(_in_words(error)) from None
            except OSError as error:
                raise _told(error, folder) from None
            time.sleep(SECONDS_BETWEEN_TRIES)
    raise AssertionError("the last try returns or raises")


def _in_words(error: Exception) -> str:
    import requests

    # A connection that breaks off in the middle is a ChunkedEncodingError, or arrives as a ConnectionError.
    if isinstance(error, requests.Timeout):
        return "does not answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke off"
    return "cannot be reached"


def unpack(data: bytes, member: str) -> bytes:
    """Return one member of a zip or tar archive; nothing is written, whatever its path says.

    Parameters
    ----------
    data : bytes
        The archive, or with an empty `member` the file itself.
    member : str
        Its name; ``a.zip!b.csv`` is a member of an archive in the archive.
    """
    for name in filter(None, member.split("!")):
        try:
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    data = archive.read(name)
            else:
                with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                    file = archive.extractfile(name)
                    if file is None:
                        raise KeyError(name)
                    data = file.read()
        except KeyError:
            raise _Failed(f"the archive has no {name}") from None
        except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, zipfile.zlib.error) as error:
            raise _Failed(f"the archive cannot be read ({type(error).__name__})") from None
    return data
