"""The questions of chapter 05, dimensionality reduction: the half that students have."""

from typing import Any

import numpy as np

from course.exercises import secret
from course.exercises.judges import Judge, accuracy_at_least, close, each_call, finite, labels
from course.exercises.question import Check, Question


def _choice(word: str, right: str, holds: str, outline: str, hints: tuple[str, ...]) -> Question:
    return Question(
        id=f"reduction-{word}",
        answer=word,
        kind="choice",
        points=1,
        outline=(outline,),
        checks=(Check(holds=holds, judge=secret.choice(f"reduction-{word}", right)),),
        hints=hints,
    )


why = _choice(
    "why",
    "defdd1515c80",
    "it is the reason that does not hold",
    "hml-08-ex-01",
    (
        "Three of the four are what dimensionality reduction is used for every day.",
        "Which sentence contains the word 'always'?",
        "Information is lost: can that be sure to help?",
    ),
)
back = _choice(
    "back",
    "57f6778d99c4",
    "it says which way back there is, and how exact it is",
    "hml-08-ex-03",
    (
        "Two points that fall on the same spot: can anybody tell them apart afterwards?",
        "PCA has an inverse_transform. Does TSNE have one?",
        "What PCA drops is lost; what it keeps leads back to the nearest point of its plane.",
    ),
)
bent = _choice(
    "bent",
    "4b19d47b86d5",
    "it says when PCA helps with bent data, and when not",
    "hml-08-ex-04",
    (
        "Suppose some features are constant. Does it matter how the others are bent?",
        "Remember the two pictures of the roll, squashed and unrolled.",
        "It can drop what is useless, and nothing more.",
    ),
)
chain = _choice(
    "chain",
    "0354fd133b3f",
    "it says whether to chain, and in which order",
    "hml-08-ex-08",
    (
        "Some methods are fast, and some are slow but see more.",
        "What is gained if the slow one gets fewer dimensions to work on?",
        "The fast one goes first.",
    ),
)
faster = _choice(
    "faster",
    "eede3297a416",
    "it is what comes out on the full MNIST",
    "hml-08-ex-09",
    (
        "Look at the column of times in the table, for each model apart.",
        "How many thresholds must a tree try for a blank pixel, how many for a component?",
        "The two models behave in opposite ways.",
    ),
)

# --- The curse --------------------------------------------------------------------------------------------


def cubes(seed: int) -> tuple[Any, list[float]]:
    """Ask for the share near the border of some cubes."""
    draw = np.random.default_rng(seed)
    calls = [
        [int(d), float(margin)]
        for d, margin in zip(draw.integers(1, 300, 6), draw.random(6) / 8, strict=True)
    ]
    return {"calls": calls}, [1 - (1 - 2 * margin) ** d for d, margin in calls]


border = Question(
    id="reduction-border",
    answer="near_border",
    kind="function",
    points=1,
    outline=("hml-08-ex-02",),
    checks=(
        Check(
            holds="it is right for cubes of several dimensions",
            judge=each_call(close(1e-9)),
            case=cubes,
            see="near_border(1, 0.1) must be 0.2, and near_border(2, 0.1) 0.36.",
        ),
    ),
    hints=(
        "Begin with a segment: two margins, one at each end.",
        "What is left in the middle is a smaller cube. How long are its sides?",
        "1 minus the volume of the inner cube: 1 - (1 - 2 * margin) ** d.",
    ),
)


def many_dimensions(seed: int) -> tuple[Any, list[float]]:
    """Ask for mean distances; expected is about the root of d/6, with what small d adds to it."""
    return {"calls": [[d, seed + d] for d in (2, 30, 600)]}, [0.5214, float(np.sqrt(30 / 6)), 10.0]


def within(share: float) -> Judge:
    """Return a judge of a number that may be off by a share of the expected one."""

    def judge(observed: Any, expected: Any) -> bool | str:
        return close(share * expected)(observed, expected)

    return judge


distance = Question(
    id="reduction-distance",
    answer="mean_distance",
    kind="function",
    points=2,
    outline=("hml-08-ex-02",),
    checks=(
        Check(
            holds="it is the mean distance of random pairs, for few and for many dimensions",
            judge=each_call(within(0.06)),
            case=many_dimensions,
            see="mean_distance(2, 0) must be near 0.52, mean_distance(600, 0) near 10.",
        ),
    ),
    hints=(
        "rng = np.random.default_rng(seed); rng.random((1_000, d)) are a thousand random points.",
        "The distance of two points is the norm of their difference: one for each pair.",
        "np.linalg.norm(a - b, axis=1).mean()",
    ),
)

# --- How much is kept -------------------------------------------------------------------------------------


def spectra(seed: int) -> tuple[Any, list[int]]:
    """Ask for the number of components for several spectra: flat, of one line, and falling."""
    draw = np.random.default_rng(seed)
    falling = draw.permutation(draw.uniform(0.8, 0.97) ** np.arange(60))
    line = np.zeros(100)
    line[draw.integers(100)] = 3.0
    calls = [[np.ones(1000), 0.95], [line, 0.95], [falling, 0.9], [falling, 0.99]]
    expected = []
    for variances, share in calls:
        kept = np.cumsum(np.sort(variances)[::-1]) / np.sum(variances)
        expected.append(int(np.argmax(kept >= share - 1e-12)) + 1)
    return {"calls": calls}, expected


dimensions = Question(
    id="reduction-dimensions",
    answer="dimensions",
    kind="function",
    points=2,
    outline=("hml-08-ex-05",),
    checks=(
        Check(
            holds="it is right where all directions are alike, where there is only one, and in between",
            judge=each_call(close(0)),
            case=spectra,
            see="dimensions(np.ones(1000), 0.95) must be 950, and dimensions([1, 0, 0], 0.95) must be 1.",
        ),
    ),
    hints=(
        "Which components would you keep first?",
        "np.cumsum adds up; np.argmax of a row of truth values finds the first that is true.",
        "Rounding may miss 0.95: compare with share - 1e-12. And a position is one less than a number.",
    ),
)


def _four_letters(observed: Any, expected: Any) -> bool | str:
    given = labels(observed)
    if given is None or given.shape != (4,):
        return "it must be a list of four letters, such as ['g', 'r', 'i', 'p']."
    if sorted(map(str, given)) != ["g", "i", "p", "r"]:
        return "each of the letters p, i, r and g must occur once."
    return secret.digest("reduction-which", " ".join(map(str, given))) == "c1eb85c614af"


which = Question(
    id="reduction-which",
    answer="which",
    kind="array",
    points=2,
    outline=("hml-08-ex-06",),
    checks=(
        Check(
            holds="each method gets the task that it is made for",
            judge=_four_letters,
        ),
    ),
    hints=(
        "Begin with the file that does not fit into memory: which method works in batches?",
        "Which method does not look at the data at all?",
        "Few components of many, quickly: that is what chance is good for.",
    ),
)

# --- How good is it ---------------------------------------------------------------------------------------


def two_sets(seed: int) -> tuple[Any, list[float]]:
    """Ask for what is lost of new data that are not quite like the old."""
    from sklearn.decomposition import PCA

    draw = np.random.default_rng(seed)
    mixing = draw.normal(size=(8, 8)) * 0.7 ** np.arange(8)[:, np.newaxis]
    X_train, X_new = draw.normal(size=(60, 8)) @ mixing + 3, draw.normal(size=(40, 8)) @ mixing + 3.5
    calls, expected = [], []
    for d in (1, 3, 6):
        pca = PCA(n_components=d).fit(X_train)
        back = pca.inverse_transform(pca.transform(X_new))
        calls.append([X_train, X_new, d])
        expected.append(float(np.mean(np.sum((X_new - back) ** 2, axis=1))))
    return {"calls": calls}, expected


lost = Question(
    id="reduction-lost",
    answer="lost",
    kind="function",
    points=2,
    outline=("hml-08-ex-07",),
    checks=(
        Check(
            holds="it is the mean squared distance of new samples from what comes back",
            judge=each_call(close(1e-6)),
            case=two_sets,
            see="for one sample: np.sum((x - back) ** 2). Then the mean over samples, not over features.",
        ),
    ),
    hints=(
        "Fit on X_train only; then transform X_new, and inverse_transform the result.",
        "The squared distance of two samples is a sum over the features.",
        "np.mean(np.sum((X_new - back) ** 2, axis=1))",
    ),
)

SHORT_TRAIN, SHORT_TEST = 500, 600


def few_digits(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for a pipeline fitted to 500 small digits, drawn by the seed."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(X))
    train, test = order[:SHORT_TRAIN], order[SHORT_TRAIN : SHORT_TRAIN + SHORT_TEST]
    read = ["steps.__repr__"]
    probe = {
        "calls": [[X[train], y[train]]],
        "then": ["estimator", {"X": X[test], "methods": ["predict"], "read": read}],
    }
    return probe, [y[test]]


def _keeps_95(observed: Any, expected: Any) -> bool | str:
    if not isinstance(observed, dict) or "Pipeline" not in list(observed.get("types") or []):
        return "it does not return a Pipeline."
    steps = str(observed.get("steps.__repr__"))
    return ("PCA(" in steps and "n_components=0.95" in steps) or "no PCA in it has n_components=0.95."


shorter = Question(
    id="reduction-shorter",
    answer="shorter",
    kind="function",
    points=3,
    outline=("hml-08-ex-09",),
    checks=(
        Check(
            holds="it returns a pipeline with a PCA that keeps 95 % of the variance",
            judge=each_call(_keeps_95),
            case=few_digits,
            share=0,
        ),
        Check(
            holds="it reads at least 85 % of new small digits",
            judge=each_call(accuracy_at_least(0.85)),
            case=few_digits,
            see="try it on halves of sklearn.datasets.load_digits().",
        ),
    ),
    hints=(
        "make_pipeline(PCA(n_components=0.95), ...) and any classifier.",
        "A linear model likes scaled features: a StandardScaler after the PCA.",
        "Do not forget to fit it, and to return it.",
    ),
)

# --- A map ------------------------------------------------------------------------------------------------


def places(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask which of some places are kept."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for n, least in ((40, 0.2), (200, 0.1)):
        Z = draw.random((n, 2))
        kept = [0]
        for i in range(1, n):
            if np.linalg.norm(Z[kept] - Z[i], axis=1).min() >= least:
                kept.append(i)
        calls.append([Z, least])
        expected.append(np.array(kept))
    return {"calls": calls}, expected


def same_rows(observed: Any, expected: Any) -> bool | str:
    """Judge the numbers of the rows that are kept."""
    rows = finite(observed, ndim=1)
    if rows is None:
        return "it must return the numbers of the rows, in one row."
    if rows.shape != expected.shape:
        return f"it keeps {len(rows)} rows where it should keep {len(expected)}."
    return bool((rows == expected).all())


spread = Question(
    id="reduction-spread",
    answer="spread",
    kind="function",
    points=3,
    outline=("hml-08-ex-10",),
    checks=(
        Check(
            holds="it keeps the first row, and each that is far enough from all that were kept before",
            judge=each_call(same_rows),
            case=places,
            see="with Z = [[0, 0], [0.6, 0], [1.2, 0]] and distance 1, rows 0 and 2 remain.",
        ),
    ),
    hints=(
        "A list of row numbers, which begins with 0, grows in a loop.",
        "Z[kept] - Z[i] are the ways to all that were kept.",
        "np.linalg.norm(Z[kept] - Z[i], axis=1).min() >= distance decides.",
    ),
)


def _largest(observed: Any) -> tuple[dict[str, Any], np.ndarray] | None:
    best = None
    for ax in observed if isinstance(observed, list) else []:
        for cloud in ax.get("points") or []:
            rows = finite(cloud, ndim=2)
            if rows is not None and rows.shape[1] == 2 and (best is None or len(rows) > len(best[1])):
                best = ax, rows
    return best


def _all_points(ax: dict[str, Any]) -> np.ndarray:
    clouds = [finite(cloud, ndim=2) for cloud in ax.get("points") or []]
    rows = [cloud for cloud in clouds if cloud is not None and cloud.shape[1] == 2]
    return np.unique(np.concatenate(rows), axis=0) if rows else np.empty((0, 2))


def _enough_points(observed: Any, expected: Any) -> bool | str:
    best = _largest(observed)
    count = 0 if best is None else len(_all_points(best[0]))
    return count >= 300 or f"there are {count} points on it."


def _is_labelled(observed: Any, expected: Any) -> bool | str:
    best = _largest(observed)
    if best is None:
        return "nothing is drawn on it."
    missing = [name for name in ("title", "xlabel", "ylabel") if not str(best[0].get(name) or "").strip()]
    return f"it has no {', '.join(missing)}." if missing else True


picture = Question(
    id="reduction-map",
    answer="digit_map",
    kind="figure",
    points=5,
    outline=("hml-08-ex-10",),
    checks=(
        Check(holds="at least 300 points are drawn", judge=_enough_points, share=0),
        Check(
            holds="it has a title, and a label on each axis",
            judge=_is_labelled,
            see="digit_map.set(title=..., xlabel=..., ylabel=...)",
        ),
    ),
    hints=(
        "TSNE(n_components=2, random_state=42).fit_transform(X_small) gives a place to each digit.",
        "fig, digit_map = plt.subplots(), then digit_map.scatter(..., c=y_small, cmap='tab10').",
        "digit_map.set(title=..., xlabel=..., ylabel=...) writes the labels.",
    ),
    seconds=30,
)
