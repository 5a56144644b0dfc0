"""Whether two pictures show the same thing, however their fonts are smoothed."""

import base64
import io

import numpy as np
from PIL import Image

SIDE = 32
# The largest difference of one square in 32 x 32, where black against white is 1. Measured on six kinds of
# figure at 90 dpi: other font smoothing, hinting, dpi or a serif font change a square by 0.10 at most (save
# where all is small print); a curve that is off by 5 %, a bar by 2 %, two points in a leaf where there was
# one, or another seed change one by 0.12 or more. Smaller changes are for the printed numbers to catch.
TOLERANCE = 0.1


def difference(one, other):
    """Return how far two base64 pictures are apart: 0 for the same, 1 at most."""
    one, other = _open(one), _open(other)
    if any(abs(a - b) > 0.05 * max(a, b) + 2 for a, b in zip(one.size, other.size, strict=True)):
        return 1.0
    return float(np.abs(_thumbnail(one) - _thumbnail(other)).max())


def _open(text):
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA")


def _thumbnail(picture):
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(picture)
    small = page.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=float) / 255
