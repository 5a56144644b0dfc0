"""Locally linear embedding by hand against scikit-learn's."""

import numpy as np
import pytest
from sklearn.datasets import make_swiss_roll
from sklearn.manifold import LocallyLinearEmbedding

from course.reduction import lle_places, lle_weights


@pytest.fixture(scope="module")
def roll():
    return make_swiss_roll(n_samples=400, noise=0.1, random_state=42)[0]


def test_same_embedding_as_scikit_learn(roll):
    ours, cost = lle_places(lle_weights(roll, 10), 2)
    model = LocallyLinearEmbedding(n_components=2, n_neighbors=10, random_state=42, eigen_solver="dense")
    theirs = model.fit_transform(roll)
    for column in range(2):
        assert abs(np.corrcoef(ours[:, column], theirs[:, column])[0, 1]) > 0.999
    assert cost == pytest.approx(model.reconstruction_error_, rel=1e-3)


def test_weights_make_up_each_sample(roll):
    W = lle_weights(roll, 10)
    np.testing.assert_allclose(W.sum(axis=1), 1)
    assert ((W != 0).sum(axis=1) == 10).all()
    assert not W.diagonal().any()
    assert np.linalg.norm(W @ roll - roll, axis=1).mean() < 0.2


@pytest.mark.parametrize("n_neighbors", [0, 400])
def test_neighbours_that_there_are_not(roll, n_neighbors):
    with pytest.raises(ValueError, match="n_neighbors must be from 1 to 399"):
        lle_weights(roll, n_neighbors)


def test_components_that_there_are_not():
    with pytest.raises(ValueError, match="n_components must be from 1 to 3"):
        lle_places(np.eye(4), 4)
