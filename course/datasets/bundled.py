"""Data sets that come with scikit-learn."""

from typing import Any

__all__ = ["load"]


def load(name: str) -> dict[str, Any]:
    """Load a bundled data set; those of mixed measurements come as tables, digits as pictures.

    Examples
    --------
    >>> load("digits")["images"].shape
    (1797, 8, 8)
    """
    from sklearn import datasets

    loaders = {"iris": datasets.load_iris, "breast-cancer": datasets.load_breast_cancer}
    bunch = loaders[name](as_frame=True) if name in loaders else datasets.load_digits()
    wanted = ("data", "target", "frame", "images", "feature_names", "target_names")
    return {key: bunch[key] for key in wanted if bunch.get(key) is not None}
