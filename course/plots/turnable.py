"""Points in space that can be turned with the mouse, without any package but the browser."""

import hashlib
import json
from typing import Any

import matplotlib
import numpy as np
from matplotlib.colors import to_hex

from course.plots.style import color

__all__ = ["Turnable"]

MOST_POINTS = 5000

PAGE = """
<canvas class="turnable" data-key="{key}" width="420" height="360"
 style="border:1px solid #ccc;touch-action:none">
Run this cell to see a picture that turns.</canvas>
<script>
(function () {{
  const points = {points}, colors = {colors}, names = {names};
  document.querySelectorAll('canvas.turnable[data-key="{key}"]').forEach(function (canvas) {{
    if (canvas.dataset.ready) return;
    canvas.dataset.ready = "yes";
    let turn = {azim}, tilt = {elev}, held = null;
    const g = canvas.getContext("2d"), w = canvas.width, h = canvas.height;
    function place(p) {{
      const c = Math.cos(turn), s = Math.sin(turn), d = Math.cos(tilt), e = Math.sin(tilt);
      const x = c * p[0] - s * p[1], y = s * p[0] + c * p[1];
      return [w / 2 + 0.28 * h * x, h / 2 - 0.28 * h * (d * p[2] + e * y), y * d - e * p[2]];
    }}
    function draw() {{
      g.fillStyle = "white"; g.fillRect(0, 0, w, h);
      g.fillStyle = g.strokeStyle = "#666"; g.font = "13px sans-serif";
      const start = place([-1, -1, -1]);
      [[1, -1, -1], [-1, 1, -1], [-1, -1, 1]].forEach(function (corner, i) {{
        const end = place(corner);
        g.beginPath(); g.moveTo(start[0], start[1]); g.lineTo(end[0], end[1]); g.stroke();
        g.fillText(names[i], end[0] + 4, end[1]);
      }});
      points.map(function (p, i) {{ return [place(p), colors[i]]; }})
        .sort(function (a, b) {{ return b[0][2] - a[0][2]; }})
        .forEach(function (one) {{
          g.fillStyle = one[1]; g.beginPath();
          g.arc(one[0][0], one[0][1], 3.2 - 0.5 * one[0][2], 0, 7); g.fill();
        }});
    }}
    canvas.onpointerdown = function (e) {{
      held = [e.clientX, e.clientY]; canvas.setPointerCapture(e.pointerId);
    }};
    canvas.onpointerup = function () {{ held = null; }};
    canvas.onpointermove = function (e) {{
      if (!held) return;
      turn += (e.clientX - held[0]) / 120; tilt += (e.clientY - held[1]) / 120;
      tilt = Math.max(-1.57, Math.min(1.57, tilt));
      held = [e.clientX, e.clientY]; draw();
    }};
    draw();
  }});
}})();
</script>
"""


class Turnable:
    """A cloud of points that the reader turns by dragging it. Show a still picture beside it, for paper.

    Parameters
    ----------
    X : array-like of shape (n_samples, 3)
        The points, 5,000 at most.
    values : array-like of shape (n_samples,), optional
        What colours them: whole numbers as classes, in the colours of the course; others along a colour map.
    names : sequence of str, optional
        Of the three axes.
    azim, elev : float, optional
        How it stands at first, in degrees.

    Examples
    --------
    >>> Turnable([[0, 0, 0], [1, 2, 3]], [0, 1])
    2 points in space; in a notebook, drag the picture to turn it.
    """

    def __init__(
        self,
        X: Any,
        values: Any = None,
        *,
        names: tuple[str, str, str] = ("x1", "x2", "x3"),
        azim: float = 30,
        elev: float = 20,
    ) -> None:
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != 3:
            raise ValueError(f"X must have three columns; its shape is {X.shape}.")
        if len(X) > MOST_POINTS:
            raise ValueError(
                f"X must have at most {MOST_POINTS:,} points; it has {len(X):,}. Draw some of them."
            )
        if values is not None and len(values) != len(X):
            raise ValueError(
                f"values must have a value for each of the {len(X)} points; it has {len(values)}."
            )
        middle = (X.max(axis=0) + X.min(axis=0)) / 2
        half = np.ptp(X, axis=0).max() / 2 or 1.0
        self.points = ((X - middle) / half).round(3)
        self.colors = _colors(values, len(X))
        self.names, self.azim, self.elev = names, azim, elev

    def __repr__(self) -> str:
        return f"{len(self.points)} points in space; in a notebook, drag the picture to turn it."

    def _repr_html_(self) -> str:
        parts = {
            "points": json.dumps(self.points.tolist(), separators=(",", ":")),
            "colors": json.dumps(self.colors, separators=(",", ":")),
            "names": json.dumps(list(self.names)).replace("<", "\\u003c"),
            "azim": round(float(np.radians(self.azim)), 3),
            "elev": round(float(np.radians(self.elev)), 3),
        }
        key = hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()[:12]
        return PAGE.format(key=key, **parts)


def _colors(values: Any, n: int) -> list[str]:
    if values is None:
        return [color(0)] * n
    values = np.asarray(values)
    if values.dtype.kind in "biu":
        return [color(int(value)) for value in values]
    share = (values - values.min()) / (np.ptp(values) or 1.0)
    return [to_hex(shade) for shade in matplotlib.colormaps["viridis"](share)]
