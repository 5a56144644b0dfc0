"""k-means and mixtures by hand against scikit-learn's, labels lent and asked for, and the pictures."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN, KMeans
from sklearn.datasets import load_digits, make_blobs, make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import silhouette_samples
from sklearn.mixture import GaussianMixture
from sklearn.svm import LinearSVC

from course import clustering
from course.clustering import ActiveLearner, Cells, CoreSamples, Density, Silhouettes


@pytest.fixture
def blobs():
    return make_blobs(200, centers=4, random_state=3)


class TestKMeans:
    @given(seed=st.integers(0, 1000))
    def test_ends_where_scikit_learn_ends(self, seed):
        X, _ = make_blobs(80, centers=3, random_state=seed)
        start = clustering.far_apart(X, 3, np.random.default_rng(seed))
        steps = list(clustering.lloyd(X, start))
        last = steps[-1]
        # scikit-learn moves a centroid that has lost all samples; ours stays where it is.
        assume(all(len(np.unique(step.labels)) == 3 for step in steps))
        theirs = KMeans(3, init=start, n_init=1, tol=0, max_iter=1_000).fit(X)
        np.testing.assert_allclose(last.inertia, theirs.inertia_)
        np.testing.assert_allclose(last.centroids, theirs.cluster_centers_)
        np.testing.assert_array_equal(last.labels, theirs.labels_)

    @given(seed=st.integers(0, 1000), k=st.integers(1, 6))
    def test_inertia_never_rises(self, seed, k):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(40, 2))
        steps = [step.inertia for step in clustering.lloyd(X, X[:k])]
        assert all(np.diff(steps) <= 1e-9)

    def test_centroid_without_samples_stays(self):
        *_, last = clustering.lloyd([[0.0], [1.0]], [[0.5], [99.0]])
        assert last.centroids.ravel().tolist() == [0.5, 99.0]

    def test_first_centroids_are_samples_and_far_ones_are_likelier(self):
        X = np.array([[0.0]] * 50 + [[1.0]] * 50 + [[100.0]])
        chosen = [clustering.far_apart(X, 2, np.random.default_rng(seed)) for seed in range(50)]
        assert all(np.isin(start, X).all() for start in chosen)
        assert np.mean([100.0 in start for start in chosen]) > 0.95

    @given(seed=st.integers(0, 1000))
    def test_silhouettes_are_scikit_learns(self, seed):
        rng = np.random.default_rng(seed)
        X, labels = rng.normal(size=(30, 3)), np.r_[0, 0, 1, 2, rng.integers(0, 3, 26)]
        np.testing.assert_allclose(
            clustering.silhouettes(X, labels), silhouette_samples(X, labels), atol=1e-6
        )


class TestMixture:
    def test_agrees_with_scikit_learn(self):
        X = make_blobs(400, centers=[[-6, 0], [0, 0], [6, 1]], random_state=0)[0] @ [[1, 0.4], [0, 1]]
        *_, ours = clustering.em(X, means=[[-5, 0], [0, 0], [5, 0]], tol=1e-8)
        theirs = GaussianMixture(3, n_init=3, tol=1e-8, random_state=0).fit(X)
        order, goal = np.argsort(ours.means[:, 0]), np.argsort(theirs.means_[:, 0])
        np.testing.assert_allclose(ours.weights[order], theirs.weights_[goal], atol=1e-3)
        np.testing.assert_allclose(ours.means[order], theirs.means_[goal], atol=1e-2)
        np.testing.assert_allclose(ours.covariances[order], theirs.covariances_[goal], atol=1e-2)

    @given(seed=st.integers(0, 300))
    def test_likelihood_never_falls(self, seed):
        X = np.random.default_rng(seed).normal(size=(60, 2))
        rounds = [mixture.log_likelihood for mixture in clustering.em(X, means=X[:3])]
        assert all(np.diff(rounds) >= -1e-6)

    def test_weights_sum_to_one_in_every_round(self, blobs):
        assert all(np.isclose(m.weights.sum(), 1) for m in clustering.em(blobs[0], means=blobs[0][:4]))


class TestActiveLearner:
    def test_asks_for_what_it_is_least_sure_of_and_learns_the_answer(self):
        X, y = load_digits(return_X_y=True)
        X, y = X[:300], y[:300]
        learner = ActiveLearner(LogisticRegression(max_iter=10_000), X, rows=range(40), labels=y[:40])
        rows = learner.ask(5)
        sure = learner.estimator_.predict_proba(X).max(axis=1)
        assert min(rows) >= 40
        assert sure[rows].max() <= np.delete(sure, [*range(40), *rows]).min()
        assert learner.tell(rows, y[rows]) is learner
        assert len(learner.known_) == 45
        assert not set(learner.ask(5)) & set(rows)

    def test_a_wrong_call_changes_nothing(self):
        learner = ActiveLearner(LogisticRegression(), [[0.0], [1.0], [2.0]], rows=[0, 2], labels=["a", "b"])
        for rows, labels in (([7], ["a"]), ([1], ["a", "b"]), ([0.5], ["a"]), ([1, 1], ["a", "b"])):
            with pytest.raises(ValueError, match="row"):
                learner.tell(rows, labels)
        assert learner.known_ == {0: "a", 2: "b"}

    def test_a_label_that_cannot_be_learnt_is_forgotten(self):
        learner = ActiveLearner(LogisticRegression(), [[0.0], [1.0], [2.0]], rows=[0, 2], labels=[0, 1])
        with pytest.raises(ValueError, match="Unknown label type"):
            learner.tell([1], [0.5])
        assert learner.known_ == {0: 0, 2: 1}


def test_majority_names_each_cluster():
    assert clustering.majority([1, 1, 1, 0, 0], [7, 7, 8, 9, 9]).tolist() == [7, 7, 7, 9, 9]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: next(clustering.lloyd([[0.0]], [[0.0, 1.0]])), "centroids must have as many columns as X"),
        (lambda: next(clustering.lloyd([0.0], [[0.0]])), "X must be a table"),
        (
            lambda: clustering.far_apart([[0.0]], 2, np.random.default_rng(0)),
            "k must be a whole number from 1 to",
        ),
        (lambda: next(clustering.lloyd([[np.nan]], [[0.0]])), "X must hold finite numbers"),
        (lambda: clustering.far_apart([[0.0], [1.0]], 2.0, np.random.default_rng(0)), "k must be a whole"),
        (lambda: clustering.far_apart([[0.0], [1.0]], 2, 42), "rng must be a generator"),
        (lambda: clustering.silhouettes([[0.0], [np.inf]], [0, 1]), "X must hold finite numbers"),
        (lambda: next(clustering.em([[0.0]], np.empty((0, 1)))), "means must have at least one row"),
        (lambda: next(clustering.em([[np.nan]], [[0.0]])), "X must have at least one row, and finite"),
        (lambda: next(clustering.em([[0.0]], [[0.0]], ridge=0)), "ridge must be positive"),
        (lambda: list(clustering.em([[0.0], [1.0]], [[0.0], [1e6]])), "no sample is near"),
        (lambda: ActiveLearner(LinearSVC(), [[0.0], [1.0]], rows=[0, 1], labels=[0, 1]), "predict_proba"),
        (
            lambda: ActiveLearner(LogisticRegression(), [[0.0], [1.0]], rows=[0, 1], labels=[0, 1]).ask(1.5),
            "n must be a whole number",
        ),
        (lambda: Density.from_estimator(KMeans(1).fit([[0.0, 1.0]]), [[0.0, 1.0]]), "score_samples"),
        (
            lambda: CoreSamples.from_estimator(KMeans(1).fit([[0.0, 1.0]]), [[0.0, 1.0]]),
            "must know its core samples",
        ),
        (lambda: clustering.far_apart([[0.0]] * 3, 2, np.random.default_rng(0)), "fewer than 2 different"),
        (lambda: clustering.silhouettes([[0.0], [1.0]], [0, 0]), "at least two clusters"),
        (lambda: clustering.silhouettes([[0.0], [1.0]], [0]), "one label for each of 2 samples"),
        (
            lambda: next(clustering.em([[0.0]], [[0.0, 1.0]])),
            "X and means must be tables with the same columns",
        ),
        (lambda: clustering.majority([1, 2], [1]), "labels and y must be rows of one length"),
        (
            lambda: ActiveLearner(LogisticRegression(), [[0.0], [1.0]], rows=[0, 1], labels=[5, 5]),
            "two classes",
        ),
        (
            lambda: ActiveLearner(LogisticRegression(), [[0.0], [1.0]], rows=[0, 1], labels=[0, 1]).ask(1),
            "n must be a whole number from 1 to 0",
        ),
        (lambda: Cells.from_centroids([[0.0]], [[0.0, 1.0]]), "column|feature"),
        (lambda: Cells.from_estimator(object(), [[0.0, 1.0]]), "must have the method"),
        (lambda: Silhouettes.from_predictions([[0.0], [1.0]], [0]), "same length|as many"),
    ],
)
def test_bad_arguments_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_cells_are_those_of_predict(blobs):
    X, _ = blobs
    model = KMeans(4, n_init=3, random_state=0).fit(X)
    mesh = Cells.from_estimator(model, X).ax_.collections[0]
    corners = mesh.get_coordinates()
    middle = (corners[0, 0] + corners[0, 1] + corners[1, 0] + corners[1, 1]) / 4
    assert mesh.get_array().ravel()[0] == model.predict(middle[np.newaxis])[0]
    plt.close("all")


def test_knives_are_as_high_as_their_clusters(blobs):
    X, y = blobs
    ax = Silhouettes.from_predictions(X, y).ax_
    heights = [np.ptp(blade.get_paths()[0].vertices[:, 1]) + 1 for blade in ax.collections]
    assert heights == np.bincount(y).tolist()
    np.testing.assert_allclose(ax.lines[0].get_xdata(), silhouette_samples(X, y).mean())
    plt.close("all")


def test_density_draws_only_the_components_in_use(blobs):
    X, _ = blobs
    ax = Density.from_estimator(GaussianMixture(4, random_state=0).fit(X), X).ax_
    assert len(ax.collections[-1].get_offsets()) == 4
    plt.close("all")


def test_core_border_and_anomalies_are_told_apart():
    X, _ = make_moons(200, noise=0.05, random_state=0)
    model = DBSCAN(eps=0.12).fit(X)
    ax = CoreSamples.from_estimator(model, X).ax_
    drawn = {part.get_label(): len(part.get_offsets()) for part in ax.collections}
    assert sum(len(part.get_offsets()) for part in ax.collections) == len(X)
    assert drawn["anomaly"] == np.sum(model.labels_ == -1)
    plt.close("all")
