# %% [markdown]
# # Fewer dimensions: exercises
# Thirteen questions, 25 points. Write each answer under the name that the cell gives, run the cell, then run the
# check below it. A check says at once which property of your answer holds and which does not; `hint()` helps, and
# helps more each time you call it. Your instructor's checks ask with data that you have not seen.
#
# The questions come after the exercises of chapter 8 of *Hands-On Machine Learning* (3rd edition, A. Géron).

# %% tags=["setup"]
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.manifold import MDS, TSNE, LocallyLinearEmbedding
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

# %%
from course import datasets, plots, scale
from course.exercises import reduction as ask

plots.use_style()

# %% [markdown]
# ## 1. Why, and why not?
# Which of these is **not** a good reason to reduce the dimensions of a data set before training?
#
# - **a** Training takes too long.
# - **b** I want to look at the data in a plane.
# - **c** Fewer dimensions always make the model more accurate.
# - **d** The data shall take less room on disk.
#
# *(1 point)*

# %% tags=["answer:reduction-why", "hml-08-ex-01"]
### BEGIN SOLUTION
why = "c"
### TEMPLATE
# why = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.why.check(why)

# %% [markdown] tags=["solution-only", "why:reduction-why"]
# Speed, pictures, room, sometimes less noise: these are the reasons for it. Against it: information is lost and the model may get a little
# worse, the reduction itself costs time, the pipeline gets longer, and the new features mean little to people.

# %% tags=["wrong:reduction-why"]
why = "a"

# %% tags=["wrong:reduction-why"]
why = "d"

# %% [markdown]
# ## 2. The curse, computed
# Write `near_border(d, margin)`: the share of a unit cube of `d` dimensions that lies within `margin` of its border. *(1 point)*


# %% tags=["answer:reduction-border", "hml-08-ex-02"]
### BEGIN SOLUTION
def near_border(d, margin):
    return 1 - (1 - 2 * margin) ** d


### TEMPLATE
# def near_border(d, margin):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.border.check(near_border)

# %% [markdown] tags=["solution-only", "why:reduction-border"]
# What is not near the border is a smaller cube, with sides of $1 - 2 \cdot$ `margin`. With many dimensions hardly anything is left of it. That is one face of
# the *curse of dimensionality*: much that we know from the plane is different there, and data are sparse.


# %% tags=["wrong:reduction-border"]
def near_border(d, margin):
    return 1 - (1 - margin) ** d


# %% tags=["wrong:reduction-border"]
def near_border(d, margin):
    return (2 * margin) ** d


# %% [markdown]
# The other face: write `mean_distance(d, seed)`, the mean distance of 1,000 random pairs of points in the unit cube of `d` dimensions, drawn with a generator of
# that seed. *(2 points)*


# %% tags=["answer:reduction-distance", "hml-08-ex-02"]
### BEGIN SOLUTION
def mean_distance(d, seed):
    rng = np.random.default_rng(seed)
    return np.linalg.norm(rng.random((1_000, d)) - rng.random((1_000, d)), axis=1).mean()


### TEMPLATE
# def mean_distance(d, seed):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.distance.check(mean_distance)

# %% [markdown] tags=["solution-only", "why:reduction-distance"]
# It grows like $\sqrt{d/6}$: in a hundred dimensions two points are four sides apart. So every new sample is far from all others, and predicting it is
# extrapolation.


# %% tags=["wrong:reduction-distance"]
def mean_distance(d, seed):
    rng = np.random.default_rng(seed)
    return np.abs(rng.random((1_000, d)) - rng.random((1_000, d))).mean()


# %% tags=["wrong:reduction-distance"]
def mean_distance(d, seed):
    return np.sqrt(d)


# %% [markdown]
# ## 3. Can it be undone?
# Which sentence is right?
#
# - **a** Every reduction can be undone exactly, by the inverse of its matrix.
# - **b** PCA can be undone approximately, what was dropped is lost; t-SNE has no way back at all.
# - **c** t-SNE can be undone exactly, because it keeps neighbours; PCA cannot.
# - **d** None can be undone in any way.
#
# *(1 point)*

# %% tags=["answer:reduction-back", "hml-08-ex-03"]
### BEGIN SOLUTION
back = "b"
### TEMPLATE
# back = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.back.check(back)

# %% [markdown] tags=["solution-only", "why:reduction-back"]
# Several points of the original space become one point in fewer dimensions; which it was, nobody can tell. PCA leads back to the nearest point of its plane. Other methods,
# t-SNE among them, place only the samples they were given, and know no map in either direction.

# %% tags=["wrong:reduction-back"]
back = "a"

# %% tags=["wrong:reduction-back"]
back = "d"

# %% [markdown]
# ## 4. PCA on what is bent
# Can PCA reduce the dimensions of a data set that is highly nonlinear?
#
# - **a** Never: PCA is linear.
# - **b** Always: it finds the manifold.
# - **c** It can at least drop dimensions that are useless; but where none is, as in a Swiss roll, it squashes what should be unrolled.
# - **d** Only after the features have been scaled to unit variance.
#
# *(1 point)*

# %% tags=["answer:reduction-bent", "hml-08-ex-04"]
### BEGIN SOLUTION
bent = "c"
### TEMPLATE
# bent = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.bent.check(bent)

# %% [markdown] tags=["solution-only", "why:reduction-bent"]
# Most data have features that are constant or depend on others, and PCA gets rid of these whatever shape the rest has. The Swiss roll has no such dimension to give away.

# %% tags=["wrong:reduction-bent"]
bent = "a"

# %% tags=["wrong:reduction-bent"]
bent = "b"

# %% [markdown]
# ## 5. How many dimensions are 95 %?
# PCA on a data set with 1,000 features shall keep 95 % of the variance. How many dimensions remain? It depends. Write `dimensions(variances, share)`: given the variances along all
# principal components, in any order, the smallest number of components that keep at least this share. *(2 points)*


# %% tags=["answer:reduction-dimensions", "hml-08-ex-05"]
### BEGIN SOLUTION
def dimensions(variances, share):
    kept = np.cumsum(np.sort(variances)[::-1]) / np.sum(variances)
    return int(np.argmax(kept >= share - 1e-12)) + 1


### TEMPLATE
# def dimensions(variances, share):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.dimensions.check(dimensions)

# %% [markdown] tags=["solution-only", "why:reduction-dimensions"]
# Two extremes: if all points lie on a line, one dimension is enough; if the variance is the same in all directions, 950 are needed. Anything between is
# possible, and a plot of the cumulative sum shows which.


# %% tags=["wrong:reduction-dimensions"]
def dimensions(variances, share):
    return int(share * len(variances))


# %% tags=["wrong:reduction-dimensions"]
def dimensions(variances, share):
    kept = np.cumsum(np.sort(variances)[::-1]) / np.sum(variances)
    return int(np.argmax(kept >= share))


# %% tags=["wrong:reduction-dimensions"]
def dimensions(variances, share):
    kept = np.cumsum(np.sort(variances)) / np.sum(variances)
    return int(np.argmax(kept >= share - 1e-12)) + 1


# %% [markdown]
# ## 6. Which one?
# Four tasks, four methods: **p** plain PCA, **i** incremental PCA, **r** randomised PCA, **g** random (Gaussian or sparse) projection. Give a list of four letters, each used once:
#
# 1. A table of 50 columns, in memory; the exact components are wanted.
# 2. 80 GB in a file, on a machine with 16 GB of memory.
# 3. 20,000 samples of 3,000 features in memory; only the first 30 components are needed, soon.
# 4. A million columns; distances between samples should roughly stay, and any fitting takes too long.
#
# *(2 points)*

# %% tags=["answer:reduction-which", "hml-08-ex-06"]
### BEGIN SOLUTION
which = ["p", "i", "r", "g"]
### TEMPLATE
# which = ...  # such as ["g", "r", "i", "p"]
### END SOLUTION

# %% tags=["check"]
ask.which.check(which)

# %% [markdown] tags=["solution-only", "why:reduction-which"]
# Plain PCA is the default where the data fit into memory. Incremental PCA is for data that do not, or that keep arriving. Randomised PCA is fast where few components of many are
# wanted. Random projection learns nothing, so the number of columns hardly matters to it.

# %% tags=["wrong:reduction-which"]
which = ["r", "i", "p", "g"]

# %% tags=["wrong:reduction-which"]
which = ["p", "g", "r", "i"]

# %% [markdown]
# ## 7. How good is it?
# One way to judge a reduction: what is lost on the way there and back, on *new* data? Write `lost(X_train, X_new, d)`: fit a PCA with `d` components to `X_train`, send `X_new` there
# and back, and return the mean squared distance between its samples and what comes back. *(2 points)*


# %% tags=["answer:reduction-lost", "hml-08-ex-07"]
### BEGIN SOLUTION
def lost(X_train, X_new, d):
    pca = PCA(n_components=d).fit(X_train)
    back = pca.inverse_transform(pca.transform(X_new))
    return np.mean(np.sum((X_new - back) ** 2, axis=1))


### TEMPLATE
# def lost(X_train, X_new, d):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.lost.check(lost)

# %% [markdown] tags=["solution-only", "why:reduction-lost"]
# If few dimensions carry most of what matters, little is lost. Not every method has a way back; then judge by the task: how well does a model do that is trained on the reduced
# data?


# %% tags=["wrong:reduction-lost"]
def lost(X_train, X_new, d):
    pca = PCA(n_components=d).fit(X_new)
    back = pca.inverse_transform(pca.transform(X_new))
    return np.mean(np.sum((X_new - back) ** 2, axis=1))


# %% tags=["wrong:reduction-lost"]
def lost(X_train, X_new, d):
    pca = PCA(n_components=d).fit(X_train)
    return np.mean((X_new - pca.inverse_transform(pca.transform(X_new))) ** 2)


# %% tags=["wrong:reduction-lost"]
def lost(X_train, X_new, d):
    return 1 - PCA(n_components=d).fit(X_train).explained_variance_ratio_.sum()


# %% [markdown]
# ## 8. Two in a row
# Does it make sense to chain two different reductions?
#
# - **a** No: the second can only lose more.
# - **b** Yes: for instance PCA, which quickly drops useless dimensions, and then a slow method such as t-SNE or LLE.
# - **c** Only if both are linear.
# - **d** Yes: t-SNE first, then PCA to remove the noise.
#
# *(1 point)*

# %% tags=["answer:reduction-chain", "hml-08-ex-08"]
### BEGIN SOLUTION
chain = "b"
### TEMPLATE
# chain = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.chain.check(chain)

# %% [markdown] tags=["solution-only", "why:reduction-chain"]
# The result is much the same as with the slow method alone, in a fraction of the time.

# %% tags=["wrong:reduction-chain"]
chain = "a"

# %% tags=["wrong:reduction-chain"]
chain = "d"

# %% [markdown]
# ## 9. Does PCA make training faster?
# Write `shorter(X, y)`: it returns a fitted pipeline of a PCA that keeps **95 % of the variance** and a classifier, which reads at least 85 % of new small digits. *(3 points)*


# %% tags=["answer:reduction-shorter", "hml-08-ex-09"]
### BEGIN SOLUTION
def shorter(X, y):
    model = make_pipeline(PCA(n_components=0.95), StandardScaler(), SGDClassifier(random_state=42))
    return model.fit(X, y)


### TEMPLATE
# def shorter(X, y):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.shorter.check(shorter)

# %% [markdown] tags=["solution-only", "why:reduction-shorter"]
# The pipeline fits PCA to the training data alone, and applies the same projection to whatever it predicts later.


# %% tags=["wrong:reduction-shorter"]
def shorter(X, y):
    return SGDClassifier(random_state=42).fit(X, y)


# %% tags=["wrong:reduction-shorter"]
def shorter(X, y):
    return make_pipeline(PCA(n_components=2), SGDClassifier(random_state=42)).fit(X, y)


# %% tags=["wrong:reduction-shorter"]
def shorter(X, y):
    return make_pipeline(PCA(n_components=0.95), SGDClassifier(random_state=42)).fit(X, np.roll(y, 1))


# %% [markdown]
# ### The experiment, on MNIST
# A forest and a linear model, each on all 784 pixels and on what PCA keeps. **Look at** the times as ratios, with the time of the PCA itself counted. At full scale
# (`COURSE_SCALE=full`) these are the 60,000 pictures of the book, and take about four minutes.

# %% tags=["nbval-ignore-output", "hml-08-ex-09"]
mnist = datasets.load("mnist", limit=4_200)
X_train, y_train = mnist.data[: mnist.split] / 255, mnist.target[: mnist.split]
X_test, y_test = mnist.data[mnist.split :] / 255, mnist.target[mnist.split :]
print(mnist.origin)

forest, linear = RandomForestClassifier(random_state=42), SGDClassifier(random_state=42)
models = {
    ("forest", "all"): forest,
    ("forest", "95 %"): make_pipeline(PCA(n_components=0.95), forest),
    ("linear (SGD)", "all"): linear,
    ("linear (SGD)", "95 %"): make_pipeline(PCA(n_components=0.95), linear),
}
rows = {}
for name, model in tqdm(models.items(), desc="training", disable=not scale.is_full()):
    start = perf_counter()
    model.fit(X_train, y_train)
    rows[name] = {"time": perf_counter() - start, "test accuracy": model.score(X_test, y_test)}
table = pd.DataFrame(rows).T.rename_axis(["model", "variance"])
table["time"] /= table["time"].groupby("model").transform("first")
table.round(3)

# %% [markdown]
# What came out? Choose the sentence that fits the *full* MNIST.
#
# - **a** Both get faster, and both more accurate.
# - **b** The forest gets slower and a bit worse; the linear model gets faster and stays about as good.
# - **c** Both get slower.
# - **d** The forest gets faster and better; the linear model slower.
#
# *(1 point)*

# %% tags=["answer:reduction-faster", "hml-08-ex-09"]
### BEGIN SOLUTION
faster = "b"
### TEMPLATE
# faster = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.faster.check(faster)

# %% [markdown] tags=["solution-only", "why:reduction-faster"]
# A forest looks at the square root of the features in each node, but the components are dense numbers with many thresholds where many pixels were blank: its trees take longer, and it needs
# more cuts for what one pixel told. For the linear model the time grows with the number of features. Fewer dimensions do *not* always mean faster.

# %% tags=["wrong:reduction-faster"]
faster = "a"

# %% tags=["wrong:reduction-faster"]
faster = "d"

# %% [markdown]
# ## 10. A map of the digits
# To draw little pictures instead of points, they must not lie on top of each other. Write `spread(Z, distance)`: it goes through the rows of `Z` in order, keeps the first, and then each row that is
# at least `distance` away from *all* rows kept so far. It returns the numbers of the rows that were kept. *(3 points)*


# %% tags=["answer:reduction-spread", "hml-08-ex-10"]
### BEGIN SOLUTION
def spread(Z, distance):
    kept = [0]
    for i in range(1, len(Z)):
        if np.linalg.norm(Z[kept] - Z[i], axis=1).min() >= distance:
            kept.append(i)
    return np.array(kept)


### TEMPLATE
# def spread(Z, distance):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.spread.check(spread)

# %% [markdown] tags=["solution-only", "why:reduction-spread"]
# Each row is compared with those that were kept, and with no others: a row that was left out keeps nobody away.


# %% tags=["wrong:reduction-spread"]
def spread(Z, distance):
    kept = [0]
    for i in range(1, len(Z)):
        if np.linalg.norm(Z[kept[-1]] - Z[i]) >= distance:
            kept.append(i)
    return np.array(kept)


# %% tags=["wrong:reduction-spread"]
def spread(Z, distance):
    return np.arange(len(Z))


# %% tags=["wrong:reduction-spread"]
def spread(Z, distance):
    near = np.linalg.norm(Z[:, np.newaxis] - Z[np.newaxis], axis=2) < distance
    return np.flatnonzero(~np.tril(near, -1).any(axis=1))


# %% [markdown]
# Now the map. `digit_map` is the axes (or the figure) of a scatter plot of the small digits below in **two dimensions by t-SNE**, with the ten classes in ten colours, a title, and labels on both axes. Draw at least 300 points. *(5 points)*

# %% tags=["setup:reduction-map"]
X_small, y_small = load_digits(return_X_y=True)
X_small, y_small = X_small[:400], y_small[:400]

# %% tags=["answer:reduction-map", "hml-08-ex-10"]
### BEGIN SOLUTION
Z = TSNE(n_components=2, init="pca", perplexity=20, random_state=42).fit_transform(X_small)
fig, digit_map = plt.subplots(figsize=(6, 4))
points = digit_map.scatter(Z[:, 0], Z[:, 1], c=y_small, cmap="tab10", s=10)
fig.colorbar(points, ticks=range(10))
digit_map.set(xlabel="$z_1$", ylabel="$z_2$", title="400 digits by t-SNE")
plt.show()
### TEMPLATE
# digit_map = ...
### END SOLUTION

# %% tags=["check"]
ask.picture.check(digit_map)

# %% [markdown] tags=["solution-only", "why:reduction-map"]
# Digits of one kind lie together, without t-SNE having seen a label.

# %% tags=["wrong:reduction-map"]
fig, digit_map = plt.subplots()
digit_map.scatter(X_small[:, 20], X_small[:, 30], c=y_small)
digit_map.set(xlabel="$z_1$", ylabel="$z_2$", title="two pixels")

# %% tags=["wrong:reduction-map"]
fig, digit_map = plt.subplots()
digit_map.scatter(*PCA(n_components=2).fit_transform(X_small).T)

# %% tags=["wrong:reduction-map"]
fig, digit_map = plt.subplots()
digit_map.set(xlabel="$z_1$", ylabel="$z_2$", title="nothing")

# %% [markdown]
# ### The same for MNIST, four times
# t-SNE beside PCA, LLE and MDS, and little pictures in place of points, at the places that your `spread` keeps. **Look at** which of them separates the digits: t-SNE, clearly. At full scale t-SNE gets the 5,000
# pictures that the book asks for; MDS, which is slow, never more than 1,000.

# %% tags=["nbval-ignore-output", "hml-08-ex-10"]
many = scale.pick(quick=600, full=5_000)
pixels, digits = X_train[:many], y_train[:many]
shorter_pixels = PCA(n_components=0.95, random_state=42).fit_transform(pixels)
few = min(many, scale.pick(quick=300, full=1_000))
methods = {
    "PCA": (PCA(n_components=2, random_state=42), pixels),
    "LLE": (LocallyLinearEmbedding(n_components=2, n_neighbors=15, random_state=42), shorter_pixels),
    f"MDS ({few} digits)": (
        MDS(n_components=2, n_init=1, init="random", random_state=42),
        shorter_pixels[:few],
    ),
    "t-SNE": (TSNE(n_components=2, init="pca", random_state=42), shorter_pixels),
}
maps = {
    name: method.fit_transform(given)
    for name, (method, given) in tqdm(methods.items(), desc="mapping", disable=not scale.is_full())
}

fig, axes = plt.subplots(2, 2, figsize=(9, 8))
for ax, (name, places) in zip(axes.flat, maps.items(), strict=True):
    places = (places - places.min(axis=0)) / np.ptp(places, axis=0)
    ax.scatter(*places.T, c=digits[: len(places)], cmap="tab10", s=5, alpha=0.5, rasterized=True)
    for i in spread(places, 0.09):
        ax.imshow(
            pixels[i].reshape(28, 28),
            cmap="gray_r",
            extent=(places[i, 0] - 0.03, places[i, 0] + 0.03, places[i, 1] - 0.03, places[i, 1] + 0.03),
            zorder=2,
        )
    ax.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05), xticks=[], yticks=[], title=name, aspect="equal")
plt.show()
