"""Neurons without a library: the perceptron rule, and a multilayer perceptron that learns by backpropagation.

Examples
--------
>>> X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), [0, 0, 0, 1]
>>> Perceptron().fit(X, y).predict(X)
array([0, 0, 0, 1])
>>> net = MLP([2, 3, 1], output="sigmoid")
>>> losses = net.fit(X, np.array(y)[:, np.newaxis], rate=1.0, epochs=500)
>>> net.forward(X)[-1].round().ravel()
array([0., 0., 0., 1.])
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from numbers import Integral
from typing import Any

import numpy as np
from scipy.special import expit, softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

__all__ = ["MLP", "Perceptron", "finite_differences"]

# For each activation the function, and its derivative written with what the function gave.
HIDDEN: dict[str, tuple[Callable, Callable]] = {
    "identity": (lambda z: z, lambda a: np.ones_like(a)),
    "sigmoid": (expit, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "relu": (lambda z: np.maximum(0, z), lambda a: (a > 0).astype(float)),
}


def _log(p: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(p, 1e-15))


# For each output the function, the loss that belongs to it, and that loss's slope along the weighted sums.
OUTPUT: dict[str, tuple[Callable, Callable, Callable]] = {
    "identity": (
        lambda z: z,
        lambda p, y: np.mean((p - y) ** 2),
        lambda p, y: 2 * (p - y) / y.size,
    ),
    "sigmoid": (
        expit,
        lambda p, y: -np.mean(y * _log(p) + (1 - y) * _log(1 - p)),
        lambda p, y: (p - y) / y.size,
    ),
    "softmax": (
        lambda z: softmax(z, axis=1),
        lambda p, y: -np.sum(y * _log(p)) / len(y),
        lambda p, y: (p - y) / len(y),
    ),
}


class Perceptron(ClassifierMixin, BaseEstimator):
    """One layer of neurons with steps, which learn from each of their mistakes.

    Parameters
    ----------
    eta0 : float, optional
        How far one mistake moves the weights.
    max_iter : int, optional
        The most passes over the data; training ends after the first one without a mistake.

    Attributes
    ----------
    weights_, bias_ : arrays of shape (n_features, n_neurons) and (n_neurons,)
        What was learned.
    mistakes_ : list of int
        How many answers were wrong in each pass.

    Examples
    --------
    >>> Perceptron().fit([[1.0], [2.0], [5.0]], [0, 0, 1]).mistakes_[-1]
    0
    """

    def __init__(self, eta0: float = 1.0, max_iter: int = 100) -> None:
        self.eta0 = eta0
        self.max_iter = max_iter

    def fit(self, X: Any, y: Any, start: tuple[Any, Any] | None = None) -> "Perceptron":
        """Learn from targets of 0 and 1, with a column for each neuron; `start` is (weights, bias)."""
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        if X.ndim != 2 or y.ndim == 0 or len(X) != len(y):
            raise ValueError(
                f"X must be a table with a row for each target; the shapes are {X.shape} and {y.shape}."
            )
        if not np.isfinite(X).all():
            raise ValueError("X must hold finite numbers; some are missing or infinite.")
        if not np.isin(y, [0, 1]).all():
            raise ValueError("y must hold only 0 and 1, one column for each neuron.")
        if self.eta0 <= 0:
            raise ValueError(f"eta0 must be positive; it is {self.eta0}.")
        if not isinstance(self.max_iter, Integral) or self.max_iter < 1:
            raise ValueError(f"max_iter must be a whole number of at least 1; it is {self.max_iter!r}.")
        targets = y.reshape(len(y), -1).astype(float)
        shapes = (X.shape[1], targets.shape[1]), (targets.shape[1],)
        W, b = [np.zeros(shape) for shape in shapes] if start is None else start
        W, b = np.array(W, dtype=float), np.array(b, dtype=float)
        if (W.size, b.size) != (shapes[0][0] * shapes[0][1], shapes[1][0]):
            raise ValueError(
                f"start must be weights of shape {shapes[0]} and a bias of shape {shapes[1]}; "
                f"their shapes are {W.shape} and {b.shape}."
            )
        W, b = W.reshape(shapes[0]), b.reshape(shapes[1])

        self.mistakes_ = []
        for _ in range(self.max_iter):
            mistakes = 0
            for x, target in zip(X, targets, strict=True):
                error = target - np.heaviside(x @ W + b, 1)
                W += self.eta0 * np.outer(x, error)
                b += self.eta0 * error
                mistakes += int(np.abs(error).sum())
            self.mistakes_.append(mistakes)
            if not mistakes:
                break
        self.weights_, self.bias_, self.classes_ = W, b, np.array([0, 1])
        self._flat = y.ndim == 1
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Return 1 where the weighted sum is not negative, else 0."""
        check_is_fitted(self)
        X = np.asarray(X, dtype=float)
        if X.ndim != 2 or X.shape[1] != len(self.weights_):
            raise ValueError(f"X must be a table with {len(self.weights_)} columns; its shape is {X.shape}.")
        fired = np.heaviside(X @ self.weights_ + self.bias_, 1).astype(int)
        return fired.ravel() if self._flat else fired


class MLP:
    """A multilayer perceptron: layers of weights and biases, trained by mini-batch gradient descent.

    The output decides on the loss: ``"identity"`` has the mean squared error, ``"sigmoid"`` the binary
    cross-entropy, ``"softmax"`` the cross-entropy of one-hot targets.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, neurons of each hidden layer, outputs.
    hidden : {"tanh", "sigmoid", "relu", "identity"}, optional
        The activation of all hidden layers.
    output : {"identity", "sigmoid", "softmax"}, optional
        The activation of the last layer.
    random_state : int, optional
        Seed of the first weights, and of the order of the samples.

    Attributes
    ----------
    weights, biases : lists of arrays
        One of each for every layer. They may be set before training.

    Examples
    --------
    >>> [W.shape for W in MLP([2, 4, 3]).weights]
    [(2, 4), (4, 3)]
    """

    def __init__(
        self,
        sizes: Sequence[int],
        *,
        hidden: str = "tanh",
        output: str = "identity",
        random_state: int = 42,
    ) -> None:
        whole = isinstance(sizes, Sequence) and all(isinstance(size, Integral) for size in sizes)
        if not whole or len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(f"sizes must name at least inputs and outputs, all above 0; it is {sizes!r}.")
        for name, value, known in (("hidden", hidden, HIDDEN), ("output", output, OUTPUT)):
            if value not in known:
                raise ValueError(f"{name} must be one of {', '.join(known)}; it is {value!r}.")
        self.hidden, self.output = hidden, output
        self._rng = np.random.default_rng(random_state)
        # Small enough that no neuron starts on a flat part of its activation, and all different.
        self.weights = [self._rng.normal(scale=n**-0.5, size=(n, m)) for n, m in pairwise(sizes)]
        self.biases = [np.zeros(m) for m in sizes[1:]]

    def forward(self, X: Any) -> list[np.ndarray]:
        """Return the values of all layers, from the inputs to the outputs."""
        values = [np.asarray(X, dtype=float)]
        if values[0].ndim != 2 or values[0].shape[1] != len(self.weights[0]):
            raise ValueError(
                f"X must be a table with {len(self.weights[0])} columns; its shape is {values[0].shape}."
            )
        last = len(self.weights) - 1
        for layer, (W, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            activation = OUTPUT[self.output][0] if layer == last else HIDDEN[self.hidden][0]
            values.append(activation(values[-1] @ W + b))
        return values

    def loss(self, X: Any, y: Any) -> float:
        """Return the loss; y has a column for each output."""
        outputs = self.forward(X)[-1]
        return float(OUTPUT[self.output][1](outputs, _targets(y, outputs)))

    def gradients(self, X: Any, y: Any) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Return the gradients of the loss for all weights and for all biases: backpropagation."""
        values = self.forward(X)
        slope = OUTPUT[self.output][2](values[-1], _targets(y, values[-1]))
        for_weights, for_biases = [], []
        for layer in reversed(range(len(self.weights))):
            for_weights.insert(0, values[layer].T @ slope)
            for_biases.insert(0, slope.sum(axis=0))
            if layer:
                slope = (slope @ self.weights[layer].T) * HIDDEN[self.hidden][1](values[layer])
        return for_weights, for_biases

    def fit(self, X: Any, y: Any, *, rate: float, epochs: int, batch_size: int = 32) -> list[float]:
        """Train, and return the loss after each epoch."""
        if not 0 < rate < np.inf or batch_size < 1:
            raise ValueError(f"rate and batch_size must be positive; they are {rate} and {batch_size}.")
        if epochs < 0:
            raise ValueError(f"epochs must not be negative; it is {epochs}.")
        X = np.asarray(X, dtype=float)
        y = _targets(y, self.forward(X)[-1])
        losses = []
        for _ in range(epochs):
            order = self._rng.permutation(len(X))
            for batch in np.split(order, range(batch_size, len(X), batch_size)):
                for_weights, for_biases = self.gradients(X[batch], y[batch])
                self.weights = [W - rate * g for W, g in zip(self.weights, for_weights, strict=True)]
                self.biases = [b - rate * g for b, g in zip(self.biases, for_biases, strict=True)]
            losses.append(self.loss(X, y))
        return losses


def _targets(y: Any, outputs: np.ndarray) -> np.ndarray:
    y = np.asarray(y, dtype=float)
    if y.shape != outputs.shape:
        raise ValueError(
            f"y must have a row for each sample and a column for each output, the shape {outputs.shape}; "
            f"its shape is {y.shape}."
        )
    return y


def finite_differences(loss: Callable[[], float], parameters: np.ndarray, step: float = 1e-6) -> np.ndarray:
    """Return the slope of a loss along each parameter, by moving one after the other a little.

    Parameters
    ----------
    loss : function without arguments
        Computes the loss from the parameters as they are now.
    parameters : array of float
        Changed in place, and put back.
    step : float, optional
        How far each is moved, up and down.

    Examples
    --------
    >>> w = np.array([3.0, 1.0])
    >>> finite_differences(lambda: w[0] ** 2 * w[1], w).round(4)
    array([6., 9.])
    """
    if not isinstance(parameters, np.ndarray) or parameters.dtype.kind != "f":
        raise ValueError("parameters must be an array of float, because it is changed in place.")
    slopes = np.empty_like(parameters)
    for place in np.ndindex(parameters.shape):
        kept = parameters[place]
        parameters[place] = kept + step
        above = loss()
        parameters[place] = kept - step
        below = loss()
        parameters[place] = kept
        slopes[place] = (above - below) / (2 * step)
    return slopes
