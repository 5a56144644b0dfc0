# %% [markdown]
# # Fewer dimensions
#
# A picture of a digit has 784 pixels, a gene test 20,000 values. Do we need them all? This notebook shows why many
# dimensions are a curse, and how the oldest remedy, principal component analysis, finds the few directions that matter.
#
# **You will learn** to
# - compute what is strange about spaces of many dimensions;
# - tell projection from manifold learning, and when each works;
# - do principal component analysis by hand, in three lines, and with scikit-learn;
# - say which part of the variance each component keeps.
#
# You need Python, NumPy and a little linear algebra. Reading and running: about 45 minutes. Then come
# [PCA at work](pca_at_work.ipynb) on MNIST, [random projections and manifolds](manifolds.ipynb), and
# [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# chapter 8, first part, and *Advanced Python and Machine Learning Course*, May 2024, notebook 3, sections 1.1 and 1.2.
# Where a cell shows a table with the columns *published* and *here*, it compares their results with ours. Some
# statements of theirs do not hold; these come under **"What the book says"**.

# %%
from itertools import combinations, product

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.spatial.transform import Rotation
from sklearn.datasets import load_sample_image, make_swiss_roll
from sklearn.decomposition import PCA

from course import datasets, plots
from course.published import published

plots.use_style()

# %% [markdown] tags=["apml-03-concept-01", "apml-03-concept-02"]
# ## What is it good for?
# To have fewer columns may make training faster, and sometimes filter out noise. With two or three of them one can *look*
# at the data, and explain them to others. The second text names the same as three uses: find the directions in which
# data really vary, compress them, draw them. All of this is **unsupervised**: nobody says what is right, there are only
# data. Clustering, which the same text treats beside it, has [a chapter of its own](../index.ipynb).
#
# It has a price: information is lost, results may be slightly worse, and the pipeline gets longer. So try the original data
# first. How much is there to lose? In MNIST, many pixels say nothing at all:

# %% tags=["hml-08-concept-01"]
mnist = datasets.load("mnist", limit=3_000)
print(mnist.origin)
X_digits = mnist.data[: mnist.split]
never = (X_digits == 0).all(axis=0)
image = X_digits.reshape(-1, 28, 28).astype(float)
neighbours = np.corrcoef(image[:, 13, 13], image[:, 13, 14])[0, 1]
print(
    f"{never.sum()} of 784 pixels are blank in all {len(X_digits)} pictures; two neighbours in the middle correlate with {neighbours:.2f}"
)

# %% [markdown]
# ## What is strange about many dimensions?
# We can imagine three. **Look at** how the shapes are made: each is the one before, drawn twice, with corresponding corners
# joined. A point, a segment, a square, a cube, a tesseract.

# %% tags=["hml-08-fig-01"]
directions = np.array([[1, 0.0], [0, 1.0], [0.45, 0.35], [-0.35, 0.62]])
fig, axes = plt.subplots(ncols=5, figsize=(9.5, 2.6))
for d, ax in enumerate(axes):
    corners = np.array(list(product((0, 1), repeat=d)), dtype=float).reshape(2**d, d)
    flat = corners @ directions[:d]
    for a, b in combinations(range(2**d), 2):
        if np.abs(corners[a] - corners[b]).sum() == 1:
            ax.plot(*flat[[a, b]].T, color=plots.color(0), linewidth=1.3)
    ax.plot(*flat.T, "o", color=plots.color(3), markersize=4)
    ax.set(title=f"{d}D: {2**d} corner{'s' * (d > 0)}", aspect="equal")
    ax.set_axis_off()
    ax.margins(0.15)
plt.show()

# %% [markdown]
# Draw a point at random in a unit cube. How likely is it that it lies within 0.001 of some border? It must miss a strip of 0.002
# in every dimension: the probability is $1 - 0.998^d$.

# %% tags=["hml-08-num-01"]
near = {d: 1 - (1 - 0.002) ** d for d in (2, 10_000)}
rng = np.random.default_rng(42)
points = rng.random((200_000, 10))
tried = ((points < 0.001) | (points > 0.999)).any(axis=1).mean()
print(f"10 dimensions: formula {1 - 0.998**10:.4f}, tried out {tried:.4f}")
published("hml-08-num-01", square=near[2], dimensions_10000=near[10_000])

# %% [markdown]
# In a square nearly no point is extreme; in ten thousand dimensions *every* point is, in some direction. (So are people:
# ask about enough things, and everyone is a fanatic in one of them.) And how far apart are two random points?

# %% tags=["hml-08-num-02"]
rng = np.random.default_rng(42)
mean = {d: np.linalg.norm(rng.random((500_000, d)) - rng.random((500_000, d)), axis=1).mean() for d in (2, 3)}
mean[1_000_000] = np.mean([np.linalg.norm(rng.random(1_000_000) - rng.random(1_000_000)) for _ in range(5)])
published("hml-08-num-02", square=mean[2], cube=mean[3], dimensions_1000000=mean[1_000_000])

# %% [markdown]
# How can two points in a *unit* cube be 408 apart? Each coordinate adds, on average, a sixth to the squared distance, so it is
# about $\sqrt{d/6}$. There is plenty of room. **Look at** both curves: with more dimensions points are further
# apart, and nearly all of them near a border.

# %% tags=["hml-08-concept-02"]
dimensions = np.unique(np.logspace(0, 4, 40).astype(int))
fig, axes = plt.subplots(ncols=2, figsize=(9, 3.2))
axes[0].plot(dimensions, np.sqrt(dimensions / 6))
axes[0].set(xscale="log", yscale="log", xlabel="dimensions", title="distance of two random points")
for i, margin in enumerate((0.001, 0.01, 0.1)):
    axes[1].plot(dimensions, 1 - (1 - 2 * margin) ** dimensions, ["-", "--", "-."][i], label=f"{margin}")
axes[1].set(xscale="log", xlabel="dimensions", title="share of points near a border")
axes[1].legend(title="nearer than")
plt.show()

# %% [markdown]
# So data in many dimensions are *sparse*. A new sample is far from all we have seen: predicting is extrapolating, and the risk of
# overfitting grows. More samples would help, in principle. To have one within every tenth of every axis takes $10^d$:

# %% tags=["hml-08-num-03"]
needed, atoms = 10**100, 10**80  # the second is an estimate, and is not in the book
print(
    f"100 features need 10^{len(str(needed)) - 1} samples: 10^{len(str(needed // atoms)) - 1} for every atom in the universe"
)
published("hml-08-num-03", features=100, spacing=0.1)

# %% [markdown] tags=["hml-08-concept-03"]
# ## Two ways out
# Fortunately real data do not fill their space. Some features hardly change, others move together, and the samples lie close to a
# *subspace* of few dimensions. Then we can drop a perpendicular from each onto it: **projection**. Or they lie on a surface that is
# bent and rolled up, and has to be unrolled: **manifold learning**.
#
# ### Projection
# Sixty points in space, near a tilted plane. (The book does not print how they were made; this recipe gives its results to all
# digits.)

# %% tags=["hml-08-data-01"]
np.random.seed(42)  # the old global generator, because the book uses it
m = 60
angles = 2 * np.pi * (np.random.rand(m) ** 3 + 0.5)
X = np.column_stack([np.cos(angles), 0.5 * np.sin(angles), np.zeros(m)])
X = X + 0.28 * np.random.randn(m, 3)
X = Rotation.from_rotvec([np.pi / 29, -np.pi / 20, np.pi / 4]).apply(X) + np.array([0.2, 0, 0.2])
pd.DataFrame(X, columns=["x1", "x2", "x3"]).describe().loc[["mean", "std", "min", "max"]].round(2)

# %% [markdown]
# **Look at** the dashed lines: each point drops onto the plane at a right angle, and most of them have not far to go.

# %% tags=["hml-08-fig-02"]
pca = PCA(n_components=2).fit(X)
feet = pca.inverse_transform(pca.transform(X))
normal = np.cross(*pca.components_)
above = (X - feet) @ normal * np.sign(normal[2]) > 0

fig = plt.figure(figsize=(6.5, 5))
ax = fig.add_subplot(projection="3d")
side = np.array([[-1.4, 1.4, 1.4, -1.4], [-0.9, -0.9, 0.9, 0.9]])
plane = (pca.mean_[:, np.newaxis] + pca.components_.T @ side).T
ax.plot_trisurf(*plane.T, triangles=[[0, 1, 2], [0, 2, 3]], color=plots.color(5), alpha=0.25)
for point, foot in zip(X, feet, strict=True):
    ax.plot(*np.transpose([point, foot]), linestyle=":", color="0.4", linewidth=1)
for which, sign, shade in ((above, "above", 0), (~above, "below", 3)):
    ax.scatter(*X[which].T, s=18, color=plots.color(shade), label=sign, depthshade=False)
for i, arrow in enumerate(pca.components_):
    ax.quiver(*pca.mean_, *arrow, color="black", linewidth=1.5, arrow_length_ratio=0.12)
    ax.text(*(pca.mean_ + 1.15 * arrow), f"$c_{i + 1}$")
ax.set(xlabel="$x_1$", ylabel="$x_2$", zlabel="$x_3$", title="Points near a plane")
ax.view_init(elev=18, azim=-60)
ax.set_box_aspect(None, zoom=0.85)
ax.legend(loc="upper left")
plt.show()

# %% [markdown]
# The same points, to be turned: **drag the picture** until you look along the plane, and the cloud gets thin.

# %% tags=["hml-08-fig-02"]
plots.Turnable(X, above.astype(int))

# %% [markdown]
# **Look at** what remains: two coordinates, $z_1$ and $z_2$, on the plane, and still the ring that the points were drawn from.

# %% tags=["hml-08-fig-03"]
X2D = pca.transform(X)
fig, ax = plt.subplots(figsize=(6, 3.8))
ax.scatter(*X2D.T, s=22)
for i, arrow in enumerate(np.eye(2)):
    ax.annotate(f"$c_{i + 1}$", xy=(0, 0), xytext=arrow, arrowprops={"arrowstyle": "<|-", "color": "black"})
ax.set(xlabel="$z_1$", ylabel="$z_2$", aspect="equal", ylim=(-1, 1.2), title="The same points, in the plane")
ax.grid(alpha=0.3)
plt.show()

# %% [markdown]
# ### Manifolds
# Projection is not always the way. This is the **Swiss roll**: a sheet, rolled up. The colour says how far along the sheet a point lies.

# %% tags=["hml-08-data-02"]
X_swiss, t = make_swiss_roll(n_samples=1000, noise=0.2, random_state=42)
print("along the roll from", t.min().round(2), "to", t.max().round(2))

# %% tags=["hml-08-fig-04"]
fig = plt.figure(figsize=(6, 4.6))
ax = fig.add_subplot(projection="3d")
ax.scatter(*X_swiss.T, c=t, s=12, depthshade=False)
ax.set(xlabel="$x_1$", ylabel="$x_2$", zlabel="$x_3$", title="A Swiss roll")
ax.view_init(elev=10, azim=-70)
ax.set_box_aspect(None, zoom=0.88)
plt.show()

# %% [markdown]
# **Turn it**, and find the direction from which it looks like a spiral.

# %% tags=["hml-08-fig-04"]
plots.Turnable(X_swiss, t, azim=0, elev=0)

# %% [markdown]
# **Look at** the left picture: whoever squashes the roll onto a plane lays its layers on top of each other. What we want is on the
# right: the roll, unrolled.

# %% tags=["hml-08-fig-05"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 3.4))
axes[0].scatter(X_swiss[:, 0], X_swiss[:, 1], c=t, s=9, rasterized=True)
axes[0].set(xlabel="$x_1$", ylabel="$x_2$", title="squashed")
axes[1].scatter(t, X_swiss[:, 1], c=t, s=9, rasterized=True)
axes[1].set(xlabel="$z_1$ (along the roll)", title="unrolled")
plt.show()

# %% [markdown]
# A **manifold** of $d$ dimensions is a shape in a larger space that looks flat from close by: the roll has $d = 2$. The *manifold
# assumption* is that most data in many dimensions lie near such a shape. It is plausible. Of all pictures of 28 by 28 pixels hardly any look
# like a digit: to write one, you have only a few degrees of freedom.
#
# Often a second assumption comes with it: that the *task* is simpler on the manifold. **Look at** the two rows: in the upper one it is, the
# border is a straight line once the roll is unrolled. In the lower one the border is a simple plane in space, and falls into four
# pieces when the roll is unrolled.

# %% tags=["hml-08-concept-04"]
for name, task in (("diagonal on the sheet", 2 * (t - 4) > X_swiss[:, 1]), ("x1 > 5", X_swiss[:, 0] > 5)):
    print(f"{name:<22} {task.mean():.0%} of the points are in class 1")

# %% tags=["hml-08-fig-06"]
roots = [
    brentq(lambda s: s * np.cos(s) - 5, *bracket)
    for bracket in ((5, 6.2), (6.3, 8), (11, 12.4), (12.6, 14.1))
]
fig = plt.figure(figsize=(9, 7))
for row, task in enumerate((2 * (t - 4) > X_swiss[:, 1], X_swiss[:, 0] > 5)):
    solid = fig.add_subplot(2, 2, 2 * row + 1, projection="3d")
    flat = fig.add_subplot(2, 2, 2 * row + 2)
    for value, marker in enumerate("os"):
        solid.scatter(
            *X_swiss[task == value].T, s=8, marker=marker, color=plots.color(value), depthshade=False
        )
        flat.scatter(
            t[task == value],
            X_swiss[task == value, 1],
            s=8,
            marker=marker,
            color=plots.color(value),
            rasterized=True,
        )
    solid.view_init(elev=10, azim=-70)
    solid.set(xlabel="$x_1$", ylabel="$x_2$", zlabel="$x_3$")
    flat.set(xlabel="$z_1$ (along the roll)", ylabel="$x_2$")
    if row:
        height, depth = np.meshgrid([0, 21], [-12, 15])
        solid.plot_surface(np.full((2, 2), 5.0), height, depth, color="0.5", alpha=0.3)
        for root in roots:
            flat.axvline(root, color="black", linewidth=1.2)
    else:
        flat.plot([4, 14.2], [0, 20.4], color="black", linewidth=1.2)
plt.show()

# %% tags=["hml-08-fig-06"]
published("hml-08-fig-06", plane=5, pieces=len(roots))

# %% [markdown]
# Fewer dimensions usually make training faster. Whether they make the solution better or simpler depends on the data.
#
# ## Which directions matter?
# **Principal component analysis** (PCA) finds the plane closest to the data and projects onto it. What is "closest"? **Look at** a cloud and
# three lines through its middle. The strips at the right show where the points fall on each line: widely spread on the solid one,
# hardly on the dotted one.

# %% tags=["hml-08-fig-07"]
rng = np.random.default_rng(42)
tilt = np.pi / 5
turn = np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])
cloud = rng.normal(size=(200, 2)) * [1.0, 0.2] @ turn
lines = {"solid": ("-", tilt), "dashed": ("--", tilt - np.pi / 6), "dotted": (":", tilt + np.pi / 2)}

fig, axes = plt.subplot_mosaic(
    [["cloud", "solid"], ["cloud", "dashed"], ["cloud", "dotted"]], figsize=(9.5, 4.2)
)
axes["cloud"].scatter(*cloud.T, s=8, color="0.6", rasterized=True)
for i, (name, (style, angle)) in enumerate(lines.items()):
    unit = np.array([np.cos(angle), np.sin(angle)])
    axes["cloud"].plot(*np.outer(unit, [-2.2, 2.2]), style, color=plots.color(i))
    if name != "dashed":
        label = "$c_1$" if name == "solid" else "$c_2$"
        axes["cloud"].annotate(
            label,
            xy=(0, 0),
            xytext=1.1 * unit,
            arrowprops={"arrowstyle": "<|-", "color": "black"},
            fontsize=12,
        )
    axes[name].plot(cloud @ unit, np.zeros(200), "o", alpha=0.3, color=plots.color(i), rasterized=True)
    axes[name].axhline(0, linestyle=style, color=plots.color(i))
    axes[name].set(xlim=(-3, 3), yticks=[], title=f"{name}: variance {np.var(cloud @ unit):.2f}")
axes["cloud"].set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal", xlim=(-2.6, 2.6), ylim=(-2.2, 2.2))
axes["dotted"].set_xlabel("$z_1$")
plt.show()

# %% [markdown]
# The line with the largest variance loses least. It is also the line from which the points have the smallest mean squared distance: by
# Pythagoras both *sum to the same* for every angle. **Look at** the two curves, which mirror each other.

# %% tags=["hml-08-concept-05"]
angles = np.radians(np.arange(181))
units = np.stack([np.cos(angles), np.sin(angles)])
centred = cloud - cloud.mean(axis=0)
variance = (centred @ units).var(axis=0)
distance = np.array([np.mean(np.sum((centred - np.outer(centred @ u, u)) ** 2, axis=1)) for u in units.T])
assert np.allclose(variance + distance, variance[0] + distance[0])

fig, ax = plt.subplots(figsize=(7, 3))
ax.plot(np.degrees(angles), variance, label="variance along the line")
ax.plot(np.degrees(angles), distance, "--", label="mean squared distance to it")
ax.plot(np.degrees(angles), variance + distance, ":", color="0.4", label="sum")
ax.set(xlabel="angle of the line in degrees", title="The best line is best in both senses")
ax.legend(loc="right")
plt.show()

# %% [markdown]
# ### The same in the second text
# Its example is a cloud of a thousand points, drawn from a normal distribution. **Look at** the two arrows, along the eigenvectors
# of the covariance and as long as two standard deviations.

# %% tags=["apml-03-fig-03"]
np.random.seed(123)  # the old global generator, because the source uses it
gauss = np.random.multivariate_normal([2, 4], [[1, 0.75], [0.75, 1]], size=1000)

fig, ax = plt.subplots(figsize=(5.5, 4.2))
ax.scatter(*gauss.T, c=gauss[:, 0], s=10, rasterized=True)
ax.set(
    xlim=(-1.5, 6.5),
    ylim=(0.5, 8.5),
    xlabel="$x_1$",
    ylabel="$x_2$",
    title="A thousand points, coloured by $x_1$",
)
plt.show()

# %% [markdown]
# By hand there are four steps: centre; covariance; eigenvectors; sort by eigenvalue, the largest first. With samples in rows the covariance is
#
# $$C = \frac{X^\top X}{N - 1}.$$
#
# (The source's formula has samples in columns, $XX^\top$, and its code has them in rows.)

# %% tags=["apml-03-eq-01"]
gauss_centred = gauss - gauss.mean(axis=0)
covariance = gauss_centred.T @ gauss_centred / (len(gauss) - 1)
print("as NumPy has it:", np.allclose(covariance, np.cov(gauss, rowvar=False)))

# %% tags=["apml-03-num-01"]
published("apml-03-num-01", estimated=covariance, generating=[[1, 0.75], [0.75, 1]])

# %% [markdown]
# A covariance is symmetric, and for that `eigh` is the right routine; the source's `eig` works too, but is made for all matrices and may return
# complex numbers. `eigh` sorts upwards, so we turn the order round with `[::-1]`. (In our copy of the source it reads `[:-1]`: that drops the
# *most important* direction.)

# %% tags=["apml-03-code-01"]
values, vectors = np.linalg.eigh(covariance)
values, vectors = values[::-1], vectors[:, ::-1]
print("eigenvalues", values.round(3), "- share of the first", (values[0] / values.sum()).round(3))
print("with the wrong slice the largest would be", np.linalg.eigvalsh(covariance)[:-1].max().round(3))

# %% tags=["apml-03-fig-01"]
fig, ax = plt.subplots(figsize=(5.5, 4))
ax.scatter(*gauss.T, s=8, color=plots.tint(0, 0.6), rasterized=True)
for i in range(2):
    ax.annotate(
        "",
        xy=gauss.mean(axis=0) + 2 * np.sqrt(values[i]) * vectors[:, i],
        xytext=gauss.mean(axis=0),
        arrowprops={"arrowstyle": "-|>", "linewidth": 2.5, "color": "black"},
    )
ax.set(
    xlabel="$x_1$",
    ylabel="$x_2$",
    aspect="equal",
    title=f"The longer arrow carries {values[0] / values.sum():.0%} of the variance",
)
plt.show()
published("apml-03-fig-01", share_of_the_longer_arrow=values[0] / values.sum())

# %% [markdown]
# (Its drawing is not in our copy; it says "about 90 %", and its own cloud has 88 %.) **Look at** the projection onto both vectors: nothing is lost,
# the cloud is only turned. (Yours may be mirrored: the sign of an eigenvector is arbitrary.)

# %% tags=["apml-03-fig-04"]
turned = gauss_centred @ vectors
fig, axes = plt.subplots(ncols=2, figsize=(9.5, 3.2))
for ax, points, names, limits in (
    (axes[0], turned, ("first principal component", "second principal component"), ((-4, 5.5), (-4, 4))),
    (axes[1], gauss, ("original x-axis", "original y-axis"), ((-1.5, 6.5), (0.5, 8.5))),
):
    ax.scatter(*points.T, c=gauss[:, 0], s=8, rasterized=True)
    ax.set(xlabel=names[0], ylabel=names[1], xlim=limits[0], ylim=limits[1])
axes[0].set_title("projected onto both components")
axes[1].set_title("as they were")
plt.show()

# %% tags=["apml-03-code-02"]
by_scikit_learn = PCA(n_components=2).fit(gauss)
assert np.allclose(np.abs(by_scikit_learn.components_), np.abs(vectors.T))
assert np.allclose(by_scikit_learn.explained_variance_ratio_, values / values.sum())
published("apml-03-code-02", ratios=by_scikit_learn.explained_variance_ratio_)

# %% [markdown]
# ## The quick way: one singular value decomposition
# Nobody needs the covariance. Every matrix can be written as $X = U \Sigma V^\top$, and if $X$ is centred, the columns
# of $V$ are the principal components. Back to the sixty points in space:

# %% tags=["hml-08-code-01", "hml-08-eq-01"]
X_centred = X - X.mean(axis=0)
U, s, Vt = np.linalg.svd(X_centred, full_matrices=False)
c1, c2 = Vt[0], Vt[1]
print("first component:", c1.round(3), " second:", c2.round(3))
assert np.allclose(U * s @ Vt, X_centred)
assert np.allclose(Vt @ Vt.T, np.eye(3))
assert np.allclose(np.abs(Vt[:2]), np.abs(pca.components_))  # as scikit-learn's, up to the sign

# %% [markdown]
# Two warnings. *Centre the data*: scikit-learn does, `svd` does not. And say `full_matrices=False`, or NumPy builds a matrix with a row and a
# column for every sample.
#
# To project onto the first $d$ components, multiply by the matrix of these columns: $X_{d\text{-proj}} = X W_d$.
#
# **What the book says:** `Vt[:, 2]`. That is a single *column* of the transposed matrix. The first two components are its first two *rows*:

# %% tags=["hml-08-code-02", "hml-08-eq-02"]
W2 = Vt[:2].T
by_hand = X_centred @ W2
print("shape with the book's index:", (X_centred @ Vt[:, 2]).shape, "- right:", by_hand.shape)
assert np.allclose(np.abs(by_hand), np.abs(pca.transform(X)))

# %% tags=["hml-08-code-03"]
pca = PCA(n_components=2)
X2D = pca.fit_transform(X)
print("components_ has a row for each component:", pca.components_.shape)

# %% [markdown]
# How much of the variance is on each axis? This is the **explained variance ratio**:

# %% tags=["hml-08-num-04"]
published("hml-08-num-04", ratios=pca.explained_variance_ratio_, rest=1 - pca.explained_variance_ratio_.sum())

# %% [markdown]
# 76 % on the first, 15 % on the second, and 9 % are lost with the third: probably little.
#
# ### Can you rely on a component?
# Where the variances differ clearly, as in our sixty points, the arrows are steady. Its sign is arbitrary all the same: $-c_1$ is as good as $c_1$. And where
# two components have nearly the same variance, a small change of the data turns both about in the plane that they span. **Look at** the two
# last columns: in a cloud as flat as a pancake the first arrow turns by a lot, and the plane of the first two hardly moves.

# %% tags=["hml-08-concept-06"]
rng = np.random.default_rng(0)
pancake = rng.normal(size=(200, 3)) * [1.0, 0.97, 0.1]


def svd_rows(points):
    return np.linalg.svd(points - points.mean(axis=0), full_matrices=False)[2]


def turned_by(a, b):
    return np.degrees(np.arccos(min(abs(a @ b), 1)))


flipped = Vt * [[-1], [1], [1]]
print(
    "with the first arrow flipped, the projections differ in sign only:",
    np.allclose(np.abs(X_centred @ flipped.T), np.abs(X_centred @ Vt.T)),
)
rows = []
for _ in range(6):
    V = svd_rows(X + rng.normal(scale=0.05, size=X.shape))
    P, Q = svd_rows(pancake), svd_rows(pancake + rng.normal(scale=0.2, size=pancake.shape))
    rows.append(
        {
            "sixty points: arrow 1 turned by": turned_by(V[0], c1),
            "pancake: arrow 1": turned_by(P[0], Q[0]),
            "pancake: plane": turned_by(P[2], Q[2]),
        }
    )
pd.DataFrame(rows).round(1)

# %% [markdown]
# So compare components by absolute value, or better the planes they span.
#
# ## Compress with a fixed recipe instead
# PCA learns its directions from the data. The second text shows, as a first example of compression, one that learns nothing: a picture of a
# cat, turned into waves by a Fourier transform, of which 9 % are kept. We do not have that cat; a flower that comes with scikit-learn stands in for
# it. **Look at** the right picture: hardly a difference. (What is kept are 9 % of the *coefficients*, not of the pixels.)

# %% tags=["apml-03-fig-02"]
flower = load_sample_image("flower.jpg")[::2, ::2].mean(axis=2)
waves = np.fft.fft2(flower)
kept = np.abs(waves) >= np.quantile(np.abs(waves), 0.91)
restored = np.fft.ifft2(waves * kept).real

fig, axes = plt.subplots(ncols=3, figsize=(9.5, 2.8))
strength = np.fft.fftshift(np.log1p(np.abs(waves * kept)))
for ax, picture, title, shades in zip(
    axes,
    (flower, strength, restored),
    ("original", f"{kept.mean():.0%} of the waves", "restored"),
    ("gray", "viridis", "gray"),
    strict=True,
):
    ax.imshow(picture, cmap=shades)
    ax.set(title=title, xticks=[], yticks=[])
plt.show()
published("apml-03-fig-02", share_kept=kept.mean())

# %% [markdown]
# **In short:** data in many dimensions are sparse, but seldom fill their space. If they lie near a plane, PCA finds it, with one singular value
# decomposition. [Next](pca_at_work.ipynb): how many dimensions to keep, what comes back when they are restored, and what to do with data
# that do not fit into memory.
