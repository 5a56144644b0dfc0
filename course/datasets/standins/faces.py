"""The stand-in of the Olivetti faces: ten drawings of each of 40 people."""

from typing import Any

import numpy as np

from course.datasets import shapes
from course.datasets.standins.pictures import ellipse, grid

__all__ = ["olivetti"]


def olivetti() -> dict[str, Any]:
    """Draw 400 faces: what makes a person stays, while pose, smile and light change."""
    rng = np.random.default_rng(42)
    people, each = 40, 10

    def person(low: float, high: float) -> np.ndarray:
        return np.repeat(rng.uniform(low, high, size=people), each)[:, None, None]

    def photo(spread: float) -> np.ndarray:
        return rng.normal(0, spread, size=(people * each, 1, 1))

    x, y = grid(64)
    turn, x, y = photo(0.06), x - photo(0.04), y - photo(0.04)
    wide, long, skin = person(0.55, 0.75), person(0.8, 1.0), person(0.5, 0.8)
    face = ellipse(x, y, 0, 0.1, wide, long)
    hair = ellipse(x, y, 0, person(-0.5, -0.2), wide + person(0.05, 0.25), person(0.5, 0.9))
    picture = 0.3 * person(0.3, 1.5) + 0 * face
    hair_shade = person(0.05, 0.5)
    for part, shade in ((hair, hair_shade), (face, skin)):
        picture = picture * (1 - part) + shade * part
    # The hair falls on the forehead.
    fringe = face * np.clip((person(-0.55, -0.25) - y) / 0.1, 0, 1)
    picture = picture * (1 - fringe) + hair_shade * fringe
    eyes, apart, big = person(-0.15, 0.0), person(0.22, 0.32), person(0.07, 0.11)
    brows, dark = person(0.14, 0.2), person(0.15, 0.45)
    for side in (-1, 1):
        picture -= 0.4 * ellipse(x, y, side * apart + turn, eyes, big, 0.6 * big, edge=0.5)
        picture -= dark * ellipse(x, y, side * apart + turn, eyes - brows, 1.4 * big, 0.03, edge=0.6)
    nose, mouth = person(0.25, 0.35), person(0.5, 0.65)
    picture -= 0.18 * ellipse(x, y, 1.4 * turn, nose, person(0.06, 0.12), 0.05, edge=0.6)
    smile = photo(0.5) * (x - turn) ** 2
    picture -= 0.3 * ellipse(x, y + smile, turn, mouth, person(0.16, 0.3), person(0.04, 0.08), edge=0.6)
    glasses = (person(0, 1) > 0.75) * 0.3
    for side in (-1, 1):
        ring = ellipse(x, y, side * apart + turn, eyes, 0.2, 0.17) - ellipse(
            x, y, side * apart + turn, eyes, 0.16, 0.13
        )
        picture -= glasses * ring
    picture = picture + photo(0.12) * x + photo(0.05) + rng.normal(0, 0.02, size=picture.shape)
    faces = np.clip(picture, 0, 1).astype(np.float32)
    return shapes.pictures(
        faces, np.repeat(np.arange(people), each), [str(number) for number in range(people)]
    )
