"""``make bench``: speed as ratios within one run. Nothing here is a test: a slow machine is not a fault."""

import contextlib
import gc
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from sklearn.datasets import load_digits, make_moons
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.metrics import ConfusionMatrixDisplay
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, plot_tree

from course import plots, trees
from tests import bench_grading


def import_time() -> None:
    """Compare ``import course`` with an interpreter that imports nothing."""

    def seconds(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    for code in ("import course", "import course.cli"):
        extra = statistics.median(seconds(code) - seconds("pass") for _ in range(15))
        print(f"{code:<20} {extra:7.3f} s above an empty interpreter (goal: under 0.1)")


def build_times() -> None:
    """Build every notebook once, in a folder that is thrown away."""
    from course.authoring.build import build
    from course.files import notebooks_folder

    sources = notebooks_folder() / "sources"
    for source in sorted(sources.rglob("*.py")):
        name = source.relative_to(sources)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "notebooks" / "sources" / name
            copy.parent.mkdir(parents=True)
            shutil.copy(source, copy)
            start = time.perf_counter()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                failed = build(notebooks=Path(folder) / "notebooks")
            print(f"build {name!s:<24} {time.perf_counter() - start:6.1f} s{'   FAILED' if failed else ''}")


def ratio(name: str, ours: Callable[[], object], plain: Callable[[], object], rounds: int = 15) -> None:
    """Print the median ratio of our helper's time to that of the plain calls inside it."""
    ratios = []
    for call in (ours, plain):
        call()
        plt.close("all")
    for round_ in range(rounds):
        spent = {}
        # Each goes first as often as the other.
        for call in (ours, plain) if round_ % 2 else (plain, ours):
            gc.collect()
            start = time.perf_counter()
            call()
            spent[call] = time.perf_counter() - start
            plt.close("all")
        ratios.append(spent[ours] / spent[plain])
    print(f"{name:<28} {statistics.median(ratios):5.2f} x the plain calls (goal: under 1.1)")


def helper_ratios() -> None:
    """Compare the helpers with the scikit-learn and matplotlib calls that they save the reader."""
    X, y = make_moons(n_samples=500, noise=0.3, random_state=0)
    tree = DecisionTreeClassifier(max_depth=4, random_state=0).fit(X, y)
    line = np.sort(X[:, :1], axis=0)
    curve = DecisionTreeRegressor(max_depth=4, random_state=0).fit(line, line[:, 0] ** 2)
    digits = load_digits()
    digit_tree = DecisionTreeClassifier(random_state=0).fit(digits.data, digits.target)

    def plain_regions() -> None:
        fig, ax = plt.subplots()
        regions = DecisionBoundaryDisplay.from_estimator(
            tree,
            X,
            ax=ax,
            response_method="predict",
            grid_resolution=250,
            plot_method="pcolormesh",
            rasterized=True,
            xlabel="$x_1$",
            ylabel="$x_2$",
        )
        regions.surface_.set_cmap(ListedColormap(["#cce3f2", "#f7dfcc"]))
        looks = [("tab:blue", "o"), ("tab:orange", "s")]
        for value, (color, marker) in enumerate(looks):
            ax.scatter(
                *X[y == value].T,
                s=22,
                color=color,
                marker=marker,
                edgecolor="white",
                linewidth=0.5,
                label=str(value),
                rasterized=True,
            )
        ax.set(xlim=(-2, 3), ylim=(-2, 2))
        ax.legend(loc="upper left")
        fig.canvas.draw()

    def plain_tree() -> None:
        fig, ax = plt.subplots()
        plot_tree(tree, filled=True, rounded=True, ax=ax)
        fig.canvas.draw()

    def plain_matrix() -> None:
        display = ConfusionMatrixDisplay.from_estimator(digit_tree, digits.data, digits.target)
        display.figure_.canvas.draw()

    def plain_images() -> None:
        fig, axes = plt.subplots(5, 10)
        for ax, image in zip(axes.flat, digits.images, strict=False):
            ax.imshow(image, cmap="gray_r")
            ax.set_axis_off()
        fig.canvas.draw()

    def plain_fit() -> None:
        fig, ax = plt.subplots()
        grid = np.linspace(line.min(), line.max(), 500)[:, None]
        ax.scatter(line, line[:, 0] ** 2, s=14, label="data", rasterized=True)
        ax.plot(grid, curve.predict(grid), label="prediction")
        ax.set(xlabel="$x_1$", ylabel="$y$")
        ax.legend()
        fig.canvas.draw()

    def drawn(thing: object) -> None:
        plt.gcf().canvas.draw()

    ratio(
        "plots.DecisionRegions",
        lambda: drawn(plots.DecisionRegions.from_estimator(tree, X, y)),
        plain_regions,
    )
    ratio("trees.draw", lambda: drawn(trees.draw(tree)), plain_tree)
    ratio(
        "plots.ConfusionMatrix",
        lambda: drawn(plots.ConfusionMatrix.from_estimator(digit_tree, digits.data, digits.target)),
        plain_matrix,
    )
    ratio("plots.image_grid", lambda: drawn(plots.image_grid(digits.images[:50], n_columns=10)), plain_images)
    ratio(
        "plots.RegressionFit",
        lambda: drawn(plots.RegressionFit.from_estimator(curve, line, line[:, 0] ** 2)),
        plain_fit,
    )


if __name__ == "__main__":
    import_time()
    helper_ratios()
    build_times()
    bench_grading.main([200])
