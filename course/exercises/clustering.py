"""The questions of chapter 06, clustering: the half that students have."""

from typing import Any

import numpy as np

from course.exercises import secret
from course.exercises.judges import (
    accuracy_at_least,
    close,
    each_call,
    finite,
    labels,
    same_array,
)
from course.exercises.question import Check, Question

# --- Choices ----------------------------------------------------------------------------------------------


def _choice(word: str, right: str, holds: str, outline: str, hints: tuple[str, ...]) -> Question:
    return Question(
        id=f"clustering-{word}",
        answer=word,
        kind="choice",
        points=1,
        outline=(outline,),
        checks=(Check(holds=holds, judge=secret.choice(f"clustering-{word}", right)),),
        hints=hints,
    )


what = _choice(
    "what",
    "d360c782bdbb",
    "it says what clustering does, and names methods that do it",
    "hml-09-ex-01",
    (
        "Are there labels?",
        "Has anybody defined once and for all what a cluster is? And what must DBSCAN be told?",
        "Groups of similar samples, where 'similar' depends on the method.",
    ),
)
uses = _choice(
    "uses",
    "8f818a8e3be6",
    "it is the task that needs something else",
    "hml-09-ex-02",
    (
        "Three of the four ask which samples are alike.",
        "For which one are the right answers of the past known?",
        "Where a number is to be predicted, it is regression.",
    ),
)
big = _choice(
    "big",
    "4da3bb492ffa",
    "it names methods for many samples, and methods for dense regions",
    "hml-09-ex-05",
    (
        "Which methods need the distances of all pairs?",
        "One method for many samples works in small batches, one keeps a tree of summaries.",
        "DBSCAN counts neighbours; mean-shift walks to where samples are densest.",
    ),
)
novelty = _choice(
    "novelty",
    "f1651088cdf0",
    "it tells the two apart",
    "hml-09-ex-07",
    (
        "Think of the training data: are there outliers among them?",
        "A novelty is something that was not there before.",
        "Novelty detection may trust its training data.",
    ),
)
tasks = _choice(
    "tasks",
    "625f42a9528e",
    "it is what a mixture of two cannot do",
    "hml-09-ex-08",
    (
        "What shape has one component?",
        "A recipe for data has a density, and can be followed.",
        "Which task has clusters that are no ellipses?",
    ),
)
elkan = _choice(
    "elkan",
    "26c15c46058f",
    "it says what changes and what does not",
    "hml-09-ex-15",
    (
        "Elkan's method leaves out distances of which it knows that they cannot matter.",
        "So where does it end, compared with Lloyd's, from the same start?",
        "And keeping the bounds costs time too.",
    ),
)

# --- Choosing k -------------------------------------------------------------------------------------------


def apart(seed: int) -> tuple[Any, list[int]]:
    """Ask for the number of clusters of blobs that lie well apart, on a circle."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for k in draw.permutation([3, 4, 5, 6])[:2]:
        angle = draw.uniform(0, 6) + 2 * np.pi * np.arange(k) / k
        middles = 10 * np.column_stack([np.cos(angle), np.sin(angle)])
        X = np.concatenate([draw.normal(middle, 0.6, size=(40, 2)) for middle in middles])
        calls.append([draw.permutation(X), [2, 3, 4, 5, 6, 7, 8]])
        expected.append(int(k))
    return {"calls": calls}, expected


best_k = Question(
    id="clustering-best-k",
    answer="best_k",
    kind="function",
    points=2,
    outline=("hml-09-ex-03",),
    checks=(
        Check(
            holds="it finds the number of blobs that lie well apart",
            judge=each_call(close(0)),
            case=apart,
            see="make_blobs(centers=4, cluster_std=0.5, random_state=0) has four.",
        ),
    ),
    hints=(
        "silhouette_score(X, labels) from sklearn.metrics judges one clustering.",
        "KMeans(k, n_init=10, random_state=42).fit_predict(X) gives the labels for one k.",
        "Keep the scores in a dict; max(scores, key=scores.get) is the key of the largest.",
    ),
)

# --- Few labels -------------------------------------------------------------------------------------------


def few_labels(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for the labels that clusters lend; one cluster has none, one has three that disagree."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for _ in range(2):
        names = draw.choice(50, 4, replace=False)
        clusters = draw.permutation(np.repeat(names, 12))
        lent_by = dict(zip(names.tolist(), [-1, *draw.integers(0, 10, 3).tolist()], strict=True))
        rows, given = [], []
        for name in names[1:]:
            members = draw.choice(np.flatnonzero(clusters == name), 3, replace=False)
            rows += members.tolist()
            given += [lent_by[int(name)]] * 3
        # The last labelled member of the last cluster disagrees with the other two.
        given[-1] = (given[-1] + 1) % 10
        calls.append([clusters, np.array(rows), np.array(given)])
        expected.append(np.array([lent_by[int(name)] for name in clusters]))
    return {"calls": calls}, expected


lend = Question(
    id="clustering-lend",
    answer="lend",
    kind="function",
    points=2,
    outline=("hml-09-ex-04",),
    checks=(
        Check(
            holds="every sample gets the label that most labelled members of its cluster have, or -1",
            judge=each_call(same_array(0)),
            case=few_labels,
            see="lend(np.array([5, 5, 8]), np.array([0]), np.array([3])) must be [3, 3, -1].",
        ),
    ),
    hints=(
        "Begin with np.full(len(clusters), -1), then go through the clusters.",
        "clusters[rows] says in which clusters the labelled samples are.",
        "np.unique(known, return_counts=True) counts; argmax of the counts finds the most frequent.",
    ),
)


def unsure(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for the least certain rows of random probabilities."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for n, classes in ((3, 4), (8, 10)):
        table = draw.dirichlet(np.ones(classes), size=40)
        calls.append([table, n])
        expected.append(np.argsort(table.max(axis=1))[:n])
    return {"calls": calls}, expected


least_sure = Question(
    id="clustering-least-sure",
    answer="least_sure",
    kind="function",
    points=1,
    outline=("hml-09-ex-06",),
    checks=(
        Check(
            holds="it names the rows whose most probable class is least probable, in order",
            judge=each_call(same_array(0)),
            case=unsure,
            see="least_sure(np.array([[0.9, 0.1], [0.5, 0.5], [0.3, 0.7]]), 2) must be [1, 2].",
        ),
    ),
    hints=(
        "How sure is it of a row? Look at the largest number in it.",
        "probabilities.max(axis=1) has one number a row.",
        "np.argsort sorts from small to large, and gives row numbers.",
    ),
)


def a_round(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask which digits to have labelled next."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    X, y = load_digits(return_X_y=True)
    draw = np.random.default_rng(seed)
    chosen = draw.choice(len(X), 300, replace=False)
    X, y = X[chosen], y[chosen]
    rows = draw.choice(300, 60, replace=False)
    model = LogisticRegression(max_iter=10_000).fit(X[rows], y[rows])
    unknown = np.setdiff1d(np.arange(300), rows)
    order = unknown[np.argsort(model.predict_proba(X[unknown]).max(axis=1))]
    return {"calls": [[X, rows, y[rows], 15]]}, [{"order": order, "known": rows, "n": 15}]


def asks_for_the_unsure(observed: Any, expected: Any) -> bool | str:
    """Judge the rows to be labelled: nearly all of them must be among the least certain."""
    rows = labels(observed)
    if rows is None or rows.shape != (expected["n"],) or rows.dtype.kind not in "iu":
        return f"it must return {expected['n']} row numbers."
    if len(set(rows.tolist())) < len(rows):
        return "it asks for a row more than once."
    if set(rows.tolist()) & set(expected["known"].tolist()):
        return "it asks for rows whose labels are known."
    least = set(expected["order"][: expected["n"] + 5].tolist())
    return len(least & set(rows.tolist())) >= expected["n"] - 1


next_rows = Question(
    id="clustering-next-rows",
    answer="next_rows",
    kind="function",
    points=2,
    outline=("hml-09-ex-18",),
    checks=(
        Check(
            holds="it asks for the samples without a label that the model is least sure of",
            judge=each_call(asks_for_the_unsure),
            case=a_round,
            see="no number that it returns may be in rows.",
        ),
    ),
    hints=(
        "Fit the model on X[rows] and labels; predict_proba for all others.",
        "np.setdiff1d(np.arange(len(X)), rows) are the rows without a label.",
        "What argsort returns are places within these rows: unknown[np.argsort(...)[:n]].",
    ),
)

# --- Components -------------------------------------------------------------------------------------------


def clouds(seed: int) -> tuple[Any, list[int]]:
    """Ask for the number of components of stretched clouds far from each other."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for k in draw.permutation([1, 2, 3, 4])[:2]:
        parts = []
        for j in range(k):
            stretch = draw.normal(size=(2, 2))
            middle = 14 * np.array([np.cos(2 * np.pi * j / 4), np.sin(2 * np.pi * j / 4)])
            parts.append(draw.normal(size=(120, 2)) @ stretch + middle)
        calls.append([draw.permutation(np.concatenate(parts)), 5])
        expected.append(int(k))
    return {"calls": calls}, expected


components = Question(
    id="clustering-components",
    answer="components",
    kind="function",
    points=2,
    outline=("hml-09-ex-09",),
    checks=(
        Check(
            holds="it finds the number of stretched clouds that lie apart",
            judge=each_call(close(0)),
            case=clouds,
            see="try it on make_blobs(centers=3, random_state=0).",
        ),
    ),
    hints=(
        "gm.bic(X) of a fitted GaussianMixture; lower is better.",
        "One mixture for each k in range(1, most + 1).",
        "np.argmin gives a position, which begins at 0; k begins at 1.",
    ),
)

# --- Faces ------------------------------------------------------------------------------------------------


def people(seed: int) -> tuple[Any, list[Any]]:
    """Ask for a split of pictures of some people, twice with different seeds."""
    draw = np.random.default_rng(seed)
    first, second = (draw.permutation(np.repeat(np.arange(k), 10)) for k in (8, 15))
    first_seed = int(draw.integers(1000))
    return {"calls": [[first, first_seed], [first, first_seed + 1], [second, 7]]}, [first, first, second]


def fair_parts(observed: Any, expected: Any) -> bool | str:
    """Judge a split: each row once, and the right number of each person in each part."""
    if not isinstance(observed, list) or len(observed) != 3:
        return "it must return three arrays of row numbers."
    parts = [labels(part) for part in observed]
    if any(part is None or part.dtype.kind not in "iu" or not len(part) for part in parts):
        return "each of the three must be an array of row numbers."
    rows = np.concatenate(parts)
    if sorted(rows.tolist()) != list(range(len(expected))):
        return "every picture must be in exactly one part."
    for part, wanted in zip(parts, (7, 2, 1), strict=True):
        counts = np.bincount(expected[part], minlength=expected.max() + 1)
        if (counts != wanted).any():
            return f"of one person there are {counts[counts != wanted][0]} pictures where {wanted} should be."
    return True


def _other_rows(observed: Any, expected: Any) -> bool | str:
    try:
        first, second = (set(labels(call["value"][0]).tolist()) for call in observed[:2])
    except (TypeError, KeyError, IndexError, AttributeError):
        return "it does not return arrays of row numbers."
    return first != second or "two seeds give the same rows for training."


split = Question(
    id="clustering-split",
    answer="split",
    kind="function",
    points=2,
    outline=("hml-09-ex-10",),
    checks=(
        Check(
            holds="it has seven, two and one of each person's ten pictures",
            judge=each_call(fair_parts),
            case=people,
            see="np.bincount(people[train]) must be 7 everywhere.",
        ),
        Check(holds="another seed gives other rows", judge=_other_rows, case=people, share=0),
    ),
    hints=(
        "StratifiedShuffleSplit keeps the share of each person; it splits in two, so use it twice.",
        "First 30 % of the rows, then a third of these. As shares that is 0.3 and 1 / 3; 0.1 / 0.3 is, to a "
        "computer, a little more than a third, and one row too many: whole numbers of rows are safer.",
        "The second split gives places within the rest: rest[valid], rest[test].",
    ),
)


def grouped(seed: int) -> tuple[Any, list[float]]:
    """Ask for the purity of random clusters."""
    draw = np.random.default_rng(seed)
    calls, expected = [], []
    for n, k in ((60, 5), (200, 12)):
        clusters, persons = draw.integers(k, size=n), draw.integers(4, size=n)
        calls.append([clusters, persons])
        best = sum(np.bincount(persons[clusters == j]).max() for j in np.unique(clusters))
        expected.append(float(best / n))
    return {"calls": calls}, expected


purity = Question(
    id="clustering-purity",
    answer="purity",
    kind="function",
    points=1,
    outline=("hml-09-ex-10",),
    checks=(
        Check(
            holds="it is the share of pictures that show the most frequent person of their cluster",
            judge=each_call(close(1e-9)),
            case=grouped,
            see="purity([0, 0, 0, 1], [5, 5, 6, 6]) must be 0.75.",
        ),
    ),
    hints=(
        "pd.crosstab(clusters, people) counts who is in which cluster.",
        "The largest number of each row are the pictures that count.",
        "Their sum, divided by the number of all pictures.",
    ),
)

# --- Features from clusters -------------------------------------------------------------------------------


def digits_with(k: int, besides: int = 0) -> Any:
    """Return a case that asks for a classifier of digits that is fed with k distances and more."""

    def case(seed: int) -> tuple[Any, list[dict[str, Any]]]:
        from sklearn.datasets import load_digits

        X, y = load_digits(return_X_y=True)
        order = np.random.default_rng(seed).permutation(len(X))
        train, test = order[:600], order[600:1200]
        read = ["steps.__repr__", "_final_estimator.n_features_in_"]
        probe = {
            "calls": [[X[train], y[train], k]],
            "then": ["estimator", {"X": X[test], "methods": ["predict"], "read": read}],
        }
        return probe, [{"y": y[test], "features": k + besides}]

    return case


def reads_digits(observed: Any, expected: Any) -> bool | str:
    """Judge a classifier by new digits."""
    return accuracy_at_least(0.90)(observed, expected["y"])


def fed_with_distances(observed: Any, expected: Any) -> bool | str:
    """Judge what the classifier at the end of a pipeline is fed with, by the number of its features."""
    if not isinstance(observed, dict) or "Pipeline" not in list(observed.get("types") or []):
        return "it must return a Pipeline."
    features = observed.get("_final_estimator.n_features_in_")
    if features != expected["features"]:
        return (
            f"the classifier at its end gets {features} features where it should get {expected['features']}."
        )
    return True


DIGITS_60, DIGITS_40 = digits_with(60), digits_with(40)
BOTH_20, BOTH_30 = digits_with(20, besides=64), digits_with(30, besides=64)

with_clusters = Question(
    id="clustering-with-clusters",
    answer="with_clusters",
    kind="function",
    points=2,
    outline=("hml-09-ex-11",),
    checks=(
        Check(
            holds="it is a pipeline whose classifier gets a distance to each of k clusters",
            judge=each_call(fed_with_distances),
            case=DIGITS_60,
            share=0,
        ),
        Check(
            holds="with 60 clusters it reads at least 90 % of new small digits",
            judge=each_call(reads_digits),
            case=DIGITS_60,
            see="try it on halves of load_digits().",
        ),
    ),
    hints=(
        "In a pipeline KMeans is a transformer: it passes on the distances to its centroids.",
        "make_pipeline(KMeans(n_clusters=k, random_state=42), ..., LogisticRegression(max_iter=10_000))",
        "A StandardScaler between them helps. Do not forget fit.",
    ),
    seconds=20,
)
added = Question(
    id="clustering-added",
    answer="added",
    kind="function",
    points=2,
    outline=("hml-09-ex-11",),
    checks=(
        Check(
            holds="it is a pipeline whose classifier gets the pixels and the distances",
            judge=each_call(fed_with_distances),
            case=BOTH_20,
            see="your_pipeline[-1].n_features_in_ must be 64 + k for the small digits.",
            share=0,
        ),
        Check(
            holds="with 20 clusters it reads at least 90 % of new small digits",
            judge=each_call(reads_digits),
            case=BOTH_20,
        ),
    ),
    hints=(
        "FeatureUnion([(name, transformer), ...]) from sklearn.pipeline puts outputs side by side.",
        "FunctionTransformer() without a function passes its input through.",
        "make_pipeline(FeatureUnion([...]), StandardScaler(), LogisticRegression(max_iter=10_000)).fit(X, y)",
    ),
    seconds=20,
)

# --- What is normal ---------------------------------------------------------------------------------------


def turned_digits(seed: int) -> tuple[Any, list[dict[str, Any]]]:
    """Ask for the densities of new digits and of the same ones turned by a quarter, in any order."""
    from sklearn.datasets import load_digits
    from sklearn.decomposition import PCA
    from sklearn.mixture import GaussianMixture

    images = load_digits().images
    draw = np.random.default_rng(seed)
    order = draw.permutation(len(images))
    train, new = images[order[:900]].reshape(900, -1), images[order[900:1000]]
    both = np.concatenate([new, np.rot90(new, axes=(1, 2))]).reshape(200, -1)
    mixed = draw.permutation(200)
    pca = PCA(n_components=0.99).fit(train)
    model = GaussianMixture(10, covariance_type="diag", random_state=0).fit(pca.transform(train))
    usual = model.score_samples(pca.transform(new.reshape(100, -1)))
    expected = {"normal": mixed < 100, "mean": float(usual.mean()), "spread": float(usual.std())}
    return {"calls": [[train, both[mixed]]]}, [expected]


def denser(observed: Any, expected: Any) -> bool | str:
    """Judge log densities: normal pictures have the usual ones, turned ones mostly lower ones."""
    values, is_normal = finite(observed, ndim=1), expected["normal"]
    if values is None or values.shape != is_normal.shape:
        return f"it must return one finite number for each of {len(is_normal)} pictures."
    normal, changed = values[is_normal], values[~is_normal]
    share = np.mean(normal[:, np.newaxis] > changed)
    if share < 0.85:
        return f"a normal picture is denser than a turned one in {share:.0%} of the cases; 85 % is asked for."
    if abs(normal.mean() - expected["mean"]) > 5 or not 0.5 < normal.std() / expected["spread"] < 2:
        return "these are not the log densities of such a mixture."
    return True


densities = Question(
    id="clustering-densities",
    answer="densities",
    kind="function",
    points=2,
    outline=("hml-09-ex-12",),
    checks=(
        Check(
            holds="normal pictures are denser than the same ones turned",
            judge=each_call(denser),
            case=turned_digits,
            see="compare densities(X[:900], X[900:]) with the same for pictures turned by np.rot90.",
        ),
    ),
    hints=(
        "Two steps: PCA(n_components=0.99), then GaussianMixture(10, covariance_type='diag').",
        "Both are fitted to X_train only.",
        "gm.score_samples(pca.transform(X_new)) are the log densities.",
    ),
    seconds=20,
)


def to_invent(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for twenty new pictures of threes, twice with different seeds."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    X = digits.data[digits.target == int(np.random.default_rng(seed).integers(10))] / 16
    return {"calls": [[X, 20, seed], [X, 20, seed + 1]]}, [X, X]


def _new_pictures(observed: Any, expected: Any) -> bool | str:
    rows = finite(observed, ndim=2)
    if rows is None or rows.shape != (20, expected.shape[1]):
        return f"it must return 20 rows of {expected.shape[1]} pixels."
    among = np.sqrt(((expected[:, np.newaxis] - expected) ** 2).sum(axis=2))
    np.fill_diagonal(among, np.inf)
    usual = among.min(axis=1).mean()
    distances = np.sqrt(((rows[:, np.newaxis] - expected) ** 2).sum(axis=2)).min(axis=1)
    if distances.min() < 0.3 * usual:
        return "some of them are (nearly) copies of given pictures."
    if distances.mean() > 2 * usual:
        return "they are far from all given pictures."
    if not 0.6 < rows.std(axis=0).mean() / expected.std(axis=0).mean() < 1.6:
        return "they differ from each other less, or more, than the given pictures do."
    return True


def invented(observed: Any, expected: Any) -> bool | str:
    """Judge invented pictures: like the given ones, but new, and others with another seed."""
    verdict = each_call(_new_pictures)(observed, expected)
    if verdict is not True:
        return verdict
    first, second = (finite(call["value"], ndim=2) for call in observed)
    return not np.allclose(first, second) or "two seeds give the same pictures."


invent = Question(
    id="clustering-invent",
    answer="invent",
    kind="function",
    points=2,
    outline=("hml-09-ex-12",),
    checks=(
        Check(
            holds="the pictures are new, all different, and like the given ones",
            judge=invented,
            case=to_invent,
            see="plots.image_grid(invent(load_digits().data, 20, seed=0))",
        ),
    ),
    hints=(
        "Fit PCA and mixture as before, with the seed as random_state.",
        "gm.sample(n) returns rows and their components.",
        "pca.inverse_transform(gm.sample(n)[0]) makes pixels of them.",
    ),
    seconds=20,
)


def to_rebuild(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for the errors of new small digits."""
    from sklearn.datasets import load_digits
    from sklearn.decomposition import PCA

    X = load_digits().data
    order = np.random.default_rng(seed).permutation(len(X))
    train, new = X[order[:300]], X[order[300:380]]
    pca = PCA(n_components=0.99).fit(train)
    back = pca.inverse_transform(pca.transform(new))
    return {"calls": [[train, new]]}, [np.mean((new - back) ** 2, axis=1)]


rebuilding_errors = Question(
    id="clustering-rebuilding-errors",
    answer="rebuilding_errors",
    kind="function",
    points=2,
    outline=("hml-09-ex-13",),
    checks=(
        Check(
            holds="it is the mean squared difference of each new picture from what comes back",
            judge=each_call(same_array(1e-6)),
            case=to_rebuild,
            see="one number for each row of X_new; the rows it was fitted to have smaller ones.",
        ),
    ),
    hints=(
        "Fit on X_train, then transform X_new, then inverse_transform the result.",
        "The mean goes over the pixels of one picture: axis=1.",
        "np.mean((X_new - back) ** 2, axis=1)",
    ),
)

# --- Colours, shapes, labels by eye -----------------------------------------------------------------------


def pictures(seed: int) -> tuple[Any, list[Any]]:
    """Ask for a drawn picture in few colours."""
    from sklearn.cluster import KMeans

    draw = np.random.default_rng(seed)
    palette = draw.integers(0, 256, size=(7, 3))
    image = palette[draw.choice(7, size=(30, 40), p=[0.3, 0.25, 0.2, 0.1, 0.06, 0.05, 0.04])]
    image = (image + draw.normal(0, 6, size=image.shape)).clip(0, 255).astype(np.uint8)
    calls, expected = [], []
    for k in (3, 6):
        best = KMeans(k, n_init=5, random_state=0).fit(image.reshape(-1, 3).astype(float)).inertia_
        calls.append([image, k])
        expected.append({"image": image.astype(float), "k": k, "best": float(best)})
    return {"calls": calls}, expected


def few_colours(observed: Any, expected: Any) -> bool | str:
    """Judge a picture: few colours, and as near to the given one as k-means gets, or nearly."""
    image = finite(observed, ndim=3)
    if image is None or image.shape != expected["image"].shape:
        return f"it must return an array of shape {expected['image'].shape}."
    found = len(np.unique(image.reshape(-1, 3).round(3), axis=0))
    if found > expected["k"]:
        return f"it has {found} colours where {expected['k']} are allowed."
    error = ((image - expected["image"]) ** 2).sum()
    return bool(error <= 1.25 * expected["best"]) or "other colours would be much nearer to the picture."


in_colours = Question(
    id="clustering-in-colours",
    answer="in_colours",
    kind="function",
    points=2,
    outline=("hml-09-ex-14",),
    checks=(
        Check(
            holds="it has few colours, and they fit the picture",
            judge=each_call(few_colours),
            case=pictures,
            see="np.unique(in_colours(image, 3).reshape(-1, 3), axis=0) has three rows, from 0 to 255.",
        ),
    ),
    hints=(
        "image.reshape(-1, 3) makes a row of each pixel. One start of k-means may end in poor colours.",
        "kmeans.cluster_centers_[kmeans.labels_] is the colour of each pixel's centroid.",
        "Reshape to image.shape in the end.",
    ),
)


def moons(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask for the labels of moons of two sizes."""
    from sklearn.datasets import make_moons

    calls, expected = [], []
    for n in (400, 800):
        X, y = make_moons(n, noise=0.05, random_state=seed + n)
        calls.append([X])
        expected.append(y)
    return {"calls": calls}, expected


def same_groups(observed: Any, expected: Any) -> bool | str:
    """Judge clusters by who is together, whatever their numbers."""
    from sklearn.metrics import adjusted_rand_score

    found = labels(observed)
    if found is None or found.shape != expected.shape:
        return f"it must return one label for each of {len(expected)} samples."
    score = adjusted_rand_score(expected, found)
    if score >= 0.95:
        return True
    return f"the groups agree with the moons to {score:.2f}; 0.95 is asked for (adjusted Rand index)."


two_moons = Question(
    id="clustering-two-moons",
    answer="two_moons",
    kind="function",
    points=2,
    outline=("hml-09-ex-16",),
    checks=(
        Check(
            holds="each moon is a cluster",
            judge=each_call(same_groups),
            case=moons,
            see="draw make_moons(400, noise=0.05) with your labels as colours.",
        ),
    ),
    hints=(
        "Methods that look for round clusters will not do.",
        "DBSCAN needs an eps larger than the gaps within a moon, and smaller than the gap between them.",
        "DBSCAN(eps=0.2).fit_predict(X)",
    ),
)


def _typed(observed: Any, expected: Any) -> bool | str:
    given = labels(observed)
    if given is None or given.shape != (10,):
        return "it must be a list of ten numbers."
    return secret.digest("clustering-typed", " ".join(map(str, given))) == "404f2aa270f4"


typed = Question(
    id="clustering-typed",
    answer="typed",
    kind="array",
    points=1,
    outline=("hml-09-ex-17",),
    checks=(Check(holds="these are the digits", judge=_typed),),
    hints=(
        "Step back from the screen: small pictures are easier to read from afar.",
        "The last one is a 4.",
        "Seven, five, eight, six, zero, ... what are the others?",
    ),
)

# --- Four digits in a plane -------------------------------------------------------------------------------


def some_labels(seed: int) -> tuple[Any, list[np.ndarray]]:
    """Ask which labels are kept."""
    draw = np.random.default_rng(seed)
    given = [draw.permutation(np.tile(np.arange(10), 3)), draw.integers(0, 10, 200)]
    return {"calls": [[one] for one in given]}, [np.isin(one, [0, 3, 6, 9]) for one in given]


def same_truth(observed: Any, expected: Any) -> bool | str:
    """Judge an array of truth values."""
    given = labels(observed)
    if given is None or given.shape != expected.shape:
        return f"it must return {len(expected)} truth values."
    if given.dtype.kind != "b":
        return "it must return truth values (True and False)."
    return bool((given == expected).all())


kept = Question(
    id="clustering-kept",
    answer="kept",
    kind="function",
    points=1,
    outline=("apml-03-ex-01",),
    checks=(
        Check(
            holds="it is true for 0, 3, 6 and 9",
            judge=each_call(same_truth),
            case=some_labels,
            see="kept(np.arange(10)) must be true at 0, 3, 6 and 9.",
        ),
    ),
    hints=(
        "What do these four have in common?",
        "% is the remainder of a division.",
        "labels % 3 == 0",
    ),
)


def some_clouds(seed: int, k: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Return samples of clouds that overlap, to fit and to judge with, in the units of the digits."""
    draw = np.random.default_rng(seed)
    middles = np.array([[-350, -100], [1150, 240], [220, 530], [200, -520]]) + draw.normal(0, 60, (4, 2))
    middles = middles[:k]
    spread = [draw.normal(0, 130, (2, 2)) + 200 * np.eye(2) for _ in middles]
    fit, new = (
        np.concatenate(
            [draw.normal(size=(n, 2)) @ one + middle for one, middle in zip(spread, middles, strict=True)]
        )
        for n in (100, 60)
    )
    return draw.permutation(fit), new


def to_centre(seed: int) -> tuple[Any, list[Any]]:
    """Ask for the centroids of four clouds."""
    from sklearn.cluster import KMeans

    Z, _ = some_clouds(seed)
    calls, expected = [], []
    for k in (4, 3):
        best = KMeans(k, n_init=20, random_state=0).fit(Z).inertia_
        calls.append([Z, k])
        expected.append({"Z": Z, "k": k, "best": float(best)})
    return {"calls": calls}, expected


def good_centres(observed: Any, expected: Any) -> bool | str:
    """Judge centroids by their inertia, in whatever order they come."""
    places, Z = finite(observed, ndim=2), expected["Z"]
    if places is None or places.shape != (expected["k"], Z.shape[1]):
        return f"it must return {expected['k']} rows of {Z.shape[1]} coordinates."
    inertia = ((Z[:, np.newaxis] - places) ** 2).sum(axis=2).min(axis=1).sum()
    more = inertia / expected["best"] - 1
    return more <= 0.01 or f"their inertia is {more:.0%} larger than it could be."


centres = Question(
    id="clustering-centres",
    answer="centres",
    kind="function",
    points=2,
    outline=("apml-03-ex-02",),
    checks=(
        Check(
            holds="the centroids have (nearly) the smallest inertia there is",
            judge=each_call(good_centres),
            case=to_centre,
            see="compare with KMeans(k, n_init=20).fit(Z).inertia_.",
        ),
    ),
    hints=(
        "KMeans has an argument for the number of starts.",
        "After fit, the centroids stand in cluster_centers_.",
        "KMeans(n_clusters=k, n_init=10, random_state=123).fit(Z).cluster_centers_",
    ),
)


def to_mix(seed: int, k: int = 4) -> tuple[Any, list[dict[str, Any]]]:
    """Ask for a mixture of k clouds; expected is the mean log likelihood under a good one."""
    from sklearn.mixture import GaussianMixture

    Z, new = some_clouds(seed, k)
    goal = GaussianMixture(k, n_init=10, random_state=0).fit(Z).score(new)
    probe = {
        "calls": [[Z, k]],
        "then": ["estimator", {"X": new, "methods": ["score_samples"], "read": ["n_components"]}],
    }
    return probe, [{"k": k, "goal": float(goal)}]


def likely(observed: Any, expected: Any) -> bool | str:
    """Judge a mixture by how probable new samples are under it."""
    values = finite(observed.get("score_samples"), ndim=1) if isinstance(observed, dict) else None
    if values is None or not len(values):
        return "it cannot score samples; is it a fitted GaussianMixture?"
    if "GaussianMixture" not in list(observed.get("types") or []):
        return "it is no GaussianMixture."
    if observed.get("n_components") != expected["k"]:
        return f"it has {observed.get('n_components')} components where k is {expected['k']}."
    short = expected["goal"] - float(values.mean())
    return short <= 0.05 or f"new samples are less probable than they could be, by {short:.2f} on average."


mixture = Question(
    id="clustering-mixture",
    answer="mixture",
    kind="function",
    points=3,
    outline=("apml-03-ex-03",),
    checks=(
        Check(
            holds="samples that it has not seen are about as probable as they can be",
            judge=each_call(likely),
            case=to_mix,
            see="fit on one half of some data, and look at score() of the other.",
        ),
    ),
    hints=(
        "GaussianMixture(n_components=k), fitted to Z.",
        "One start may end in a bad place.",
        "GaussianMixture(n_components=k, n_init=10, random_state=1).fit(Z)",
    ),
)
