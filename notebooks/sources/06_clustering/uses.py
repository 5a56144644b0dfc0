# %% [markdown]
# # What clusters are good for
#
# Clusters are seldom the goal. This notebook puts k-means to three uses: pictures in few colours, a classifier that needs
# only fifty labels, and a machine that chooses for itself which labels it wants.
#
# **You will learn** to
# - segment a picture by colour, and say why small things vanish;
# - make the most of few labels: label what is typical, and lend labels to neighbours;
# - ask for the labels that help most (active learning);
# - report a result that depends on chance with its spread.
#
# You need [the lecture on k-means](lecture.ipynb). Reading and running: about 35 minutes. Then comes
# [clusters of any shape](shapes.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed., chapter 9, the sections on image
# segmentation and semi-supervised learning. Where a cell shows a table with the columns *published* and *here*, it
# compares the book's results with ours. Some statements of the book do not hold; these come under **"What the book says"**.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import PIL.Image
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.semi_supervised import LabelPropagation, LabelSpreading, SelfTrainingClassifier
from tqdm import tqdm

from course import clustering, datasets, plots, scale
from course.published import published

plots.use_style()

# %% [markdown] tags=["hml-09-concept-09"]
# ## A picture in few colours
# To *segment* a picture means to divide it into parts. By what? Three tasks have that name:
#
# - **by colour**: pixels of similar colour go together. Enough to measure, say, how much forest a satellite picture shows;
# - **by meaning** (semantic): all pixels of pedestrians are one part, all pixels of the street another;
# - **by thing** (instance): every pedestrian is a part of its own.
#
# The last two need convolutional networks; the first is a job for k-means. The book's picture is a ladybug on a flower. It is not always at hand; then a
# photo of a flower from scikit-learn takes its place. Pillow reads and writes pictures; to NumPy, a picture is an array of height, width and three colours from 0 to 255.

# %% tags=["hml-09-data-03", "hml-09-code-08", "hml-09-tool-13"]
photo = datasets.load("ladybug")
print(photo.origin)
image = np.asarray(PIL.Image.fromarray(photo.data))
print(image.shape, image.dtype, f"from {image.min()} to {image.max()}")
published("hml-09-data-03", shape=list(image.shape))

# %% tags=["hml-09-code-08"]
published("hml-09-code-08", shape=list(image.shape))

# %% [markdown]
# **What the book says:** `import PIL`, then `PIL.Image.open(...)`. In a fresh Python that fails: `PIL` does not load its part `Image` by itself. `import PIL.Image` does.
#
# A grey picture has no third axis, others have a fourth colour (*alpha*, how opaque it is), satellite pictures have many bands. For k-means each pixel is a sample with as many features as there are colours. We look for
# clusters of colours, and paint each pixel in the colour of its centroid. **Look at** what happens to small things of a strong colour as the number of colours falls.

# %% tags=["hml-09-fig-12", "hml-09-ex-14"]
step = scale.pick(quick=2, full=1)
pixels = image[::step, ::step]
colors = pixels.reshape(-1, 3).astype(float)
sample = colors[np.random.default_rng(42).choice(len(colors), 10_000, replace=False)]
segmented = {}
for k in tqdm((10, 8, 6, 4, 2), desc="colours", disable=not scale.is_full()):
    kmeans = KMeans(n_clusters=k, n_init=3, random_state=42).fit(sample)
    segmented[k] = kmeans.cluster_centers_[kmeans.predict(colors)].reshape(pixels.shape) / 255

fig, axes = plt.subplots(2, 3, figsize=(9, 4.4 if pixels.shape[1] > pixels.shape[0] else 8))
axes[0, 0].imshow(pixels)
axes[0, 0].set_title("original")
for ax, (k, picture) in zip(axes.flat[1:], segmented.items(), strict=True):
    ax.imshow(picture)
    ax.set_title(f"{k} colours")
for ax in axes.flat:
    ax.axis("off")
plt.show()

# %% [markdown]
# A small thing of a strong colour on a big dull ground soon loses its colour: k-means likes clusters of similar size, and a few red pixels hardly change the inertia. (To save time k-means saw 10,000 of the pixels; then it named
# the colour of all.) How red is the reddest colour that is left? **Look at** the table: with fewer clusters the rare colours go first.

# %% tags=["hml-09-ex-14"]
pd.DataFrame(
    {
        k: {
            "reddest (red minus green)": (picture[..., 0] - picture[..., 1]).max(),
            "brightest": picture.mean(axis=2).max(),
            "darkest": picture.mean(axis=2).min(),
        }
        for k, picture in {"original": pixels / 255, **segmented}.items()
    }
).T.round(2)

# %% [markdown] tags=["hml-09-concept-10"]
# ## Fifty labels
# Now to labels, which cost time and money. 1,400 small digits to train on, 397 to test; but suppose only fifty of the 1,400 have labels. (They have been shuffled, so the first fifty are as good as any.) How far does one get?

# %% tags=["hml-09-data-04", "hml-09-code-09", "hml-09-num-02"]
digits = datasets.load("digits")
X_train, y_train = digits.data[:1400], digits.target[:1400]
X_test, y_test = digits.data[1400:], digits.target[1400:]
n_labeled = 50

first_50 = LogisticRegression(max_iter=10_000).fit(X_train[:n_labeled], y_train[:n_labeled])
all_labels = LogisticRegression(max_iter=10_000).fit(X_train, y_train)
published("hml-09-data-04", images=len(digits.data), training=len(X_train))

# %% tags=["hml-09-code-09"]
published("hml-09-code-09", accuracy=first_50.score(X_test, y_test))

# %% tags=["hml-09-num-02"]
published("hml-09-num-02", accuracy=all_labels.score(X_test, y_test))

# %% [markdown]
# With all labels it would be 91 %. Can we get nearer to that with fifty, if we may choose *which* fifty?
#
# ### Label what is typical
# Sort the digits into 50 clusters, and take from each the image that is nearest to the centroid. **Look at** these *representatives*: every digit occurs, in several hands.

# %% tags=["hml-09-fig-13"]
kmeans = KMeans(n_clusters=50, random_state=42)
distances = kmeans.fit_transform(X_train)
representatives = distances.argmin(axis=0)
plots.image_grid(X_train[representatives].reshape(-1, 8, 8), n_columns=10)
plt.show()

# %% [markdown]
# Now somebody must type fifty labels. **Do it**: replace the first line of the next cell by what you see, row by row, and run it. (Here the labels are looked up, so that the notebook runs without you.)

# %% tags=["hml-09-ex-17"]
truth = y_train[representatives]
typed = truth  # or yours: np.array([1, 3, 6, ...]), fifty of them
disagree = np.flatnonzero(typed != truth)
print(f"{len(disagree)} of your labels are not what the data set says", disagree)
yours = LogisticRegression(max_iter=10_000).fit(X_train[representatives], typed)
print(f"with your labels: {yours.score(X_test, y_test):.1%}")

# %% tags=["hml-09-code-10"]
typical = LogisticRegression(max_iter=10_000).fit(X_train[representatives], truth)
published("hml-09-code-10", accuracy=typical.score(X_test, y_test))

# %% [markdown]
# Half of the gap is closed, with the same number of labels.
#
# ### Lend the labels to the neighbours
# The other members of a cluster probably show the same digit as its representative. Give them its label (**label propagation**), and train on all 1,400. (The book leaves `max_iter` at 100 here, which ends with a warning before the solver has converged; all our fits get enough rounds.)

# %% tags=["hml-09-code-11"]
propagated = truth[kmeans.labels_]
lent = LogisticRegression(max_iter=10_000).fit(X_train, propagated)
published("hml-09-code-11", accuracy=lent.score(X_test, y_test))

# %% [markdown]
# And the book's next idea: leave out, in every cluster, the one percent of members that are farthest from the centroid. They are the most likely to be wrong.

# %% tags=["hml-09-code-12"]
own_distance = distances[np.arange(len(X_train)), kmeans.labels_]
limits = np.array([np.percentile(own_distance[kmeans.labels_ == j], 99) for j in range(50)])
near = own_distance <= limits[kmeans.labels_]
without_far = LogisticRegression(max_iter=10_000).fit(X_train[near], propagated[near])
published(
    "hml-09-code-12",
    accuracy=without_far.score(X_test, y_test),
    labels_right=np.mean(propagated[near] == y_train[near]),
)

# %% [markdown]
# **What the book says:** 74.8, then 84.9, 89.4, 90.9 %, and with all labels 90.7: so fifty labels would beat fourteen hundred. That was one run of k-means. Ask for others. **Look at** the dots, one a seed: lending labels helps, on average; leaving out
# the far ones gains nothing; and no run reaches the line of all labels.

# %% tags=["hml-09-code-12", "hml-09-num-02"]
rows = []
for seed in tqdm(range(scale.pick(quick=8, full=30)), desc="seeds", disable=not scale.is_full()):
    model = KMeans(n_clusters=50, n_init=1, random_state=seed)
    to_centroids = model.fit_transform(X_train)
    some = np.random.default_rng(seed).choice(len(X_train), 50, replace=False)
    central = to_centroids.argmin(axis=0)
    spread = y_train[central][model.labels_]
    own = to_centroids.min(axis=1)
    kept = own <= np.array([np.percentile(own[model.labels_ == j], 99) for j in range(50)])[model.labels_]
    row = {}
    for name, X, y in (
        ("50 at random", X_train[some], y_train[some]),
        ("50 typical", X_train[central], y_train[central]),
        ("lent to all", X_train, spread),
        ("without the far 1 %", X_train[kept], spread[kept]),
    ):
        row[name] = LogisticRegression(max_iter=10_000).fit(X, y).score(X_test, y_test)
    rows.append(row)
rows = pd.DataFrame(rows)

fig, ax = plt.subplots(figsize=(8, 3.2))
for i, name in enumerate(rows):
    ax.scatter(rows[name], np.full(len(rows), i), s=24, alpha=0.6, color=plots.color(i))
    ax.scatter(rows[name].mean(), i, marker="|", s=500, color="black")
ax.axvline(all_labels.score(X_test, y_test), color="0.3", linestyle="--")
ax.text(all_labels.score(X_test, y_test), -0.4, "all 1,400 labels ", ha="right", fontsize=9)
ax.set(
    yticks=range(len(rows.columns)),
    yticklabels=rows.columns,
    xlabel="test accuracy",
    title=f"{len(rows)} runs of each; the bar is their mean",
)
ax.set_ylim(3.5, -0.7)
plt.show()
pd.DataFrame({"mean": rows.mean(), "standard deviation": rows.std()}).round(3)

# %% [markdown]
# Typical ones are worth several points more than random ones, and never as bad as an unlucky random draw. (The book's *first* fifty, with 75.8 % here, are a little worse than the average draw; so two or three points of its gain of ten are luck.) Lending the labels adds about three more. The last step's gain in the book, 1.5 points, is
# six test images, and less than what another seed does.
#
# ### Ready-made
# scikit-learn has three of the kind. `LabelPropagation` and `LabelSpreading` link similar samples and let labels flow along the links; `SelfTrainingClassifier` trains any classifier, takes its surest predictions for true, and trains again. Unlabelled samples are marked by $-1$. **Look
# at** the accuracies with the *same* fifty typical labels.

# %% tags=["hml-09-tool-01"]
partly = np.full(len(y_train), -1)
partly[representatives] = truth
logistic = LogisticRegression(max_iter=10_000)
forest = RandomForestClassifier(n_estimators=100, random_state=42)
rows = {}
for name, model, alone in (
    ("LabelPropagation", LabelPropagation(kernel="knn", n_neighbors=7), None),
    ("LabelSpreading", LabelSpreading(kernel="knn", n_neighbors=7), None),
    (
        "SelfTrainingClassifier, logistic regression",
        SelfTrainingClassifier(logistic, threshold=0.9),
        logistic,
    ),
    ("SelfTrainingClassifier, forest", SelfTrainingClassifier(forest, threshold=0.7), forest),
):
    model.fit(X_train, partly)
    before = alone.fit(X_train[representatives], truth).score(X_test, y_test) if alone is not None else np.nan
    rows[name] = {
        "classifier alone": before,
        "with its own labels": model.score(X_test, y_test),
        "samples labelled": np.sum(model.transduction_ != -1),
    }
neighbours = KNeighborsClassifier(n_neighbors=7).fit(X_train, y_train).score(X_test, y_test)
print(f"7 nearest neighbours with all 1,400 labels: {neighbours:.3f}")
pd.DataFrame(rows).T.round(3)

# %% [markdown]
# Labels that flow along neighbours do best here, better than logistic regression with *all* labels; but the neighbours deserve a part of the credit, as the printed line shows. They follow the shape of the clouds of digits, as the chapter on [manifolds](../05_reduction/manifolds.ipynb) showed them. Self-training helps the logistic
# regression a little and *harms* the forest: it dares to label only the digits it finds easy, so that these soon outnumber the others. A classifier that teaches itself repeats its own mistakes. (The book only names these classes; the
# first argument of the last one was called `base_estimator` then.)

# %% [markdown] tags=["hml-09-concept-11"]
# ## Active learning
# Go further: let the machine say which label it would like next. The usual way, *uncertainty sampling*:
#
# 1. train on what is labelled, and predict all the rest;
# 2. ask the expert for the labels of the samples whose prediction is least sure;
# 3. again, until the gain is not worth the effort.
#
# Others ask for the samples that would change the model most, that would lower its validation error most, or on which different models disagree.
#
# `clustering.ActiveLearner` keeps the books.

# %% tags=["hml-09-ex-18", "hml-09-ex-06"]
learner = clustering.ActiveLearner(
    LogisticRegression(max_iter=10_000), X_train, rows=representatives, labels=truth
)
print(
    f"{len(learner.known_)} labels: {learner.estimator_.score(X_test, y_test):.1%} of the test digits right"
)

# %% [markdown]
# **Run the next two cells several times**, in turn, and type what you see instead of looking it up: you are the expert. **Look at** which digits it asks for: not the typical ones. (Ten labels more may also lower the score a little; it is the trend that counts.)

# %% tags=["hml-09-ex-18", "hml-09-ex-06"]
asked = learner.ask(10)
guesses = learner.estimator_.predict(X_train[asked])
plots.image_grid(X_train[asked].reshape(-1, 8, 8), titles=[f"a {guess}?" for guess in guesses])
plt.show()

# %% tags=["hml-09-ex-18"]
answers = y_train[asked]  # or what you see: np.array([...]), ten of them
learner.tell(asked, answers)
print(
    f"{len(learner.known_)} labels: {learner.estimator_.score(X_test, y_test):.1%} of the test digits right"
)

# %% [markdown]
# Is it worth it? The same number of labels, drawn at random, are the comparison. **Look at** both curves, each the mean over several starts (fifty typical digits from another run of k-means), with the range: some hundred and fifty chosen labels do what three hundred random ones do, and with two hundred or
# more it is about as good as with all 1,400. (For these curves the expert is the data set; the test digits only measure.)


# %% tags=["hml-09-ex-18"]
def labels_and_accuracy(seed, least_certain, rounds=10):
    """Return the test accuracy with 50 typical labels, and after each further 25."""
    rng = np.random.default_rng(seed)
    first = KMeans(n_clusters=50, random_state=seed).fit_transform(X_train).argmin(axis=0)
    learner = clustering.ActiveLearner(
        LogisticRegression(max_iter=10_000), X_train, rows=first, labels=y_train[first]
    )
    curve = [learner.estimator_.score(X_test, y_test)]
    for _ in range(rounds):
        unknown = np.setdiff1d(np.arange(len(X_train)), list(learner.known_))
        rows = learner.ask(25) if least_certain else rng.choice(unknown, 25, replace=False)
        curve.append(learner.tell(rows, y_train[rows]).estimator_.score(X_test, y_test))
    return curve


n_labels = 50 + 25 * np.arange(11)
starts = range(scale.pick(quick=3, full=20))
fig, ax = plt.subplots(figsize=(7.5, 3.6))
for i, (label, least_certain) in enumerate(
    {"asks for what it is unsure of": True, "labels at random": False}.items()
):
    curves = np.array([labels_and_accuracy(seed, least_certain) for seed in starts])
    ax.plot(n_labels, curves.mean(axis=0), ["o-", "s--"][i], color=plots.color(i), label=label)
    ax.fill_between(n_labels, curves.min(axis=0), curves.max(axis=0), color=plots.color(i), alpha=0.2)
ax.axhline(all_labels.score(X_test, y_test), color="0.3", linestyle=":", label="all 1,400 labels")
ax.set(xlabel="labels", ylabel="test accuracy", title="Which labels would you like?")
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# ## What you have learnt
# - k-means on pixels gives a picture in few colours; rare colours vanish first.
# - Label the sample nearest to each centroid instead of random ones; then lend the labels to the neighbours.
# - A gain of six test images in one run is no gain. Repeat with other seeds before you believe it.
# - Asking for the least certain samples makes labels count for more.
#
# Next: [clusters of any shape](shapes.ipynb).
