# %% [markdown]
# # Projections by chance, and surfaces that are bent
#
# PCA searches the best plane. Two questions remain. What if even that search takes too long: would *any* plane do? And
# what if the data do not lie near a plane at all?
#
# **You will learn** to
# - project at random, know how many dimensions keep all distances, and what sparse matrices save;
# - unroll the Swiss roll with locally linear embedding, built in two steps and compared with scikit-learn's;
# - tell apart what MDS, Isomap and t-SNE preserve;
# - use labels, where there are any: linear discriminant analysis.
#
# You need [the first notebook](lecture.ipynb). Reading and running: about 40 minutes. Then:
# [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# chapter 8, last part.

# %%
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import make_swiss_roll
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.manifold import MDS, TSNE, Isomap, LocallyLinearEmbedding
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import KNeighborsClassifier
from sklearn.random_projection import (
    GaussianRandomProjection,
    SparseRandomProjection,
    johnson_lindenstrauss_min_dim,
)

from course import datasets, plots, reduction, scale
from course.published import published

plots.use_style()

# %% [markdown]
# ## Will a random plane do?
# With tens of thousands of features even randomised PCA is slow. Then multiply by a matrix of random numbers, and nothing more. It sounds
# like nonsense, but distances survive it nearly unharmed: samples that were alike stay alike. **Look at** the histograms: how much
# longer or shorter do the distances get? With fewer dimensions they scatter more.

# %% tags=["hml-08-concept-07"]
rng = np.random.default_rng(42)
data = rng.normal(size=(200, 5_000))
before = pairwise_distances(data)[np.triu_indices(200, 1)]

fig, ax = plt.subplots(figsize=(7.5, 3.2))
for i, d in enumerate((1_000, 100, 10)):
    projection = rng.normal(size=(d, 5_000)) / np.sqrt(d)
    after = pairwise_distances(data @ projection.T)[np.triu_indices(200, 1)]
    ax.hist(
        after / before,
        bins=np.linspace(0, 2, 101),
        density=True,
        histtype="step",
        linewidth=1.8,
        color=plots.color(i),
        label=f"{d} dimensions",
    )
ax.set(
    xlabel="distance after / before",
    yscale="log",
    ylim=(0.05, 40),
    title="5,000 dimensions, projected at random",
)
ax.legend()
plt.show()

# %% [markdown]
# How many dimensions are enough? Johnson and Lindenstrauss: to keep the squared distances of $m$ samples within a share $\varepsilon$, with high
# probability,
#
# $$d \ge \frac{4 \log m}{\tfrac12 \varepsilon^2 - \tfrac13 \varepsilon^3}.$$
#
# The number of features does not occur in it. For 5,000 samples and 10 %:

# %% tags=["hml-08-eq-08"]
m, eps = 5_000, 0.1
bound = 4 * np.log(m) / (eps**2 / 2 - eps**3 / 3)
d = johnson_lindenstrauss_min_dim(m, eps=eps)
print(f"the bound is {bound:.2f}; scikit-learn cuts it off to {d}, a hair below")
published("hml-08-eq-08", d=d)

# %% [markdown]
# By hand, then: a Gaussian matrix with variance $1/d$. No training: only the shapes matter. The book's case has 5,000 samples of 20,000 features, which
# takes over two gigabytes. At quick scale ours are a tenth of either, and since the bound would then ask for more dimensions than there are, we
# allow 25 %.

# %% tags=["hml-08-code-11"]
m, n, eps = scale.pick(quick=(500, 2_000, 0.25), full=(5_000, 20_000, 0.1))
d = johnson_lindenstrauss_min_dim(m, eps=eps)
np.random.seed(42)  # the old global generator, because the book uses it
P = np.random.randn(d, n) / np.sqrt(d)
X = np.random.randn(m, n)
X_reduced = X @ P.T
print(X.shape, "->", X_reduced.shape)

# %% [markdown]
# The ready-made class computes $d$ from `eps` and keeps the matrix in `components_`. (In the book's listing the setting is given a name that is not defined
# there.) Is it the same matrix? To rounding, yes:

# %% tags=["hml-08-code-12"]
gaussian = GaussianRandomProjection(eps=eps, random_state=42)
X_again = gaussian.fit_transform(X)
print("components_ equals P, to rounding:", np.allclose(gaussian.components_, P))

sample = np.random.default_rng(0).integers(0, m, (2_000, 2))
sample = sample[sample[:, 0] != sample[:, 1]]
change = (
    np.linalg.norm(X_again[sample[:, 0]] - X_again[sample[:, 1]], axis=1) ** 2
    / np.linalg.norm(X[sample[:, 0]] - X[sample[:, 1]], axis=1) ** 2
)
print(
    f"squared distances change by {change.min() - 1:+.1%} to {change.max() - 1:+.1%}; allowed are {eps:.0%}"
)
try:
    GaussianRandomProjection(eps=0.1).fit(X[:, :2_000])
except ValueError as error:
    print("too much asked:", str(error)[:90], "...")

# %% [markdown]
# ### Mostly zeros
# A **sparse** random matrix does as well. By default one cell in $\sqrt n$ is not zero, and each of these is $\pm 1/\sqrt{d\,r}$ with the density $r = 1/\sqrt n$. (In our copy of the book the
# roots are lost.) For the book's size:

# %% tags=["hml-08-eq-09"]
sparse = SparseRandomProjection(n_components=7_300, random_state=42)
sparse.fit(np.zeros((1, 20_000)))  # only the shape and the type matter
r = sparse.density_
print(
    f"density {r:.5f}; values {np.unique(sparse.components_.data).round(6)}; 1/sqrt(d r) = {1 / np.sqrt(7_300 * r):.6f}"
)
published("hml-08-eq-09", one_cell_in=1 / r)

# %% [markdown]
# **What the book says:** 25 MB for the sparse matrix, almost 1.2 GB for the dense one. A dense one has a number of 8 bytes in each cell. The sparse one stores, for each cell
# that is not zero, the number and its column:

# %% tags=["hml-08-code-13"]
S = sparse.components_
megabytes = (S.data.nbytes + S.indices.nbytes + S.indptr.nbytes) / 1e6
print(f"{S.nnz:,} cells are not zero; columns are stored in {S.indices.itemsize} bytes each")
published("hml-08-code-13", dense_gigabytes=7_300 * 20_000 * 8 / 1e9, sparse_megabytes=megabytes)

# %% [markdown]
# Time and distances, on our data. **Look at** the ratio: it is faster, and as faithful.

# %% tags=["hml-08-code-13", "nbval-ignore-output"]
rows = {}
for name, model in (
    ("Gaussian", GaussianRandomProjection(n_components=d, random_state=42)),
    ("sparse", SparseRandomProjection(n_components=d, dense_output=True, random_state=42)),
):
    start = perf_counter()
    projected = model.fit_transform(X)
    spent = perf_counter() - start
    ratio = np.linalg.norm(projected[sample[:, 0]] - projected[sample[:, 1]], axis=1) / np.linalg.norm(
        X[sample[:, 0]] - X[sample[:, 1]], axis=1
    )
    rows[name] = {"time": spent, "spread of the distances": ratio.std()}
table = pd.DataFrame(rows).T
table["time"] /= table.loc["Gaussian", "time"]
table.round(3)

# %% [markdown]
# ### And back?
# The way back is the pseudo-inverse. (The book's text says SciPy, its code uses NumPy.) It is expensive, $O(d\,n^2)$, so we take a small case. Since version 1.1 scikit-learn does it,
# too, with `compute_inverse_components=True`. **Look at** the error: random data do not come back, for what was lost is lost. Data that lie near a
# plane would not either: the plane was drawn without looking at them.

# %% tags=["hml-08-code-14"]
small = X[:200, :600]
model = GaussianRandomProjection(n_components=300, compute_inverse_components=True, random_state=42)
reduced = model.fit_transform(small)
recovered = reduced @ np.linalg.pinv(model.components_).T
print("as scikit-learn has it:", np.allclose(recovered, model.inverse_transform(reduced)))
print(
    f"of the variance {np.mean((small - recovered) ** 2) / small.var():.0%} is lost with half of the dimensions gone"
)

# %% [markdown]
# Random projection is simple, fast and small. Nature has it too. In 2017 Dasgupta and others reported that a fly's brain maps odours by something like a sparse random matrix, though to *more*
# dimensions, where only the strongest few fire: similar odours get similar patterns. The same trick finds similar documents: keep of a random projection only
# the *signs*, and compare bits. **Look at** how well the share of equal bits tells the angle between two samples.

# %% tags=["hml-08-concept-08"]
rng = np.random.default_rng(42)
base = rng.normal(size=200)
others = np.array([base + noise * rng.normal(size=200) for noise in np.linspace(0.05, 6, 60)])
angle = np.degrees(np.arccos(others @ base / np.linalg.norm(others, axis=1) / np.linalg.norm(base)))
planes = rng.normal(size=(200, 256))
same_bits = (np.sign(others @ planes) == np.sign(base @ planes)).mean(axis=1)

fig, ax = plt.subplots(figsize=(6, 3))
ax.plot(angle, same_bits, "o", markersize=4, label="256 random signs")
ax.plot([0, 90], [1, 0.5], "--", color="0.4", label="1 - angle / 180°")
ax.set(
    xlabel="angle between two samples, in degrees",
    ylabel="share of equal bits",
    title="Signs of random projections tell the angle",
)
ax.legend()
plt.show()

# %% [markdown]
# ## What if the data are bent?
# Squashing the Swiss roll lays its layers on top of each other, in whatever direction. **Locally linear embedding** (LLE) does not project at all. It asks two questions:
# how does each sample lie *between its nearest neighbours*? And where must all go in the plane, so that this stays true? It is good at unrolling twisted shapes, if there is not much noise.

# %% tags=["hml-08-concept-09"]
X_swiss, t = make_swiss_roll(n_samples=1000, noise=0.2, random_state=42)
W = reduction.lle_weights(X_swiss, n_neighbors=10)
one = np.flatnonzero(W[0])
print(
    "sample 0 is made of",
    len(one),
    "neighbours, with the weights",
    W[0, one].round(2),
    "which sum to",
    W[0].sum().round(2),
)

# %% [markdown]
# ### First step: the weights
#
# $$\widehat W = \underset{W}{\operatorname{argmin}} \sum_i \Big\| \mathbf x_i - \sum_j w_{ij}\, \mathbf x_j \Big\|^2 \quad\text{with } w_{ij} = 0 \text{ unless } j \text{ is one of the } k \text{ nearest neighbours of } i, \quad \sum_j w_{ij} = 1 .$$
#
# For each sample this is a small system of equations, in `reduction.lle_weights` ([`course/reduction.py`](../../course/reduction.py), twenty lines).

# %% tags=["hml-08-eq-04"]
missed = np.linalg.norm(X_swiss - W @ X_swiss, axis=1)
print(
    f"the neighbours miss a sample by {missed.mean():.3f} on average; the roll is {np.ptp(X_swiss[:, 0]):.0f} wide"
)

# %% [markdown]
# ### Second step: the places
#
# $$\widehat Z = \underset{Z}{\operatorname{argmin}} \sum_i \Big\| \mathbf z_i - \sum_j \hat w_{ij}\, \mathbf z_j \Big\|^2 .$$
#
# **What the book says:** without constraints. Then the best place for all of them would be the origin. With centred columns of fixed length, the solution are eigenvectors of $(I - W)^\top (I - W)$, the second and third
# smallest (the smallest is constant).

# %% tags=["hml-08-eq-05"]
Z, cost = reduction.lle_places(W, n_components=2)
lle = LocallyLinearEmbedding(n_components=2, n_neighbors=10, random_state=42)
X_unrolled = lle.fit_transform(X_swiss)
for column in range(2):
    print(
        f"z{column + 1}: correlation with scikit-learn's {abs(np.corrcoef(Z[:, column], X_unrolled[:, column])[0, 1]):.4f}"
    )
print(f"what cannot be kept: ours {cost:.2e}, scikit-learn's {lle.reconstruction_error_:.2e}")

# %% [markdown]
# **Look at** the result: unrolled, but not a rectangle. Near distances are kept, far ones are not.

# %% tags=["hml-08-fig-10"]
fig, ax = plt.subplots(figsize=(6, 3.6))
points = ax.scatter(*X_unrolled.T, c=t, s=9, rasterized=True)
fig.colorbar(points, label="along the roll")
ax.set(xlabel="$z_1$", ylabel="$z_2$", title="The roll, unrolled by LLE with 10 neighbours")
plt.show()
published("hml-08-fig-10", neighbours=lle.n_neighbors)

# %% [markdown]
# The book counts the work: $O(m \log m\; n \log k)$ for the neighbours, $O(m\,n\,k^3)$ for the weights, $O(d\,m^2)$ for the places. The last grows with the *square* of the number of samples. **Look at** the times, as ratios to the
# first:

# %% tags=["hml-08-eq-10", "nbval-ignore-output"]
spent = {}
for size in scale.pick(quick=(500, 1_000, 2_000), full=(500, 1_000, 2_000, 4_000, 8_000)):
    roll = make_swiss_roll(n_samples=size, noise=0.2, random_state=42)[0]
    start = perf_counter()
    LocallyLinearEmbedding(n_components=2, n_neighbors=10, random_state=42).fit(roll)
    spent[size] = perf_counter() - start
pd.Series(spent, name="time, in times of the smallest").div(next(iter(spent.values()))).round(1).rename_axis(
    "samples"
)

# %% [markdown]
# ## Four more
# - **Multidimensional scaling** (MDS) tries to keep *all* distances.
# - **Isomap** joins each sample with its nearest neighbours and keeps the distances *along that net*. (The book counts the samples on the way; scikit-learn adds
#   up their distances.)
# - **t-SNE** keeps near samples near and drives others apart. It makes pictures, in which clusters show; distances between clusters mean little.
# - **Linear discriminant analysis** (LDA) knows the classes, and finds the directions that separate them best.
#
# **Look at** what each makes of the roll: MDS flattens it, still rolled up; Isomap unrolls it to a rectangle; t-SNE keeps neighbours together and tears it into pieces.

# %% tags=["hml-08-concept-10"]
mds = MDS(n_components=2, n_init=1, init="random", random_state=42).fit_transform(X_swiss)
isomap = Isomap(n_components=2).fit_transform(X_swiss)
tsne = TSNE(n_components=2, random_state=42).fit_transform(X_swiss)
distances = pairwise_distances(X_swiss)
upper = np.triu_indices(len(X_swiss), 1)
for name, places in (("MDS", mds), ("Isomap", isomap), ("t-SNE", tsne)):
    kept = np.corrcoef(distances[upper], pairwise_distances(places)[upper])[0, 1]
    along = max(abs(np.corrcoef(places[:, column], t)[0, 1]) for column in range(2))
    print(
        f"{name:<7} correlation of all distances {kept:.2f}; of an axis with the way along the roll {along:.2f}"
    )

# %% tags=["hml-08-fig-11"]
fig, axes = plt.subplots(ncols=3, figsize=(9.8, 3.3))
for ax, places, title in zip(axes, (mds, isomap, tsne), ("MDS", "Isomap", "t-SNE"), strict=True):
    ax.scatter(*places.T, c=t, s=7, rasterized=True)
    ax.set(xlabel="$z_1$", title=title)
axes[0].set_ylabel("$z_2$")
plt.show()

# %% [markdown]
# And LDA, which the book describes without a picture? For the roll we need classes: let us cut it, along its length, into
# four. LDA can only project; it looks at the roll from the side, where it is a spiral, and cannot unroll it. Digits have classes. **Look at** the right
# picture: LDA was fitted to some digits, and is shown *others*. Zeros, ones and the group of 4, 7 and 9 come apart; for the rest two dimensions are too few.

# %% tags=["hml-08-concept-10"]
mnist = datasets.load("mnist", limit=3_000)
print(mnist.origin)
pixels = mnist.data / 255
quarter = np.digitize(t, np.quantile(t, [0.25, 0.5, 0.75]))
on_roll = LinearDiscriminantAnalysis(n_components=2).fit_transform(X_swiss, quarter)
on_digits = LinearDiscriminantAnalysis(n_components=2, solver="eigen", shrinkage="auto").fit(
    pixels[: mnist.split], mnist.target[: mnist.split]
)
new = on_digits.transform(pixels[mnist.split :])[:1_500]

fig, axes = plt.subplots(ncols=2, figsize=(9.8, 4))
axes[0].scatter(*on_roll.T, c=quarter, s=7, cmap="viridis", rasterized=True)
axes[0].set(title="the roll, in four classes", xlabel="$z_1$", ylabel="$z_2$")
points = axes[1].scatter(
    *new.T, c=mnist.target[mnist.split :][:1_500], s=8, cmap="tab10", vmin=-0.5, vmax=9.5, rasterized=True
)
fig.colorbar(points, ticks=range(10), label="digit")
for digit in range(10):
    middle = np.median(new[mnist.target[mnist.split :][:1_500] == digit], axis=0)
    axes[1].text(*middle, str(digit), fontsize=14, weight="bold", ha="center", va="center")
axes[1].set(title="new digits, 784 dimensions to 2", xlabel="$z_1$")
plt.show()

# %% [markdown]
# Is that better than PCA, which knows no labels? Let the five nearest neighbours in the plane say which digit a new one is:

# %% tags=["hml-08-concept-10"]
for name, plane in (
    ("PCA", PCA(n_components=2, random_state=42).fit(pixels[: mnist.split])),
    ("LDA", on_digits),
):
    judge = KNeighborsClassifier(5).fit(plane.transform(pixels[: mnist.split]), mnist.target[: mnist.split])
    accuracy = judge.score(plane.transform(pixels[mnist.split :]), mnist.target[mnist.split :])
    print(f"{name}: {accuracy:.0%} of the new digits are read from two numbers")

# %% [markdown]
# **In short:** where PCA is too slow, a random matrix keeps distances, in a number of dimensions that depends only on how many samples there are. Where data are bent, look at neighbours: LLE, Isomap. To make a picture, t-SNE. With
# labels, LDA. None of them is best; which one is good enough, the task decides.
