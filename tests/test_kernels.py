"""Kernel ridge regression by hand against scikit-learn's, and the Gaussian process that has the same mean."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import make_blobs
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF
from sklearn.kernel_ridge import KernelRidge
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from course.kernels import Margin, ProcessBand, rbf, ridge_weights


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 3))
    return X, np.sin(X).sum(axis=1) + 0.1 * rng.normal(size=60), rng.normal(size=(20, 3))


@given(sigma=st.floats(0.1, 10))
def test_same_kernel_as_scikit_learn(sigma):
    rng = np.random.default_rng(1)
    A, B = rng.normal(size=(7, 4)), rng.normal(size=(5, 4))
    np.testing.assert_allclose(rbf(A, B, sigma=sigma), rbf_kernel(A, B, gamma=1 / (2 * sigma**2)), atol=1e-12)


@pytest.mark.parametrize("alpha", [0.01, 1.0])
def test_same_prediction_as_kernel_ridge_and_gaussian_process(data, alpha):
    X, y, X_new = data
    ours = rbf(X_new, X, sigma=1.5) @ ridge_weights(rbf(X, X, sigma=1.5), y, alpha=alpha)
    ridge = KernelRidge(kernel="rbf", gamma=1 / (2 * 1.5**2), alpha=alpha).fit(X, y)
    process = GaussianProcessRegressor(kernel=RBF(1.5), alpha=alpha, optimizer=None).fit(X, y)
    np.testing.assert_allclose(ours, ridge.predict(X_new))
    np.testing.assert_allclose(ours, process.predict(X_new))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rbf([[1.0]], [[1.0]], sigma=0), "sigma must be positive"),
        (lambda: rbf([[1.0]], [[1.0, 2.0]]), "A and B must be tables with the same columns"),
        (lambda: ridge_weights(np.eye(2), [1, 2], alpha=0), "alpha must be positive"),
        (lambda: Margin.from_estimator(None, [[0, 0], [1, 1]], [0, 0]), "y must have two classes"),
    ],
)
def test_bad_arguments_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_band_is_as_wide_as_the_process_is_unsure():
    X = np.array([[0.0], [1.0]])
    process = GaussianProcessRegressor(kernel=RBF(0.3), optimizer=None).fit(X, [0, 1])
    ax = ProcessBand.from_estimator(process, X, [0, 1], n_std=2, limits=(0, 1)).ax_
    edges = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert np.ptp(edges) > 2 * process.predict([[0.5]], return_std=True)[1][0]
    plt.close("all")


def test_margin_circles_the_support_vectors_also_of_a_pipeline():
    X, y = make_blobs(40, centers=2, cluster_std=0.5, random_state=0)
    model = make_pipeline(StandardScaler(), SVC(kernel="linear", C=100)).fit(X, y)
    ax = Margin.from_estimator(model, X, y).ax_
    circled = ax.collections[-1].get_offsets()
    np.testing.assert_allclose(circled, X[model[-1].support_])
    plt.close("all")
