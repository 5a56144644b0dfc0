"""The pictures that several chapters share: what they draw, and what they say to bad input."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from sklearn.datasets import load_digits, load_iris, make_moons
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier

from course import plots


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def moons():
    X, y = make_moons(60, noise=0.2, random_state=0)
    return DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y), X, y


def test_style_holds_and_touches_nothing_before_it_is_asked_for():
    with plt.rc_context():
        plt.rcdefaults()
        assert plt.rcParams["axes.spines.top"]
        plots.use_style()
        assert not plt.rcParams["axes.spines.top"]
        assert plt.rcParams["axes.prop_cycle"].by_key()["color"] == list(plots.COLORS)


def test_neighbouring_colors_differ_in_lightness_too():
    # Blue, orange and green come first: most pictures have no more classes.
    lightness = [np.dot([0.299, 0.587, 0.114], to_rgb(color)) for color in plots.COLORS[:2]]
    assert abs(lightness[0] - lightness[1]) > 0.2
    assert len(set(plots.COLORS)) == len(plots.COLORS) == len(plots.MARKERS)
    assert plots.color(len(plots.COLORS)) == plots.color(0)


class TestDecisionRegions:
    def test_the_colours_are_the_predictions(self, moons):
        tree, X, y = moons
        display = plots.DecisionRegions.from_estimator(tree, X, y, grid_resolution=20)
        boundary = display.boundary_
        grid = np.column_stack([boundary.xx0.ravel(), boundary.xx1.ravel()])
        assert np.array_equal(boundary.response.ravel(), tree.predict(grid))
        display.figure_.canvas.draw()
        painted = boundary.surface_.get_facecolors()[:, :3]
        wanted = [plots.tint(c) for c in tree.predict(grid)]
        assert np.allclose(painted, wanted, atol=0.01)

    def test_three_classes_keep_their_colours(self):
        X, y = load_iris(return_X_y=True)
        X, names = X[:, 2:], np.array(["c", "a", "b"])[y]
        tree = DecisionTreeClassifier(random_state=0).fit(X, names)
        display = plots.DecisionRegions.from_estimator(tree, X, names, grid_resolution=30)
        display.figure_.canvas.draw()
        painted = {tuple(color.round(2)) for color in display.boundary_.surface_.get_facecolors()[:, :3]}
        assert painted == {tuple(np.round(plots.tint(i), 2)) for i in range(3)}

    def test_every_point_is_drawn_with_its_class(self, moons):
        tree, X, y = moons
        display = plots.DecisionRegions.from_estimator(tree, X, y, class_names=["upper", "lower"])
        for c, points in enumerate(display.points_):
            assert np.array_equal(points.get_offsets(), X[y == c])
        labels = [text.get_text() for text in display.ax_.get_legend().get_texts()]
        assert labels == ["upper", "lower"]

    def test_limits_and_axes_are_those_given(self, moons):
        tree, X, y = moons
        _, ax = plt.subplots()
        display = plots.DecisionRegions.from_estimator(tree, X, y, ax=ax, limits=((-3, 3), (-2, 2)))
        assert display.ax_ is ax
        assert (ax.get_xlim(), ax.get_ylim()) == ((-3, 3), (-2, 2))

    def test_a_data_frame_names_the_axes(self, moons):
        _, X, y = moons
        frame = pd.DataFrame(X, columns=["length", "width"])
        tree = DecisionTreeClassifier().fit(frame, y)
        ax = plots.DecisionRegions.from_estimator(tree, frame, y).ax_
        assert (ax.get_xlabel(), ax.get_ylabel()) == ("length", "width")

    def test_predicts_once(self, moons):
        _, X, y = moons
        calls = []

        class Counting(DecisionTreeClassifier):
            def predict(self, X):
                calls.append(len(X))
                return super().predict(X)

        counting = Counting(random_state=0).fit(X, y)
        plots.DecisionRegions.from_estimator(counting, X, y, grid_resolution=10)
        assert calls == [100]

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"X": np.ones((60, 3))}, "X must have 2 features"),
            ({"X": np.ones(60)}, "X must be a table"),
            ({"y": [0, 1]}, "X and y must have the same length; they have 60 and 2"),
            ({"feature_names": ["one"]}, "feature_names must have 2 names"),
            ({"class_names": ["a", "b", "c"]}, "class_names must have 2 names"),
            ({"estimator": "tree"}, "estimator must have the method 'predict'"),
        ],
    )
    def test_says_what_is_wrong(self, moons, change, message):
        arguments = dict(zip(["estimator", "X", "y"], moons, strict=True)) | change
        with pytest.raises(ValueError, match=message):
            plots.DecisionRegions.from_estimator(**arguments)

    def test_an_unfitted_estimator_is_refused(self, moons):
        with pytest.raises(NotFittedError):
            plots.DecisionRegions.from_estimator(DecisionTreeClassifier(), *moons[1:])


class TestRegressionFit:
    def test_draws_the_prediction(self):
        X, y = np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0])
        fit = plots.RegressionFit.from_estimator(LinearRegression().fit(X, y), X, y, limits=(-1, 3))
        x, line = fit.line_.get_data()
        assert x.min() == -1
        assert x.max() == 3
        assert np.allclose(line, 1 + 2 * x.ravel())

    def test_says_what_is_wrong(self):
        X, y = np.ones((4, 2)), np.ones(4)
        with pytest.raises(ValueError, match="X must have 1 feature"):
            plots.RegressionFit.from_estimator(LinearRegression().fit(X, y), X, y)


class TestImageGrid:
    def test_one_axes_an_image_and_one_scale_of_grey(self):
        images = load_digits().images[:7]
        axes = plots.image_grid(images, n_columns=3)
        assert axes.shape == (3, 3)
        drawn = [ax.images[0] for ax in axes.flat if ax.images]
        assert [np.array_equal(a.get_array(), b) for a, b in zip(drawn, images, strict=True)] == [True] * 7
        assert {image.get_clim() for image in drawn} == {(images.min(), images.max())}

    def test_flat_and_coloured_images(self):
        assert plots.image_grid(np.zeros((2, 16)))[0, 0].images[0].get_array().shape == (4, 4)
        assert plots.image_grid(np.zeros((2, 4, 5, 3)))[0, 0].images[0].get_array().shape == (4, 5, 3)
        assert plots.image_grid(np.zeros((2, 4, 5, 1)))[0, 0].images[0].get_array().shape == (4, 5)

    def test_a_wrong_prediction_stands_out(self):
        axes = plots.image_grid(np.zeros((2, 4, 4)), y_true=[1, 2], y_pred=[1, 7])
        right, wrong = (ax.title for ax in axes.flat)
        assert (right.get_text(), right.get_color()) == ("1", "black")
        assert wrong.get_text() == "7 (2)"
        assert wrong.get_color() != "black"

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"images": np.zeros((2, 15))}, "15 pixels make no square"),
            ({"images": np.zeros((0, 4, 4))}, "images must hold at least one"),
            ({"images": np.zeros(4)}, "images must be rows of images"),
            ({"images": np.zeros((2, 4, 4)), "titles": ["a"]}, "images and titles must have the same length"),
            ({"images": np.zeros((2, 4, 4)), "y_true": [1, 2]}, "y_true and y_pred must be given together"),
            ({"images": np.zeros((2, 4, 4)), "n_columns": 0}, "n_columns must be at least 1"),
        ],
    )
    def test_says_what_is_wrong(self, arguments, message):
        with pytest.raises(ValueError, match=message):
            plots.image_grid(**arguments)


class TestLearningCurve:
    def test_from_a_history_or_a_mapping(self):
        record = {"loss": [3, 2, 1], "val_loss": [4, 3, 3]}
        for history in (record, SimpleNamespace(history=record)):
            training, validation = plots.LearningCurve.from_history(history).lines_
            assert list(training.get_xdata()) == [1, 2, 3]
            assert list(validation.get_ydata()) == [4, 3, 3]

    def test_a_history_without_validation(self):
        (line,) = plots.LearningCurve.from_history({"mse": [1, 0.1]}, metric="mse", log=True).lines_
        assert line.axes.get_yscale() == "log"

    def test_from_an_estimator(self, moons):
        tree, X, y = moons
        curve = plots.LearningCurve.from_estimator(tree, X, y, cv=3, train_sizes=[0.5, 1.0])
        labels = [text.get_text() for text in curve.ax_.get_legend().get_texts()]
        assert labels == ["training", "validation"]

    def test_says_what_is_wrong(self):
        with pytest.raises(ValueError, match="metric must be one of loss; it is 'accuracy'"):
            plots.LearningCurve.from_history({"loss": [1]}, metric="accuracy")


class TestSearchHeatMap:
    @pytest.fixture
    def search(self, moons):
        grid = {"max_depth": [1, 2, None], "min_samples_leaf": [1, 5], "criterion": ["gini", "entropy"]}
        return GridSearchCV(DecisionTreeClassifier(random_state=0), grid, cv=3).fit(*moons[1:])

    def test_shows_the_best_over_the_third_and_frames_the_winner(self, search):
        heat = plots.SearchHeatMap.from_search(search, x="min_samples_leaf", y="max_depth")
        assert list(heat.scores_.index) == ["1", "2", "None"]
        assert list(heat.scores_.columns) == ["1", "5"]
        assert heat.scores_.to_numpy().max() == search.best_score_
        frame = heat.ax_.patches[-1]
        assert heat.scores_.iloc[int(frame.get_y()), int(frame.get_x())] == search.best_score_

    def test_says_what_is_wrong(self, search):
        with pytest.raises(ValueError, match="y must be a hyperparameter of the search"):
            plots.SearchHeatMap.from_search(search, x="max_depth", y="depth")
        with pytest.raises(ValueError, match="both are 'max_depth'"):
            plots.SearchHeatMap.from_search(search, x="max_depth", y="max_depth")
        with pytest.raises(NotFittedError):
            plots.SearchHeatMap.from_search(
                GridSearchCV(DecisionTreeClassifier(), {"max_depth": [1]}), x="max_depth", y="max_depth"
            )


class TestConfusionMatrix:
    TRUE, PREDICTED = ["a", "a", "b", "b", "b"], ["a", "b", "b", "b", "a"]

    def test_counts_shares_and_errors(self):
        draw = plots.ConfusionMatrix.from_predictions
        assert draw(self.TRUE, self.PREDICTED).confusion_matrix.tolist() == [[1, 1], [1, 2]]
        shares = draw(self.TRUE, self.PREDICTED, normalize="true").confusion_matrix
        assert np.allclose(shares, [[1 / 2, 1 / 2], [1 / 3, 2 / 3]])
        errors = draw(self.TRUE, self.PREDICTED, errors_only=True).confusion_matrix
        assert errors.tolist() == [[0, 1], [1, 0]]

    def test_from_an_estimator(self, moons):
        tree, X, y = moons
        matrix = plots.ConfusionMatrix.from_estimator(tree, X, y).confusion_matrix
        assert np.trace(matrix) == (tree.predict(X) == y).sum()

    def test_says_what_is_wrong(self):
        with pytest.raises(ValueError, match="y_true and y_pred must have the same length"):
            plots.ConfusionMatrix.from_predictions([1, 2], [1])
        with pytest.raises(ValueError, match="class_names must have 2 names"):
            plots.ConfusionMatrix.from_predictions([1, 2], [1, 2], class_names=["one"])
        with pytest.raises(NotFittedError):
            plots.ConfusionMatrix.from_estimator(DecisionTreeClassifier(), [[1]], [1])


def test_flow_refuses_an_arrow_to_nowhere():
    with pytest.raises(ValueError, match="there is no box 'c'"):
        plots.flow({"a": (0, 0), "b": (1, 0)}, [("a", "c")])
    with pytest.raises(ValueError, match="there is no box 'd'"):
        plots.flow({"a": (0, 0), "b": (1, 0)}, [("a", "b")], colors={"d": 1})


def test_turnable_holds_its_points_and_no_ids_that_change():
    X = np.random.default_rng(0).normal(size=(1000, 3))
    html = plots.Turnable(X, X[:, 0])._repr_html_()
    assert html == plots.Turnable(X, X[:, 0])._repr_html_()
    assert len(html) < 60_000
    assert np.abs(plots.Turnable(100 * X).points).max() == 1


@pytest.mark.parametrize(
    ("X", "values", "words"),
    [
        (np.zeros((4, 2)), None, "X must have three columns"),
        (np.zeros((4, 3)), [1, 2], "values must have a value for each of the 4 points"),
        (np.zeros((5001, 3)), None, "at most 5,000 points"),
    ],
)
def test_turnable_names_what_is_wrong(X, values, words):
    with pytest.raises(ValueError, match=words):
        plots.Turnable(X, values)
