"""The questions of chapter 03, trees: the half that students have."""

from typing import Any

import numpy as np

from course.exercises import secret
from course.exercises.judges import Judge, accuracy_at_least, close, each_call, labels
from course.exercises.question import Check, Question

# --- How deep, how pure, how long -------------------------------------------------------------------------

depth = Question(
    id="trees-depth",
    answer="depth",
    kind="number",
    points=1,
    outline=("hml-06-ex-01",),
    checks=(
        Check(
            holds="a balanced tree of this depth has about one leaf for each sample",
            judge=secret.number("trees-depth", "73085a657373", decimals=0),
            see="compare 2 ** depth with the number of samples.",
        ),
    ),
    hints=(
        "Every level of a balanced tree has twice as many nodes as the level above it.",
        "A tree that is not held back ends with about one leaf for each sample. Which power of 2 is that?",
        "It is the logarithm to base 2 of the number of samples: np.log2(1_000_000).",
    ),
)

gini = Question(
    id="trees-gini",
    answer="gini",
    kind="choice",
    points=1,
    outline=("hml-06-ex-02",),
    checks=(
        Check(
            holds="it is the statement that is true of every tree that CART grows",
            judge=secret.choice("trees-gini", "a9b2897070a3"),
        ),
    ),
    hints=(
        "What does CART make as small as it can: the impurity of one child, or a sum over both?",
        "The sum is weighted by the number of samples. A small child counts little in it.",
        "The weighted sum goes down; a single child may be less pure than its parent, for the other's good.",
    ),
)


def _impurity(values: np.ndarray) -> float:
    _, counts = np.unique(values, return_counts=True)
    return float(1 - np.sum((counts / len(values)) ** 2))


def _child_is_less_pure(observed: Any, expected: Any) -> bool | str:
    values = labels(observed)
    if values is None:
        return "it must be one row of class labels, such as ['A', 'B', 'B']."
    if not 2 <= len(values) <= 50:
        return f"it has {len(values)} labels; use 2 to 50."
    costs = [
        cut * _impurity(values[:cut]) + (len(values) - cut) * _impurity(values[cut:])
        for cut in range(1, len(values))
    ]
    parent = _impurity(values)
    if parent == 0:
        return "all labels are the same: CART does not split such a node."
    # Where several cuts are equally good CART may take any.
    for cut in np.flatnonzero(np.array(costs) <= min(costs) + 1e-9) + 1:
        left, right = _impurity(values[:cut]), _impurity(values[cut:])
        if max(left, right) > parent + 1e-9:
            return True
    return f"CART cuts after {cut}; the parent has Gini {parent:.3f}, the children {left:.3f} and {right:.3f}"


gini_example = Question(
    id="trees-gini-example",
    answer="row",
    kind="array",
    points=2,
    outline=("hml-06-ex-02",),
    checks=(
        Check(
            holds="after CART's best cut one child has a higher Gini impurity than the parent",
            judge=_child_is_less_pure,
            see="trees_of(row) below the answer cell prints the three impurities.",
        ),
    ),
    hints=(
        "Begin with a parent that is nearly pure: many of one class, one of another.",
        "The odd one out should not stand at an end, where it could be cut off alone.",
        "Try five labels, four of one class, with the odd one in second place.",
    ),
)

overfit = Question(
    id="trees-overfit",
    answer="overfit",
    kind="choice",
    points=1,
    outline=("hml-06-ex-03",),
    checks=(
        Check(
            holds="it is the change that takes freedom from the tree",
            judge=secret.choice("trees-overfit", "423e0d6f88c8"),
        ),
    ),
    hints=(
        "An overfitting tree has too much freedom. Which of the changes takes some away?",
        "For a max_ parameter smaller is stricter; for a min_ parameter larger is.",
        "Fewer levels mean fewer leaves, and larger regions.",
    ),
)

scaling = Question(
    id="trees-scaling",
    answer="scaling",
    kind="choice",
    points=1,
    outline=("hml-06-ex-04",),
    checks=(
        Check(
            holds="it is what happens to the splits when every feature is shifted and stretched",
            judge=secret.choice("trees-scaling", "99f3eec1334d"),
            see="fit one tree to X and one to StandardScaler().fit_transform(X); compare their predictions.",
        ),
    ),
    hints=(
        "A node compares one feature with one threshold. What does it need to know of the feature's unit?",
        "Scaling keeps the order of the values. Which cuts between neighbours are possible then?",
        "The thresholds move with the data; which samples go left does not change.",
    ),
)

A_MILLION = 1_000_000


def _sizes(seed: int) -> tuple[Any, list[float]]:
    """Ask for the million of the text, for ten millions, and for two sizes that the text does not name."""
    draw = np.random.default_rng(seed)
    sizes = [A_MILLION, 10 * A_MILLION, *(int(size) for size in draw.integers(2_000, 10**9, 2))]
    return {"calls": [[size] for size in sizes]}, [
        size * np.log(size) / (A_MILLION * np.log(A_MILLION)) for size in sizes
    ]


def one_call(number: int, judge: Judge) -> Judge:
    """Return a judge that looks at one call of those that a look makes."""

    def judge_it(observed: Any, expected: Any) -> bool | str:
        if not isinstance(observed, list) or len(observed) <= number:
            return False
        return each_call(judge)([observed[number]], [None if expected is None else expected[number]])

    return judge_it


hours = Question(
    id="trees-hours",
    answer="hours",
    kind="function",
    points=2,
    outline=("hml-06-ex-05",),
    checks=(
        Check(
            holds="a million samples take one hour",
            judge=one_call(0, close(1e-6)),
            case=_sizes,
            see="print hours(1_000_000).",
        ),
        Check(
            holds="ten million samples take ten times as long, and what the logarithm adds",
            judge=one_call(1, secret.number("trees-hours", "d4e40b2d774f", decimals=1)),
            case=_sizes,
            see="print hours(10_000_000); it must be more than 10.",
        ),
    ),
    hints=(
        "Training takes a time that grows like n x m x log(m), with m samples and n features.",
        "Only m changes here: divide m log(m) by the same thing for a million samples.",
        "Return samples * np.log(samples) / (1e6 * np.log(1e6)). The base of the logarithm cancels.",
    ),
)

features = Question(
    id="trees-features",
    answer="twice",
    kind="number",
    points=1,
    outline=("hml-06-ex-06",),
    checks=(
        Check(
            holds="the hours grow with the features as n x m x log(m) does",
            judge=secret.number("trees-features", "1fbf35ff425b", decimals=1),
        ),
    ),
    hints=(
        "At every node CART tries every feature, one after the other.",
        "In n x m x log(m) the number of features n is a plain factor.",
        "Twice the features take twice the time.",
    ),
)

# --- A tree of your own -----------------------------------------------------------------------------------


def _own_settings(seed: int) -> tuple[Any, None]:
    return {"read": ["get_params", "get_n_leaves"]}, None


def _all_three_chosen(observed: Any, expected: Any) -> bool | str:
    if "DecisionTreeClassifier" not in observed["types"]:
        return f"it is a {observed['types'][0]}, not a DecisionTreeClassifier."
    defaults = {"max_depth": None, "min_samples_split": 2, "criterion": "gini"}
    settings = observed["get_params"]
    left = [name for name, default in defaults.items() if settings.get(name, default) == default]
    return f"still at its default: {', '.join(left)}." if left else True


def _few_leaves(observed: Any, expected: Any) -> bool | str:
    count = observed["get_n_leaves"]
    if type(count) is not int:
        return "it is not fitted."
    return count <= 12 or f"it has {count} leaves."


own = Question(
    id="trees-own",
    answer="own_tree",
    kind="estimator",
    points=2,
    outline=("hdl-02-ex-06",),
    checks=(
        Check(
            holds="max_depth, min_samples_split and criterion are all chosen, none left at its default",
            judge=_all_three_chosen,
            case=_own_settings,
            see="print own_tree.get_params().",
        ),
        Check(
            holds="the tree is small enough to read: at most 12 leaves",
            judge=_few_leaves,
            case=_own_settings,
            see="print own_tree.get_n_leaves().",
        ),
    ),
    hints=(
        "The defaults are max_depth=None, min_samples_split=2, criterion='gini'. Set each to another value.",
        "A tree of depth d has at most 2 ** d leaves.",
        "Compare a few settings with cross_val_score(tree, X_own, y_own), then fit the best on all of X_own.",
    ),
)

# --- A tuned tree and a forest by hand --------------------------------------------------------------------

TRAIN, TEST, STRIPES = 1000, 2000, 500


def unseen_data(seed: int) -> tuple[Any, dict[str, tuple[np.ndarray, float]]]:
    """Tune on new moons, and on stripes, which need more leaves; both trees predict both test sets.

    Expected are the labels of each test set and the least accuracy. On the moons that lies four tenths of the
    way from a free tree to one that is well held back, both fitted here: on so few samples a fixed threshold
    would be luck. One label in ten of the stripes to learn from is flipped.
    """
    from sklearn.datasets import make_moons
    from sklearn.tree import DecisionTreeClassifier

    X, y = make_moons(TRAIN + TEST, noise=0.4, random_state=seed)
    free, held_back = (
        DecisionTreeClassifier(max_leaf_nodes=leaves, random_state=0)
        .fit(X[:TRAIN], y[:TRAIN])
        .score(X[TRAIN:], y[TRAIN:])
        for leaves in (None, 8)
    )
    draw = np.random.default_rng(seed)
    square = draw.random((2 * STRIPES, 2))
    stripe = np.floor(8 * square[:, 0]).astype(int) % 2
    noisy = stripe[:STRIPES] ^ (draw.random(STRIPES) < 0.1)
    probe = {
        "calls": [[X[:TRAIN], y[:TRAIN]], [square[:STRIPES], noisy]],
        "then": [
            "estimator",
            {"X": np.vstack([X[TRAIN:], square[STRIPES:]]), "methods": ["predict"]},
        ],
    }
    return probe, {
        "moons": (y[TRAIN:], 0.6 * free + 0.4 * held_back),
        "stripes": (stripe[STRIPES:], 0.8),
    }


def accurate_on(which: str) -> Judge:
    """Return a judge of the tree that was tuned on the moons or on the stripes."""
    number, part = (0, slice(None, TEST)) if which == "moons" else (1, slice(TEST, None))

    def judge_tree(tree: Any, goal: tuple[np.ndarray, float]) -> bool | str:
        predicted = labels(tree.get("predict")) if isinstance(tree, dict) else None
        if predicted is None or len(predicted) != TEST + STRIPES:
            return "it does not predict one label for each sample."
        return accuracy_at_least(goal[1])({"predict": predicted[part]}, goal[0])

    def judge(observed: Any, expected: Any) -> bool | str:
        return each_call(judge_tree)([observed[number]], [expected[which]])

    return judge


tune = Question(
    id="trees-tune",
    answer="tune",
    kind="function",
    points=4,
    outline=("hml-06-ex-07",),
    checks=(
        Check(
            holds="tuned on 1,000 noisy moons, it does clearly better on new ones than a tree without limits",
            judge=accurate_on("moons"),
            case=unseen_data,
            see="does your tree know a limit, and was it searched for?",
        ),
    ),
    hints=(
        "GridSearchCV tries settings by cross-validation, and then fits the best one on all it was given.",
        "Let it vary max_leaf_nodes: a few values between 2 and 40.",
        "search = GridSearchCV(DecisionTreeClassifier(random_state=42), {'max_leaf_nodes': [...]}, cv=3); "
        "fit it on X_train, y_train and return it.",
    ),
    seconds=20,
)

SAMPLES, TREES, SIZE, LEAVES = 40, 4, 10, 3


def forests(seed: int) -> tuple[Any, np.ndarray]:
    """Ask for four forests on samples that are each a class of their own.

    A tree then names exactly the samples that it learned from. The second forest repeats the first, the third
    has another seed, the fourth fewer leaves.
    """
    X, y = np.random.default_rng(seed).random((SAMPLES, 2)), np.arange(SAMPLES)
    ways = [(SAMPLES, seed), (SAMPLES, seed), (SAMPLES, seed + 1), (LEAVES, seed)]
    return {"calls": [[X, y, X, TREES, SIZE, leaves, random] for leaves, random in ways]}, y


def forest_rows(call: Any) -> np.ndarray | str:
    """Return the predictions of one forest, or say why there are none."""
    if not isinstance(call, dict) or "value" not in call:
        return "it stopped with " + str(call.get("error") if isinstance(call, dict) else "nothing")[:300]
    rows = labels(call["value"], ndim=2)
    if rows is None or rows.shape != (TREES, SAMPLES):
        shape = getattr(call["value"], "shape", None)
        return f"it must give a row for each tree and a column for each new sample; its shape is {shape}."
    return rows


def samples_of(rows: np.ndarray) -> list[tuple[int, ...]]:
    """List the samples that each tree learned from: the classes that it names."""
    return [tuple(np.unique(row)) for row in rows]


def _one_row_a_tree(observed: Any, expected: Any) -> bool | str:
    rows = forest_rows(observed[0])
    return rows if isinstance(rows, str) else bool(np.isin(rows, expected).all())


def _size_of_subsets(observed: Any, expected: Any) -> bool | str:
    rows = forest_rows(observed[0])
    if isinstance(rows, str):
        return rows
    sizes = [len(samples) for samples in samples_of(rows)]
    return sizes == [SIZE] * TREES or f"asked for {SIZE}, the {TREES} trees learned from {sizes} samples."


def _subsets_differ(observed: Any, expected: Any) -> bool | str:
    rows = forest_rows(observed[0])
    if isinstance(rows, str):
        return rows
    return len(set(samples_of(rows))) == TREES


forest = Question(
    id="trees-forest",
    answer="grow",
    kind="function",
    points=3,
    outline=("hml-06-ex-08",),
    checks=(
        Check(
            holds="it returns one row of predictions for each tree",
            judge=_one_row_a_tree,
            case=forests,
            share=0,
            see="print grow(X_train, y_train, X_test, 5, 100, 18, 42).shape.",
        ),
        Check(
            holds="each tree learns from as many different samples as size says",
            judge=_size_of_subsets,
            case=forests,
            see="print the shape of what you give to fit.",
        ),
        Check(holds="no two trees learn from the same samples", judge=_subsets_differ, case=forests, share=2),
    ),
    hints=(
        "ShuffleSplit(n_splits=..., train_size=..., random_state=...) draws many random subsets.",
        "Its split(X) gives pairs of index arrays; the first of each pair is your subset.",
        "In a loop over the subsets: fit DecisionTreeClassifier(max_leaf_nodes=leaves) on X[subset] and "
        "y[subset], collect predict(X_new), and return np.array of what you collected.",
    ),
)


def votes(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for the vote of trees with two classes, with four, and of a single tree."""
    draw = np.random.default_rng(seed)
    tables = [draw.integers(0, 2, (7, 9)), draw.integers(-1, 3, (12, 30)), draw.integers(0, 2, (1, 5))]
    return {"calls": [[table] for table in tables]}, tables


def is_majority(observed: Any, table: Any) -> bool | str:
    """Judge whether each vote is one of the most frequent predictions of its column."""
    chosen = labels(observed)
    if chosen is None or chosen.shape != (table.shape[1],):
        return "it must give one label for each column."
    counts = (table[:, :, None] == np.unique(table)).sum(axis=0)
    mine = (table == chosen).sum(axis=0)
    wrong = int((mine < counts.max(axis=1)).sum())
    return not wrong or f"in {wrong} of {len(chosen)} columns another label is more frequent."


vote = Question(
    id="trees-vote",
    answer="vote",
    kind="function",
    points=2,
    outline=("hml-06-ex-08",),
    checks=(
        Check(
            holds="with two classes, each sample gets the label that most trees predict",
            judge=one_call(0, is_majority),
            case=votes,
            see="vote(np.array([[0, 1], [0, 1], [1, 1]])) should be [0, 1].",
        ),
    ),
    hints=(
        "Each column of the table holds the predictions of all trees for one sample.",
        "The most frequent value of a column is called its mode; SciPy can find it. More than two classes?",
        "from scipy.stats import mode, then return mode(predictions, axis=0).mode",
    ),
)
