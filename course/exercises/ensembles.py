"""The questions of chapter 04, ensembles: the half that students have."""

import re
from functools import cache
from typing import Any

import numpy as np

from course.exercises import secret
from course.exercises.judges import (
    Judge,
    accuracy_at_least,
    close,
    each_call,
    finite,
    labels,
)
from course.exercises.question import Check, Question

# --- Choices ----------------------------------------------------------------------------------------------


def _choice(word: str, right: str, holds: str, outline: str, hints: tuple[str, ...]) -> Question:
    return Question(
        id=f"ensembles-{word}",
        answer=word,
        kind="choice",
        points=1,
        outline=(outline,),
        checks=(Check(holds=holds, judge=secret.choice(f"ensembles-{word}", right)),),
        hints=hints,
    )


five = _choice(
    "five",
    "0b5fb70b1db0",
    "it is what combining several good models can do",
    "hml-07-ex-01",
    (
        "Think of the samples on which one of the five is wrong. What do the other four say there?",
        "If all five are wrong on the same samples, a vote changes nothing.",
        "What decides is whether their errors differ, and that cannot be known beforehand.",
    ),
)
servers = _choice(
    "servers",
    "bcece5aa33e0",
    "it is the one whose members cannot be trained side by side",
    "hml-07-ex-03",
    (
        "Which members need to know something of the other members?",
        "In three of the four, each member gets its own random sample and nothing else.",
        "Which method corrects the errors of those before?",
    ),
)
oob = _choice(
    "oob",
    "5da7fe048197",
    "it is what makes the estimate fair and cheap",
    "hml-07-ex-04",
    (
        "Which samples may a member be tested on, if the test is to be fair?",
        "Every sample is out of the bag of about 37 % of the members.",
        "No validation set has to be held out.",
    ),
)
extra = _choice(
    "extra",
    "5e1b3ce6ce8a",
    "it says what is random, and what follows from that",
    "hml-07-ex-05",
    (
        "Which part of growing a tree is left to chance here, and was searched before?",
        "A search that is left out costs no time.",
        "More randomness means members that differ more: what happens to bias and variance?",
    ),
)
ada = _choice(
    "ada",
    "1309b0ff1719",
    "it is the change that gives the ensemble no more freedom",
    "hml-07-ex-06",
    (
        "Who underfits needs more freedom. Which change takes some away?",
        "More members, stronger members, larger steps: three of the four do one of these.",
        "The one that remains makes the ensemble smaller.",
    ),
)
rate = _choice(
    "rate",
    "312b19d45397",
    "it is the change that makes the ensemble learn less of the noise",
    "hml-07-ex-07",
    (
        "Who overfits needs less freedom.",
        "A tree may say all that it has learned, or only a small part of it.",
        "What would you watch on held-out samples while trees are added?",
    ),
)

# --- Votes ------------------------------------------------------------------------------------------------

crowd = Question(
    id="ensembles-crowd",
    answer="crowd",
    kind="number",
    points=1,
    outline=("hml-07-ex-01",),
    checks=(
        Check(
            holds="it is the probability that three, four or all five are right, to four decimals",
            judge=secret.number("ensembles-crowd", "ee4811d9a34d", decimals=4),
            see="simulate it: np.mean((np.random.rand(100_000, 5) < 0.95).sum(axis=1) >= 3).",
        ),
    ),
    hints=(
        "How many of five must be right for a majority?",
        "The number of those who are right has a binomial distribution.",
        "scipy.stats.binom.sf(2, 5, 0.95) is the probability of more than two.",
    ),
)


def opinions(
    seed: int, shapes: tuple[tuple[int, int], ...] = ((5, 3), (3, 2), (7, 4))
) -> tuple[Any, list[Any]]:
    """Ask for the ballots of models with probabilities in which no hard vote ties."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for models, classes in shapes:
        given = draw.dirichlet(np.full(classes, 0.5), size=(models, 200))
        votes = given.argmax(axis=2)
        counts = np.array([np.bincount(column, minlength=classes) for column in votes.T])
        best = np.sort(counts, axis=1)
        clear = best[:, -1] > best[:, -2]
        given = given[:, clear]
        calls.append([given])
        expected.append(np.array([counts[clear].argmax(axis=1), given.mean(axis=0).argmax(axis=1)]))
    return {"calls": calls}, expected


def row(number: int) -> Judge:
    """Return a judge of one of the two rows."""

    def judge(observed: Any, expected: Any) -> bool | str:
        said = finite(observed, ndim=2)
        if said is None or said.shape != expected.shape:
            return f"it must be an array of shape {expected.shape}: a row for hard voting, a row for soft."
        return bool((said[number] == expected[number]).all())

    return judge


ballots = Question(
    id="ensembles-ballots",
    answer="ballots",
    kind="function",
    points=2,
    outline=("hml-07-ex-02",),
    checks=(
        Check(
            holds="the first row is the class that most models favour",
            judge=each_call(row(0)),
            case=opinions,
            see="take one sample: probabilities[:, 0].argmax(axis=1) are the votes on it.",
        ),
        Check(
            holds="the second row is the class with the highest mean probability",
            judge=each_call(row(1)),
            case=opinions,
            see="take one sample: probabilities[:, 0].mean(axis=0) are the mean probabilities.",
        ),
    ),
    hints=(
        "Axis 0 counts the models. What is to be counted over it, what averaged?",
        "For the hard vote first find each model's favourite: probabilities.argmax(axis=2).",
        "np.bincount counts votes; probabilities.mean(axis=0).argmax(axis=1) is the soft vote.",
    ),
)

# --- Tuned ensembles --------------------------------------------------------------------------------------


@cache
def held_out_digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the digits that the setup of the question leaves out."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    X, y = load_digits(return_X_y=True)
    _, X_test, _, y_test = train_test_split(X, y, train_size=600, stratify=y, random_state=42)
    return X_test, y_test


def _search(seed: int) -> tuple[Any, None]:
    return {"read": ["best_params_", "n_splits_", "best_estimator_.__class__.__name__"]}, None


def _two_searched(observed: Any, expected: Any) -> bool | str:
    best = observed["best_params_"]
    if observed["best_estimator_.__class__.__name__"] != "RandomForestClassifier" or not isinstance(
        best, dict
    ):
        return "it is not a fitted search over a RandomForestClassifier."
    return len(best) >= 2 or f"only {', '.join(map(str, best))} was searched."


def _three_folds(observed: Any, expected: Any) -> bool | str:
    folds = observed["n_splits_"]
    if type(folds) is not int:
        return "it is not a fitted search."
    return folds >= 3 or f"there were {folds} folds."


forest = Question(
    id="ensembles-forest",
    answer="tuned",
    kind="estimator",
    points=2,
    outline=("hdl-02-ex-07",),
    checks=(
        Check(
            holds="a search chose at least two hyperparameters of a random forest",
            judge=_two_searched,
            case=_search,
            share=0,
            see="print tuned.best_params_.",
        ),
        Check(
            holds="it compared them in at least three folds",
            judge=_three_folds,
            case=_search,
            see="print tuned.n_splits_.",
        ),
    ),
    hints=(
        "GridSearchCV takes the forest, a dictionary of lists, and cv, the number of folds.",
        "Good candidates are max_features and min_samples_leaf.",
        "GridSearchCV(RandomForestClassifier(), {'max_features': [4, 8], ...}, cv=3), then fit.",
    ),
    seconds=30,
)

RARE_TRAIN, RARE_TEST = 700, 2000


def rare(seed: int) -> tuple[Any, list[tuple[np.ndarray, float]]]:
    """Ask for a hunt on new data in which one sample in twenty is of class 1.

    Expected are the labels of the test part, and the least balanced accuracy: 7 points below that of forty
    stumps which start from equal weights for both classes.
    """
    from sklearn.datasets import make_classification
    from sklearn.ensemble import AdaBoostClassifier
    from sklearn.utils.class_weight import compute_sample_weight

    X, y = make_classification(
        n_samples=RARE_TRAIN + RARE_TEST,
        n_features=8,
        n_informative=6,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[0.95],
        flip_y=0,
        class_sep=0.8,
        random_state=seed,
    )
    X_train, X_new, y_train, y_new = X[:RARE_TRAIN], X[RARE_TRAIN:], y[:RARE_TRAIN], y[RARE_TRAIN:]
    stumps = AdaBoostClassifier(n_estimators=40, random_state=0)
    stumps.fit(X_train, y_train, sample_weight=compute_sample_weight("balanced", y_train))
    probe = {"calls": [[X_train, y_train]], "then": ["estimator", {"X": X_new, "methods": ["predict"]}]}
    return probe, [(y_new, np.mean(_found(y_new, stumps.predict(X_new))) - 0.07)]


def _found(y: np.ndarray, said: np.ndarray) -> list[float]:
    return [float(np.mean(said[y == label] == label)) for label in (0, 1)]


def finds_both(observed: Any, expected: Any) -> bool | str:
    """Judge a fitted classifier by its balanced accuracy."""
    y, least = expected
    said = labels(observed.get("predict")) if isinstance(observed, dict) else None
    if said is None or said.shape != y.shape:
        return "it does not predict one label for each sample."
    found = _found(y, said)
    if np.mean(found) >= least:
        return True
    zero, one, goal = (f"{share:.0%}".replace("%", " %") for share in (*found, least))
    return f"on new data it found {zero} of class 0 and {one} of class 1; the mean should be {goal}."


def _is_ada(observed: Any, expected: Any) -> bool | str:
    types = observed.get("types") if isinstance(observed, dict) else None
    if not isinstance(types, list) or "AdaBoostClassifier" not in types:
        return "it does not return an AdaBoostClassifier."
    return True


hunt = Question(
    id="ensembles-hunt",
    answer="hunt",
    kind="function",
    points=2,
    outline=("hdl-02-ex-08",),
    checks=(
        Check(holds="it returns a fitted AdaBoostClassifier", judge=each_call(_is_ada), case=rare, share=0),
        Check(
            holds="it finds samples of both classes on new data",
            judge=each_call(finds_both),
            case=rare,
            see="make such data with make_classification(weights=[0.95]) and try it.",
        ),
    ),
    hints=(
        "With 19 samples of class 0 for each of class 1, the stumps do well by always saying 0.",
        "How can the few samples of class 1 be made to count more?",
        "fit takes sample_weight; sklearn.utils.class_weight.compute_sample_weight('balanced', y) makes it.",
    ),
)


def answers(seed: int) -> tuple[Any, list[float]]:
    """Ask for the balanced accuracy of made-up predictions."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for classes, size in ((2, 200), (3, 100)):
        y = np.concatenate([np.arange(classes), draw.choice(classes, size, p=_falling(classes))])
        said = np.where(draw.random(len(y)) < 0.6, y, 0)
        calls.append([y, said])
        expected.append(float(np.mean([np.mean(said[y == label] == label) for label in range(classes)])))
    return {"calls": calls}, expected


def _falling(classes: int) -> np.ndarray:
    share = 0.2 ** np.arange(classes)
    return share / share.sum()


balanced = Question(
    id="ensembles-balanced",
    answer="balanced",
    kind="function",
    points=2,
    outline=("hdl-02-ex-08",),
    checks=(
        Check(
            holds="it is the mean over the classes of the share of each that is found",
            judge=each_call(close(1e-9)),
            case=answers,
            see="compare with sklearn.metrics.balanced_accuracy_score on a few labels.",
        ),
    ),
    hints=(
        "For one class: which of its samples were predicted as that class?",
        "y_pred[y_true == label] are the predictions for the samples of a class.",
        "Average np.mean(y_pred[y_true == label] == label) over np.unique(y_true).",
    ),
)

CURVE_TRAIN, CURVE_TEST = 300, 500


def curve(seed: int) -> tuple[Any, list[tuple[np.ndarray, float]]]:
    """Ask for boosting on Friedman's data, whose noise has a variance of 1.

    Expected are the targets of the test part, and the largest error: a third of the way from the noise to
    what a tree of depth 3 reaches.
    """
    from sklearn.datasets import make_friedman1
    from sklearn.tree import DecisionTreeRegressor

    X, y = make_friedman1(CURVE_TRAIN + CURVE_TEST, noise=1.0, random_state=seed)
    X_new, y_new = X[CURVE_TRAIN:], y[CURVE_TRAIN:]
    tree = DecisionTreeRegressor(max_depth=3, random_state=0).fit(X[:CURVE_TRAIN], y[:CURVE_TRAIN])
    error = float(np.mean((tree.predict(X_new) - y_new) ** 2))
    probe = {
        "calls": [[X[:CURVE_TRAIN], y[:CURVE_TRAIN]]],
        "then": [
            "estimator",
            {"X": X_new, "methods": ["predict"], "read": ["learning_rate", "n_iter_no_change"]},
        ],
    }
    return probe, [(y_new, 1 + (error - 1) / 3)]


def _stops_early(observed: Any, expected: Any) -> bool | str:
    if not isinstance(observed, dict) or "GradientBoostingRegressor" not in list(observed.get("types") or []):
        return "it does not return a GradientBoostingRegressor."
    if type(observed.get("n_iter_no_change")) is not int:
        return "n_iter_no_change is not set."
    rate = observed.get("learning_rate")
    if type(rate) not in (int, float) or not rate < 0.5:
        return "the learning rate is not below 0.5."
    return True


def small_error(observed: Any, expected: Any) -> bool | str:
    """Judge the error on new data."""
    target, most = expected
    said = finite(observed.get("predict"), ndim=1) if isinstance(observed, dict) else None
    if said is None or said.shape != target.shape:
        return "it does not predict one number for each sample."
    error = float(np.mean((said - target) ** 2))
    return (
        error <= most
        or f"its mean squared error on new data is {error:.2f}; at most {most:.2f} is asked for."
    )


boost = Question(
    id="ensembles-boost",
    answer="boost",
    kind="function",
    points=3,
    outline=("hdl-02-ex-09",),
    checks=(
        Check(
            holds="it is gradient boosting with a learning rate below 0.5 and early stopping",
            judge=each_call(_stops_early),
            case=curve,
            share=0,
        ),
        Check(
            holds="its error on new data is nearer to the noise than to a single tree's",
            judge=each_call(small_error),
            case=curve,
            see="sklearn.datasets.make_friedman1(800, noise=1.0) makes such data.",
        ),
    ),
    hints=(
        "Shallow trees, a learning rate of 0.05 to 0.3, and enough trees.",
        "With n_iter_no_change=10 it stops when ten trees in a row did not help; n_estimators is the most.",
        "GradientBoostingRegressor(learning_rate=0.15, max_depth=2, n_estimators=300, n_iter_no_change=10)",
    ),
)

# --- Digits -----------------------------------------------------------------------------------------------

TEAM_TRAIN, TEAM_TEST = 400, 600


def few_digits(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for a team trained on 400 small digits, drawn by the seed."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(X))
    train, test = order[:TEAM_TRAIN], order[TEAM_TRAIN : TEAM_TRAIN + TEAM_TEST]
    read = ["estimators_.__len__", "estimators.__repr__"]
    probe = {
        "calls": [[X[train] / 16, y[train]]],
        "then": ["estimator", {"X": X[test] / 16, "methods": ["predict"], "read": read}],
    }
    return probe, [y[test]]


def _three_kinds(observed: Any, expected: Any) -> bool | str:
    if not isinstance(observed, dict) or "VotingClassifier" not in list(observed.get("types") or []):
        return "it does not return a VotingClassifier."
    kinds = set(re.findall(r"\b([A-Z]\w+)\(", str(observed.get("estimators.__repr__"))))
    count = observed.get("estimators_.__len__")
    if type(count) is not int or count < 3:
        return "it has fewer than three members."
    return len(kinds) >= 3 or f"its members are all of the kinds {', '.join(sorted(kinds))}."


team = Question(
    id="ensembles-team",
    answer="team",
    kind="function",
    points=3,
    outline=("hml-07-ex-08",),
    checks=(
        Check(
            holds="it returns a VotingClassifier of at least three kinds of members",
            judge=each_call(_three_kinds),
            case=few_digits,
            share=0,
        ),
        Check(
            holds="trained on 400 small digits, it reads at least 91 % of new ones",
            judge=each_call(accuracy_at_least(0.91)),
            case=few_digits,
            see="train it on 400 of sklearn.datasets.load_digits(), divided by 16.",
        ),
    ),
    hints=(
        "A forest, extra-trees and a linear model or a support vector machine differ nicely.",
        "VotingClassifier takes a list of pairs (name, model); voting='soft' needs predict_proba.",
        "Do not forget .fit(X, y), and to return the result.",
    ),
    seconds=20,
)

CLASSES = 5


def witnesses(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask to blend three members: two that are often wrong, one that mostly knows but swaps names.

    The second member is right in 90 % of all cases, but calls three of the classes by each other's names.
    """
    draw = np.random.default_rng(seed)
    y = draw.integers(0, CLASSES, 1200)
    names = np.arange(CLASSES)
    swapped = draw.permutation(CLASSES)[:3]
    names[swapped] = names[np.roll(swapped, 1)]
    said = np.stack([_mostly(y, share, draw) for share in (0.55, 0.9, 0.55)], axis=1)
    said[:, 1] = names[said[:, 1]]
    return {"calls": [[said[:700], y[:700], said[700:]]]}, [y[700:]]


def _mostly(y: np.ndarray, share: float, draw: np.random.Generator) -> np.ndarray:
    return np.where(draw.random(len(y)) < share, y, draw.integers(0, CLASSES, len(y)))


def share_right(threshold: float) -> Judge:
    """Return a judge of an array of labels."""

    def judge(observed: Any, expected: Any) -> bool | str:
        return accuracy_at_least(threshold)({"predict": observed}, expected)

    return judge


blend = Question(
    id="ensembles-blend",
    answer="blend",
    kind="function",
    points=3,
    outline=("hml-07-ex-09",),
    checks=(
        Check(
            holds="it learns whom to trust: at least 85 % right, where a vote reaches far less",
            judge=each_call(share_right(0.85)),
            case=witnesses,
            see="make up three members, one of which swaps two classes, and print your accuracy.",
        ),
    ),
    hints=(
        "It is an ordinary classification: the features are what the members said.",
        "A linear model cannot use class numbers; OneHotEncoder makes a column for each member and class.",
        "Fit the encoder and a LogisticRegression on said and y, then predict for said_new.",
    ),
)
