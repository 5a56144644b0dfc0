"""The comparison of figures sees what changed, and not how the fonts are smoothed."""

import base64
import io

import matplotlib.pyplot as plt
import pytest

from tests.notebooks.pictures import TOLERANCE, difference


def picture(heights=(3, 5, 2), title="Bars", size=(6.4, 4.8), **settings):
    buffer = io.BytesIO()
    with plt.rc_context(settings):
        fig, ax = plt.subplots(figsize=size)
        ax.bar(range(len(heights)), heights, width=0.4)
        ax.set(ylim=(0, 6), title=title)
        fig.savefig(buffer, dpi=90)
        plt.close(fig)
    return base64.b64encode(buffer.getvalue()).decode()


def test_the_same():
    assert difference(picture(), picture()) == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"text.hinting": "none"},
        {"text.antialiased": False},
        {"font.family": "DejaVu Serif"},
        {"font.size": 10.1},
    ],
    ids=str,
)
def test_fonts_do_not_count(settings):
    assert 0 < difference(picture(), picture(**settings)) < TOLERANCE


@pytest.mark.parametrize(
    "changed",
    [{"heights": (3, 5.2, 2)}, {"heights": (3, 5, 2, 1)}, {"heights": (2, 5, 3)}, {"size": (7, 4.8)}],
    ids=str,
)
def test_what_is_drawn_counts(changed):
    assert difference(picture(), picture(**changed)) > TOLERANCE
