"""The questions of chapter 10, multilayer perceptrons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import SGDClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from course.exercises import mlps
from course.exercises.kinds import look
from course.exercises.outcome import judge_all, looks
from course.grading import bank, selfcheck


def points(question_id, answer, seed=1):
    """Return what an answer to a question of the chapter earns."""
    item = bank.load("10_mlps").item(question_id)
    asked = looks(item.checks, seed)
    return judge_all(
        item.question, asked, [look(item.question.kind, answer, one.probe) for one in asked]
    ).score


@pytest.mark.parametrize("item", bank.load("10_mlps").items, ids=lambda item: item.question.id)
def test_question_is_fair(item):
    assert selfcheck.troubles(item) == []


class TestNeurons:
    def test_two_connections_or_an_inhibitor_decide(self):
        both = np.array([1, 1])
        assert mlps.fires(both, np.array([1, 1])) == 1
        assert mlps.fires(both, np.array([1, 0])) == 0
        assert mlps.fires(both, np.array([2, -1])) == 0

    @pytest.mark.parametrize("wiring", [None, [[1, 2]], [[0.5, 1], [1, 1], [1, 1]], [[9, 1], [1, 1], [1, 1]]])
    def test_what_is_no_wiring_is_told(self, wiring):
        assert isinstance(mlps.wiring_of(wiring), str)


class TestGradient:
    @given(st.integers(0, 1000))
    def test_differences_agree_with_the_chain_rule(self, seed):
        draw = np.random.default_rng(seed)
        X, y, W1 = draw.normal(size=(6, 3)), draw.normal(size=6), draw.normal(size=(3, 4))
        b1, w2, b2 = draw.normal(size=4), draw.normal(size=4), 0.3
        hidden = np.maximum(0, X @ W1 + b1)
        error = hidden @ w2 + b2 - y
        by_hand = X.T @ (np.outer(2 * error / len(y), w2) * (hidden > 0))
        assert np.allclose(mlps.gradient(X, y, W1, b1, w2, b2), by_hand, atol=1e-4)


@given(st.sampled_from([0.2, 3e-3, 0.05]), st.integers(0, 100))
def test_a_sweep_turns_where_it_says(turn, seed):
    rates, losses = mlps.sweep(seed, turn / 1000, turn * 100, turn)
    assert 0.7 < rates[np.argmin(losses)] / turn < 1.4


@pytest.mark.parametrize("answer", [None, 3, "a", [["1", "magic"]] * 3, np.array([["a", "b"]])])
def test_odd_answers_are_told_and_raise_nothing(answer):
    for question in (mlps.outputs, mlps.remedies, mlps.shapes, mlps.xor_sums, mlps.wiring):
        for check in question.checks:
            assert check.judge(answer, None) is not True


@pytest.mark.parametrize(
    ("name", "right"), [("rings", 3), ("trials", 5), ("updates", 68760), ("weights", 709633)]
)
def test_a_count_is_a_whole_number(name, right):
    assert points(f"mlps-{name}", right) == points(f"mlps-{name}", float(right)) == 1
    for off in (-0.4, 0.4, 1e-6, 1):
        assert points(f"mlps-{name}", right + off) == 0


@pytest.fixture(scope="module")
def iris():
    names = {}
    exec(bank.load("10_mlps").item("mlps-iris").setup, names)
    return names["X_iris"], names["y_iris"]


@pytest.fixture(scope="module")
def petals():
    names = {}
    exec(bank.load("10_mlps").item("mlps-softened").setup, names)
    return names["petals"], names["virginica"]


class TestSteps:
    @pytest.mark.parametrize("sizes", [8, (8,), [8], np.array([8]), [np.int64(8)]], ids=str)
    def test_a_small_net_counts_whatever_its_steps_are_called(self, sizes, iris):
        net = MLPClassifier(sizes, max_iter=5000, random_state=42)
        named = Pipeline([("same size", StandardScaler()), ("net", net)]).fit(*iris)
        assert points("mlps-iris", named) == 2

    @pytest.mark.parametrize("sizes", [11, (4,), [8, 8], 100], ids=str)
    def test_another_size_does_not(self, sizes, iris):
        net = make_pipeline(StandardScaler(), MLPClassifier(sizes, max_iter=1000, random_state=42)).fit(*iris)
        assert points("mlps-iris", net) < 2

    def test_nor_does_a_net_without_the_scaler(self, iris):
        net = MLPClassifier([8], max_iter=5000, random_state=42)
        assert points("mlps-iris", net.fit(*iris)) < 2
        assert points("mlps-iris", make_pipeline(MinMaxScaler(), net).fit(*iris)) < 2

    @pytest.mark.parametrize("seed", range(10))
    def test_a_softened_perceptron_counts_whatever_its_seed_and_name(self, seed, petals):
        classifier = SGDClassifier(loss="log_loss", random_state=seed)
        assert points("mlps-softened", make_pipeline(StandardScaler(), classifier).fit(*petals)) == 2
        named = Pipeline([("scale", StandardScaler()), ("log_loss", classifier)]).fit(*petals)
        assert points("mlps-softened", named) == 2

    def test_the_loss_is_the_classifiers_not_a_name(self, petals):
        hinge = Pipeline([("loss='log_loss'", StandardScaler()), ("net", SGDClassifier())]).fit(*petals)
        assert points("mlps-softened", hinge) == 0


class TestHiddenLayers:
    @pytest.mark.parametrize(("hidden", "holds"), [(0, False), (1, False), (2, True), (3, True)])
    def test_matrices_are_counted_without_the_output(self, hidden, holds):
        weights = [np.zeros(shape) for _ in range(hidden + 1) for shape in ((3, 3), (3,))]
        check = mlps.mnist_net.checks[1]
        assert (check.judge({"get_weights": weights}, None) is True) == holds

    @pytest.mark.parametrize("observed", [{}, {"get_weights": None}, {"get_weights": [1, "a", None]}])
    def test_what_has_no_layers_is_told(self, observed):
        assert isinstance(mlps.mnist_net.checks[1].judge(observed, None), str)


def test_no_activation_has_several_names():
    for name in ("linear", "None", "identity", "no activation"):
        assert points("mlps-outputs", [[1, "sigmoid"], [10, "softmax"], [1, name]]) == 2
    assert points("mlps-outputs", [[1, "linear"], [10, "softmax"], [1, "linear"]]) < 2


def test_one_name_twice_in_two_hundred_is_found():
    calls = iter(range(10_000))
    assert points("mlps-folder", lambda root: f"{root}/run_{next(calls)}") == 2
    assert points("mlps-folder", lambda root: f"{root}/run_{next(calls) % 199}") < 2
