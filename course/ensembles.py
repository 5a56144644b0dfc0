"""AdaBoost in a page, to read and to compare with scikit-learn's.

Examples
--------
>>> from sklearn.datasets import make_moons
>>> from sklearn.tree import DecisionTreeClassifier
>>> X, y = make_moons(noise=0.3, random_state=0)
>>> boosted = AdaBoost(DecisionTreeClassifier(max_depth=1), n_estimators=20).fit(X, y)
>>> boosted.score(X, y) > DecisionTreeClassifier(max_depth=1).fit(X, y).score(X, y)
True
"""

from typing import Any

import numpy as np
from sklearn.base import clone

__all__ = ["AdaBoost"]


class AdaBoost:
    """Predictors in a row, each of which looks harder at what the one before got wrong.

    The algorithm is SAMME, which for two classes is AdaBoost as it was first written.

    Parameters
    ----------
    estimator : classifier
        What is cloned for each round. Its ``fit`` must take ``sample_weight``.
    n_estimators : int
        How many rounds, at most.
    learning_rate : float
        Less than 1 lets each round change the weights less.

    Attributes
    ----------
    estimators_ : list
        The fitted predictors.
    sample_weights_ : list of ndarray
        The weights with which each was fitted. They sum to 1.
    errors_, alphas_ : list of float
        Weighted error rate of each predictor, and the weight of its vote.
    """

    def __init__(self, estimator: Any, *, n_estimators: int = 50, learning_rate: float = 1.0) -> None:
        if n_estimators < 1:
            raise ValueError(f"n_estimators must be at least 1; it is {n_estimators}.")
        if learning_rate <= 0:
            raise ValueError(f"learning_rate must be positive; it is {learning_rate}.")
        self.estimator, self.n_estimators, self.learning_rate = estimator, n_estimators, learning_rate

    def fit(self, X: Any, y: Any) -> "AdaBoost":
        """Fit one predictor after the other."""
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        self.estimators_, self.sample_weights_, self.errors_, self.alphas_ = [], [], [], []
        weights = np.full(len(y), 1 / len(y))
        for _ in range(self.n_estimators):
            # Some estimators, SVC among them, expect weights of about 1.
            predictor = clone(self.estimator).fit(X, y, sample_weight=weights * len(y))
            wrong = predictor.predict(X) != y
            error = weights[wrong].sum()
            if error >= 1 - 1 / len(self.classes_):
                break  # no better than chance: its vote would count for nothing, or against itself
            with np.errstate(divide="ignore"):
                alpha = self.learning_rate * (np.log((1 - error) / error) + np.log(len(self.classes_) - 1))
            self.estimators_.append(predictor)
            self.sample_weights_.append(weights)
            self.errors_.append(float(error))
            self.alphas_.append(float(alpha) if error else 1.0)
            if error == 0:
                break  # there is nothing left to learn
            weights = np.where(wrong, weights * np.exp(alpha), weights)
            weights = weights / weights.sum()
        return self

    def predict(self, X: Any) -> np.ndarray:
        """Return the class for which the predictors, weighted by alpha, cast most votes."""
        votes = np.zeros((len(X), len(self.classes_)))
        for alpha, predictor in zip(self.alphas_, self.estimators_, strict=True):
            votes += alpha * (predictor.predict(X)[:, np.newaxis] == self.classes_)
        return self.classes_[votes.argmax(axis=1)]

    def score(self, X: Any, y: Any) -> float:
        """Return the accuracy."""
        return float(np.mean(self.predict(X) == np.asarray(y)))
