"""Pictures in built notebooks are small, and still the same."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from course.authoring.execute import smaller
from tests.notebooks.pictures import TOLERANCE, difference


def as_text(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def test_plot_gets_smaller_and_stays_the_same():
    figure, ax = plt.subplots()
    ax.plot([0, 1, 4], label="curve")
    ax.legend()
    file = io.BytesIO()
    figure.savefig(file)
    plt.close(figure)
    plot = base64.b64encode(file.getvalue()).decode()
    assert len(smaller(plot)) < 0.6 * len(plot)
    assert difference(smaller(plot), plot) < TOLERANCE / 10


def test_photograph_stays_as_it_is():
    pixels = np.random.default_rng(0).integers(256, size=(200, 200, 3), dtype=np.uint8)
    photograph = as_text(Image.fromarray(pixels))
    assert smaller(photograph) == photograph
