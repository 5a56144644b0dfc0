"""Every data set of the course by name: the real files where they are, else a stand-in.

The registry (``data/datasets.toml``) says what there is. Real files lie in the data home: the folder
that ``COURSE_DATA_HOME`` names, else the user's cache. Only ``course data fetch`` downloads.

===================  ====================================================================================
``registry``         what is known of each data set
``home``             the data home: a file in it is used only if it is intact
``readers``          from the bytes of real files to arrays and tables
``bundled``          data sets that come with scikit-learn
``standins``         what takes the place of a real data set that is not there
``shapes``           the form in which real data and stand-ins are given
``values``           the hash of what was loaded
``fetch``            downloads
``command``          ``course data``
===================  ====================================================================================
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course import scale
from course.errors import CourseError

if TYPE_CHECKING:
    from sklearn.utils import Bunch

    from course.datasets.registry import DataSet

__all__ = ["Used", "load", "names", "used"]


@dataclass(frozen=True)
class Used:
    """What was loaded under a name: real or not, the hash of its values, and where it came from."""

    is_standin: bool
    sha256: str
    origin: str


_used: dict[str, Used] = {}


def load(name: str, *, limit: int | None = None, standin: bool | None = None) -> "Bunch":
    """Load a data set by name.

    Parameters
    ----------
    name : str
        One of `names()`.
    limit : int, optional
        At quick scale, take only the first `limit` samples. A data set with a test part gives the first
        `limit` training samples and the first ``limit // 6`` test samples. At full scale all are given.
    standin : bool, optional
        True takes the stand-in, False refuses it. By default the real files are used if they are there.

    Returns
    -------
    Bunch
        With `data`, `target`, `feature_names`, `target_names`; `frame` for tables (`data` and `target` are
        then parts of it), `images` for pictures that `data` holds as rows, `split` where a test part follows
        (``data[:split]`` is for training, ``data[split:]`` for testing). Also `name`, `origin` (a sentence
        on where it came from), `is_standin`, `sha256` (of the values, before any limit) and `DESCR`.

    Examples
    --------
    >>> iris = load("iris")
    >>> iris.data.shape, iris.is_standin
    ((150, 4), False)
    """
    from sklearn.utils import Bunch

    from course.datasets import registry, values

    if limit is not None and (not isinstance(limit, int) or limit < 1):
        raise ValueError(f"limit must be a whole number of at least 1, not {limit!r}.")
    entry = registry.find(name)
    content = None if standin else _real(entry)
    is_standin = content is None
    if content is None:
        content = _stand_in(entry, wanted=standin)
        origin = f"Stand-in: {entry.standin} ({_how_to_get(entry)})."
    else:
        origin = f"{entry.title}, from {entry.origin}."
    sha256 = values.digest(content)
    if limit is not None and not scale.is_full():
        content = _first(content, limit)
    _used[name] = Used(is_standin, sha256, origin)
    return Bunch(
        name=name,
        origin=origin,
        is_standin=is_standin,
        sha256=sha256,
        DESCR=f"{entry.title}. Licence: {entry.licence}. {origin}",
        **content,
    )


def names() -> list[str]:
    """Return the names that `load` takes.

    Examples
    --------
    >>> "mnist" in names()
    True
    """
    from course.datasets import registry

    return [entry.name for entry in registry.entries().values() if entry.can_load]


def used() -> dict[str, Used]:
    """Return what this process has loaded so far, by name."""
    return dict(_used)


def _real(entry: "DataSet") -> dict[str, Any] | None:
    """Return the real data, or None where they are not on this machine."""
    if entry.kind == "bundled":
        from course.datasets import bundled

        return bundled.load(entry.name)
    if entry.kind == "file":
        from course.datasets import home, readers

        files = home.read(entry)
        return files and readers.read(entry.name, files)
    return None


def _stand_in(entry: "DataSet", wanted: bool | None) -> dict[str, Any]:
    if entry.kind == "generated":
        raise CourseError(f"Nothing is stored of {entry.name!r}; a notebook builds it: {entry.recipe}.")
    if not entry.standin:
        reason = f" {entry.why}" if entry.why else " The real one is always here."
        raise CourseError(f"There is no stand-in for {entry.name!r}.{reason}")
    if wanted is False:
        from course.datasets import home

        where = f" is not in {home.folder()}" if entry.kind == "file" else " is not used by the course"
        raise CourseError(f"The real {entry.name!r}{where}: {_how_to_get(entry)}.")
    from course.datasets import standins

    return standins.make(entry.name)


def _how_to_get(entry: "DataSet") -> str:
    if any(file.addresses for file in entry.files):
        return f"for the real one: course data fetch {entry.name}"
    return entry.why.rstrip(".")


def _first(content: dict[str, Any], limit: int) -> dict[str, Any]:
    """Return the first samples, of the training and of the test part where there are two."""
    import numpy as np

    split = content.get("split")
    if split is None:
        rows, cut = slice(limit), {}
    else:
        tested = min(limit // 6, len(content["data"]) - split)
        limit = min(limit, split)
        rows, cut = np.r_[:limit, split : split + tested], {"split": limit}
    for key in {"data", "target", "frame"} & content.keys():
        whole = content[key]
        cut[key] = whole.iloc[rows] if hasattr(whole, "iloc") else whole[rows]
    if "images" in content:
        cut["images"] = cut["data"].reshape(-1, *content["images"].shape[1:])
    return content | cut
