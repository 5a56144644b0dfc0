"""The perceptron and the MLP by hand against scikit-learn, Keras and finite differences; drawings of nets."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import linear_model
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPRegressor

from course.nets import by_hand, drawings

XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


@pytest.fixture
def rng():
    return np.random.default_rng(0)


class TestPerceptron:
    @pytest.mark.parametrize("species", [0, 1, 2])
    def test_same_weights_as_scikit_learn(self, rng, species):
        petals, y = load_iris().data[:, 2:], (load_iris().target == species).astype(int)
        w, b = rng.normal(size=2), rng.normal(size=1)
        ours = by_hand.Perceptron(eta0=0.5, max_iter=7).fit(petals, y, start=(w, b))
        theirs = linear_model.Perceptron(eta0=0.5, shuffle=False, tol=None, max_iter=len(ours.mistakes_)).fit(
            petals, y, coef_init=w[np.newaxis], intercept_init=b
        )
        np.testing.assert_allclose(ours.weights_.ravel(), theirs.coef_.ravel())
        np.testing.assert_allclose(ours.bias_, theirs.intercept_)
        np.testing.assert_array_equal(ours.predict(petals), theirs.predict(petals))

    @given(
        normal=st.tuples(st.floats(0.5, 2), st.floats(-2, 2)),
        offset=st.floats(-1, 1),
        seed=st.integers(0, 99),
    )
    def test_ends_without_a_mistake_where_a_line_parts_the_classes(self, normal, offset, seed):
        X = np.random.default_rng(seed).uniform(-2, 2, (40, 2))
        height = (X @ normal + offset) / np.linalg.norm(normal)
        X, y = X[np.abs(height) > 0.1], (height[np.abs(height) > 0.1] > 0).astype(int)
        model = by_hand.Perceptron(max_iter=5000).fit(X, y)
        assert model.mistakes_[-1] == 0
        np.testing.assert_array_equal(model.predict(X), y)

    def test_never_ends_on_xor(self):
        assert min(by_hand.Perceptron(max_iter=200).fit(XOR, [0, 1, 1, 0]).mistakes_) > 0

    def test_neurons_learn_independently(self):
        labels = np.array([[0, 0], [0, 1], [0, 1], [1, 1]])
        both = by_hand.Perceptron(max_iter=50).fit(XOR, labels)
        np.testing.assert_array_equal(both.predict(XOR), labels)

    @pytest.mark.parametrize(
        ("X", "y", "words"),
        [
            (XOR, [0, 1, 1], "X must be a table with a row for each target"),
            ([0, 1], [0, 1], "X must be a table"),
            (XOR, 1, "X must be a table with a row for each target"),
            ([[np.nan, 0], [0, 1]], [0, 1], "X must hold finite numbers"),
            (XOR, [-1, 1, 1, -1], "y must hold only 0 and 1"),
        ],
    )
    def test_bad_data_are_named(self, X, y, words):
        with pytest.raises(ValueError, match=words):
            by_hand.Perceptron().fit(X, y)

    def test_bad_settings_are_named(self):
        with pytest.raises(ValueError, match="eta0 must be positive"):
            by_hand.Perceptron(eta0=0).fit(XOR, [0, 1, 1, 0])
        with pytest.raises(ValueError, match="max_iter must be a whole number"):
            by_hand.Perceptron(max_iter=0).fit(XOR, [0, 1, 1, 0])
        with pytest.raises(ValueError, match="start must be weights of shape"):
            by_hand.Perceptron().fit(XOR, [0, 1, 1, 0], start=([1, 2, 3], [0]))
        with pytest.raises(ValueError, match="X must be a table with 2 columns"):
            by_hand.Perceptron().fit(XOR, [0, 1, 1, 1]).predict([[1, 2, 3]])


class TestMLP:
    @pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu", "identity"])
    @pytest.mark.parametrize("output", ["identity", "sigmoid", "softmax"])
    def test_gradients_agree_with_finite_differences(self, rng, hidden, output):
        net = by_hand.MLP([3, 5, 4, 3], hidden=hidden, output=output)
        X, y = rng.normal(size=(6, 3)), np.eye(3)[rng.integers(0, 3, 6)]
        for_weights, for_biases = net.gradients(X, y)
        for part, gradient in zip(net.weights + net.biases, for_weights + for_biases, strict=True):
            slopes = by_hand.finite_differences(lambda: net.loss(X, y), part)
            np.testing.assert_allclose(gradient, slopes, atol=1e-7)

    @pytest.mark.parametrize(
        ("output", "loss"),
        [("identity", "mse"), ("sigmoid", "binary_crossentropy"), ("softmax", "categorical_crossentropy")],
    )
    def test_same_step_as_keras(self, rng, output, loss):
        ours = by_hand.MLP([3, 4, 2], output=output)
        X, y = rng.normal(size=(8, 3)), np.eye(2)[rng.integers(0, 2, 8)]
        model = keras.Sequential(
            [
                keras.Input((3,)),
                keras.layers.Dense(4, activation="tanh"),
                keras.layers.Dense(2, activation="linear" if output == "identity" else output),
            ]
        )
        model.set_weights([part for pair in zip(ours.weights, ours.biases, strict=True) for part in pair])
        model.compile(loss=loss, optimizer=keras.optimizers.SGD(0.3))
        assert model.train_on_batch(X, y) == pytest.approx(ours.loss(X, y), rel=1e-4)
        ours.fit(X, y, rate=0.3, epochs=1, batch_size=8)
        for layer, W, b in zip(model.layers, ours.weights, ours.biases, strict=True):
            np.testing.assert_allclose(layer.get_weights()[0], W, atol=1e-5)
            np.testing.assert_allclose(layer.get_weights()[1], b, atol=1e-5)

    def test_same_outputs_as_scikit_learn(self, rng):
        X, y = rng.normal(size=(50, 3)), rng.normal(size=50)
        theirs = MLPRegressor(hidden_layer_sizes=[6], solver="lbfgs", max_iter=20, tol=10).fit(X, y)
        ours = by_hand.MLP([3, 6, 1], hidden="relu")
        ours.weights, ours.biases = theirs.coefs_, theirs.intercepts_
        np.testing.assert_allclose(ours.forward(X)[-1].ravel(), theirs.predict(X))

    def test_learns_xor_and_repeats_itself(self):
        def train():
            net = by_hand.MLP([2, 4, 1], output="sigmoid")
            return net.fit(XOR, [[0], [1], [1], [0]], rate=0.5, epochs=2000), net

        (losses, net), (again, _) = train(), train()
        np.testing.assert_array_equal(net.forward(XOR)[-1].round().ravel(), [0, 1, 1, 0])
        assert losses == again

    def test_equal_first_weights_stay_equal(self):
        net = by_hand.MLP([2, 4, 1], output="sigmoid")
        net.weights = [np.full_like(W, 0.3) for W in net.weights]
        net.fit(XOR, [[0], [1], [1], [0]], rate=0.5, epochs=50)
        np.testing.assert_allclose(np.ptp(net.weights[0], axis=1), 0, atol=1e-12)

    def test_certain_and_wrong_has_a_finite_loss(self):
        net = by_hand.MLP([1, 1], output="sigmoid")
        net.weights = [np.array([[1e6]])]
        assert np.isfinite(net.loss([[1.0]], [[0.0]]))

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            (lambda: by_hand.MLP([3]), "sizes must name at least inputs and outputs"),
            (lambda: by_hand.MLP([2, 3.5, 1]), "sizes must name at least inputs and outputs"),
            (lambda: by_hand.MLP([2, 1]).fit(XOR, [[0]], rate=1, epochs=1), "y must have a row for each"),
            (lambda: by_hand.MLP([2, 1]).fit(XOR, XOR[:, :1], rate=np.nan, epochs=1), "rate and batch_size"),
            (lambda: by_hand.MLP([2, 1]).fit(XOR, XOR[:, :1], rate=1, epochs=-1), "epochs must not be"),
            (lambda: drawings.network([2, 1], labels=[["a"], ["b"]]), "labels must have one text"),
            (lambda: drawings.network([2, 1], weights=[[[1.0]]]), "weights must have the shapes"),
            (lambda: drawings.logic({"A": 1.5}), "connections must be whole numbers"),
            (lambda: drawings.cortex(layers=2.5), "layers must be a whole number"),
            (lambda: by_hand.MLP([3, 0, 1]), "sizes must name"),
            (lambda: by_hand.MLP([3, 1], hidden="step"), "hidden must be one of identity, sigmoid"),
            (lambda: by_hand.MLP([3, 1], output="relu"), "output must be one of"),
            (lambda: by_hand.MLP([3, 1]).forward([[1, 2]]), "X must be a table with 3 columns"),
            (lambda: by_hand.MLP([2, 1]).loss(XOR, [0, 1, 1, 0]), "y must have a row for each sample"),
            (lambda: by_hand.MLP([2, 1]).fit(XOR, [[0]] * 4, rate=0, epochs=1), "rate and batch_size"),
            (lambda: by_hand.finite_differences(lambda: 0.0, np.array([1, 2])), "array of float"),
        ],
    )
    def test_bad_arguments_are_named(self, call, words):
        with pytest.raises(ValueError, match=words):
            call()

    def test_finite_differences_put_the_parameters_back(self):
        w = np.array([[0.1, 0.2], [0.3, 0.4]])
        kept = w.copy()
        np.testing.assert_allclose(by_hand.finite_differences(lambda: (w**2).sum(), w), 2 * kept, rtol=1e-6)
        np.testing.assert_array_equal(w, kept)


class TestDrawings:
    def test_a_net_has_a_line_for_each_number_to_learn(self):
        ax = drawings.network([2, 4, 3], bias=True)
        assert len(ax.lines) == (2 + 1) * 4 + (4 + 1) * 3

    def test_numbers_stand_on_their_connections(self):
        ax = drawings.network([2, 1], bias=True, weights=[[[0.25], [2]]], biases=[[-1.5]])
        assert {"0.25", "2", "-1.5"} <= {text.get_text() for text in ax.texts}

    def test_inhibiting_connections_are_dashed(self):
        styles = [line.get_linestyle() for line in drawings.logic({"A": 2, "B": -1}).lines]
        assert styles == ["-", "-", "--"]

    def test_bodies_of_the_brain_are_named(self):
        words = {text.get_text() for text in drawings.neuron().texts}
        assert {"cell body", "dendrites", "axon", "telodendria", "synaptic terminals"} <= words
        assert len(drawings.cortex(layers=4).texts) == 4

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            (lambda: drawings.network([3]), "sizes must name at least two layers"),
            (lambda: drawings.network([2, 1], names=["only one"]), "names must have 2 parts"),
            (lambda: drawings.network([2, 1], labels=[["a", "b"]]), "labels must have 2 parts"),
            (lambda: drawings.network([2, 1], biases=[[1]]), "set bias=True"),
            (lambda: drawings.logic({}), "connections must name"),
            (lambda: drawings.cortex(layers=1), "layers must be a whole number of at least 2"),
        ],
    )
    def test_bad_arguments_are_named(self, call, words):
        with pytest.raises(ValueError, match=words):
            call()

    def teardown_method(self):
        plt.close("all")
