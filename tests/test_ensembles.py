"""AdaBoost by hand against scikit-learn's."""

import numpy as np
import pytest
from sklearn.datasets import load_iris, make_moons
from sklearn.ensemble import AdaBoostClassifier
from sklearn.tree import DecisionTreeClassifier

from course.ensembles import AdaBoost

STUMP = DecisionTreeClassifier(max_depth=1, random_state=42)


@pytest.mark.parametrize("learning_rate", [0.5, 1.0])
def test_same_as_scikit_learn_with_two_classes(learning_rate):
    X, y = make_moons(n_samples=500, noise=0.3, random_state=42)
    ours = AdaBoost(STUMP, n_estimators=30, learning_rate=learning_rate).fit(X, y)
    theirs = AdaBoostClassifier(STUMP, n_estimators=30, learning_rate=learning_rate, random_state=42).fit(
        X, y
    )
    np.testing.assert_allclose(ours.alphas_, theirs.estimator_weights_)
    np.testing.assert_allclose(ours.errors_, theirs.estimator_errors_)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_same_as_scikit_learn_with_three_named_classes():
    iris = load_iris()
    y = iris.target_names[iris.target]
    ours = AdaBoost(STUMP, n_estimators=10).fit(iris.data, y)
    theirs = AdaBoostClassifier(STUMP, n_estimators=10, random_state=42).fit(iris.data, y)
    np.testing.assert_allclose(ours.alphas_, theirs.estimator_weights_[: len(ours.alphas_)])
    assert np.mean(ours.predict(iris.data) == theirs.predict(iris.data)) > 0.97


def test_weights_sum_to_one_and_rise_where_it_was_wrong():
    X, y = make_moons(n_samples=100, noise=0.3, random_state=0)
    boosted = AdaBoost(STUMP, n_estimators=3).fit(X, y)
    np.testing.assert_allclose([weights.sum() for weights in boosted.sample_weights_], 1)
    first, second = boosted.sample_weights_[:2]
    wrong = boosted.estimators_[0].predict(X) != y
    assert (second[wrong] > first[wrong]).all()
    assert (second[~wrong] < first[~wrong]).all()


def test_a_perfect_predictor_ends_it():
    X = np.arange(10).reshape(-1, 1)
    boosted = AdaBoost(STUMP, n_estimators=30).fit(X, X[:, 0] > 4)
    assert (len(boosted.estimators_), boosted.errors_, boosted.score(X, X[:, 0] > 4)) == (1, [0.0], 1.0)


@pytest.mark.parametrize(
    ("settings", "words"), [({"n_estimators": 0}, "n_estimators"), ({"learning_rate": 0.0}, "learning_rate")]
)
def test_bad_settings_are_named(settings, words):
    with pytest.raises(ValueError, match=f"{words} must be"):
        AdaBoost(STUMP, **settings)
