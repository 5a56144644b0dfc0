"""From the bytes of real files to arrays and tables: one reader a data set, named as in the registry."""

import gzip
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from course.datasets import shapes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["read"]


def read(name: str, files: Sequence[bytes]) -> dict[str, Any]:
    r"""Read the files of a data set, which stand in the order of the registry.

    Examples
    --------
    >>> read("macbeth", [b"*** START OF A\nThunder.\n*** END OF A"])["data"]
    'Thunder.'
    """
    return READERS[name](*files)


def _csv(data: bytes, separator: str = ",", names: list[str] | None = None) -> "pd.DataFrame":
    """Read a table as texts: `shapes` gives the types, exactly, whatever pandas would guess or round."""
    import pandas as pd

    header = 0 if names is None else None
    return pd.read_csv(io.BytesIO(data), sep=separator, names=names, header=header, dtype=str)


def _mnist(npz: bytes) -> dict[str, Any]:
    import numpy as np

    with np.load(io.BytesIO(npz), allow_pickle=False) as arrays:
        x_train, y_train, x_test, y_test = (arrays[key] for key in ("x_train", "y_train", "x_test", "y_test"))
    return _train_and_test(x_train, y_train, x_test, y_test, [str(digit) for digit in range(10)])


def _mnist_5k(npz: bytes) -> dict[str, Any]:
    whole = _mnist(npz)
    return shapes.pictures(whole["images"][:5000], whole["target"][:5000], whole["target_names"])


def _fashion_mnist(x_train: bytes, y_train: bytes, x_test: bytes, y_test: bytes) -> dict[str, Any]:
    arrays = (_idx(data) for data in (x_train, y_train, x_test, y_test))
    return _train_and_test(*arrays, shapes.FASHION)


def _train_and_test(
    x_train: "np.ndarray",
    y_train: "np.ndarray",
    x_test: "np.ndarray",
    y_test: "np.ndarray",
    classes: list[str],
) -> dict[str, Any]:
    import numpy as np

    images, target = np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test])
    return shapes.pictures(images, target, classes, split=len(x_train))


def _idx(data: bytes) -> "np.ndarray":
    """Read the format of the MNIST family: four bytes (the last one: how many axes), the axes, the values."""
    import numpy as np

    raw = gzip.decompress(data)
    axes = raw[3]
    shape = np.frombuffer(raw, ">i4", count=axes, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * axes).reshape(shape)


def _olivetti(mat: bytes) -> dict[str, Any]:
    import numpy as np
    from scipy.io import loadmat

    # A face is a column, and its pixels run down the columns of the picture.
    faces = loadmat(io.BytesIO(mat))["faces"].T.reshape(400, 64, 64).transpose(0, 2, 1).astype(np.float32)
    faces = (faces - faces.min()) / (faces.max() - faces.min())
    people = np.repeat(np.arange(40), 10)
    return shapes.pictures(np.ascontiguousarray(faces), people, [str(person) for person in range(40)])


def _ladybug(png: bytes) -> dict[str, Any]:
    import numpy as np
    from PIL import Image

    with Image.open(io.BytesIO(png)) as image:
        return {"data": np.asarray(image.convert("RGB"))}


def _california(data: bytes) -> dict[str, Any]:
    columns = [name for name, kind in shapes.COLUMNS["housing"].items() if kind is float]
    return shapes.california(_csv(data, names=columns).astype(float))


def _macbeth(data: bytes) -> dict[str, Any]:
    """Take what stands between the marks of Project Gutenberg."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    _, _, after = text.partition("*** START OF")
    _, _, play = after.partition("\n")
    play, _, _ = play.partition("*** END OF")
    return {"data": play.strip()}


READERS = {
    "mnist": _mnist,
    "mnist-5k": _mnist_5k,
    "fashion-mnist": _fashion_mnist,
    "olivetti-faces": _olivetti,
    "ladybug": _ladybug,
    "california-housing": _california,
    "housing": lambda data: shapes.table("housing", _csv(data)),
    "wine-quality": lambda data: shapes.table("wine-quality", _csv(data, ";")),
    "bank-marketing": lambda data: shapes.table("bank-marketing", _csv(data, ";")),
    "credit-approval": lambda data: shapes.table("credit-approval", _csv(data)),
    "molecules": lambda data: shapes.table("molecules", _csv(data)),
    "macbeth": _macbeth,
}
