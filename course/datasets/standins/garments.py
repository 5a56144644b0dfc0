"""The stand-in of Fashion-MNIST: silhouettes of ten kinds of garments."""

from typing import Any

import numpy as np

from course.datasets import shapes

__all__ = ["fashion_mnist"]

# Each garment is a sum of slanted bars: middle x and y, half width, half height,
# slant (x moves by it as y grows by 1), taper (the half width grows by it), weight.
BODY, COLLAR = (0, 0.05, 0.36, 0.75, 0, 0, 1), (0, -0.75, 0.14, 0.12, 0, 0, -0.7)


def _both(
    x: float, y: float, width: float, height: float, slant: float, taper: float, weight: float
) -> list[tuple]:
    """Give a bar and its mirror image."""
    return [(side * x, y, width, height, side * slant, taper, weight) for side in (-1, 1)]


HANDLE = (0, -0.62, 0.3, 0.05, 0, 0, 0.7)
SHORT_SLEEVES = _both(0.5, -0.5, 0.15, 0.24, 0.5, 0, 1)
LONG_SLEEVES = _both(0.54, -0.05, 0.12, 0.65, 0.2, 0, 0.9)
GARMENTS = [
    [BODY, COLLAR, *SHORT_SLEEVES],
    [*_both(0.2, 0.1, 0.15, 0.8, 0.08, 0, 1), (0, -0.65, 0.33, 0.2, 0, 0, 0.5)],
    [BODY, *LONG_SLEEVES],
    [(0, 0, 0.3, 0.88, 0, 0.16, 1)],
    [(0, 0.05, 0.4, 0.85, 0, 0.04, 1), *LONG_SLEEVES, (0, 0.05, 0.03, 0.85, 0, 0, -0.5)],
    [(0, 0.45, 0.8, 0.08, 0, 0, 1), *_both(0.4, 0.2, 0.07, 0.3, 0.6, 0, 0.8)],
    [BODY, COLLAR, *LONG_SLEEVES, (0, 0.1, 0.03, 0.6, 0, 0, -0.4)],
    [(0, 0.35, 0.8, 0.18, 0, 0, 0.9), (0.35, 0.12, 0.4, 0.2, -0.4, 0, 0.6)],
    [(0, 0.25, 0.7, 0.45, 0, 0.08, 1), *_both(0.35, -0.4, 0.05, 0.25, 0.4, 0, 0.7), HANDLE],
    [(0, 0.5, 0.75, 0.22, 0, 0, 1), (0.4, -0.1, 0.3, 0.6, 0, 0, 0.9)],
]  # fmt: skip


def fashion_mnist(n_train: int = 12_000, n_test: int = 2_000) -> dict[str, Any]:
    """Draw 12,000 garments to train and 2,000 to test: moved, stretched, of any shade, with some noise."""
    rng = np.random.default_rng(42)
    n = n_train + n_test
    target = rng.permutation(np.arange(n) % 10)
    images = np.empty((n, 28, 28), dtype=np.uint8)
    for garment, bars in enumerate(GARMENTS):
        rows = np.flatnonzero(target == garment)
        images[rows] = _draw(bars, len(rows), rng)
    return shapes.pictures(images, target, shapes.FASHION, split=n_train)


def _draw(bars: list[tuple], n: int, rng: np.random.Generator) -> np.ndarray:
    def each(middle: float, spread: float) -> np.ndarray:
        return rng.normal(middle, spread, size=(n, 1, 1)).astype(np.float32)

    side = np.linspace(-1, 1, 28, dtype=np.float32)
    y = (side[:, None] - each(0, 0.05)) / each(0.95, 0.06)
    x = (side[None, :] - each(0, 0.05)) / each(1, 0.1)
    cover = 0.0
    for cx, cy, width, height, slant, taper, weight in bars:
        down = y - cy - each(0, 0.04)
        across = np.abs(x - cx - each(0, 0.03) - slant * down)
        half = np.maximum(width + each(0, 0.03) + taper * down, 0.02)
        inside = np.clip((half - across) * 8 + 0.5, 0, 1) * np.clip((height - np.abs(down)) * 8 + 0.5, 0, 1)
        cover = np.where(weight < 0, cover * (1 + weight * inside), np.maximum(cover, weight * inside))
    shade = rng.uniform(0.35, 1, size=(n, 1, 1))
    stripes = 1 - 0.3 * (rng.random((n, 1, 1)) < 0.3) * (np.sin(20 * y + each(0, 3)) > 0)
    noise = rng.normal(0, 0.06, size=(n, 28, 28))
    return (255 * np.clip(cover * (shade * stripes + noise), 0, 1)).astype(np.uint8)
