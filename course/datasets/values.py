"""The hash of what was loaded: equal for equal values, however the file was written."""

import hashlib
from typing import Any

__all__ = ["digest"]


def digest(content: dict[str, Any]) -> str:
    """Return the sha256 of the values of a data set.

    Parameters
    ----------
    content : dict
        What a reader or a stand-in returns: `frame`, or else `data` and `target`, is hashed.

    Examples
    --------
    >>> import numpy as np
    >>> digest({"data": np.eye(2)}) == digest({"data": np.eye(2)[::-1][::-1]})
    True
    """
    found = hashlib.sha256()
    if "frame" in content:
        parts = {str(name): column.to_numpy() for name, column in content["frame"].items()}
    else:
        parts = {key: content[key] for key in ("data", "target") if content.get(key) is not None}
    for name, part in parts.items():
        _add(found, name, part)
    return found.hexdigest()


def _add(found: "hashlib._Hash", name: str, part: Any) -> None:
    import numpy as np

    array = np.asarray(part)
    if array.dtype.kind in "OUT":
        texts = [str(text).encode() for text in array.ravel()]
        kind, raw = "text", b"".join(len(text).to_bytes(4, "little") + text for text in texts)
    else:
        # The same bytes on every machine.
        array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        kind, raw = array.dtype.str, array.data.cast("B") if array.size else b""
    found.update(f"{name}|{kind}|{array.shape}|".encode())
    found.update(raw)
