# %% [markdown]
# # Mixtures and outliers
#
# k-means says to which cluster a sample belongs. A *mixture model* says how the data came about: how probable each sample is, and with it also how
# strange. That answers three questions at once: which groups, how dense, what does not fit.
#
# **You will learn** to
# - fit a Gaussian mixture by hand (expectation-maximisation) and with scikit-learn, and choose the shape of its components;
# - tell likelihood from probability;
# - choose the number of components by BIC, AIC, or a Bayesian mixture;
# - find anomalies with mixtures and with five other methods.
#
# You need [the lecture on k-means](lecture.ipynb). Reading and running: about 50 minutes. Then come
# [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed., chapter 9, the part on Gaussian mixtures, and
# *Advanced Python and Machine Learning Course*, May 2024, notebook 3, section 1.3.1. Where a cell shows a table with the columns *published* and *here*, it
# compares their results with ours. Some statements of theirs do not hold; these come under **"What the book says"**.

# %%
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.integrate import trapezoid
from scipy.stats import multivariate_normal, norm
from sklearn.covariance import EllipticEnvelope, EmpiricalCovariance
from sklearn.datasets import make_blobs, make_moons
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import roc_auc_score
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.neighbors import LocalOutlierFactor
from sklearn.svm import OneClassSVM

from course import clustering, plots, scale
from course.published import published

plots.use_style()

# %% [markdown] tags=["hml-09-concept-13", "apml-03-eq-03"]
# ## How the data may have come about
# Suppose each sample was made like this: draw one of $k$ clusters, the $j$-th with probability $\phi_j$, its *weight*. Then draw the sample from that cluster's normal distribution, with mean $\mu_j$ and covariance $\Sigma_j$: a cloud like an ellipse. The density of $x$ is then
#
# $$p(x) = \sum_{j=1}^{k} \phi_j \, \mathcal{N}(x;\, \mu_j, \Sigma_j) .$$
#
# **What the second source says:** it writes this as $p(\mu, \Sigma)$ and calls it a prior. It is the density of $x$, *given* the parameters. **Look at** a thousand samples that we make ourselves from three clouds.

# %% tags=["hml-09-eq-06"]
rng = np.random.default_rng(42)
phi = np.array([0.5, 0.3, 0.2])
mu = np.array([[0.0, 0.0], [4.0, 1.0], [1.0, 4.0]])
sigma = np.array([[[1.0, 0.7], [0.7, 1.0]], [[0.3, 0.0], [0.0, 1.2]], [[0.8, -0.3], [-0.3, 0.4]]])
cloud = rng.choice(3, size=1_000, p=phi)
samples = np.array([rng.multivariate_normal(mu[j], sigma[j]) for j in cloud])

fig, ax = plt.subplots(figsize=(5.5, 3.8))
for j in range(3):
    ax.scatter(*samples[cloud == j].T, s=6, color=plots.color(j), label=f"cloud {j}: weight {phi[j]}")
ax.set(xlabel="$x_1$", ylabel="$x_2$", title="A thousand samples of a mixture")
ax.legend(fontsize=8)
plt.show()

# %% [markdown]
# Now the way back: only the samples are known, neither the clouds nor their parameters. **Expectation-maximisation** (EM) goes as k-means does, but softly:
#
# - *expectation*: how much is each cloud responsible for each sample, given the present parameters? A sample between two clouds is shared;
# - *maximisation*: weights, means and covariances anew, each sample counted with its share.
#
# The likelihood of the data never falls. As with k-means, the end depends on the start. `clustering.em` is 25 lines. **Look at** the rounds: the ellipses turn and stretch until they fit.

# %% tags=["hml-09-eq-06"]
start = samples[np.random.default_rng(5).choice(1_000, 3, replace=False)]
rounds = list(clustering.em(samples, means=start))
unlucky = list(
    clustering.em(samples, means=samples[np.random.default_rng(1).choice(1_000, 3, replace=False)])
)

fig, axes = plt.subplots(ncols=4, sharex=True, sharey=True, figsize=(11, 3))
for ax, i in zip(axes, (0, 4, 14, len(rounds) - 1), strict=True):
    ax.scatter(*samples.T, s=2, color="0.6", rasterized=True)
    for j, (mean, covariance) in enumerate(zip(rounds[i].means, rounds[i].covariances, strict=True)):
        values, vectors = np.linalg.eigh(covariance)
        circle = np.linspace(0, 2 * np.pi, 60)
        ellipse = mean + 2 * (np.sqrt(values) * np.c_[np.cos(circle), np.sin(circle)]) @ vectors.T
        ax.plot(*ellipse.T, color=plots.color(j))
    ax.set(xlabel="$x_1$", title=f"round {i}: {rounds[i].log_likelihood:.2f}")
axes[0].set_ylabel("$x_2$")
plt.show()

theirs = GaussianMixture(3, n_init=5, random_state=42).fit(samples)
print(
    f"mean log likelihood: by hand {rounds[-1].log_likelihood:.3f}, scikit-learn {theirs.score(samples):.3f}"
)
print(f"from another start: {unlucky[-1].log_likelihood:.3f}, a bad end")
print("weights found:", np.sort(rounds[-1].weights).round(2), "of", np.sort(phi))
assert np.isclose(rounds[-1].log_likelihood, theirs.score(samples), atol=2e-3)

# %% [markdown]
# ## With scikit-learn
# The three ellipses that k-means could not part. `n_init=10`, since the default is a single start. (The book gives neither the data's recipe nor a seed; these bring back its numbers.)

# %% tags=["hml-09-code-16", "hml-09-data-06"]
stretched, _ = make_blobs(n_samples=1_000, centers=((4, -4), (0, 0)), random_state=42)
round_one, _ = make_blobs(n_samples=250, centers=1, random_state=42)
X = np.r_[stretched @ np.array([[0.374, 0.95], [0.732, 0.598]]), round_one + np.array([6, -8])]

gm = GaussianMixture(n_components=3, n_init=10, random_state=42).fit(X)

# %% [markdown]
# The components come in any order; here they are sorted as the book has them: the middle one, the left, the right. The data were made with weights 0.4, 0.4 and 0.2.

# %% tags=["hml-09-code-17", "hml-09-code-18", "hml-09-num-03"]
order = np.argsort(gm.means_[:, 0])[[1, 0, 2]]
upper = np.triu_indices(2)
published(
    "hml-09-code-17",
    weights=gm.weights_[order],
    means=gm.means_[order],
    covariances=np.array([matrix[upper] for matrix in gm.covariances_[order]]),
)

# %% tags=["hml-09-num-03"]
published("hml-09-num-03", weights=gm.weights_[order])

# %% tags=["hml-09-code-18"]
published("hml-09-code-18", converged=gm.converged_, rounds=gm.n_iter_)

# %% [markdown]
# It has found where the samples came from. `predict` gives the most likely component (hard), `predict_proba` the shares of all (soft). And since it is a recipe for data, `sample` makes new ones, sorted by component.

# %% tags=["hml-09-code-19", "hml-09-code-20"]
published("hml-09-code-19", first=gm.predict_proba(X)[:3, order].round(3))

# %% tags=["hml-09-code-19", "hml-09-code-20"]
X_new, y_new = gm.sample(6)
print(X_new.round(2).tolist(), y_new)

many, _ = gm.sample(20_000)
print("mean of 20,000 new samples", many.mean(axis=0).round(2), "- of the data", X.mean(axis=0).round(2))

# %% [markdown]
# `score_samples` gives the logarithm of the density. A density is no probability: it may be above 1. But summed over the whole plane it is 1.

# %% tags=["hml-09-code-21"]
log_density = gm.score_samples(X)
published("hml-09-code-21", first=log_density[:3].round(2), last=log_density[-3:].round(2))

# %% tags=["hml-09-code-21"]
axes_ = [np.linspace(X[:, i].min() - 4, X[:, i].max() + 4, 500) for i in (0, 1)]
grid = np.stack(np.meshgrid(*axes_))
density = np.exp(gm.score_samples(grid.reshape(2, -1).T)).reshape(500, 500)
by_hand = sum(
    weight * multivariate_normal(mean, matrix).pdf(X[:5])
    for weight, mean, matrix in zip(gm.weights_, gm.means_, gm.covariances_, strict=True)
)
assert np.allclose(by_hand, np.exp(log_density[:5]))
print(f"volume under the density: {trapezoid(trapezoid(density, axes_[0]), axes_[1]):.6f}")

# %% [markdown]
# **Look at** the hills of density, the means, and the dashed borders where one component takes over from another: they are curved.

# %% tags=["hml-09-fig-16"]
fig, ax = plt.subplots(figsize=(7, 4))
clustering.Density.from_estimator(gm, X, ax=ax)
ax.set_title("A mixture of three")
plt.show()

# %% [markdown]
# The second source shows the same on its two blobs: `np.c_` puts columns of coordinates side by side, `np.exp` undoes the logarithm. (It gives no seed; 123 here.)

# %% tags=["apml-03-fig-09", "apml-03-code-03", "apml-03-data-02"]
np.random.seed(123)  # the old global generator, because the source uses it
blobs = np.concatenate([np.random.normal(2, 1, (100, 2)), np.random.normal(-2, 1, (100, 2))])
two = GaussianMixture(n_components=2, random_state=123).fit(blobs)
xx, yy = np.meshgrid(*(np.linspace(blobs[:, i].min() - 1, blobs[:, i].max() + 1, 100) for i in (0, 1)))
height = np.exp(two.score_samples(np.c_[xx.ravel(), yy.ravel()])).reshape(xx.shape)

fig, ax = plt.subplots(figsize=(5.5, 3.8))
hills = ax.contourf(xx, yy, height, alpha=0.6, cmap="BuPu")
ax.scatter(*blobs.T, s=6, color="black")
ax.set(xlabel="$x_1$", ylabel="$x_2$", title="Density of two blobs")
fig.colorbar(hills, label="density")
plt.show()

# %% [markdown] tags=["hml-09-concept-14"]
# ### Fewer parameters
# With many features or components and few samples EM struggles: a full covariance has $n(n+1)/2$ numbers. `covariance_type` limits the shapes: `"spherical"` (circles, each with its own radius), `"diag"` (ellipses along the axes), `"tied"` (one shape for all), `"full"` (the default). It also
# saves time: the first two take about $k m n$ steps, the others $k m n^2 + k n^3$. **Look at** the number of parameters, and what it costs in BIC, a score explained below for which lower is better.

# %% tags=["hml-09-code-25"]
rows = {}
kinds = {}
for kind in ("spherical", "diag", "tied", "full"):
    kinds[kind] = GaussianMixture(3, covariance_type=kind, n_init=10, random_state=42).fit(X)
    shape = kinds[kind].covariances_.shape
    free = (kinds[kind].bic(X) - kinds[kind].aic(X)) / (np.log(len(X)) - 2)  # what BIC counts
    rows[kind] = {
        "shape of covariances_": shape,
        "free numbers": round(free),
        "BIC": round(kinds[kind].bic(X), 1),
    }
pd.DataFrame(rows).T

# %% [markdown]
# **Look at** two of them: with one shape for all the right cloud becomes an ellipse, with circles two clouds are cut wrongly.

# %% tags=["hml-09-fig-17"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9.5, 3.8))
for ax, kind in zip(axes, ("tied", "spherical"), strict=True):
    clustering.Density.from_estimator(kinds[kind], X, ax=ax)
    ax.set_title(f'covariance_type="{kind}"')
axes[1].set_ylabel("")
plt.show()

# %% [markdown] tags=["hml-09-concept-15"]
# ## What does not fit
# An **anomaly** is a sample in a region of low density. How low? If you know what share of the products is defective, say 4 %, take the density that 4 % of the samples lie below. If too many good ones are flagged, take less; if bad ones slip through, take more: the trade between precision and
# recall. **Novelty detection** is a little different: there the training data are taken to be *clean*, and only new samples are judged. Outliers in the training data bend the model towards them; one remedy is to fit, remove the strangest, and fit again.
#
# **What the book says:** the threshold is the fourth percentile, which flags about 4 %. Its code has the *second*: `np.percentile(densities, 2)`. Both in comparison:

# %% tags=["hml-09-fig-18"]
flagged = {share: log_density < np.percentile(log_density, share) for share in (2, 4)}
published("hml-09-fig-18", share=flagged[2].mean())

# %% tags=["hml-09-fig-18"]
print({f"{share} %": f"{rows_.sum()} of {len(X)}" for share, rows_ in flagged.items()})

# %% [markdown]
# **Look at** the stars: they lie at the edges of every cloud, not only outside all of them.

# %% tags=["hml-09-fig-18"]
fig, ax = plt.subplots(figsize=(7, 4))
clustering.Density.from_estimator(gm, X, borders=False, ax=ax)
ax.scatter(*X[flagged[4]].T, marker="*", s=45, color=plots.color(1), label="below the 4th percentile")
ax.scatter(*X[flagged[2]].T, marker="*", s=45, color=plots.color(3), label="below the 2nd")
ax.set_title("Anomalies")
ax.legend(fontsize=8)
plt.show()

# %% [markdown] tags=["hml-09-concept-17"]
# ## Likelihood is not probability
# In everyday talk they are the same. In statistics: **probability** is about outcomes $x$, given a model with parameters $\theta$. **Likelihood** is about parameters $\theta$, given an outcome $x$ that has been seen. Both come from one function $f(x; \theta)$, read in two directions.
#
# An example with one feature: a mixture of two normal distributions around $-4$ and $1$, and $\theta$ is the standard deviation of both. (The book does not give the weights; one half each, here.) **Look at** the map at the top left. Cut it along a row ($\theta = 1.3$), and you have a density over $x$, whose area is 1. Cut it
# along a column ($x = 2.5$ was seen), and you have the likelihood of each $\theta$, whose area means nothing. Its maximum is the **maximum likelihood estimate**, here 1.5.


# %% tags=["hml-09-fig-19", "hml-09-eq-07"]
def f(x, theta):
    return 0.5 * norm.pdf(x, -4, theta) + 0.5 * norm.pdf(x, 1, theta)


x, theta = np.linspace(-10, 8, 600), np.linspace(0.6, 4, 400)
likelihood = f(2.5, theta)
best = theta[likelihood.argmax()]
fig, axes = plt.subplots(2, 2, figsize=(9.5, 6))
mesh = axes[0, 0].contourf(x, theta, f(*np.meshgrid(x, theta)), levels=15, cmap="Blues")
fig.colorbar(mesh, ax=axes[0, 0], label="$f(x; θ)$")
axes[0, 0].axhline(1.3, color=plots.color(5), linestyle="--")
axes[0, 0].axvline(2.5, color=plots.color(1), linestyle="-.")
axes[0, 0].set(xlabel="$x$", ylabel="θ", title="one function, two readings")
between = (x > -2) & (x < 2)
axes[1, 0].plot(x, f(x, 1.3), color=plots.color(5), linestyle="--")
axes[1, 0].fill_between(x[between], f(x[between], 1.3), color=plots.tint(5))
axes[1, 0].set(xlabel="$x$", ylabel="density", title="density for θ = 1.3")
axes[0, 1].plot(theta, likelihood, color=plots.color(1), linestyle="-.")
axes[0, 1].set(xlabel="θ", ylabel="likelihood", title="likelihood for x = 2.5")
axes[1, 1].plot(theta, np.log(likelihood), color=plots.color(1), linestyle="-.")
axes[1, 1].set(xlabel="θ", ylabel="log likelihood", title="its logarithm: same maximum")
for ax in axes[:, 1]:
    ax.axvline(best, color="0.4", linewidth=1)
    ax.text(best + 0.05, ax.get_ylim()[0], f" θ = {best:.2f}", va="bottom")
plt.show()
fine = np.linspace(1, 2, 100_001)
part = np.linspace(-2, 2, 1_001)
print(f"probability of -2 < x < 2 for θ = 1.3: {trapezoid(f(part, 1.3), part):.3f}")
print(
    f"area under the density {trapezoid(f(x, 1.3), x):.3f}, under the likelihood {trapezoid(likelihood, theta):.3f}"
)
published("hml-09-fig-19", theta=fine[f(2.5, fine).argmax()])

# %% [markdown]
# With many independent samples the likelihood is a product of many numbers; the logarithm makes it a sum, and has its maximum at the same place. Who knows something of $\theta$ beforehand can put it in: maximise $L(\theta \mid x) \, g(\theta)$ with a *prior* $g$ (MAP, maximum a posteriori). It pulls the estimate
# towards what was believed, as the penalties of ridge regression do. The samples here come from $\theta = 1.5$, the prior believes in 1 (our choice; the book gives none). **Look at** how it matters less, the more samples there are.

# %% tags=["hml-09-eq-07"]
published("hml-09-eq-07", theta=fine[f(2.5, fine).argmax()])

# %% tags=["hml-09-eq-07"]
coarse = np.linspace(0.8, 2.2, 141)
belief = np.log(norm.pdf(coarse, 1.0, 0.1))
rng = np.random.default_rng(42)
for n in (3, 10, 30, 100, 300):
    pull = []
    for _ in range(50):
        seen = rng.choice([-4, 1], n) + rng.normal(0, 1.5, n)
        log_likelihood = np.sum([np.log(f(one, coarse)) for one in seen], axis=0)
        pull.append(coarse[log_likelihood.argmax()] - coarse[(log_likelihood + belief).argmax()])
    print(f"{n:>4} samples: the prior moves the estimate by {np.mean(np.abs(pull)):.2f} (mean of 50 draws)")

# %% [markdown] tags=["hml-09-concept-16"]
# ## How many components?
# Inertia and silhouettes are of little use where clusters are not round or differ in size. With a likelihood there is something better: how well the model fits, less a price for its parameters,
#
# $$\text{BIC} = \log(m)\, p - 2 \log \hat{L}, \qquad \text{AIC} = 2p - 2 \log \hat{L},$$
#
# with $m$ samples, $p$ parameters, and the maximal likelihood $\hat{L}$. *Lower* is better. BIC charges more for each parameter as soon as $m > 7$, and so prefers simpler models, all the more with much data. By hand: each of three components has 2 numbers for the mean and 3 for the covariance; two of the three weights are free.

# %% tags=["hml-09-eq-01", "hml-09-code-22"]
p = 3 * 2 + 3 * 3 + 2
log_l = gm.score(X) * len(X)
assert np.isclose(np.log(len(X)) * p - 2 * log_l, gm.bic(X))
assert np.isclose(2 * p - 2 * log_l, gm.aic(X))
print(f"{p} parameters; BIC minus AIC: {(np.log(len(X)) - 2) * p:.3f} = {gm.bic(X) - gm.aic(X):.3f}")
published("hml-09-code-22", bic=gm.bic(X), aic=gm.aic(X))

# %% [markdown]
# **Look at** both curves: three components are best.

# %% tags=["hml-09-fig-20"]
ks = range(1, 11)
fits = [GaussianMixture(k, n_init=scale.pick(quick=3, full=10), random_state=42).fit(X) for k in ks]
criteria = pd.DataFrame({"BIC": [m.bic(X) for m in fits], "AIC": [m.aic(X) for m in fits]}, index=ks)
fig, ax = plt.subplots(figsize=(6.5, 3.2))
for name, style in (("BIC", "o-"), ("AIC", "s--")):
    ax.plot(criteria[name], style, label=name)
ax.annotate("minimum", (3, criteria["AIC"][3]), (4, 8_700), arrowprops={"arrowstyle": "->"})
ax.set(xlabel="components $k$", ylabel="criterion", title="Lower is better")
ax.legend()
plt.show()
published("hml-09-fig-20", lowest=[criteria["BIC"].idxmin(), criteria["AIC"].idxmin()])

# %% [markdown] tags=["hml-09-concept-18"]
# ### Let the surplus vanish
# `BayesianGaussianMixture` puts a prior on the weights that makes small ones vanish. Give it *more* components than you expect. **What the book does:** it takes ten starts with the default of at most 100 rounds. Today such a run stops with a warning that it has not converged. It needs more rounds (one start is enough to see that; at full scale there are ten):

# %% tags=["hml-09-code-23"]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", ConvergenceWarning)
    BayesianGaussianMixture(n_components=10, n_init=1, random_state=42).fit(X)
assert any(issubclass(one.category, ConvergenceWarning) for one in caught)
print("after 100 rounds:", *{type(one.message).__name__ for one in caught})

bgm = BayesianGaussianMixture(
    n_components=10, n_init=scale.pick(quick=1, full=10), max_iter=1_000, random_state=42
).fit(X)
print(f"after {bgm.n_iter_} rounds it has converged: {bgm.converged_}; weights {bgm.weights_.round(2)}")
published("hml-09-code-23", weights=np.sort(bgm.weights_)[::-1][:3])

# %% [markdown]
# But ellipses it must be. **Look at** the moons: eight pieces, none of which is a moon. As a description of where the samples are dense it is not bad, and it could find anomalies; as a clustering it fails.

# %% tags=["hml-09-fig-21"]
moons, _ = make_moons(n_samples=1_000, noise=0.05, random_state=42)
pieces = BayesianGaussianMixture(
    n_components=10, n_init=scale.pick(quick=2, full=10), max_iter=2_000, random_state=42
).fit(moons)
used = len(np.unique(pieces.predict(moons)))
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9.5, 3.6))
axes[0].scatter(*moons.T, s=4, color="0.4", rasterized=True)
axes[0].set(xlabel="$x_1$", ylabel="$x_2$", title="two moons")
clustering.Density.from_estimator(pieces, moons, ax=axes[1])
axes[1].set(ylabel="", title=f"{used} ellipses")
plt.show()
published("hml-09-fig-21", clusters=used)

# %% [markdown]
# ## Other detectors of the strange
# Five more methods, on one data set with known anomalies: our three ellipses, and 40 samples strewn over the whole plane. Only the detectors do not know which. **Look at** the regions: dark is normal, and each method draws it in its own way.
#
# - **Fast-MCD** (`EllipticEnvelope`): one normal distribution, estimated from the half of the samples that lie closest, so that outliers have no say. For one cloud; here there are three.
# - **Isolation forest**: random trees cut at random. A sample that stands alone is soon alone in a leaf.
# - **Local outlier factor**: is it less dense around a sample than around its neighbours?
# - **One-class SVM**: a [kernel machine](../07_kernels/lecture.ipynb) that parts the samples from the origin in its space. Meant for novelties; its `nu` is the share of normal samples that may be called strange. Not for many samples.
# - **Reconstruction error**: send samples through [PCA](../05_reduction/lecture.ipynb) and back; what comes back changed is strange (exercise 13 does it with faces).

# %% tags=["hml-09-tool-08", "hml-09-tool-09", "hml-09-tool-10", "hml-09-tool-11"]
strewn = np.random.default_rng(42).uniform([-5, -5], [8, 7], size=(40, 2))
X_all, strange = np.r_[X, strewn], np.r_[np.zeros(len(X)), np.ones(40)]
detectors = {
    "mixture": GaussianMixture(3, n_init=3, random_state=42).fit(X_all).score_samples,
    "fast-MCD": EllipticEnvelope(random_state=42).fit(X_all).decision_function,
    "isolation forest": IsolationForest(random_state=42).fit(X_all).decision_function,
    "local outlier factor": LocalOutlierFactor(n_neighbors=35, novelty=True).fit(X_all).score_samples,
    "one-class SVM": OneClassSVM(nu=0.05, gamma=0.5).fit(X_all).decision_function,
}
axes_ = [np.linspace(-5, 8, 150), np.linspace(-5, 7, 150)]
places = np.stack(np.meshgrid(*axes_)).reshape(2, -1).T
# What is novel is asked of new samples; for the training samples LOF has scores of its own.
own_scores = {"local outlier factor": LocalOutlierFactor(n_neighbors=35).fit(X_all).negative_outlier_factor_}
fig, axes = plt.subplots(2, 3, sharex=True, sharey=True, figsize=(10, 6))
axes[1, 2].axis("off")
rows = {}
for ax, (name, normality) in zip(axes.flat, detectors.items(), strict=False):
    scores = own_scores.get(name, normality(X_all))
    limit = np.percentile(scores, 100 * strange.mean())
    ax.contourf(*axes_, normality(places).reshape(150, 150) > limit, levels=[0.5, 1.5], colors=["0.8"])
    ax.scatter(*X.T, s=3, color=plots.color(0), rasterized=True)
    ax.scatter(*strewn.T, s=22, marker="x", color=plots.color(3))
    ax.set(title=name)
    caught = strange[scores < limit].mean()
    rows[name] = {
        "of the flagged are strewn": caught,
        "area under the ROC curve": roc_auc_score(strange, -scores),
    }
for ax in axes[:, 0]:
    ax.set_ylabel("$x_2$")
for ax in axes[1, :2]:
    ax.set_xlabel("$x_1$")
plt.show()
pd.DataFrame(rows).T.round(2)

# %% [markdown]
# Many of the strewn samples fell into the clouds, where nobody could call them strange: no detector can be perfect. How much do outliers matter to a plain covariance, and how little to fast-MCD? One cloud, and a tenth of the samples far away. **Look at** the ellipses, which should hold 95 % of the cloud (there the square of the distance, measured in standard deviations, is 6).

# %% tags=["hml-09-tool-08"]
one_cloud = np.random.default_rng(1).multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 180)
far = np.random.default_rng(2).normal([5, -4], 0.5, size=(20, 2))
mixed = np.r_[one_cloud, far]
grid = np.stack(np.meshgrid(np.linspace(-5, 8, 200), np.linspace(-7, 5, 200)))
fig, ax = plt.subplots(figsize=(6, 3.8))
ax.scatter(*mixed.T, s=8, color="0.5")
for i, (name, model) in enumerate(
    {"all samples": EmpiricalCovariance(), "fast-MCD": EllipticEnvelope(random_state=42)}.items()
):
    distance = model.fit(mixed).mahalanobis(grid.reshape(2, -1).T).reshape(200, 200)
    ax.contour(*grid, distance, levels=[6], colors=plots.color(i), linestyles=["--", "-"][i])
    ax.plot([], [], color=plots.color(i), linestyle=["--", "-"][i], label=name)
ax.set(xlabel="$x_1$", ylabel="$x_2$", title="Twenty outliers bend one ellipse, not the other")
ax.legend()
plt.show()

# %% [markdown]
# And the reconstruction error, on points near a plane in ten dimensions: the strange ones lie off the plane, though no feature of theirs is unusual by itself.

# %% tags=["hml-09-tool-12"]
rng = np.random.default_rng(42)
plane = rng.normal(size=(500, 2)) @ rng.normal(size=(2, 10)) + 0.05 * rng.normal(size=(500, 10))
off_plane = np.column_stack([rng.permutation(column)[:10] for column in plane.T])
pca = PCA(n_components=2).fit(plane)
for name, data in (("on the plane", plane), ("features shuffled", off_plane)):
    lost = np.mean((data - pca.inverse_transform(pca.transform(data))) ** 2, axis=1)
    print(f"{name:<18} largest feature {np.abs(data).max():.1f}, reconstruction error {np.median(lost):.4f}")

# %% [markdown]
# ## What you have learnt
# - A mixture is a recipe for data. EM finds its parameters; start it several times, and limit its covariances if data are few.
# - Density finds what does not fit; the share to flag is your decision.
# - Probability is about outcomes, likelihood about parameters.
# - BIC, AIC, or a Bayesian mixture with surplus components choose their number. A warning about convergence is to be heeded.
#
# Now [the exercises](exercises.ipynb).
