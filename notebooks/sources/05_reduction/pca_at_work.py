# %% [markdown]
# # PCA at work
#
# [The last notebook](lecture.ipynb) found principal components in clouds of two and three dimensions. Here they meet
# handwritten digits, with 784.
#
# **You will learn** to
# - choose the number of dimensions: by the variance kept, by an elbow, or by what a model needs;
# - compress pictures and restore them, and say what was lost;
# - know which of several algorithms scikit-learn runs, and what they cost;
# - fit PCA to data that are too large for memory, and measure that they are.
#
# Reading and running: about 30 minutes. Then: [random projections and manifolds](manifolds.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# chapter 8, second part, and *Advanced Python and Machine Learning Course*, May 2024, notebook 3, section 1.2.2.

# %%
import tempfile
import tracemalloc
from pathlib import Path
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.decomposition import PCA, IncrementalPCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.pipeline import make_pipeline

from course import datasets, plots, scale
from course.published import published

plots.use_style()

# %% [markdown]
# ## Digits in two dimensions
# The second text works with the first 5,000 training pictures of MNIST.

# %% tags=["apml-03-data-01"]
few = datasets.load("mnist-5k", limit=2_500)
print(few.origin)
print(few.data.shape, "pixels from", few.data.min(), "to", few.data.max())

# %% tags=["apml-03-fig-05"]
plots.image_grid(few.data[:5], titles=[f"label: {label}" for label in few.target[:5]], n_columns=5, size=1.1)
plt.show()

# %% tags=["apml-03-fig-05"]
published("apml-03-fig-05", labels=few.target[:5])

# %% [markdown]
# Keep only two components of 784. **Look at** what two numbers can tell: zeros and ones lie far apart, and most other digits on top
# of each other. (The solver draws random numbers here, so we fix them; the signs of the axes are arbitrary.)

# %% tags=["apml-03-fig-06"]
two = PCA(n_components=2, random_state=42)
flat = two.fit_transform(few.data)

fig, ax = plt.subplots(figsize=(7, 4.6))
points = ax.scatter(*flat.T, c=few.target, s=7, cmap="tab10", vmin=-0.5, vmax=9.5, rasterized=True)
fig.colorbar(points, ticks=range(10), label="digit")
for digit in range(10):
    middle = np.median(flat[few.target == digit], axis=0)
    ax.text(*middle, str(digit), fontsize=15, weight="bold", ha="center", va="center")
ax.set(
    xlabel="first principal component", ylabel="second principal component", title="MNIST in two dimensions"
)
plt.show()

# %% tags=["apml-03-num-02"]
ratios = two.explained_variance_ratio_
published("apml-03-num-02", ratios=ratios, lost=1 - ratios.sum())

# %% [markdown]
# Less than a fifth of the variance is left. (Lost are 83 %; the text says about 80 %.) To look at data two dimensions are enough; to work with
# them they seldom are.
#
# ## How many dimensions?
# Now the whole of MNIST, as the book splits it: the first 60,000 pictures to train on, the last 10,000 to test. At quick scale we take a small
# part, and say so.

# %% tags=["hml-08-data-03"]
mnist = datasets.load("mnist", limit=4_200)
X_train, y_train = mnist.data[: mnist.split], mnist.target[: mnist.split]
X_test, y_test = mnist.data[mnist.split :], mnist.target[mnist.split :]
print(mnist.origin)
print(X_train.shape, X_test.shape)

# %% [markdown]
# Fit all components, add up their shares of the variance, and look where the sum reaches 95 %:

# %% tags=["hml-08-code-04"]
pca = PCA().fit(X_train)
cumsum = np.cumsum(pca.explained_variance_ratio_)
d = np.argmax(cumsum >= 0.95) + 1
published("hml-08-code-04", d=d)

# %% [markdown]
# Or tell PCA the share, as a number between 0 and 1, and let it count:

# %% tags=["hml-08-code-05"]
pca = PCA(n_components=0.95)
X_reduced = pca.fit_transform(X_train)
published("hml-08-code-05", d=pca.n_components_)

# %% [markdown]
# **Look at** the curve: it rises steeply, bends at about a hundred dimensions (the *elbow*), and then gains little for each further one.

# %% tags=["hml-08-fig-08"]
fig, ax = plt.subplots(figsize=(7, 3.6))
ax.plot(range(1, len(cumsum) + 1), cumsum)
ax.plot([d, d, 0], [0, 0.95, 0.95], ":", color="black")
ax.plot(d, 0.95, "o", color=plots.color(3))
ax.annotate("elbow", xy=(65, 0.86), xytext=(75, 0.62), arrowprops={"arrowstyle": "->"}, fontsize=12)
ax.annotate(f"{d} dimensions, 95 %", xy=(d, 0.95), xytext=(d + 20, 0.8))
ax.set(
    xlim=(0, 400), ylim=(0, 1.02), xlabel="dimensions", ylabel="explained variance", title="How much is kept?"
)
plt.show()
published("hml-08-fig-08", d=d)

# %% [markdown]
# ### Let the task decide
# Variance is not what we are after; a good classifier is. Put both into a pipeline and search their settings *together*. The book does so on the
# first 1,000 pictures, with 10 random candidates, among them forests of up to 490 trees. At quick scale ours are a tenth as large, on 600 pictures.

# %% tags=["hml-08-code-06"]
first = scale.pick(quick=600, full=1_000)
trees = scale.pick(quick=np.arange(5, 50), full=np.arange(50, 500))
pipeline = make_pipeline(PCA(random_state=42), RandomForestClassifier(random_state=42))
search = RandomizedSearchCV(
    pipeline,
    {"pca__n_components": np.arange(10, 80), "randomforestclassifier__n_estimators": trees},
    n_iter=10,
    cv=3,
    random_state=42,
).fit(X_train[:first], y_train[:first])

table = pd.DataFrame(search.cv_results_)[
    [
        "param_pca__n_components",
        "param_randomforestclassifier__n_estimators",
        "mean_test_score",
        "std_test_score",
    ]
]
table.columns = ["dimensions", "trees", "accuracy", "± over folds"]
table.sort_values("accuracy", ascending=False).round(3).head(5)

# %% tags=["hml-08-num-05"]
best = search.best_params_
published(
    "hml-08-num-05", trees=best["randomforestclassifier__n_estimators"], dimensions=best["pca__n_components"]
)

# %% [markdown]
# A forest is content with few dimensions. The differences among the best candidates are smaller than the spread over the folds, so read it as "a few
# dozen, and many trees".
#
# **What the book says:** the search chose 465 trees and 23 dimensions. Here, with the same ten candidates, 475 trees and 57
# dimensions come out ahead by a hair, far less than the spread over the folds; 465 and 23 are second.
#
# With a linear model, it says, the search would keep more, about 70 dimensions; it gives no listing. We let the same kind of
# search decide, and then look at the whole curve, over several seeds, because the model is trained on few pictures in random order. **Look
# at** how flat it is: from thirty dimensions on, any number is as good for the linear model, and which one a search picks is luck. For the forest,
# more than a few dozen are too many.

# %% tags=["hml-08-num-06"]
linear_search = RandomizedSearchCV(
    make_pipeline(PCA(random_state=42), SGDClassifier(random_state=42)),
    {"pca__n_components": np.arange(10, 80)},
    n_iter=10,
    cv=3,
    random_state=42,
).fit(X_train[:first], y_train[:first])

counts = [5, 10, 20, 30, 40, 50, 60, 70, 80, 100]
linear = []
for seed in range(scale.pick(quick=3, full=10)):
    model = make_pipeline(PCA(random_state=42), SGDClassifier(random_state=seed))
    grid = GridSearchCV(model, {"pca__n_components": counts}, cv=3).fit(
        X_train[:first] / 255, y_train[:first]
    )
    linear.append(grid.cv_results_["mean_test_score"])
forest = GridSearchCV(
    make_pipeline(
        PCA(random_state=42),
        RandomForestClassifier(n_estimators=scale.pick(quick=40, full=200), random_state=42),
    ),
    {"pca__n_components": counts},
    cv=3,
).fit(X_train[:first], y_train[:first])

fig, ax = plt.subplots(figsize=(7, 3.4))
mean, spread = np.mean(linear, axis=0), np.std(linear, axis=0)
ax.plot(counts, forest.cv_results_["mean_test_score"], "o-", label="forest")
ax.plot(counts, mean, "s--", label="linear, mean over seeds")
ax.fill_between(counts, mean - spread, mean + spread, alpha=0.2, color=plots.color(1))
ax.set(xlabel="dimensions kept", ylabel="accuracy in 3 folds", title=f"{first} digits")
ax.legend()
plt.show()
published("hml-08-num-06", dimensions=linear_search.best_params_["pca__n_components"])

# %% [markdown]
# ## Compress, and restore
# 154 numbers for 784: less than a fifth (of the *count*; as floating-point numbers they take more room than pixels of one byte). The way back multiplies
# by the transposed matrix,
#
# $$X_\text{recovered} = X_{d\text{-proj}} W_d^\top + \text{means},$$
#
# where the book leaves out the means, which PCA has subtracted before.

# %% tags=["hml-08-code-07", "hml-08-eq-03"]
X_recovered = pca.inverse_transform(X_reduced)
assert np.allclose(X_recovered, X_reduced @ pca.components_ + pca.mean_)
published("hml-08-code-07", share_of_the_features=pca.n_components_ / 784)

# %% [markdown]
# **Look at** both halves: a little paler and smudged, but every digit can be read.

# %% tags=["hml-08-fig-09"]
chosen = np.linspace(0, len(X_train) - 1, 25).astype(int)
fig, axes = plt.subplots(ncols=2, figsize=(8, 4))
for ax, pictures, title in zip(
    axes, (X_train, X_recovered), ("original", f"restored from {pca.n_components_} numbers"), strict=True
):
    wall = pictures[chosen].reshape(5, 5, 28, 28).transpose(0, 2, 1, 3).reshape(140, 140)
    ax.imshow(wall, cmap="gray_r", vmin=0, vmax=255)
    ax.set(title=title, xticks=[], yticks=[])
plt.show()

# %% [markdown]
# (Which digits the book shows cannot be told for certain; ours are 25 at equal distances.) The mean squared distance between a picture and its restoration
# is the **reconstruction error**. It is exactly the variance of the components that were dropped:

# %% tags=["hml-08-eq-06"]
error = np.mean(np.sum((X_train - X_recovered) ** 2, axis=1))
total = np.sum(X_train.var(axis=0))
every = PCA().fit(X_train)
dropped = every.explained_variance_[pca.n_components_ :].sum() * (len(X_train) - 1) / len(X_train)
print(f"reconstruction error {error:.0f} = variance dropped {dropped:.0f}; of the whole {error / total:.1%}")
assert np.isclose(error, dropped)

# %% [markdown]
# (`explained_variance_` divides by one less than the number of samples, hence the factor.)
#
# ## Faster, with chance
# To find the first $d$ components there is no need for all. **Randomised PCA** multiplies the data by a random matrix, and looks for the
# components in what comes out, which is much smaller. The book states $O(m\,d^2) + O(d^3)$ against $O(m\,n^2) + O(n^3)$.

# %% tags=["hml-08-code-08"]
rnd_pca = PCA(n_components=154, svd_solver="randomized", random_state=42).fit(X_train)
exact = PCA(n_components=154, svd_solver="full").fit(X_train)
print(
    f"explained: randomised {rnd_pca.explained_variance_ratio_.sum():.4f}, exact {exact.explained_variance_ratio_.sum():.4f}"
)

# %% [markdown]
# **Look at** the ratio of times: the gain needs a $d$ that is much smaller than $n$.

# %% tags=["hml-08-eq-07", "nbval-ignore-output"]
rng = np.random.default_rng(42)
rows = []
for n in scale.pick(quick=(100, 400, 1_200), full=(100, 400, 1_600, 3_200)):
    noise = rng.normal(size=(2_000, n))
    spent = {}
    for solver in ("full", "randomized"):
        start = perf_counter()
        PCA(n_components=20, svd_solver=solver, random_state=42).fit(noise)
        spent[solver] = perf_counter() - start
    rows.append({"features": n, "full / randomised": spent["full"] / spent["randomized"]})
pd.DataFrame(rows).round(1)

# %% [markdown]
# **What the book says:** with `svd_solver="auto"`, the default, scikit-learn takes the randomised algorithm if there are more than 500 samples or features and $d$ is
# less than 80 % of the smaller number: so for MNIST, because 154 < 0.8 · 784. That was so until version 1.5. Since then, many samples with at most 1,000
# features go by the *covariance*, which is small and exact. We ask on random data:

# %% tags=["hml-08-num-07"]
chosen_solver = {}
for samples, wanted in ((12_000, 154), (12_000, 0.95), (6_000, 154), (400, 154)):
    noise = rng.normal(size=(samples, 784)).astype(np.float32)
    if isinstance(wanted, float):
        noise[:, 40:] *= 0.01
    solver = PCA(n_components=wanted, random_state=42).fit(noise)._fit_svd_solver
    chosen_solver[samples, wanted] = solver
    print(f"{samples:>6} x 784, n_components={wanted}: {solver}")
published("hml-08-num-07", solver_for_mnist=chosen_solver[12_000, 154])

# %% [markdown]
# ## More data than memory
# **Incremental PCA** takes them in batches: call `partial_fit` for each. (Each batch must have at least as many samples as there are components.)

# %% tags=["hml-08-code-09"]
n_batches = scale.pick(quick=20, full=100)
inc_pca = IncrementalPCA(n_components=154)
for batch in np.array_split(X_train, n_batches):
    inc_pca.partial_fit(batch)
X_by_batches = inc_pca.transform(X_train)
print(
    f"{n_batches} batches of {len(batch)}; explained {inc_pca.explained_variance_ratio_.sum():.4f}, exact {exact.explained_variance_ratio_.sum():.4f}"
)

# %% [markdown]
# Or let the data lie in a file, and treat it as an array that is read where it is needed: `np.memmap`. Only the bare numbers are in the file, so
# type and shape must be said again when it is opened.

# %% tags=["hml-08-code-10"]
folder = tempfile.TemporaryDirectory()
path = Path(folder.name) / "my_mnist.mmap"
on_disk = np.memmap(path, dtype="float32", mode="write", shape=X_train.shape)
on_disk[:] = X_train
on_disk.flush()

on_disk = np.memmap(path, dtype="float32", mode="readonly").reshape(-1, 784)
batch_size = len(on_disk) // n_batches
from_disk = IncrementalPCA(n_components=154, batch_size=batch_size).fit(on_disk)
print(
    "file:",
    round(path.stat().st_size / 2**20),
    "MB; the same components:",
    np.allclose(np.abs(from_disk.components_), np.abs(inc_pca.components_), atol=1e-2),
)

# %% [markdown]
# **What the book says:** memory use stays limited in this way. Measure it! `tracemalloc` counts what NumPy asks for. **Look at** the first two rows: `fit` copies the *whole* array
# first. `copy=False` does not help here: a file that is opened for reading cannot be written to, so scikit-learn copies it all the same (and an array that can be written to would
# be overwritten). Only `partial_fit` on slices stays small.


# %% tags=["hml-08-code-10", "nbval-ignore-output"]
def by_slices():
    model = IncrementalPCA(n_components=154)
    for start in range(0, len(on_disk) - batch_size + 1, batch_size):
        model.partial_fit(on_disk[start : start + batch_size])


ways = {
    "fit, as in the book": lambda: IncrementalPCA(n_components=154, batch_size=batch_size).fit(on_disk),
    "fit with copy=False": lambda: IncrementalPCA(n_components=154, batch_size=batch_size, copy=False).fit(
        on_disk
    ),
    "partial_fit on slices": by_slices,
    "PCA": lambda: PCA(n_components=154, random_state=42).fit(on_disk),
}
rows = {}
for name, run in ways.items():
    tracemalloc.start()
    run()
    rows[name] = {"peak, in sizes of the data": tracemalloc.get_traced_memory()[1] / on_disk.nbytes}
    tracemalloc.stop()
folder.cleanup()
table = pd.DataFrame(rows).T
peak = table["peak, in sizes of the data"]
assert peak["fit with copy=False"] > 1
assert peak["partial_fit on slices"] < peak["fit with copy=False"] - 0.5
table.round(2)

# %% [markdown]
# (At quick scale the data are small, and the work on a batch is a large part of them; at full scale the slices need far less than the data.)
#
# **In short:** keep what the task needs, measured by cross-validation, or 95 % of the variance as a first guess. scikit-learn chooses a fast algorithm by itself; for
# data beyond memory there are batches, taken in slices. [Next](manifolds.ipynb): projections that are drawn at random, and surfaces that are bent.
