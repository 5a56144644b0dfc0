"""The questions of chapter 07, kernels: the half that students have."""

from functools import cache
from typing import Any

import numpy as np

from course.exercises import secret
from course.exercises.judges import accuracy_at_least, each_call, finite, same_array
from course.exercises.question import Check, Question


def _kernel(A: np.ndarray, B: np.ndarray, sigma: float) -> np.ndarray:
    return np.exp(-((A[:, np.newaxis] - B[np.newaxis]) ** 2).sum(axis=2) / (2 * sigma**2))


def tables(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for the similarities of the rows of two tables of different length."""
    draw = np.random.default_rng(seed)
    calls = [
        [draw.normal(size=(rows, columns)), draw.normal(size=(rows + 2, columns)), float(sigma)]
        for rows, columns, sigma in zip((3, 6), (2, 5), draw.uniform(0.5, 3, 2), strict=True)
    ]
    return {"calls": calls}, [_kernel(*call) for call in calls]


matrix = Question(
    id="kernels-matrix",
    answer="similarities",
    kind="function",
    points=2,
    outline=("apml-04-ex-01",),
    checks=(
        Check(
            holds="it is the RBF kernel of all pairs, a row for each row of A",
            judge=each_call(same_array(1e-8)),
            case=tables,
            see="compare with sklearn.metrics.pairwise.rbf_kernel(A, B, gamma=1 / (2 * sigma**2)).",
        ),
    ),
    hints=(
        "For two rows: the squared distance is ((a - b) ** 2).sum().",
        "A[:, np.newaxis] - B[np.newaxis] are all differences: (rows of A, rows of B, columns).",
        "np.exp(-((A[:, np.newaxis] - B[np.newaxis]) ** 2).sum(axis=2) / (2 * sigma**2))",
    ),
)


def regressions(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for predictions with several penalties and widths."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for alpha, sigma in ((0.1, 1.0), (3.0, 0.7)):
        X, X_new = draw.normal(size=(30, 2)), draw.normal(size=(8, 2))
        y = np.sin(X[:, 0]) + 5 + 0.1 * draw.normal(size=30)
        calls.append([X, y, X_new, sigma, alpha])
        weights = np.linalg.solve(_kernel(X, X, sigma) + alpha * np.eye(30), y)
        expected.append(_kernel(X_new, X, sigma) @ weights)
    return {"calls": calls}, expected


ridge = Question(
    id="kernels-ridge",
    answer="kernel_ridge",
    kind="function",
    points=3,
    outline=("apml-04-ex-01",),
    needs=("kernels-matrix",),
    checks=(
        Check(
            holds="it predicts what kernel ridge regression does, for several widths and penalties",
            judge=each_call(same_array(1e-6)),
            case=regressions,
            see="compare with KernelRidge(kernel='rbf', gamma=1 / (2 * sigma**2), alpha=alpha).",
        ),
    ),
    hints=(
        "Two kernel matrices are needed: of X with itself, and of X_new with X.",
        "The weights solve (K + alpha * I) w = y.",
        "np.linalg.solve(K + alpha * np.eye(len(X)), y), then similarities(X_new, X, sigma) @ weights.",
    ),
)

gamma = Question(
    id="kernels-gamma",
    answer="gamma",
    kind="choice",
    points=1,
    outline=("apml-04-ex-01",),
    checks=(
        Check(
            holds="it is the gamma that the predictions show",
            judge=secret.choice("kernels-gamma", "31299fab526a"),
            see="fit it with gamma=0.1 and with gamma=100, and compare the predictions.",
        ),
    ),
    hints=(
        "How should scikit-learn know which parameter of your function is meant?",
        "Try two very different values of gamma. Do the predictions change?",
        "What is 1 / (2 * sigma**2) for sigma = 1?",
    ),
)

# --- Wine -------------------------------------------------------------------------------------------------


@cache
def other_wines() -> tuple[np.ndarray, np.ndarray, float]:
    """Return the wines that the setup keeps apart, and the error that the source's own model has on them."""
    from sklearn.gaussian_process.kernels import RBF
    from sklearn.kernel_ridge import KernelRidge
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    from course import datasets

    wine = datasets.load("wine-quality")
    X, X_rest, y, y_rest = train_test_split(
        wine.data.to_numpy(), wine.frame["quality"].to_numpy(), test_size=0.3, random_state=123
    )
    model = make_pipeline(StandardScaler(), KernelRidge(kernel=RBF(length_scale=5), alpha=0.1)).fit(X, y)
    return X_rest, y_rest, float(np.mean((model.predict(X_rest) - y_rest) ** 2))


def _steps(seed: int) -> tuple[Any, None]:
    return {"read": ["steps.__repr__"]}, None


def _scaled_kernel_ridge(observed: Any, expected: Any) -> bool | str:
    steps = str(observed.get("steps.__repr__"))
    missing = [name for name in ("StandardScaler(", "KernelRidge(") if name not in steps]
    return f"there is no {missing[0]}) in it." if missing else True


def small_error(observed: Any, expected: Any) -> bool | str:
    """Judge the error on wines that were kept apart: at most 2 % above the source's own."""
    target, reference = expected
    said = finite(observed.get("predict")) if isinstance(observed, dict) else None
    if said is None or said.size != target.size:
        return "it does not predict one mark for each wine."
    error = float(np.mean((said.ravel() - target) ** 2))
    return (
        error <= 1.02 * reference
        or f"its mean squared error is {error:.3f}; the source's is {reference:.3f}."
    )


wine = Question(
    id="kernels-wine",
    answer="wine_model",
    kind="estimator",
    points=3,
    outline=("apml-04-ex-01",),
    checks=(
        Check(
            holds="it is a pipeline with a StandardScaler and a KernelRidge",
            judge=_scaled_kernel_ridge,
            case=_steps,
            share=0.5,
        ),
    ),
    hints=(
        "make_pipeline(StandardScaler(), KernelRidge(...)).fit(X_wine, y_wine)",
        "The kernel may be 'rbf' with a gamma, or RBF(length_scale=...) of sklearn's Gaussian processes.",
        "With eleven scaled features distances are about 5: a length of 5, and alpha=0.1.",
    ),
    seconds=20,
)

# --- How sure ---------------------------------------------------------------------------------------------


def noisy(seed: int) -> tuple[Any, list[tuple[np.ndarray, float]]]:
    """Ask for a process on a wave with noise; expected are new targets and the variance of the noise."""
    draw = np.random.default_rng(seed)
    noise = float(draw.uniform(0.1, 0.4))
    X = np.sort(draw.uniform(0, 6, (60, 1)), axis=0)
    X_new = draw.uniform(0.3, 5.7, (150, 1))

    def targets(points: np.ndarray) -> np.ndarray:
        return 3 + np.sin(2 * points[:, 0]) + noise * draw.normal(size=len(points))

    return {"calls": [[X, targets(X), X_new]]}, [(targets(X_new), noise**2)]


def _rows(observed: Any, expected: Any) -> tuple[np.ndarray, np.ndarray] | None:
    said = finite(observed, ndim=2)
    return None if said is None or said.shape != (2, len(expected[0])) else (said[0], said[1])


def near(observed: Any, expected: Any) -> bool | str:
    """Judge the predictions: a mean squared error not much above the variance of the noise."""
    rows = _rows(observed, expected)
    if rows is None:
        return "it must return an array with two rows: predictions, and standard deviations."
    error = float(np.mean((rows[0] - expected[0]) ** 2))
    return (
        error <= 1.7 * expected[1]
        or f"its mean squared error is {error:.3f}, that of the noise {expected[1]:.3f}."
    )


def honest(observed: Any, expected: Any) -> bool | str:
    """Judge the standard deviations: they hold most targets, and are not far wider than the noise."""
    rows = _rows(observed, expected)
    if rows is None or (rows[1] < 0).any():
        return "it must return an array with two rows: predictions, and standard deviations."
    held = float(np.mean(np.abs(rows[0] - expected[0]) <= 2 * rows[1]))
    if held < 0.86:
        return f"within ± 2 standard deviations lie only {100 * held:.0f} % of the new targets."
    wide = float(np.median(rows[1])) / float(np.sqrt(expected[1]))
    return wide <= 2 or f"the band is {wide:.1f} times as wide as the noise."


process = Question(
    id="kernels-process",
    answer="process",
    kind="function",
    points=3,
    outline=("apml-04-ex-02",),
    checks=(
        Check(
            holds="its predictions are nearly as good as the noise allows",
            judge=each_call(near),
            case=noisy,
            see="draw such data: 3 + np.sin(2 * x) with noise, 60 points from 0 to 6.",
        ),
        Check(
            holds="its band is honest: it holds most new targets, and is not wider than needed",
            judge=each_call(honest),
            case=noisy,
            see="count how many new targets lie within two standard deviations.",
        ),
    ),
    hints=(
        "The mean of the data is not 0: normalize_y=True.",
        "The noise is unknown. A WhiteKernel in the kernel is fitted along with the rest.",
        "ConstantKernel() * RBF() + WhiteKernel(), and predict(X_new, return_std=True).",
    ),
    seconds=20,
)

# --- Support vector machines ------------------------------------------------------------------------------


def shapes(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for machines for two clouds, for rings, and for rings with one feature in thousandths."""
    from sklearn.datasets import make_blobs, make_circles

    draw = np.random.default_rng(seed)
    rings = make_circles(400, factor=0.4, noise=0.1, random_state=int(draw.integers(10**6)))
    clouds = make_blobs(
        400, centers=[[0, 0], [2.5, 2.5]], cluster_std=1.0, random_state=int(draw.integers(10**6))
    )
    calls, expected = [], []
    for X, y in (clouds, rings, (rings[0] * [1, 1000], rings[1])):
        calls.append([X[:200], y[:200]])
        expected.append(y[200:])
    together = np.concatenate([clouds[0][200:], rings[0][200:], rings[0][200:] * [1, 1000]])
    return {"calls": calls, "then": ["estimator", {"X": together, "methods": ["predict"]}]}, expected


def suits(number: int) -> Any:
    """Return a judge of the machine for one of the three shapes."""

    def judge_one(seen: Any, expected: np.ndarray) -> bool | str:
        said = seen.get("predict") if isinstance(seen, dict) else None
        part = np.asarray(said)[200 * number : 200 * number + 200] if np.shape(said) == (600,) else None
        return accuracy_at_least(0.9)({"predict": part}, expected)

    def judge(observed: Any, expected: Any) -> bool | str:
        if not isinstance(observed, list) or len(observed) != 3:
            return "it was not called on every data set."
        types = observed[number].get("value", {}).get("types") if isinstance(observed[number], dict) else None
        if isinstance(types, list) and not {"SVC", "Pipeline"} & set(map(str, types)):
            return "it returns neither an SVC nor a pipeline."
        return each_call(judge_one)([observed[number]], [expected[number]])

    return judge


machine = Question(
    id="kernels-machine",
    answer="machine",
    kind="function",
    points=2,
    outline=("hdl-02-ex-04",),
    checks=(
        Check(
            holds="it parts two clouds",
            judge=suits(0),
            case=shapes,
            share=0,
            see="sklearn.datasets.make_blobs makes such clouds.",
        ),
        Check(
            holds="it parts rings",
            judge=suits(1),
            case=shapes,
            see="sklearn.datasets.make_circles makes such rings.",
        ),
        Check(
            holds="it parts rings of which one feature is in thousandths",
            judge=suits(2),
            case=shapes,
            see="multiply one feature by 1000.",
        ),
    ),
    hints=(
        "A linear kernel cannot part rings; an RBF kernel can.",
        "Distances mean little if one feature is a thousand times as large: a StandardScaler first.",
        "A GridSearchCV over 'svc__kernel' and 'svc__C' chooses; return its best_estimator_.",
    ),
    seconds=20,
)
