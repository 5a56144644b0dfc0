"""CART by hand against scikit-learn, the walk through a tree, and pictures of trees."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.datasets import load_diabetes, load_iris, load_wine
from sklearn.exceptions import NotFittedError
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from course import plots, trees

IRIS = load_iris()
PETALS = IRIS.data[:, 2:]


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def iris_tree():
    return DecisionTreeClassifier(max_depth=3, random_state=42).fit(PETALS, IRIS.target)


@st.composite
def tables(draw):
    """Small tables with many equal values, so that ties are common, and a target of three classes."""
    n = draw(st.integers(2, 25))
    X = draw(arrays(float, (n, draw(st.integers(1, 3))), elements=st.integers(0, 6).map(float)))
    return X, draw(arrays(int, n, elements=st.integers(0, 2)))


def costs_of(tree, X, y, criterion):
    """For each split of a scikit-learn tree: what it cost, and the least that it could have cost."""
    inside = tree.tree_
    samples = tree.decision_path(X).toarray().astype(bool)
    for node in np.flatnonzero(inside.children_left != -1):
        children = [inside.children_left[node], inside.children_right[node]]
        weights = inside.n_node_samples[children] / inside.n_node_samples[node]
        here = samples[:, node]
        yield weights @ inside.impurity[children], trees.best_split(X[here], y[here], criterion).cost


class TestImpurity:
    def test_known_values(self):
        assert trees.gini([5, 0]) == trees.entropy([5, 0]) == 0
        assert trees.gini([3, 3]) == 0.5
        assert trees.entropy([2, 2, 2, 2]) == 2

    @pytest.mark.parametrize("criterion", ["gini", "entropy"])
    def test_every_node_of_scikit_learn(self, criterion):
        inside = (
            DecisionTreeClassifier(criterion=criterion, random_state=0).fit(*load_wine(return_X_y=True)).tree_
        )
        counts = inside.value[:, 0] * inside.n_node_samples[:, np.newaxis]
        assert np.allclose([getattr(trees, criterion)(node) for node in counts], inside.impurity)

    @given(
        arrays(int, st.integers(1, 6), elements=st.integers(0, 50)).filter(lambda counts: counts.sum() > 0)
    )
    def test_bounds(self, counts):
        present = (counts > 0).sum()
        assert 0 <= trees.gini(counts) <= 1 - 1 / present + 1e-12
        assert 0 <= trees.entropy(counts) <= np.log2(present) + 1e-12

    @pytest.mark.parametrize("counts", [[], [0, 0], [-1, 2], [[1, 2]], [np.nan, 1]])
    def test_says_what_is_wrong(self, counts):
        for impurity in (trees.gini, trees.entropy):
            with pytest.raises(ValueError, match="counts must be"):
                impurity(counts)


class TestCart:
    @settings(max_examples=60, deadline=None)
    @given(tables(), st.sampled_from(["gini", "entropy", "squared_error"]))
    def test_scikit_learn_finds_no_cheaper_split_and_no_dearer(self, table, criterion):
        X, y = table
        model = DecisionTreeRegressor if criterion == "squared_error" else DecisionTreeClassifier
        tree = model(criterion=criterion, random_state=0).fit(X, y)
        for theirs, ours in costs_of(tree, X, y, criterion):
            assert theirs == pytest.approx(ours, abs=1e-9)

    @settings(max_examples=40, deadline=None)
    @given(tables())
    def test_a_full_tree_learns_all_that_can_be_learned(self, table):
        X, y = table
        theirs = DecisionTreeClassifier(random_state=0).fit(X, y)
        ours = trees.predict(trees.grow(X, y), X)
        assert (ours == y).mean() == pytest.approx(theirs.score(X, y))

    @pytest.mark.parametrize("max_depth", [1, 2, 3])
    def test_iris_petals(self, max_depth):
        theirs = DecisionTreeClassifier(max_depth=max_depth, random_state=42).fit(PETALS, IRIS.target)
        ours = trees.grow(PETALS, IRIS.target, max_depth=max_depth)
        assert ours.split.threshold == pytest.approx(theirs.tree_.threshold[0])
        assert np.array_equal(trees.predict(ours, PETALS), theirs.predict(PETALS))

    @pytest.mark.parametrize("max_depth", [1, 3])
    def test_numbers(self, max_depth):
        X, y = load_diabetes(return_X_y=True)
        theirs = DecisionTreeRegressor(max_depth=max_depth, random_state=0).fit(X[:200], y[:200])
        ours = trees.grow(X[:200], y[:200], criterion="squared_error", max_depth=max_depth)
        assert np.allclose(trees.predict(ours, X[200:]), theirs.predict(X[200:]))

    def test_equal_rows_cannot_be_split(self):
        assert trees.best_split([[1], [1]], [0, 1]) is None
        assert trees.grow([[1], [1]], [0, 1]).split is None

    @pytest.mark.parametrize(
        ("X", "y", "criterion", "message"),
        [
            ([[1]], [0], "purity", "criterion must be one of gini, entropy, squared_error; it is 'purity'"),
            ([1, 2], [0, 1], "gini", "X must be a table"),
            (np.empty((0, 2)), [], "gini", "X must be a table"),
            ([[1], [2]], [0], "gini", "y must have one number for each of the 2 rows"),
            ([[1], [2]], [0.5, 1.0], "gini", "y must hold classes"),
            ([[1], [2]], [-1, 1], "entropy", "y must hold classes"),
        ],
    )
    def test_says_what_is_wrong(self, X, y, criterion, message):
        for function in (trees.best_split, trees.grow):
            with pytest.raises(ValueError, match=message):
                function(X, y, criterion)


class TestWalk:
    @settings(max_examples=50, deadline=None)
    @given(length=st.floats(0, 8), width=st.floats(0, 3))
    def test_asks_as_many_questions_and_ends_in_the_leaf_of_scikit_learn(self, iris_tree, length, width):
        lines = trees.walk(iris_tree, [length, width], class_names=IRIS.target_names).splitlines()
        flower = [[length, width]]
        assert len(lines) == iris_tree.decision_path(flower).sum()
        leaf = iris_tree.apply(flower)[0]
        assert IRIS.target_names[iris_tree.predict(flower)[0]] in lines[-1]
        assert f"of {iris_tree.tree_.n_node_samples[leaf]} samples" in lines[-1]

    def test_a_sample_on_the_threshold_goes_left(self):
        tree = DecisionTreeClassifier().fit([[0.0], [0.1]], [0, 1])
        on_it = tree.tree_.threshold[0]
        assert "yes, go left" in trees.walk(tree, [on_it])

    def test_says_what_is_wrong(self, iris_tree):
        with pytest.raises(ValueError, match=r"x must be one sample of 2 feature\(s\)"):
            trees.walk(iris_tree, [1, 2, 3])
        with pytest.raises(ValueError, match="feature_names must have 2 names"):
            trees.walk(iris_tree, [1, 2], feature_names=["length"])
        with pytest.raises(NotFittedError):
            trees.walk(DecisionTreeClassifier(), [1, 2])


class TestDraw:
    def test_boxes_hold_the_tree_in_the_colours_of_its_classes(self, iris_tree):
        boxes = trees.draw(iris_tree, feature_names=["length", "width"], class_names=IRIS.target_names)
        text = [box.get_text() for box in boxes]
        assert text[0].startswith("length <= 2.45\ngini = 0.667\nsamples = 150\nvalue = [50, 50, 50]")
        assert not any("node #" in words for words in text)
        setosa = text.index("gini = 0.0\nsamples = 50\nvalue = [50, 0, 0]\nclass = setosa")
        assert boxes[setosa].get_bbox_patch().get_facecolor()[:3] == pytest.approx(
            plots.tint(0, strength=0.45)
        )
        assert boxes[0].get_bbox_patch().get_facecolor()[:3] == pytest.approx((1, 1, 1))

    def test_best_first_trees_keep_their_colours(self):
        # With max_leaf_nodes the nodes are not numbered in the order in which they are drawn.
        tree = DecisionTreeClassifier(max_leaf_nodes=5, random_state=42).fit(PETALS, IRIS.target)
        for box in trees.draw(tree, class_names=["0", "1", "2"]):
            if "gini = 0.0\n" in box.get_text():
                winner = int(box.get_text()[-1])
                tint = plots.tint(winner, strength=0.45)
                assert box.get_bbox_patch().get_facecolor()[:3] == pytest.approx(tint)

    def test_regression_and_depth(self):
        tree = DecisionTreeRegressor(random_state=0).fit([[0], [1], [2]], [0.0, 1.0, 5.0])
        boxes = trees.draw(tree, max_depth=0)
        assert any("(...)" in box.get_text() for box in boxes)
        assert "squared_error" in boxes[0].get_text()

    def test_says_what_is_wrong(self, iris_tree):
        with pytest.raises(ValueError, match="class_names must have 3 names"):
            trees.draw(iris_tree, class_names=["setosa"])
        with pytest.raises(ValueError, match="feature_names must have 2 names"):
            trees.draw(iris_tree, feature_names=["length"])
        with pytest.raises(NotFittedError):
            trees.draw(DecisionTreeClassifier())


class TestSplitLines:
    def test_cuts_lie_in_their_box(self, iris_tree):
        _, ax = plt.subplots()
        ax.set(xlim=(0, 7), ylim=(0, 3))
        root, second, low, high = trees.SplitLines.from_estimator(iris_tree, ax=ax).lines_
        assert np.allclose(root.get_data(), [[2.45, 2.45], [0, 3]])
        assert np.allclose(second.get_data(), [[2.45, 7], [1.75, 1.75]])
        assert np.allclose(low.get_data(), [[4.95, 4.95], [0, 1.75]])
        assert np.allclose(high.get_data(), [[4.85, 4.85], [1.75, 3]])
        assert [line.get_linestyle() for line in (root, second, low, high)] == ["-", "--", ":", ":"]
        assert (ax.get_xlim(), ax.get_ylim()) == ((0, 7), (0, 3))

    def test_one_feature_is_cut_over_the_whole_height(self):
        tree = DecisionTreeRegressor(random_state=0).fit([[0], [1], [2]], [0.0, 1.0, 5.0])
        display = trees.SplitLines.from_estimator(tree)
        assert [line.get_xdata()[0] for line in display.lines_] == [1.5, 0.5]
        assert [line.get_label() for line in display.lines_] == ["depth 0", "depth 1"]

    def test_says_what_is_wrong(self):
        tree = DecisionTreeClassifier().fit(IRIS.data, IRIS.target)
        with pytest.raises(ValueError, match="tree must have 1 or 2 features to be drawn; it has 4"):
            trees.SplitLines.from_estimator(tree)
        with pytest.raises(NotFittedError):
            trees.SplitLines.from_estimator(DecisionTreeClassifier())
