# %% [markdown]
# # Ensembles: many heads
#
# Ask a thousand strangers a hard question, and the crowd's answer is often better than an expert's. A group of
# predictors is called an **ensemble**, and this notebook asks when such a crowd is wise: what its members must have
# in common, and what they must not.
#
# **You will learn** to
# - say why a vote beats the voters, and when it does not;
# - combine different models by hard and by soft voting;
# - train one model on many random samples (bagging, pasting), and test it for free on what was not drawn;
# - use random forests and extra-trees, and read which features matter to them.
#
# You need [decision trees](../03_trees/lecture.ipynb). Reading and running: about 60 minutes. Then comes
# [boosting and stacking](boosting.ipynb), where the members are trained one after another, and
# [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# chapter 7, first half, and P. Verma et al., *Handbook of Deep Learning Models, Volume One*, CRC Press 2026,
# sections 2.12 to 2.14. Where a cell shows a table with the columns *published* and *here*, it compares their
# results with ours. Some statements of theirs do not hold; these come under **"What the book says"**.

# %%
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.stats import binom
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_diabetes, load_digits, load_iris, make_moons
from sklearn.ensemble import (
    BaggingClassifier,
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    VotingClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, mean_squared_error
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from course import datasets, plots, scale
from course.published import published

plots.use_style()

# %% [markdown] tags=["hml-07-concept-01"]
# ## Why can a crowd be wiser than its members?
# A *random forest*, you may remember from the exercises on trees, lets many trees vote, each trained on another
# random part of the data. That is one **ensemble method** of several. Projects usually come to them late, when a few
# good predictors are there already and can be combined; the winners of competitions, the Netflix Prize the most
# famous, nearly always did.
#
# Begin with a crowd that knows almost nothing: a coin that shows heads in 51 % of all tosses. Toss it a thousand
# times and ask only whether heads came *more often than tails*.

# %% tags=["hml-07-num-01"]
for tosses in (1_000, 10_000):
    more, at_least = binom.sf(tosses / 2, tosses, 0.51), binom.sf(tosses / 2 - 1, tosses, 0.51)
    print(
        f"{tosses:>6} tosses: {0.51 * tosses:.0f} heads expected; more heads than tails {more:.4f}, or a tie {at_least:.4f}"
    )

published(
    "hml-07-num-01",
    majority_of_1000=binom.sf(500, 1_000, 0.51),
    no_minority_of_1000=binom.sf(499, 1_000, 0.51),
    majority_of_10000=binom.sf(5_000, 10_000, 0.51),
)

# %% [markdown]
# **What the book says:** close to 75 % after a thousand tosses. A *majority* of heads has the probability 0.726; one
# comes to 0.747 only if 500 : 500 counts as a majority too. The point stands: a coin that is hardly better than
# chance, asked often enough, is right nearly always.
#
# **Look at** the ten series below: at the left they scatter widely around a half, at the right all lie above it, close
# to 51 %. This is the *law of large numbers*.

# %% tags=["hml-07-fig-03"]
np.random.seed(42)  # the old global generator: the book uses it elsewhere, and gives no seed here
heads = np.cumsum(np.random.rand(10_000, 10) < 0.51, axis=0) / np.arange(1, 10_001)[:, np.newaxis]

fig, ax = plt.subplots(figsize=(8, 3.6))
ax.plot(heads, linewidth=1, color=plots.color(5), rasterized=True)
ax.axhline(0.51, color=plots.color(3), linestyle="--", label="51 %")
ax.axhline(0.5, color="black", linewidth=1.2, label="50 %")
ax.set(xlabel="number of tosses", ylabel="share of heads so far", ylim=(0.42, 0.58), xlim=(0, 10_000))
ax.set_title("Ten series of a slightly biased coin")
ax.legend()
plt.show()

# %% tags=["hml-07-fig-03"]
published("hml-07-fig-03", series=heads.shape[1], series_above_half_at_the_end=(heads[-1] > 0.5).sum())

# %% [markdown]
# ### What the crowd must not share
# A classifier that is only a little better than chance is a **weak learner**. A thousand of them, each right in 51 %,
# would make a **strong learner** in the same way, *if their errors had nothing to do with each other*. They have:
# the members saw the same data, and stumble over the same samples.
#
# **Look at** how fast the gain goes. Here each member is right with probability 0.51 or 0.6, and follows a common whim
# instead of its own in some share of the cases; with the whim it is right just as often.

# %% tags=["hml-07-concept-02"]
rng = np.random.default_rng(42)
members, questions = 1_000, 2_000
shares = np.linspace(0, 0.5, 11)

fig, ax = plt.subplots(figsize=(8, 3.6))
for i, skill in enumerate((0.51, 0.6)):
    accuracy = []
    for shared in shares:
        whim = rng.random((questions, 1)) < skill  # one opinion for all
        own = rng.random((questions, members)) < skill
        right = np.where(rng.random((questions, members)) < shared, whim, own)
        accuracy.append((right.sum(axis=1) > members / 2).mean())
    ax.plot(shares, accuracy, "os"[i] + "-", label=f"members right in {skill:.0%}")
ax.set(
    xlabel="share of cases in which a member follows the common whim",
    ylabel="accuracy of the vote",
    ylim=(0.45, 1.02),
)
ax.set_title("A thousand voters, more or less independent")
ax.legend()
plt.show()

# %% [markdown]
# So: use members that are as *different* as can be. Different algorithms make different errors.
#
# ## What if quite different models vote?
# That is a **voting classifier**. **Look at** the two drawings: first all members are trained on the same data, then
# each says what it takes a new sample for.

# %% tags=["hml-07-fig-01"]
models = ["logistic\nregression", "support vector\nmachine", "random\nforest", "k nearest\nneighbours"]
fig, ax = plt.subplots(figsize=(8, 2.8))
plots.flow(
    {"training set": (1.5, 0)} | {model: (i, 1) for i, model in enumerate(models)},
    [("training set", model) for model in models],
    colors={model: i for i, model in enumerate(models)},
    ax=ax,
)
ax.set_title("Four algorithms, the same data, say 80 % accuracy each")
plt.show()

# %% tags=["hml-07-fig-02"]
votes = dict(zip(models, ["1", "1", "2", "1"], strict=True))
fig, ax = plt.subplots(figsize=(8, 3.6))
plots.flow(
    {"new sample": (1.5, 0), "majority: class 1": (1.5, 2)}
    | {model: (i, 1) for i, model in enumerate(models)},
    [("new sample", model) for model in models]
    + [(model, "majority: class 1", vote) for model, vote in votes.items()],
    colors={model: i for i, model in enumerate(models)},
    ax=ax,
)
ax.set_title("Hard voting: three votes against one")
plt.show()

# %% [markdown]
# Our data for most of this notebook: 500 points in two noisy moons, a quarter of them kept for the test.

# %% tags=["hml-07-data-01"]
moons = make_moons(n_samples=500, noise=0.3, random_state=42)
X_train, X_test, y_train, y_test = train_test_split(*moons, random_state=42)
print(len(X_train), "to train on,", len(X_test), "to test on")

# %% tags=["hml-07-code-01"]
voting = VotingClassifier(
    estimators=[
        ("lr", LogisticRegression(random_state=42)),
        ("rf", RandomForestClassifier(random_state=42)),
        ("svc", SVC(random_state=42)),
    ]
)
voting.fit(X_train, y_train)
print(
    "given: ",
    voting.estimators[0][1] is voting.named_estimators["lr"],
    "- fitted:",
    hasattr(voting.estimators[0][1], "coef_"),
)
print(
    "clones:",
    voting.estimators_[0] is voting.named_estimators_["lr"],
    "- fitted:",
    hasattr(voting.estimators_[0], "coef_"),
)

# %% [markdown]
# `fit` clones the members and leaves the originals alone. The fitted clones have an underscore at the end of their
# name: `estimators_`, and by name `named_estimators_`. How good is each?

# %% tags=["hml-07-num-02"]
published(
    "hml-07-num-02",
    **{name: member.score(X_test, y_test) for name, member in voting.named_estimators_.items()},
)

# %% tags=["hml-07-num-03"]
published(
    "hml-07-num-03",
    ensemble=voting.predict(X_test[:1]),
    members=[member.predict(X_test[:1])[0] for member in voting.estimators_],
)

# %% [markdown]
# (The members themselves answer with the *number* of a class. Here it is the class too; if the classes had names, only
# `voting.predict` would give them.) Two against one: class 1. And the vote as a whole:

# %% tags=["hml-07-num-04"]
published("hml-07-num-04", hard_voting=voting.score(X_test, y_test))

# %% [markdown]
# Better than its best member, by two test points of 125. Whether that is more than luck we shall see.
#
# ### Let the sure ones count more
# If every member can say *how sure* it is, average the probabilities and take the class with the highest mean: **soft
# voting**. A support vector machine has no probabilities of its own. `SVC(probability=True)`, which the book uses, is
# going away: scikit-learn warns since 1.9 and will remove it. What it did can be said openly. A *calibration* learns on
# held-out folds how the machine's scores translate into probabilities:

# %% tags=["hml-07-code-02"]
soft = VotingClassifier(
    estimators=[
        ("lr", LogisticRegression(random_state=42)),
        ("rf", RandomForestClassifier(random_state=42)),
        ("svc", CalibratedClassifierCV(SVC(random_state=42), ensemble=False)),
    ],
    voting="soft",
).fit(X_train, y_train)
published("hml-07-code-02", soft_voting=soft.score(X_test, y_test))

# %% [markdown]
# One more point of 125. With so few, a single split proves little. So we draw the moons anew, twenty times, with a
# large test set. **Look at** each vote against the *best* of its members, draw by draw.

# %%
rows = []
for seed in range(scale.pick(quick=12, full=40)):
    X_new, y_new = make_moons(n_samples=3_375, noise=0.30, random_state=seed)
    for ballot in (voting, soft):
        fitted = clone(ballot).fit(X_new[:375], y_new[:375])
        best = max(member.score(X_new[375:], y_new[375:]) for member in fitted.estimators_)
        rows.append((ballot.voting, fitted.score(X_new[375:], y_new[375:]) - best))
gains = pd.DataFrame(rows, columns=["voting", "gain"])
(100 * gains.groupby("voting")["gain"].agg(["mean", "std", "min", "max"])).round(2).rename_axis(
    "gain over the best member, in %"
)

# %% [markdown]
# On the moons a vote is about as good as its best member, and better than the others: it spares us the choice. To
# gain more, the members would have to differ more.
#
# ## What if the same model sees different data?
# The other way to make members differ: one algorithm, and for each member another random sample of the training set.
# Drawn *with* replacement it is called **bagging** (bootstrap aggregating), *without* replacement **pasting**. For
# classes the members vote; for numbers one takes the mean. **Look at** the drawing: nothing flows from one member to
# another, so they can be trained, and asked, in parallel.

# %% tags=["hml-07-fig-04"]
samples, trees = [f"random\nsample {i}" for i in range(1, 5)], [f"tree {i}" for i in range(1, 5)]
fig, ax = plt.subplots(figsize=(8, 4.2))
plots.flow(
    {"training set": (1.5, 0), "vote or mean": (1.5, 3)}
    | {name: (i, 1) for i, name in enumerate(samples)}
    | {name: (i, 2) for i, name in enumerate(trees)},
    [("training set", name) for name in samples]
    + list(zip(samples, trees, strict=True))
    + [(name, "vote or mean") for name in trees],
    colors={name: i for names in (samples, trees) for i, name in enumerate(names)},
    ax=ax,
)
ax.set_title("Bagging and pasting: one algorithm, many samples")
plt.show()

# %% [markdown]
# **Look at** the two borders. A single tree cuts around single points; five hundred trees, each trained on a hundred
# points, agree on a much smoother line, though they make about as many errors on the training set as a sensible
# single tree would.

# %% tags=["hml-07-fig-05"]
tree = DecisionTreeClassifier(random_state=42).fit(X_train, y_train)
bag = BaggingClassifier(DecisionTreeClassifier(), n_estimators=500, max_samples=100, random_state=42)
bag.fit(X_train, y_train)

fig, axes = plt.subplots(ncols=2, sharex=True, sharey=True, figsize=(9, 3.8))
for ax, model, title in zip(axes, [tree, bag], ["one tree", "500 trees"], strict=True):
    plots.DecisionRegions.from_estimator(
        model,
        X_train,
        y_train,
        ax=ax,
        legend=False,
        point_size=14,
        limits=((-1.6, 2.5), (-1.1, 1.6)),
        grid_resolution=120,
    )
    ax.label_outer()
    ax.set_title(f"{title}: {model.score(X_test, y_test):.3f} on the test set")
plt.show()

# %% tags=["hml-07-fig-05"]
print(f"training: tree {tree.score(X_train, y_train):.3f}, bag {bag.score(X_train, y_train):.3f}")

# %% [markdown]
# (A bag whose members know probabilities averages those: it votes softly without being asked.)
#
# ### What does the average do to the error?
# Each member sees fewer different points, so it errs a little more *in a fixed direction*: more **bias**. But members
# that err in different directions cancel out: less **variance**. We can measure both, because we can make as many
# training sets as we like. **Look at** the columns: bias² hardly changes, variance falls to a small part.

# %% tags=["hml-07-concept-03", "hdl-02-concept-22"]
grid_X, _ = make_moons(n_samples=400, noise=0.30, random_state=1_000)
big_X, big_y = make_moons(n_samples=20_000, noise=0.30, random_state=2_000)
truth = (
    RandomForestClassifier(n_estimators=100, min_samples_leaf=50, random_state=0)  # knows forty times as much
    .fit(big_X, big_y)
    .predict_proba(grid_X)[:, 1]
)
models = {
    "one tree": DecisionTreeClassifier(random_state=0),
    "one tree on 100 points": BaggingClassifier(
        DecisionTreeClassifier(), n_estimators=1, max_samples=100, random_state=0
    ),
    "100 such trees": BaggingClassifier(
        DecisionTreeClassifier(), n_estimators=100, max_samples=100, random_state=0
    ),
}
rows = {}
for name, model in models.items():
    said = []
    for seed in range(20):
        X_new, y_new = make_moons(n_samples=375, noise=0.30, random_state=seed)
        said.append(clone(model).set_params(random_state=seed).fit(X_new, y_new).predict_proba(grid_X)[:, 1])
    said = np.array(said)
    rows[name] = {"bias²": np.mean((said.mean(axis=0) - truth) ** 2), "variance": said.var(axis=0).mean()}
pd.DataFrame(rows).T.round(3)

# %% [markdown]
# (The truth itself is estimated, by a forest that saw forty times as many points; and the mean over twenty training
# sets still holds a twentieth of the variance, which counts as bias here.)
#
# ### Bagging or pasting?
# **What the book says:** bagging is usually better, since its samples differ more; but compare them. On the book's own
# split pasting wins, 0.920 against 0.904. One split, again. Over several training sets and seeds:

# %% tags=["hml-07-code-03"]
rows = []
for seed in range(scale.pick(quick=10, full=50)):
    X_new, y_new = make_moons(n_samples=3_375, noise=0.30, random_state=seed)
    for name, bootstrap in (("bagging", True), ("pasting", False)):
        model = BaggingClassifier(
            DecisionTreeClassifier(),
            n_estimators=100,
            max_samples=100,
            bootstrap=bootstrap,
            random_state=seed,
        )
        rows.append((seed, name, model.fit(X_new[:375], y_new[:375]).score(X_new[375:], y_new[375:])))
table = pd.DataFrame(rows, columns=["seed", "sampling", "accuracy"]).pivot(
    index="seed", columns="sampling", values="accuracy"
)
difference = table["bagging"] - table["pasting"]
error = difference.std() / np.sqrt(len(difference))
print(table.mean().round(4).to_dict())
print(f"bagging - pasting: {difference.mean():+.4f} with a standard error of {error:.4f}")

pasting = BaggingClassifier(
    DecisionTreeClassifier(), n_estimators=500, max_samples=100, bootstrap=False, random_state=42
).fit(X_train, y_train)
in_folds = {
    name: cross_val_score(clone(model).set_params(n_estimators=100), X_train, y_train, cv=5).mean()
    for name, model in (("bagging", bag), ("pasting", pasting))
}
print("five folds of the training set:", {name: round(value, 3) for name, value in in_folds.items()})
published("hml-07-code-03", pasting=pasting.score(X_test, y_test), bagging=bag.score(X_test, y_test))

# %% [markdown]
# With a hundred points of 375 a sample hardly ever holds a point twice, and there is next to no difference between
# the two. The difference on the test set above was luck.
#
# ## Can we test without a test set?
# Draw $m$ times with replacement from $m$ samples. A given sample is missed each time with probability $1 - 1/m$, so
# in the end it has been drawn at least once with probability
#
# $$1 - \left(1 - \frac{1}{m}\right)^m \;\longrightarrow\; 1 - e^{-1} \approx 0.632 .$$
#
# The other 37 % are **out of bag** for this member, and other ones for every member. The second book's example, a
# data set of 1,000, is in the table.

# %% tags=["hml-07-eq-05", "hdl-02-num-01"]
rng = np.random.default_rng(42)
table = pd.DataFrame(
    {
        "formula": {m: 1 - (1 - 1 / m) ** m for m in (5, 50, 375, 1_000, 10_000)},
        "simulated": {
            m: np.mean([len(np.unique(rng.integers(0, m, m))) / m for _ in range(200)])
            for m in (5, 50, 375, 1_000, 10_000)
        },
    }
).rename_axis("m")
published("hml-07-eq-05", drawn=1 - np.exp(-1), out_of_bag=np.exp(-1))

# %% tags=["hdl-02-num-01"]
table.round(4)

# %% [markdown]
# A member has never seen its out-of-bag samples: it may be tested on them. Let each training sample be judged by the
# members that did not see it, and you have an honest estimate without giving up a single sample:

# %% tags=["hml-07-code-04"]
oob_bag = BaggingClassifier(DecisionTreeClassifier(), n_estimators=500, oob_score=True, random_state=42)
oob_bag.fit(X_train, y_train)
drawn = np.mean([len(np.unique(sample)) for sample in oob_bag.estimators_samples_]) / len(X_train)
print(f"a member saw {drawn:.1%} of the training set")
published("hml-07-code-04", oob_score=oob_bag.oob_score_)

# %% tags=["hml-07-num-05"]
published(
    "hml-07-num-05", test=accuracy_score(y_test, oob_bag.predict(X_test)), out_of_bag=oob_bag.oob_score_
)

# %% [markdown]
# Two and a half points of difference are three test points: no contradiction. The estimate comes with probabilities
# too, those of the members that did not see the sample:

# %% tags=["hml-07-num-06"]
published("hml-07-num-06", first_three=oob_bag.oob_decision_function_[:3])

# %% [markdown]
# For the first sample, 67.6 % of those who had not seen it say class 1.
#
# ## Why not draw the features too?
# `max_features` and `bootstrap_features` do for columns what `max_samples` and `bootstrap` do for rows. To draw
# both is called **random patches**, to draw only features **random subspaces**. Members differ more (less variance)
# and know less (more bias), and with many columns they are trained faster. **Look at** accuracy and time, on 1,797
# digits of 64 pixels, as a ratio to plain bagging.

# %% tags=["hml-07-concept-04", "nbval-ignore-output"]
digits = load_digits()
settings = {
    "bagging": {},
    "random patches": {"max_samples": 0.5, "max_features": 0.5},
    "random subspaces": {"bootstrap": False, "max_samples": 1.0, "max_features": 0.5},
    "subspaces, features drawn with replacement": {
        "bootstrap": False,
        "max_features": 0.5,
        "bootstrap_features": True,
    },
}
rows = {}
for name, sampling in settings.items():
    model = BaggingClassifier(DecisionTreeClassifier(), n_estimators=40, random_state=42, **sampling)
    start = perf_counter()
    scores = cross_val_score(model, digits.data, digits.target, cv=3)
    rows[name] = {"accuracy": scores.mean(), "± over 3 folds": scores.std(), "time": perf_counter() - start}
table = pd.DataFrame(rows).T
table["time"] /= table.loc["bagging", "time"]
table.round(3)

# %% [markdown]
# ## What is a random forest?
# A bag of trees with one thing more: at each node a tree looks only at a random few of the features, by default the
# square root of their number. In three steps: draw a bootstrap sample; grow a tree on it, with few features to choose
# from at each split; let the trees vote. By hand these are three lines, and the ready-made class does the same faster.

# %% tags=["hml-07-code-05", "hdl-02-concept-23"]
forest = RandomForestClassifier(n_estimators=500, max_leaf_nodes=16, random_state=42).fit(X_train, y_train)
y_pred_rf = forest.predict(X_test)

rng = np.random.default_rng(42)
by_hand = []
for i in range(200):
    sample = rng.integers(0, len(X_train), len(X_train))
    grown = DecisionTreeClassifier(max_leaf_nodes=16, max_features="sqrt", random_state=i)
    by_hand.append(grown.fit(X_train[sample], y_train[sample]).predict_proba(X_test))
majority = np.mean(by_hand, axis=0).argmax(axis=1)
print(f"forest {accuracy_score(y_test, y_pred_rf):.3f}, by hand {accuracy_score(y_test, majority):.3f}")

# %% tags=["hml-07-code-06"]
as_a_bag = BaggingClassifier(
    DecisionTreeClassifier(max_features="sqrt", max_leaf_nodes=16), n_estimators=500, random_state=42
).fit(X_train, y_train)
print(
    "test points on which bag and forest differ:",
    np.sum(as_a_bag.predict(X_test) != y_pred_rf),
    "of",
    len(X_test),
)

# %% [markdown]
# (In our copy of the book the root sign of $\sqrt n$ is lost, and it reads as if a node looked at all $n$ features;
# then there would be no difference to bagging.) That not a single prediction differs is good luck: the two draw their
# random numbers in different orders.
#
# The second book gives forests with 100 trees, for numbers and for classes, without data. Here they are on data that
# come with scikit-learn, a fifth of them kept for the test, each beside the single tree that it should beat:

# %% tags=["hdl-02-code-12", "hdl-02-code-13"]
for load, forest_of, tree_of, score in (
    (load_diabetes, RandomForestRegressor, DecisionTreeRegressor, "R²"),
    (load_digits, RandomForestClassifier, DecisionTreeClassifier, "accuracy"),
):
    parts = train_test_split(*load(return_X_y=True), test_size=0.2, random_state=42)
    single = tree_of(random_state=42).fit(parts[0], parts[2]).score(parts[1], parts[3])
    many = forest_of(n_estimators=100, random_state=42).fit(parts[0], parts[2]).score(parts[1], parts[3])
    print(f"{load.__name__[5:]:>8}: {score} of a tree {single:.3f}, of a forest {many:.3f}")

# %% [markdown]
# What speaks for forests, by the second book: they overfit less, they tell which features matter, and their trees can
# be trained in parallel (`n_jobs`). Against them: nobody can read a hundred trees, they cost time, and there is more to
# choose. **Look at** how little of the last is true: above a certain number more trees change nothing, and out-of-bag
# accuracy shows where.

# %% tags=["hdl-02-concept-24"]
counts = [40, 80, 160, 320]
fig, ax = plt.subplots(figsize=(8, 3.4))
for i, features in enumerate((2, 8, 64)):
    grower = RandomForestClassifier(
        max_features=features, warm_start=True, oob_score=accuracy_score, random_state=42
    )
    scores = []
    for count in counts:
        scores.append(grower.set_params(n_estimators=count).fit(digits.data, digits.target).oob_score_)
    ax.plot(counts, scores, "os^"[i] + "-", label=f"{features} of 64 features a node")
ax.set(
    xscale="log",
    xlabel="number of trees",
    ylabel="out-of-bag accuracy",
    xticks=counts,
    xticklabels=counts,
)
ax.set_title("Digits: more trees do no harm, all features do")
ax.minorticks_off()
ax.legend()
plt.show()

# %% [markdown]
# ### And if the thresholds are random too?
# A forest tries all thresholds of the few features. **Extra-trees** (extremely randomised trees) draw *one random
# threshold* for each and take the best of these: more bias, less variance, and much less to compute. (For a single
# tree: `splitter="random"`.) Nobody can tell beforehand which of the two is better; compare.
#
# **What the second book says:** extra-trees split at random, and each sees a different part of the data. The best of
# the random splits is still *chosen*, by impurity; and by default every tree gets the *whole* training set
# (`bootstrap=False`).

# %% tags=["hml-07-concept-05", "hdl-02-concept-25", "nbval-ignore-output"]
rows = {}
for name, model in (
    ("random forest", RandomForestClassifier(n_estimators=100, random_state=42)),
    ("extra-trees", ExtraTreesClassifier(n_estimators=100, random_state=42)),
):
    start = perf_counter()
    on_digits = cross_val_score(model, digits.data, digits.target, cv=5)
    spent = perf_counter() - start
    on_moons = (
        clone(model)
        .set_params(n_estimators=500, max_leaf_nodes=16)
        .fit(X_train, y_train)
        .score(X_test, y_test)
    )
    rows[name] = {
        "digits": on_digits.mean(),
        "±": on_digits.std(),
        "time on digits": spent,
        "moons": on_moons,
        "bootstrap": model.bootstrap,
    }
table = pd.DataFrame(rows).T
table["time on digits"] /= table.loc["random forest", "time on digits"]
table.astype({"digits": float, "±": float, "time on digits": float, "moons": float}).round(3)

# %% [markdown] tags=["hdl-02-tool-02"]
# The second book's listings for extra-trees need scikit-learn (`pip install scikit-learn`, the name under which one
# *imports* it is `sklearn`; here it is installed already). The first one does not run any more: the Boston house
# prices were removed from scikit-learn in version 1.2, because one of their columns codes the race of the residents
# into a "feature". We take the California prices, 20,640 districts, in their place.

# %% tags=["hdl-02-data-03"]
houses = datasets.load("california-housing", limit=4_000)
print(houses.origin)
print(houses.data.shape, "districts and features; stand-in:", houses.is_standin)

# %% tags=["hdl-02-code-14"]
parts = train_test_split(houses.data, houses.target, test_size=0.2, random_state=42)
extra = ExtraTreesRegressor(n_estimators=100, random_state=42).fit(parts[0], parts[2])
error = mean_squared_error(parts[3], extra.predict(parts[1]))
print(f"mean squared error {error:.3g}; the mean price would have {parts[3].var():.3g}")

# %% tags=["hdl-02-data-04"]
iris = load_iris(as_frame=True)
parts = train_test_split(iris.data, iris.target, test_size=0.2, random_state=42)
print([len(part) for part in parts[:2]], "flowers to train on and to test on")

# %% tags=["hdl-02-code-15"]
extra = ExtraTreesClassifier(n_estimators=100, random_state=42).fit(parts[0], parts[2])
hits = (extra.predict(parts[1]) == parts[3]).sum()
folds = cross_val_score(extra, iris.data, iris.target, cv=10)
print(f"{hits} of {len(parts[1])} right; in ten folds of all flowers {folds.mean():.3f} ± {folds.std():.3f}")

# %% [markdown]
# All thirty right: an easy split, as the ten folds show. (The listing of the book has two statements on one line and
# does not run as printed; and its section's title speaks of regression only.)
#
# ## Which features matter?
# A forest knows. For each feature, add up by how much the nodes that use it lower the impurity, each node weighted by
# its samples, over all trees; then scale to a sum of 1.

# %% tags=["hml-07-data-02"]
iris.data.describe().loc[["count", "mean", "std"]].round(2)

# %% tags=["hml-07-code-07"]
iris_forest = RandomForestClassifier(n_estimators=500, random_state=42).fit(iris.data, iris.target)
importance = dict(
    zip(
        ["sepal_length", "sepal_width", "petal_length", "petal_width"],
        iris_forest.feature_importances_,
        strict=True,
    )
)
published("hml-07-code-07", **{name: round(value, 2) for name, value in importance.items()})

# %% [markdown]
# Petals decide. (Rounded, the four sum to 0.99.) Take such numbers with care: two columns that say the same share
# their importance, and columns with many values are favoured.
#
# The features may be pixels. **Look at** where a forest looks when it reads a digit: at the middle of the picture. The
# border is blank in nearly all of them, and nothing can be learned from it.

# %% tags=["hml-07-data-03"]
mnist = datasets.load("mnist", limit=3_000)
print(mnist.origin)
print(mnist.data.shape, "stand-in:", mnist.is_standin)

# %% tags=["hml-07-fig-06"]
reader = RandomForestClassifier(n_estimators=100, random_state=42)
reader.fit(mnist.data[: mnist.split], mnist.target[: mnist.split])
heat = reader.feature_importances_.reshape(28, 28)

fig, ax = plt.subplots(figsize=(5, 3.8))
image = ax.imshow(heat, cmap="inferno")
bar = fig.colorbar(image, ticks=[heat.min(), heat.max()])
bar.ax.set_yticklabels(["not important", "very important"])
ax.set(xticks=[], yticks=[])
ax.set_title("Importance of each pixel")
plt.show()

# %% tags=["hml-07-fig-06"]
border = np.ones((28, 28), dtype=bool)
border[4:-4, 4:-4] = False
print(
    f"the outer four rows of pixels are {border.mean():.0%} of the picture and have {heat[border].sum():.0%} of the importance"
)

# %% [markdown]
# A quick look at what matters, for free, is one of the best things about forests: it helps to choose features, and to
# see that something is wrong with the data.
#
# **In short:** members of an ensemble must be good, and above all different. Different algorithms, different rows,
# different columns, different thresholds: each makes errors that the others do not make. In
# [the next notebook](boosting.ipynb) members are trained one after another, and each looks at the errors of those
# before.
