"""Many small images side by side."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from course.plots import checks
from course.plots.style import color

__all__ = ["image_grid"]


def image_grid(
    images: Any,
    *,
    titles: Sequence[Any] | None = None,
    y_true: Any = None,
    y_pred: Any = None,
    n_columns: int = 10,
    size: float = 0.8,
    cmap: str = "gray_r",
) -> np.ndarray:
    """Draw images in rows, all on the same scale of grey.

    Parameters
    ----------
    images : array-like of shape (n, height, width), (n, height, width, 3 or 4) or (n, side * side)
        Rows of square images may be flat.
    titles : sequence, optional
        What to write above each image.
    y_true, y_pred : array-like of shape (n,), optional
        Predictions to write above the images in place of titles; a wrong one is written in colour as
        ``predicted (true)``. They go together.
    n_columns : int, optional
        Images a row.
    size : float, optional
        Side of an image, in inches.
    cmap : str, optional
        How grey images are coloured.

    Returns
    -------
    ndarray of matplotlib Axes
        One a place in the grid; the places left over are empty.

    Examples
    --------
    >>> from sklearn.datasets import load_digits
    >>> axes = image_grid(load_digits().data[:20], n_columns=5)
    >>> axes.shape
    (4, 5)
    """
    images = _shaped(np.asarray(images))
    if n_columns < 1:
        raise ValueError(f"n_columns must be at least 1; it is {n_columns}.")
    if (y_true is None) != (y_pred is None):
        raise ValueError("y_true and y_pred must be given together.")
    colors = ["black"] * len(images)
    if y_true is not None:
        checks.same_length(images=images, y_true=y_true)
        checks.same_length(images=images, y_pred=y_pred)
        pairs = list(zip(y_true, y_pred, strict=True))
        titles = [f"{guess}" if guess == truth else f"{guess} ({truth})" for truth, guess in pairs]
        colors = ["black" if guess == truth else color(3) for truth, guess in pairs]
    if titles is not None:
        checks.same_length(images=images, titles=titles)

    n_columns = min(n_columns, len(images))
    n_rows = -(-len(images) // n_columns)
    height = size if titles is None else size + 0.25
    _, axes = plt.subplots(n_rows, n_columns, figsize=(n_columns * size, n_rows * height), squeeze=False)
    lightest, darkest = images.min(), images.max()
    for ax in axes.flat:
        ax.axis("off")
    for i, (ax, image) in enumerate(zip(axes.flat, images, strict=False)):
        ax.imshow(image, cmap=cmap, vmin=lightest, vmax=darkest)
        if titles is not None:
            ax.set_title(titles[i], color=colors[i], fontsize=9, fontweight="normal", pad=2)
    return axes


def _shaped(images: np.ndarray) -> np.ndarray:
    if not len(images):
        raise ValueError("images must hold at least one image; it is empty.")
    if images.ndim == 2:
        side = round(images.shape[1] ** 0.5)
        if side * side != images.shape[1]:
            raise ValueError(f"images must be square to be flat; {images.shape[1]} pixels make no square.")
        return images.reshape(-1, side, side)
    if images.ndim == 3 or (images.ndim == 4 and images.shape[3] in (3, 4)):
        return images
    if images.ndim == 4 and images.shape[3] == 1:
        return images[..., 0]
    raise ValueError(f"images must be rows of images; their shape is {images.shape}.")
