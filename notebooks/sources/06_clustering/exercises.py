# %% [markdown] tags=["hml-09-tool-14"]
# # Clustering: exercises
# Twenty-four questions, 39 points. Write each answer under the name that the cell gives, run the cell, then run the check below it. A check says at once
# which property of your answer holds and which does not; `hint()` helps, and helps more each time you call it. Your instructor's checks ask with data that
# you have not seen. The numbers of clusters never matter, only who is together.
#
# A worked solution of each stands in the solutions notebook (which your instructor may keep), and behind `solution()`.
#
# The questions come after the exercises of chapter 9 of *Hands-On Machine Learning* (3rd edition, A. Géron), and of notebook 3 of the *Advanced Python and Machine
# Learning Course* (May 2024).

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.cluster import DBSCAN, KMeans
from sklearn.datasets import load_digits, load_sample_image
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from tqdm import tqdm

# %%
from course import datasets, plots, scale
from course.exercises import clustering as ask
from course.published import published

plots.use_style()

# %% [markdown]
# ## 1. What is clustering?
# Which sentence is right?
#
# - **a** Clustering predicts the classes of new samples from labelled ones.
# - **b** Clustering finds the true groups of the data, which every good method agrees on.
# - **c** Clustering puts samples that are similar, in a sense that depends on the method, into groups, without labels. K-means, DBSCAN, agglomerative clustering, and mean-shift do it.
# - **d** Clustering needs the number of clusters; k-means, DBSCAN and HDBSCAN must all be told it.
#
# *(1 point)*

# %% tags=["answer:clustering-what", "hml-09-ex-01"]
### BEGIN SOLUTION
what = "c"
### TEMPLATE
# what = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.what.check(what)

# %% [markdown] tags=["solution-only", "why:clustering-what"]
# Others are BIRCH, affinity propagation, spectral clustering and mixtures. What *similar* means differs: near to a centre, linked through dense places, near to an exemplar. DBSCAN and HDBSCAN find the number of clusters themselves.

# %% tags=["wrong:clustering-what"]
what = "b"

# %% tags=["wrong:clustering-what"]
what = "d"

# %% [markdown]
# ## 2. What is it good for?
# For which of these is clustering **not** the tool?
#
# - **a** Finding customers with similar habits.
# - **b** A search for pictures that resemble a given one.
# - **c** Making fifty labels go further.
# - **d** Predicting tomorrow's price of a share from today's.
#
# *(1 point)*

# %% tags=["answer:clustering-uses", "hml-09-ex-02"]
### BEGIN SOLUTION
uses = "d"
### TEMPLATE
# uses = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.uses.check(uses)

# %% [markdown] tags=["solution-only", "why:clustering-uses"]
# A price to be predicted from known ones is supervised learning (regression). Clustering also serves for a first look at data, fewer dimensions, new features, anomalies and segmentation.

# %% tags=["wrong:clustering-uses"]
uses = "a"

# %% tags=["wrong:clustering-uses"]
uses = "c"

# %% [markdown]
# ## 3. How many clusters?
# One way is the elbow of the inertia, which somebody must look at. The other can be computed. Write `best_k(X, ks)`: for each number of clusters in `ks`, fit a `KMeans` with ten starts, and return the number with the highest silhouette score. *(2 points)*


# %% tags=["answer:clustering-best-k", "hml-09-ex-03"]
### BEGIN SOLUTION
def best_k(X, ks):
    scores = {k: silhouette_score(X, KMeans(k, n_init=10, random_state=42).fit_predict(X)) for k in ks}
    return max(scores, key=scores.get)


### TEMPLATE
# def best_k(X, ks):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.best_k.check(best_k)

# %% [markdown] tags=["solution-only", "why:clustering-best-k"]
# Inertia would always choose the largest number. The silhouette compares the distance to one's own cluster with that to the next one.


# %% tags=["wrong:clustering-best-k"]
def best_k(X, ks):
    inertias = {k: KMeans(k, n_init=10, random_state=42).fit(X).inertia_ for k in ks}
    return min(inertias, key=inertias.get)


# %% tags=["wrong:clustering-best-k"]
def best_k(X, ks):
    return ks[len(ks) // 2]


# %% [markdown]
# ## 4. Lend the labels
# Label propagation: a few samples have labels, and lend them to the others of their cluster. Write `lend(clusters, rows, labels)`: `clusters` holds the cluster of every sample, `rows` the numbers of the labelled samples, and `labels` their labels, whole numbers. Return a label for every sample: the one that *most* labelled members of
# its cluster have, and $-1$ where the cluster has no labelled member. *(2 points)*


# %% tags=["answer:clustering-lend", "hml-09-ex-04"]
### BEGIN SOLUTION
def lend(clusters, rows, labels):
    lent = np.full(len(clusters), -1)
    for cluster in np.unique(clusters):
        known = labels[clusters[rows] == cluster]
        if len(known):
            values, counts = np.unique(known, return_counts=True)
            lent[clusters == cluster] = values[counts.argmax()]
    return lent


### TEMPLATE
# def lend(clusters, rows, labels):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.lend.check(lend)

# %% [markdown] tags=["solution-only", "why:clustering-lend"]
# It makes a few labels serve for many samples. scikit-learn's `LabelPropagation` and `LabelSpreading` do it along links between neighbours instead of clusters.


# %% tags=["wrong:clustering-lend"]
def lend(clusters, rows, labels):
    lent = np.full(len(clusters), -1)
    lent[rows] = labels
    return lent


# %% tags=["wrong:clustering-lend"]
def lend(clusters, rows, labels):
    lent = np.zeros(len(clusters), dtype=int)
    for row, label in zip(rows, labels, strict=True):
        lent[clusters == clusters[row]] = label
    return lent


# %% [markdown]
# ## 5. Large, and dense
# Which line names two methods for very many samples, and two that look for dense regions?
#
# - **a** spectral and affinity propagation; k-means and BIRCH
# - **b** mini-batch k-means and BIRCH; DBSCAN and mean-shift
# - **c** DBSCAN and mean-shift; k-means and agglomerative
# - **d** affinity propagation and BIRCH; DBSCAN and k-means
#
# *(1 point)*

# %% tags=["answer:clustering-big", "hml-09-ex-05"]
### BEGIN SOLUTION
big = "b"
### TEMPLATE
# big = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.big.check(big)

# %% [markdown] tags=["solution-only", "why:clustering-big"]
# Spectral clustering and affinity propagation look at all pairs. Mini-batches and BIRCH's tree of summaries never hold all samples at once.

# %% tags=["wrong:clustering-big"]
big = "a"

# %% tags=["wrong:clustering-big"]
big = "c"

# %% [markdown]
# ## 6. Whom to ask about?
# Active learning pays where labels are dear: an X-ray picture needs a physician's time. Which pictures should she look at next? Write `least_sure(probabilities, n)`: `probabilities` has a row for each sample and a column for each class. Return the numbers of the `n` rows whose most probable class is least probable, the least sure one
# first. *(1 point)*


# %% tags=["answer:clustering-least-sure", "hml-09-ex-06"]
### BEGIN SOLUTION
def least_sure(probabilities, n):
    return np.argsort(probabilities.max(axis=1))[:n]


### TEMPLATE
# def least_sure(probabilities, n):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.least_sure.check(least_sure)

# %% [markdown] tags=["solution-only", "why:clustering-least-sure"]
# Then train again with the new labels, and repeat, until the gain is no longer worth the expert's time.


# %% tags=["wrong:clustering-least-sure"]
def least_sure(probabilities, n):
    return np.argsort(probabilities.max(axis=1))[-n:]


# %% tags=["wrong:clustering-least-sure"]
def least_sure(probabilities, n):
    return np.argsort(probabilities.min(axis=1))[:n]


# %% [markdown]
# Now a whole round. Write `next_rows(X, rows, labels, n)`: train a `LogisticRegression(max_iter=10_000)` on the samples `rows` of `X` with these labels, and return the numbers of the `n` samples of `X` that it is least sure of, *among those without a label*. *(2 points)*


# %% tags=["answer:clustering-next-rows", "hml-09-ex-18"]
### BEGIN SOLUTION
def next_rows(X, rows, labels, n):
    model = LogisticRegression(max_iter=10_000).fit(X[rows], labels)
    unknown = np.setdiff1d(np.arange(len(X)), rows)
    return unknown[np.argsort(model.predict_proba(X[unknown]).max(axis=1))[:n]]


### TEMPLATE
# def next_rows(X, rows, labels, n):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.next_rows.check(next_rows)

# %% [markdown] tags=["solution-only", "why:clustering-next-rows"]
# The trap: numbers within the samples without a label are not numbers within `X`.


# %% tags=["wrong:clustering-next-rows"]
def next_rows(X, rows, labels, n):
    model = LogisticRegression(max_iter=10_000).fit(X[rows], labels)
    unknown = np.setdiff1d(np.arange(len(X)), rows)
    return np.argsort(model.predict_proba(X[unknown]).max(axis=1))[:n]


# %% tags=["wrong:clustering-next-rows"]
def next_rows(X, rows, labels, n):
    return np.setdiff1d(np.arange(len(X)), rows)[:n]


# %% [markdown]
# ## 7. Novelty or anomaly?
# What is the difference between novelty detection and anomaly detection?
#
# - **a** Novelty detection is trained on clean data and judges new samples; anomaly detection must cope with outliers among its own training data.
# - **b** Novelty detection needs labels, anomaly detection does not.
# - **c** There is none.
# - **d** Anomaly detection is trained on clean data, novelty detection is not.
#
# *(1 point)*

# %% tags=["answer:clustering-novelty", "hml-09-ex-07"]
### BEGIN SOLUTION
novelty = "a"
### TEMPLATE
# novelty = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.novelty.check(novelty)

# %% [markdown] tags=["solution-only", "why:clustering-novelty"]
# An isolation forest looks for outliers in the data it is given; a one-class SVM is better at telling what is new. Local outlier factors can do both (`novelty=True`).

# %% tags=["wrong:clustering-novelty"]
novelty = "c"

# %% tags=["wrong:clustering-novelty"]
novelty = "d"

# %% [markdown]
# ## 8. What can a mixture do?
# A Gaussian mixture takes each sample for a draw from one of several normal distributions. For which task can you **not** use it directly?
#
# - **a** clustering
# - **b** finding anomalies
# - **c** making new samples
# - **d** finding two moons as two clusters, with two components
#
# *(1 point)*

# %% tags=["answer:clustering-tasks", "hml-09-ex-08"]
### BEGIN SOLUTION
tasks = "d"
### TEMPLATE
# tasks = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.tasks.check(tasks)

# %% [markdown] tags=["solution-only", "why:clustering-tasks"]
# Its components are ellipses. Besides clusters, anomalies and new samples it gives the density everywhere.

# %% tags=["wrong:clustering-tasks"]
tasks = "b"

# %% tags=["wrong:clustering-tasks"]
tasks = "c"

# %% [markdown]
# ## 9. How many components?
# Two ways: the lowest BIC or AIC, or a Bayesian mixture whose surplus components vanish. Write `components(X, most)`: fit a `GaussianMixture` with 1, 2, ... up to `most` components, each with three starts, and return the number with the lowest BIC. *(2 points)*


# %% tags=["answer:clustering-components", "hml-09-ex-09"]
### BEGIN SOLUTION
def components(X, most):
    bics = [GaussianMixture(k, n_init=3, random_state=42).fit(X).bic(X) for k in range(1, most + 1)]
    return int(np.argmin(bics)) + 1


### TEMPLATE
# def components(X, most):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.components.check(components)

# %% [markdown] tags=["solution-only", "why:clustering-components"]
# The likelihood alone grows with every component. BIC takes $\log m$ off for each parameter.


# %% tags=["wrong:clustering-components"]
def components(X, most):
    scores = [GaussianMixture(k, n_init=3, random_state=42).fit(X).score(X) for k in range(1, most + 1)]
    return int(np.argmax(scores)) + 1


# %% tags=["wrong:clustering-components"]
def components(X, most):
    bics = [GaussianMixture(k, n_init=3, random_state=42).fit(X).bic(X) for k in range(1, most + 1)]
    return int(np.argmin(bics))


# %% [markdown]
# ## 10. Clusters of faces
# Forty people, ten pictures of each, 64 by 64 pixels. First three honest parts. Write `split(people, seed)`: `people` says who is on each picture. Return three arrays of row numbers, for training, validation and testing, with **seven, two and one** pictures *of every person* if there are ten of each; in general about 70, 20 and 10 % of
# each person's pictures. Another seed must give other rows. (As shares of shares, rounding may take one row too many: count.) *(2 points)*


# %% tags=["answer:clustering-split", "hml-09-ex-10"]
### BEGIN SOLUTION
def split(people, seed):
    rows = np.arange(len(people))
    train, rest = next(StratifiedShuffleSplit(1, test_size=0.3, random_state=seed).split(rows, people))
    part = StratifiedShuffleSplit(1, test_size=1 / 3, random_state=seed).split(rest, people[rest])
    valid, test = next(part)
    return [train, rest[valid], rest[test]]


### TEMPLATE
# def split(people, seed):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.split.check(split)

# %% [markdown] tags=["solution-only", "why:clustering-split"]
# `StratifiedShuffleSplit` keeps the share of each person. The second split returns positions within the rest, which must be translated into rows.


# %% tags=["wrong:clustering-split"]
def split(people, seed):
    rows = np.random.default_rng(seed).permutation(len(people))
    return np.split(rows, [int(0.7 * len(rows)), int(0.9 * len(rows))])


# %% tags=["wrong:clustering-split"]
def split(people, seed):
    rows = np.arange(len(people))
    return [rows[rows % 10 < 7], rows[(rows % 10 >= 7) & (rows % 10 < 9)], rows[rows % 10 == 9]]


# %% [markdown]
# Do the clusters contain similar faces? Write `purity(clusters, people)`: the share of the pictures that show the person most frequent in their cluster. *(1 point)*


# %% tags=["answer:clustering-purity", "hml-09-ex-10"]
### BEGIN SOLUTION
def purity(clusters, people):
    counts = pd.crosstab(clusters, people)
    return counts.max(axis=1).sum() / len(people)


### TEMPLATE
# def purity(clusters, people):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.purity.check(purity)

# %% [markdown] tags=["solution-only", "why:clustering-purity"]
# Purity alone can be cheated: with a cluster for every picture it is 1. Read it together with the number of clusters.


# %% tags=["wrong:clustering-purity"]
def purity(clusters, people):
    return np.mean(np.asarray(clusters) == np.asarray(people))


# %% tags=["wrong:clustering-purity"]
def purity(clusters, people):
    counts = pd.crosstab(clusters, people)
    return (counts.max(axis=1) / counts.sum(axis=1)).mean()


# %% [markdown]
# ### The experiment
# Your `split` and your `purity` on the faces, with k-means on what PCA keeps of them. **Look at** the silhouette score along the number of clusters: on the real faces it is best far above forty. Why? One person from the left and from the right, with glasses and without, are different pictures. (The faces are the real ones if they are on your
# machine; the line above the picture says so. The stand-in's drawn people differ less.)

# %% tags=["hml-09-ex-10", "hml-09-data-07"]
faces = datasets.load("olivetti-faces")
print(faces.origin)
people = faces.target
published(
    "hml-09-data-07",
    images=len(faces.data),
    pixels=faces.data.shape[1],
    people=len(np.unique(people)),
    of_each=np.bincount(people).min(),
)

# %% tags=["hml-09-ex-10", "hml-09-data-07"]
train, valid, test = split(people, seed=42)  # yours: answer the question first
face_pca = PCA(n_components=0.99, random_state=42).fit(faces.data[train])
Z_train, Z_valid, Z_test = (face_pca.transform(faces.data[part]) for part in (train, valid, test))
print(f"{len(train)} to train, {len(valid)} to validate, {len(test)} to test; {Z_train.shape[1]} components")

ks = range(5, 150, scale.pick(quick=15, full=5))
models = {
    k: KMeans(k, n_init=scale.pick(quick=2, full=10), random_state=42).fit(Z_train)
    for k in tqdm(ks, desc="clusters", disable=not scale.is_full())
}
by_silhouette = pd.Series({k: silhouette_score(Z_train, model.labels_) for k, model in models.items()})
fig, axes = plt.subplots(ncols=2, figsize=(9, 3))
axes[0].plot(by_silhouette, marker=".")
axes[0].set(xlabel="clusters", ylabel="silhouette score", title=f"best: {by_silhouette.idxmax()}")
axes[1].plot(
    {k: model.inertia_ for k, model in models.items()}.keys(), [m.inertia_ for m in models.values()], ".-"
)
axes[1].set(xlabel="clusters", ylabel="inertia", title="no elbow to be seen")
plt.show()

# %% [markdown]
# **Look at** some clusters: each row is one. On the real faces it is mostly one person in one pose, sometimes two people who look alike to a machine that compares pixels. (The stand-in's few large clusters share little but the light.)

# %% tags=["hml-09-ex-10"]
clusters = models[by_silhouette.idxmax()].labels_
largest = np.argsort(np.bincount(clusters))[::-1][:6]
shown = np.full((len(largest), 8, 64, 64), 1.0)
for row, cluster in zip(shown, largest, strict=True):
    members = train[clusters == cluster][:8]
    row[: len(members)] = faces.images[members]
plots.image_grid(shown.reshape(-1, 64, 64), n_columns=8, cmap="gray")
plt.show()
print(f"purity: {purity(clusters, people[train]):.0%}")

# %% [markdown]
# ## 11. Clusters as features
# Write `with_clusters(X, y, k)`: it returns a fitted pipeline of a `KMeans` with `k` clusters, whose `transform` gives distances, and a classifier that gets nothing but these `k` distances. With `k = 60` it must read at least 90 % of new small digits. *(2 points)*


# %% tags=["answer:clustering-with-clusters", "hml-09-ex-11"]
### BEGIN SOLUTION
def with_clusters(X, y, k):
    kmeans = KMeans(n_clusters=k, n_init=3, random_state=42)
    return make_pipeline(kmeans, StandardScaler(), LogisticRegression(max_iter=10_000)).fit(X, y)


### TEMPLATE
# def with_clusters(X, y, k):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.with_clusters.check(with_clusters)

# %% [markdown] tags=["solution-only", "why:clustering-with-clusters"]
# The distances to sixty centroids replace 64 pixels. k-means is fitted inside the pipeline, so it never sees what is predicted later.


# %% tags=["wrong:clustering-with-clusters"]
def with_clusters(X, y, k):
    return LogisticRegression(max_iter=10_000).fit(X, y)


# %% tags=["wrong:clustering-with-clusters"]
def with_clusters(X, y, k):
    return make_pipeline(KMeans(n_clusters=3, random_state=42), LogisticRegression(max_iter=10_000)).fit(X, y)


# %% [markdown]
# And with the clusters' distances *added* to the pixels: `added(X, y, k)` returns a fitted pipeline whose last step, a classifier, gets all pixels and `k` distances side by side (a `FeatureUnion`, say). *(2 points)*


# %% tags=["answer:clustering-added", "hml-09-ex-11"]
### BEGIN SOLUTION
def added(X, y, k):
    both = FeatureUnion(
        [("pixels", FunctionTransformer()), ("distances", KMeans(n_clusters=k, n_init=3, random_state=42))]
    )
    return make_pipeline(both, StandardScaler(), LogisticRegression(max_iter=10_000)).fit(X, y)


### TEMPLATE
# def added(X, y, k):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.added.check(added)

# %% [markdown] tags=["solution-only", "why:clustering-added"]
# `FeatureUnion` puts the outputs of several transformers side by side; a `FunctionTransformer` without a function passes the pixels through.


# %% tags=["wrong:clustering-added"]
def added(X, y, k):
    return LogisticRegression(max_iter=10_000).fit(X, y)


# %% tags=["wrong:clustering-added"]
def added(X, y, k):
    return make_pipeline(KMeans(n_clusters=k, random_state=42), LogisticRegression(max_iter=10_000)).fit(X, y)


# %% [markdown]
# ### The experiment, on the faces
# Your two functions on the components of the faces. The number of clusters is chosen on the validation set; the test set is used once, for the three that are left. **Look at** what the clusters do for a classifier of people: as the only features they lose a little, added to the others they change hardly anything. (One of 80 validation pictures is 1.25 points, one of 40 test pictures 2.5: small differences mean nothing.)


# %% tags=["hml-09-ex-11"]
def fitted(ks, make):
    models = {k: make(Z_train, people[train], k) for k in tqdm(ks, disable=not scale.is_full())}
    best = max(models, key=lambda k: models[k].score(Z_valid, people[valid]))
    return best, models[best]


few_ks = scale.pick(quick=[40, 80, 120], full=[*range(20, 150, 10)])
plain = make_pipeline(StandardScaler(), LogisticRegression(max_iter=10_000)).fit(Z_train, people[train])
rows = {}
for name, (k, model) in {
    "components of PCA": (0, plain),
    "distances to clusters": fitted(few_ks, with_clusters),
    "both": fitted(few_ks, added),
}.items():
    rows[name] = {
        "clusters": k,
        "validation": model.score(Z_valid, people[valid]),
        "test": model.score(Z_test, people[test]),
    }
pd.DataFrame(rows).T.round(3)

# %% [markdown]
# ## 12. New faces, and strange ones
# Write `densities(X_train, X_new)`: fit a PCA that keeps 99 % of the variance and, behind it, a Gaussian mixture of ten components with diagonal covariances to `X_train`, and return the log density of every row of `X_new`. *(2 points)*


# %% tags=["answer:clustering-densities", "hml-09-ex-12"]
### BEGIN SOLUTION
def densities(X_train, X_new):
    pca = PCA(n_components=0.99, random_state=42).fit(X_train)
    gm = GaussianMixture(n_components=10, covariance_type="diag", random_state=42).fit(pca.transform(X_train))
    return gm.score_samples(pca.transform(X_new))


### TEMPLATE
# def densities(X_train, X_new):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.densities.check(densities)

# %% [markdown] tags=["solution-only", "why:clustering-densities"]
# The checks ask with small digits: new ones must be denser than the same ones turned by a quarter. The absolute numbers depend on the start of EM.


# %% tags=["wrong:clustering-densities"]
def densities(X_train, X_new):
    pca = PCA(n_components=0.99, random_state=42).fit(X_train)
    gm = GaussianMixture(n_components=10, covariance_type="diag", random_state=42).fit(pca.transform(X_train))
    return -gm.score_samples(pca.transform(X_new))


# %% tags=["wrong:clustering-densities"]
def densities(X_train, X_new):
    pca = PCA(n_components=0.99, random_state=42).fit(X_new)
    gm = GaussianMixture(n_components=10, covariance_type="diag", random_state=42).fit(pca.transform(X_new))
    return gm.score_samples(pca.transform(X_new))


# %% [markdown]
# A mixture is also a recipe. Write `invent(X, n, seed)`: the same PCA and mixture, fitted to the pictures `X`, then `n` *new* pictures from it, as rows with as many pixels as `X` has. *(2 points)*


# %% tags=["answer:clustering-invent", "hml-09-ex-12"]
### BEGIN SOLUTION
def invent(X, n, seed):
    pca = PCA(n_components=0.99, random_state=seed).fit(X)
    gm = GaussianMixture(n_components=10, covariance_type="diag", random_state=seed).fit(pca.transform(X))
    return pca.inverse_transform(gm.sample(n)[0])


### TEMPLATE
# def invent(X, n, seed):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.invent.check(invent)

# %% [markdown] tags=["solution-only", "why:clustering-invent"]
# `sample` gives components, `inverse_transform` makes pixels of them. `sample` returns the rows sorted by component, with the components beside them.


# %% tags=["wrong:clustering-invent"]
def invent(X, n, seed):
    return X[np.random.default_rng(seed).choice(len(X), n)]


# %% tags=["wrong:clustering-invent"]
def invent(X, n, seed):
    return np.random.default_rng(seed).uniform(X.min(), X.max(), size=(n, X.shape[1]))


# %% [markdown]
# ### The experiment, on the faces
# Your `invent` on the faces. **Look at** them: nobody we know, but faces, if blurred ones. With 280 pictures and many dimensions the covariances must be limited, here to diagonal ones.

# %% tags=["hml-09-ex-12"]
plots.image_grid(invent(faces.data[train], 16, seed=42).reshape(-1, 64, 64), n_columns=8, cmap="gray")
plt.show()

# %% [markdown]
# And strange ones: test faces turned, upside down, darkened, judged by your `densities`. **Look at** the share of pairs in which the normal face is denser than the changed one (0.5 would be chance). Turned and upside down, it finds them.

# %% tags=["hml-09-ex-12"]
normal = faces.images[test]
changed = {
    "normal": normal,
    "turned": np.rot90(normal, axes=(1, 2)),
    "upside down": normal[:, ::-1],
    "darkened": normal * 0.3,
}
flat = {name: images.reshape(len(images), -1) for name, images in changed.items()}
log_density = {name: densities(faces.data[train], images) for name, images in flat.items()}
for name, values in log_density.items():
    if name != "normal":
        share = np.mean(log_density["normal"][:, np.newaxis] > values)
        print(f"{name:<12} less dense than a normal face in {share:.0%} of the pairs")

# %% [markdown] tags=["solution-only"]
# Darkened faces are the hard ones. They lie far from all others, but along the direction of brightness, in which faces differ most anyway; wide ellipses forgive that. A mixture of many small circles does not. **Look at** the last row.

# %% tags=["solution-only", "hml-09-ex-12"]
circles = GaussianMixture(n_components=40, covariance_type="spherical", random_state=42).fit(Z_train)
fig, ax = plt.subplots(figsize=(8, 2.8))
for i, images in enumerate(flat.values()):
    values = circles.score_samples(face_pca.transform(images))
    ax.scatter(values, np.full(len(values), i), s=16, alpha=0.6, color=plots.color(i))
ax.set(
    yticks=range(4),
    yticklabels=list(flat),
    xlabel="log density",
    title="Forty circles: which faces are strange?",
)
ax.invert_yaxis()
plt.show()

# %% [markdown]
# ## 13. Strange by reconstruction
# PCA alone can find strange pictures: what it cannot rebuild is unlike what it was trained on. Write `rebuilding_errors(X_train, X_new)`: fit a PCA that keeps 99 % of the variance to `X_train`, send each row of `X_new` there and back, and return its mean squared difference. *(2 points)*


# %% tags=["answer:clustering-rebuilding-errors", "hml-09-ex-13"]
### BEGIN SOLUTION
def rebuilding_errors(X_train, X_new):
    pca = PCA(n_components=0.99).fit(X_train)
    back = pca.inverse_transform(pca.transform(X_new))
    return np.mean((X_new - back) ** 2, axis=1)


### TEMPLATE
# def rebuilding_errors(X_train, X_new):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.rebuilding_errors.check(rebuilding_errors)

# %% [markdown] tags=["solution-only", "why:clustering-rebuilding-errors"]
# One number a row: the mean over the pixels, `axis=1`.


# %% tags=["wrong:clustering-rebuilding-errors"]
def rebuilding_errors(X_train, X_new):
    pca = PCA(n_components=0.99).fit(X_new)
    return np.mean((X_new - pca.inverse_transform(pca.transform(X_new))) ** 2, axis=1)


# %% tags=["wrong:clustering-rebuilding-errors"]
def rebuilding_errors(X_train, X_new):
    pca = PCA(n_components=0.99).fit(X_train)
    return np.mean((X_new - pca.inverse_transform(pca.transform(X_new))) ** 2)


# %% [markdown]
# ### The experiment, on the faces
# Your `rebuilding_errors`. **Look at** them as multiples of the normal ones. Turned and upside down stand out; darkened faces are *easy* to rebuild, and this detector overlooks them altogether.

# %% tags=["hml-09-ex-13"]
errors = {name: np.mean(rebuilding_errors(faces.data[train], images)) for name, images in flat.items()}
for name, error in errors.items():
    print(f"{name:<12} {error / errors['normal']:.1f} times the error of normal faces")

# %% [markdown] tags=["solution-only"]
# **Look at** the second row: whatever it is given, PCA tries to rebuild an upright, evenly lit face.

# %% tags=["solution-only", "hml-09-ex-13"]
fig, axes = plt.subplots(2, 4, figsize=(7, 3.6))
for (given, below), (name, images) in zip(axes.T, flat.items(), strict=True):
    rebuilt = face_pca.inverse_transform(face_pca.transform(images))
    for ax, picture in ((given, images[3]), (below, rebuilt[3])):
        ax.imshow(picture.reshape(64, 64), cmap="gray", vmin=0, vmax=1)
        ax.axis("off")
    given.set_title(name, fontsize=10)
plt.show()

# %% [markdown]
# ## 14. Few colours
# Write `in_colours(image, k)`: `image` is an array of height, width and three colours. The colours are numbers from 0 to 255. Return one of the same shape and scale that has at most `k` different colours, each pixel painted with the centroid of its cluster. One start of k-means may end badly: use several. *(2 points)*


# %% tags=["answer:clustering-in-colours", "hml-09-ex-14"]
### BEGIN SOLUTION
def in_colours(image, k):
    colours = image.reshape(-1, 3).astype(float)
    kmeans = KMeans(n_clusters=k, n_init=3, random_state=42).fit(colours)
    return kmeans.cluster_centers_[kmeans.labels_].reshape(image.shape)


### TEMPLATE
# def in_colours(image, k):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.in_colours.check(in_colours)

# %% [markdown] tags=["solution-only", "why:clustering-in-colours"]
# With few clusters the rare colours vanish first: their pixels hardly count in the inertia.


# %% tags=["wrong:clustering-in-colours"]
def in_colours(image, k):
    return np.round(image / 255 * (k - 1)) / (k - 1) * 255


# %% tags=["wrong:clustering-in-colours"]
def in_colours(image, k):
    colours = image.reshape(-1, 3).astype(float)
    chosen = colours[np.random.default_rng(0).choice(len(colours), k)]
    nearest = ((colours[:, np.newaxis] - chosen) ** 2).sum(axis=2).argmin(axis=1)
    return chosen[nearest].reshape(image.shape)


# %% [markdown]
# **Look at** your own function at work: which colour goes first?

# %% tags=["solution-only", "hml-09-ex-14"]
flower = load_sample_image("flower.jpg")[::4, ::4]
fig, axes = plt.subplots(ncols=4, figsize=(10, 2))
for ax, k in zip(axes, (12, 6, 4, 3), strict=True):
    ax.imshow(in_colours(flower, k) / 255)
    ax.set_title(f"{k} colours")
    ax.axis("off")
plt.show()

# %% [markdown]
# ## 15. Elkan
# Give `KMeans(algorithm="elkan")` a try, on data of your own or in [the lecture](lecture.ipynb#Faster). What comes out?
#
# - **a** Another result than with `"lloyd"`, found faster.
# - **b** The same result from the same start; whether faster or slower depends on the data.
# - **c** The same result, always faster.
# - **d** Another result, always slower.
#
# *(1 point)*

# %% tags=["answer:clustering-elkan", "hml-09-ex-15"]
### BEGIN SOLUTION
elkan = "b"
### TEMPLATE
# elkan = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.elkan.check(elkan)

# %% [markdown] tags=["solution-only", "why:clustering-elkan"]
# It leaves out distances that cannot matter, by the triangle inequality, and pays with bounds that must be kept for every sample and centroid.

# %% tags=["wrong:clustering-elkan"]
elkan = "a"

# %% tags=["wrong:clustering-elkan"]
elkan = "c"

# %% [markdown]
# ## 16. Another method
# k-means cannot find two moons. Write `two_moons(X)` with any method you like: it returns a label for each row of `X`, and each moon has a label of its own. The moons have 400 to 800 points, and noise of 0.05. (Points labelled $-1$ count as a group of their own, so few of them may be left over.) *(2 points)*


# %% tags=["answer:clustering-two-moons", "hml-09-ex-16"]
### BEGIN SOLUTION
def two_moons(X):
    return DBSCAN(eps=0.2).fit_predict(X)


### TEMPLATE
# def two_moons(X):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.two_moons.check(two_moons)

# %% [markdown] tags=["solution-only", "why:clustering-two-moons"]
# Any method that follows links between neighbours will do: DBSCAN, agglomerative with single linkage, spectral.


# %% tags=["wrong:clustering-two-moons"]
def two_moons(X):
    return KMeans(n_clusters=2, n_init=10, random_state=42).fit_predict(X)


# %% tags=["wrong:clustering-two-moons"]
def two_moons(X):
    return (X[:, 1] > 0.25).astype(int)


# %% [markdown]
# ## 17. Label them yourself
# Ten digits that lie near the centres of their clusters. Type what you see, from left to right, as a list of ten numbers. *(1 point)*

# %% tags=["hml-09-ex-17"]
small_digits = load_digits()
typical = [299, 1003, 1286, 360, 642, 556, 944, 1312, 577, 1244]
plots.image_grid(small_digits.images[typical])
plt.show()

# %% tags=["answer:clustering-typed", "hml-09-ex-17"]
### BEGIN SOLUTION
typed = [7, 5, 8, 6, 0, 8, 9, 5, 7, 4]
### TEMPLATE
# typed = ...  # such as [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
### END SOLUTION

# %% tags=["check"]
ask.typed.check(typed)

# %% [markdown] tags=["solution-only", "why:clustering-typed"]
# A minute's work. With fifty like these a classifier reads five of six digits, and with what their clusters lend, nearly nine of ten.

# %% tags=["wrong:clustering-typed"]
typed = [7, 5, 8, 6, 0, 8, 9, 5, 7, 9]

# %% tags=["wrong:clustering-typed"]
typed = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

# %% [markdown]
# ## 18. Four digits in a plane
# The last three questions are about MNIST on its first two principal components. First keep only the digits 0, 3, 6 and 9. Write `kept(labels)`: an array of truth values that is true where the label is one of these. *(1 point)*


# %% tags=["answer:clustering-kept", "apml-03-ex-01"]
### BEGIN SOLUTION
def kept(labels):
    return labels % 3 == 0


### TEMPLATE
# def kept(labels):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.kept.check(kept)

# %% [markdown] tags=["solution-only", "why:clustering-kept"]
# The remainder of a division by three is zero for these four. `np.isin(labels, [0, 3, 6, 9])` does it too.


# %% tags=["wrong:clustering-kept"]
def kept(labels):
    return labels % 3


# %% tags=["wrong:clustering-kept"]
def kept(labels):
    return (labels % 3 == 0) & (labels > 0)


# %% [markdown]
# Now k-means. Write `centres(Z, k)`: the centroids of `k` clusters of `Z`, the best of ten starts. *(2 points)*


# %% tags=["answer:clustering-centres", "apml-03-ex-02"]
### BEGIN SOLUTION
def centres(Z, k):
    return KMeans(n_clusters=k, random_state=123, n_init=10).fit(Z).cluster_centers_


### TEMPLATE
# def centres(Z, k):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.centres.check(centres)

# %% [markdown] tags=["solution-only", "why:clustering-centres"]
# The order of the centroids does not matter; how small the inertia is does. The source relied on the default number of starts, which was ten then and is one now.


# %% tags=["wrong:clustering-centres"]
def centres(Z, k):
    return KMeans(n_clusters=k, random_state=123, n_init=10).fit_predict(Z)


# %% tags=["wrong:clustering-centres"]
def centres(Z, k):
    return Z[:k]


# %% [markdown]
# And a mixture. Write `mixture(Z, k)`: it returns a fitted `GaussianMixture` with `k` components. It is judged by the likelihood of samples that it has not seen. *(3 points)*


# %% tags=["answer:clustering-mixture", "apml-03-ex-03"]
### BEGIN SOLUTION
def mixture(Z, k):
    return GaussianMixture(n_components=k, n_init=10, random_state=1).fit(Z)


### TEMPLATE
# def mixture(Z, k):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.mixture.check(mixture)

# %% [markdown] tags=["solution-only", "why:clustering-mixture"]
# Several starts, since EM may end in a bad place. What counts is how probable new samples are, not which number a component has.


# %% tags=["wrong:clustering-mixture"]
def mixture(Z, k):
    return GaussianMixture(n_components=1, random_state=1).fit(Z)


# %% tags=["wrong:clustering-mixture"]
def mixture(Z, k):
    return GaussianMixture(n_components=k, max_iter=1, init_params="random", random_state=1).fit(Z)


# %% [markdown]
# ### The pictures
# **Look at** the digits: 0 lies apart, 3, 6 and 9 overlap. The centroids and the means of the mixture lie close to each other; the mixture also knows how wide each cloud is. (The density is tiny, as one unit is one grey level of a pixel; only its shape matters.)

# %% tags=["solution-only", "apml-03-ex-01", "apml-03-fig-10", "apml-03-fig-11", "apml-03-fig-12"]
mnist = datasets.load("mnist-5k")
print(mnist.origin)
on_two = PCA(n_components=2, random_state=42).fit_transform(mnist.data)
ex_data, ex_targets = on_two[kept(mnist.target)], mnist.target[kept(mnist.target)]
kmeans = KMeans(n_clusters=4, random_state=123, n_init=10).fit(ex_data)
gm = GaussianMixture(n_components=4, random_state=1).fit(ex_data)

xx, yy = np.meshgrid(*(np.linspace(ex_data[:, i].min() - 1, ex_data[:, i].max() + 1, 100) for i in (0, 1)))
probab = np.exp(gm.score_samples(np.c_[xx.ravel(), yy.ravel()])).reshape(xx.shape)
fig, axes = plt.subplots(ncols=3, sharey=True, figsize=(11, 3.6))
for i, digit in enumerate((0, 3, 6, 9)):
    axes[0].scatter(*ex_data[ex_targets == digit].T, s=3, color=plots.color(i), label=digit, rasterized=True)
    axes[1].scatter(*ex_data[kmeans.labels_ == i].T, s=3, color=plots.color(i), rasterized=True)
axes[1].scatter(*kmeans.cluster_centers_.T, marker="X", s=110, color="red", edgecolor="black")
axes[2].scatter(*ex_data.T, s=1, color="black", rasterized=True)
axes[2].contourf(xx, yy, probab, alpha=0.6, cmap="BuPu")
axes[2].scatter(*gm.means_.T, marker="X", s=110, color="orange", edgecolor="black")
for ax, title in zip(axes, ("digits", "k-means", "mixture"), strict=True):
    ax.set(xlabel="first principal component", title=title)
axes[0].set_ylabel("second principal component")
axes[0].legend(markerscale=4, fontsize=8)
plt.show()

# %% [markdown] tags=["solution-only"]
# The published centres and means, sorted by their first coordinate. (The source gave its mixture no seed; with the seed 1 EM ends where it did. The signs of principal components are arbitrary: with another version of the library a picture may be mirrored.)

# %% tags=["solution-only", "apml-03-num-03", "apml-03-ex-02", "apml-03-ex-03"]
by_first = [places[np.argsort(places[:, 0])] for places in (kmeans.cluster_centers_, gm.means_)]
published("apml-03-ex-02", centres=by_first[0])

# %% tags=["solution-only", "apml-03-ex-03"]
published("apml-03-ex-03", means=by_first[1])

# %% tags=["solution-only", "apml-03-num-03", "apml-03-ex-02", "apml-03-ex-03"]
gaps = np.linalg.norm(by_first[0][:, np.newaxis] - by_first[1], axis=2).min(axis=1)
print(f"from each centre to the nearest mean: {gaps.round()}")
