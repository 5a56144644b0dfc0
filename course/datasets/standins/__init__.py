"""What takes the place of a real data set that is not there.

A stand-in has the columns, types, ranges and class names of the real data, so that every notebook runs
unchanged. It is made of data that a package brings, or drawn by a generator with a fixed seed.
"""

from typing import Any

__all__ = ["make"]


def make(name: str) -> dict[str, Any]:
    """Make the stand-in of a data set.

    Examples
    --------
    >>> make("mnist")["images"].shape
    (5000, 28, 28)
    """
    from course.datasets.standins import faces, garments, pictures, tables, texts

    makers = {
        "mnist": pictures.mnist,
        "mnist-5k": pictures.mnist_5k,
        "fashion-mnist": garments.fashion_mnist,
        "olivetti-faces": faces.olivetti,
        "ladybug": pictures.ladybug,
        "lung-ct": pictures.lung_ct,
        "pokemon": pictures.pokemon,
        "wine-quality": tables.wine_quality,
        "california-housing": tables.california_housing,
        "boston-housing": tables.california_housing,
        "housing": tables.housing,
        "bank-marketing": tables.bank_marketing,
        "credit-approval": tables.credit_approval,
        "molecules": texts.molecules,
        "macbeth": texts.macbeth,
    }
    return makers[name]()
