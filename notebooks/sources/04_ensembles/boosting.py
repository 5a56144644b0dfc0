# %% [markdown]
# # Boosting and stacking: learning from the others' errors
#
# The members of a forest know nothing of each other. Here they are trained *one after another*, and each is told what
# the ones before it got wrong; or a last model learns whom to trust when. Boosted trees are, to this day, what to try
# first on a table of numbers.
#
# **You will learn** to
# - build AdaBoost in a page of code, and show that it is scikit-learn's;
# - build gradient boosting from three trees, and stop it at the right time;
# - use histogram boosting, with gaps and categories left as they are;
# - stack models: train a last one on what the first ones say.
#
# You need [voting, bagging and forests](lecture.ipynb). Reading and running: about 50 minutes. Then:
# [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# chapter 7, second half, and P. Verma et al., *Handbook of Deep Learning Models, Volume One*, CRC Press 2026,
# sections 2.12, 2.15 and 2.16. Where a cell shows a table with the columns *published* and *here*, it compares their
# results with ours. Some statements of theirs do not hold; these come under **"What the book says"**.

# %%
import importlib.util
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import make_column_transformer
from sklearn.datasets import (
    load_breast_cancer,
    load_diabetes,
    make_classification,
    make_moons,
    make_regression,
)
from sklearn.ensemble import (
    AdaBoostClassifier,
    AdaBoostRegressor,
    BaggingClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
)
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeCV
from sklearn.metrics import root_mean_squared_error
from sklearn.model_selection import cross_val_predict, cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from course import datasets, ensembles, plots, scale
from course.published import published

plots.use_style()

# %% [markdown] tags=["hml-07-concept-06"]
# ## What is boosting?
# Take a weak learner, see where it fails, and train the next one to do better *there*; in the end let all of them
# decide together. There are two main ways to say "there". **AdaBoost** gives more weight to the samples that were
# misclassified. **Gradient boosting** lets the next predictor learn what is still missing, the residuals.
#
# ## AdaBoost: look harder at what went wrong
# We keep the moons of the last notebook.

# %%
X_moons, y_moons = make_moons(n_samples=500, noise=0.30, random_state=42)
X_train, X_test, y_train, y_test = train_test_split(X_moons, y_moons, random_state=42)

# %% [markdown]
# In the pictures each point is as large as its weight. The first predictor, a single cut, sees all points alike.
# **Look at** the points on the wrong side of its border: in the next picture they are larger, so the next cut is made
# for them; and so on.

# %% tags=["hml-07-fig-07"]
stump = DecisionTreeClassifier(max_depth=1, random_state=42)
rounds = ensembles.AdaBoost(stump, n_estimators=4).fit(X_train, y_train)

fig, axes = plt.subplots(ncols=4, sharex=True, sharey=True, figsize=(9.5, 2.7))
for i, ax in enumerate(axes):
    predictor, weights = rounds.estimators_[i], rounds.sample_weights_[i]
    plots.DecisionRegions.from_estimator(
        predictor, X_train, y_train, ax=ax, legend=False, grid_resolution=100
    )
    for points, value in zip(ax.collections[1:], (0, 1), strict=True):
        points.set_sizes(12 * len(X_train) * weights[y_train == value])
    ax.set_title(f"round {i + 1}: error {rounds.errors_[i]:.2f}")
    ax.label_outer()
plt.show()

# %% [markdown]
# ### The four formulas
# Each training sample $i$ has a weight $w^{(i)}$, at first $1/m$. Predictor $j$ has the **weighted error rate**
#
# $$r_j = \sum_{i:\ \hat y_j^{(i)} \neq y^{(i)}} w^{(i)} \qquad \text{(the weights sum to 1)}.$$

# %% tags=["hml-07-eq-01"]
weights = np.full(len(X_train), 1 / len(X_train))
machine = SVC(C=0.2, gamma=0.6, random_state=42).fit(X_train, y_train, sample_weight=weights * len(X_train))
wrong = machine.predict(X_train) != y_train
error_rate = weights[wrong].sum()
print(f"{wrong.sum()} of {len(wrong)} wrong, weighted error rate {error_rate:.4f}")

# %% [markdown]
# How much its vote counts depends on that: with the learning rate $\eta$,
#
# $$\alpha_j = \eta \, \log \frac{1 - r_j}{r_j}.$$
#
# (In our copy of the book the denominator is lost.) **Look at** the curve: a predictor that guesses counts for nothing,
# and one that is worse than a guess counts *against* what it says. The learning rate is a later addition; AdaBoost as it
# was first published has none.

# %% tags=["hml-07-eq-02"]
r = np.linspace(0.01, 0.99, 99)
fig, ax = plt.subplots(figsize=(6, 3))
for eta in (1, 0.5):
    ax.plot(r, eta * np.log((1 - r) / r), "-" if eta == 1 else "--", label=f"learning rate {eta}")
ax.axhline(0, color="0.5", linewidth=1)
ax.set(xlabel="weighted error rate r", ylabel="weight of the vote α")
ax.set_title("Who is right more often has more to say")
ax.legend()
plt.show()

alpha = np.log((1 - error_rate) / error_rate)
print(
    f"our machine: alpha = {alpha:.4f}; of a guess: {np.log((1 - 0.5) / 0.5):.1f}; at an error of 0.6: {np.log(0.4 / 0.6):.2f}"
)

# %% [markdown]
# Then the weights of the misclassified samples grow, and all are divided by their sum:
#
# $$w^{(i)} \leftarrow w^{(i)} \cdot \begin{cases} 1 & \text{if } \hat y_j^{(i)} = y^{(i)} \\ \exp(\alpha_j) & \text{otherwise} \end{cases}$$

# %% tags=["hml-07-eq-03"]
weights[wrong] *= np.exp(alpha)
weights /= weights.sum()
print(f"the {wrong.mean():.0%} that were wrong now have {weights[wrong].sum():.0%} of the weight")

# %% [markdown]
# At learning rate 1 the wrong ones always get exactly half of the weight: the next predictor cannot profit from what the
# last one knew. This goes on until there are enough predictors, or one is perfect. To predict, each votes with its
# weight, and the class with the most votes wins:
#
# $$\hat y(\mathbf x) = \underset{k}{\operatorname{argmax}} \sum_{j:\ \hat y_j(\mathbf x) = k} \alpha_j .$$
#
# These four formulas are the whole of `ensembles.AdaBoost`, in
# [`course/ensembles.py`](../../course/ensembles.py); read it now. Is it scikit-learn's?

# %% tags=["hml-07-eq-04", "hdl-02-concept-26"]
ours = ensembles.AdaBoost(stump, n_estimators=30, learning_rate=0.5).fit(X_train, y_train)
theirs = AdaBoostClassifier(stump, n_estimators=30, learning_rate=0.5, random_state=42).fit(X_train, y_train)
print(
    "test points on which they differ:",
    np.sum(ours.predict(X_test) != theirs.predict(X_test)),
    "of",
    len(X_test),
)
print("votes:        ours", np.round(ours.alphas_[:3], 3), " theirs", theirs.estimator_weights_[:3].round(3))
print("error rates:  ours", np.round(ours.errors_[:3], 3), " theirs", theirs.estimator_errors_[:3].round(3))
assert np.allclose(ours.alphas_, theirs.estimator_weights_)

# %% [markdown]
# The second book lists the same in eight steps, without formulas: equal weights; train; weighted error; the weight of
# the learner; raise the weights of what was wrong; repeat; combine; predict.
#
# **Look at** five rounds with strongly regularised support vector machines, at two learning rates. Number 1 is the
# same in both; at rate 1 the borders then jump from one extreme to another, at 0.5 they move by half as much. (The
# book draws this without its settings; C = 0.2 and gamma = 0.6 are ours. It is an illustration only: support vector
# machines are slow and unstable as members of AdaBoost.)

# %% tags=["hml-07-fig-08"]
fig, axes = plt.subplots(ncols=2, sharex=True, sharey=True, figsize=(9.5, 4))
grid = np.stack(np.meshgrid(np.linspace(-1.6, 2.5, 150), np.linspace(-1.1, 1.6, 150)))
for ax, eta in zip(axes, (1, 0.5), strict=True):
    boosted = ensembles.AdaBoost(SVC(C=0.2, gamma=0.6, random_state=42), n_estimators=5, learning_rate=eta)
    boosted.fit(X_train, y_train)
    for value, marker in enumerate("os"):
        ax.scatter(
            *X_train[y_train == value].T, s=10, marker=marker, color=plots.tint(value, 0.7), rasterized=True
        )
    for j, machine in enumerate(boosted.estimators_):
        height = machine.decision_function(grid.reshape(2, -1).T).reshape(150, 150)
        lines = ax.contour(*grid, height, levels=[0], colors=[plots.color(j + 2)], linewidths=1.8)
        path = max(lines.allsegs[0], key=len)
        x, height = path[int((0.15 + 0.14 * j) * len(path))]
        ax.text(
            x,
            height,
            str(j + 1),
            color="white",
            fontsize=9,
            ha="center",
            va="center",
            zorder=3,
            bbox={"boxstyle": "circle,pad=0.2", "facecolor": plots.color(j + 2), "edgecolor": "white"},
        )
    errors = ", ".join(f"{error:.2f}" for error in boosted.errors_)
    ax.set(xlabel="$x_1$", title=f"learning rate {eta}\nerror rates {errors}")
axes[0].set_ylabel("$x_2$")
plt.show()

# %% tags=["hml-07-concept-07"]
slow, fast = (
    AdaBoostClassifier(stump, n_estimators=200, random_state=42),
    BaggingClassifier(stump, n_estimators=200, random_state=42),
)
print(
    "AdaBoost can use several processors:",
    "n_jobs" in slow.get_params(),
    "- bagging:",
    "n_jobs" in fast.get_params(),
)

# %% [markdown]
# This is a bit like **gradient descent**: there one moves the parameters of *one* predictor to lower a cost; here one
# adds predictors. It has a price. Each must wait for the one before it, so training cannot be spread over processors.
#
# ### Three classes and more
# scikit-learn's algorithm is called **SAMME**; with $K$ classes it adds $\log(K - 1)$ to every $\alpha$, which is nothing for
# two. (A guess among three is right in a third of the cases only, so an error of 0.6 may be worth a vote.)
#
# **What the book says:** a variant, SAMME.R, uses probabilities and usually does better. It is gone: deprecated in
# scikit-learn 1.4 and removed in 1.6, together with the `algorithm` parameter that chose it.

# %% tags=["hml-07-concept-08"]
try:
    AdaBoostClassifier(algorithm="SAMME.R")
except TypeError as error:
    print(error)

# %% [markdown]
# So today AdaBoost is simply this, thirty stumps, which are the default member:

# %% tags=["hml-07-code-08"]
ada = AdaBoostClassifier(
    DecisionTreeClassifier(max_depth=1), n_estimators=30, learning_rate=0.5, random_state=42
)
ada.fit(X_train, y_train)

fig, ax = plt.subplots(figsize=(6, 3.6))
plots.DecisionRegions.from_estimator(ada, X_train, y_train, ax=ax, legend=False, point_size=12)
ax.set_title(f"AdaBoost of 30 stumps: {ada.score(X_test, y_test):.2f} on the test set")
plt.show()

# %% [markdown]
# If AdaBoost overfits, take fewer members or a more strongly regularised one.
#
# The second book runs it on made-up data, once for classes and once for numbers.

# %% tags=["hdl-02-data-05"]
X_two, y_two = make_classification(n_samples=100, n_features=10, random_state=42)
two = train_test_split(X_two, y_two, test_size=0.2, random_state=42)
print([len(part) for part in two[:2]], "samples to train on and to test on")

# %% tags=["hdl-02-code-16"]
ada = AdaBoostClassifier(n_estimators=100, random_state=42).fit(two[0], two[2])
folds = cross_val_score(AdaBoostClassifier(n_estimators=100, random_state=42), X_two, y_two, cv=10)
print(
    f"accuracy on 20 test samples {ada.score(two[1], two[3]):.2f}; in ten folds of all {folds.mean():.2f} ± {folds.std():.2f}"
)

# %% tags=["hdl-02-data-06"]
X_line, y_line = make_regression(n_samples=100, n_features=10, random_state=42)
line = train_test_split(X_line, y_line, test_size=0.2, random_state=42)
print(f"the targets of the test part have a variance of {line[3].var():.0f}")

# %% tags=["hdl-02-code-17"]
for model in (AdaBoostRegressor(n_estimators=100, random_state=42), LinearRegression()):
    model.fit(line[0], line[2])
    error = np.mean((model.predict(line[1]) - line[3]) ** 2)
    print(
        f"{type(model).__name__:<18} mean squared error {error:8.1f}   R² {model.score(line[1], line[3]):.2f}"
    )
print("depth of a member:", AdaBoostRegressor().fit(line[0], line[2]).estimators_[0].get_depth())

# %% [markdown]
# **What the second book says:** the weak learners are stumps. That is true of the classifier; the regressor's are
# trees of depth 3. And the example flatters nobody: these data *are* a straight line without noise, which linear
# regression finds exactly. Always try the simple model first.
#
# Among AdaBoost's weaknesses the book names noise. **Look at** what wrong labels do: a sample that cannot be right
# gains weight in every round, and in the end the ensemble listens to little else. Forests mind much less.

# %% tags=["hdl-02-concept-27"]
cancer = load_breast_cancer()
C_train, C_test, c_train, c_test = train_test_split(
    cancer.data, cancer.target, test_size=0.5, random_state=42
)
rng = np.random.default_rng(42)
noise = np.array([0, 0.1, 0.2, 0.3])
scores = {"AdaBoost, trees of depth 3": [], "random forest": []}
for share in noise:
    flipped = np.where(rng.random(len(c_train)) < share, 1 - c_train, c_train)
    for name, model in zip(
        scores,
        (
            AdaBoostClassifier(DecisionTreeClassifier(max_depth=3), n_estimators=100, random_state=42),
            RandomForestClassifier(n_estimators=100, random_state=42),
        ),
        strict=True,
    ):
        scores[name].append(model.fit(C_train, flipped).score(C_test, c_test))

fig, ax = plt.subplots(figsize=(6.5, 3.2))
for i, (name, values) in enumerate(scores.items()):
    ax.plot(noise, values, "os"[i] + "-", label=name)
ax.set(
    xlabel="share of training labels that are wrong", ylabel="accuracy, true labels", title="Tumours, one run"
)
ax.legend()
plt.show()

# %% [markdown]
# ## Gradient boosting: learn what is missing
# Now a number is to be predicted: 100 points along a parabola, with noise.

# %% tags=["hml-07-data-04"]
np.random.seed(42)  # the old global generator, because the book uses it
m = 100
X = np.random.rand(m, 1) - 0.5
y = 3 * X.ravel() ** 2 + 0.05 * np.random.randn(m)

# %% [markdown]
# Fit a tree. What is left over, target minus prediction, is what the next tree learns; and what it leaves over, the
# third. **Look at** the left column: the residuals get smaller from row to row. On the right is the sum so far.

# %% tags=["hml-07-fig-09", "hdl-02-concept-28"]
residuals = [y]
trees = []
for i in range(3):
    tree = DecisionTreeRegressor(max_depth=2, random_state=42 + i).fit(X, residuals[-1])
    trees.append(tree)
    residuals.append(residuals[-1] - tree.predict(X))

curve = np.linspace(-0.5, 0.5, 500).reshape(-1, 1)
fig, axes = plt.subplots(3, 2, sharex=True, figsize=(9, 7.5))
for i, (left, right) in enumerate(axes):
    left.scatter(
        X, residuals[i], s=10, color="0.6", label="residuals" if i else "training set", rasterized=True
    )
    left.plot(curve, trees[i].predict(curve), color=plots.color(2), label=f"$h_{i + 1}$")
    left.set(ylim=(-0.4, 0.4) if i else (-0.1, 0.8), ylabel=f"tree {i + 1}")
    right.scatter(X, y, s=10, color="0.6", label="training set", rasterized=True)
    names = " + ".join(f"h_{j + 1}" for j in range(i + 1))
    right.plot(
        curve,
        sum(tree.predict(curve) for tree in trees[: i + 1]),
        color=plots.color(3),
        label=f"$h = {names}$",
    )
    right.set(ylim=(-0.1, 0.8))
    for ax in (left, right):
        ax.legend(loc="upper center")
axes[0, 0].set_title("what each tree learns")
axes[0, 1].set_title("what they say together")
for ax in axes[-1]:
    ax.set_xlabel("$x_1$")
plt.show()

# %% tags=["hml-07-num-07"]
X_new = np.array([[-0.4], [0.0], [0.5]])
published("hml-07-num-07", predictions=sum(tree.predict(X_new) for tree in trees))

# %% [markdown]
# The sum is all there is to predicting. The class that does the same:

# %% tags=["hml-07-code-09"]
three = GradientBoostingRegressor(max_depth=2, n_estimators=3, learning_rate=1.0, random_state=42).fit(X, y)
gap = np.abs(three.predict(X) - sum(tree.predict(X) for tree in trees)).max()
print(f"largest difference on the training set: {gap:.0e}")
assert gap < 1e-12

# %% [markdown]
# Where the hand-made sum starts from nothing, the class starts from the mean of `y`; at learning rate 1 the first tree
# absorbs it. (The second book proposes to start from a stump. And *residuals* are what is missing only for the squared
# error: in general the next tree learns the negative gradient of the loss, hence the name.)
#
# ### How many trees, and how fast?
# With a small **learning rate** each tree says only a part of what it has learned (**shrinkage**). Then more trees are
# needed, and the sum usually generalises better. **Look at** too few trees on the left; on the right the number was
# found by *early stopping*: no more trees once ten in a row did not help on held-out points.

# %% tags=["hml-07-code-10"]
stopped = GradientBoostingRegressor(
    max_depth=2, learning_rate=0.05, n_estimators=500, n_iter_no_change=10, random_state=42
).fit(X, y)
published("hml-07-code-10", trees=stopped.n_estimators_)

# %% tags=["hml-07-fig-10"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 3.4))
for ax, model in zip(axes, (three, stopped), strict=True):
    plots.RegressionFit.from_estimator(model, X, y, ax=ax, limits=(-0.5, 0.5))
    ax.set(ylim=(-0.1, 0.8), title=f"learning rate {model.learning_rate}, {model.n_estimators_} trees")
    ax.label_outer()
plt.show()

# %% [markdown]
# We made the data, so we can ask what nobody can on real ones: how far is each sum from the true parabola? **Look
# at** the minimum of each curve, and what comes after: the smaller rates come closer to the truth, and with every rate
# there is a number of trees after which only noise is learned.

# %%
fig, ax = plt.subplots(figsize=(7, 3.2))
for i, eta in enumerate((1.0, 0.2, 0.05)):
    model = GradientBoostingRegressor(max_depth=2, learning_rate=eta, n_estimators=400, random_state=42).fit(
        X, y
    )
    distance = [root_mean_squared_error(3 * curve[:, 0] ** 2, said) for said in model.staged_predict(curve)]
    ax.plot(range(1, 401), distance, ["-", "--", "-."][i], label=f"learning rate {eta}")
ax.axvline(stopped.n_estimators_, color="0.6", linewidth=1)
ax.text(stopped.n_estimators_ * 1.05, 0.1, "early stopping\nat rate 0.05", fontsize=9)
ax.set(
    xscale="log",
    xlabel="number of trees",
    ylabel="distance to the truth",
    ylim=(0, 0.2),
    title="Fewer and faster, or more and slower?",
)
ax.legend()
plt.show()

# %% [markdown]
# With `n_iter_no_change`, `fit` sets a part of the training data aside by itself: `validation_fraction`, 10 % by default.
# `tol`, 0.0001 by default, is how much of an improvement still counts as none. **Look at** how strongly the number of
# trees depends on them, with ten points to judge by.

# %% tags=["hml-07-concept-09"]
rows = [
    {
        "validation_fraction": fraction,
        "tol": tol,
        "trees": GradientBoostingRegressor(
            max_depth=2,
            learning_rate=0.05,
            n_estimators=500,
            n_iter_no_change=10,
            validation_fraction=fraction,
            tol=tol,
            random_state=42,
        )
        .fit(X, y)
        .n_estimators_,
    }
    for fraction in (0.1, 0.2, 0.3)
    for tol in (1e-3, 1e-4, 1e-5)
]
pd.DataFrame(rows).pivot(index="validation_fraction", columns="tol", values="trees")

# %% [markdown]
# **Stochastic gradient boosting** shows each tree only a random part of the data, here a quarter (`subsample=0.25`): more
# bias, less variance, and less to compute. Over ten seeds:

# %% tags=["hml-07-code-11"]
rows = []
for share in (1.0, 0.25):
    for seed in range(10):
        model = GradientBoostingRegressor(
            max_depth=2,
            learning_rate=0.05,
            n_estimators=500,
            n_iter_no_change=10,
            subsample=share,
            random_state=seed,
        ).fit(X, y)
        rows.append(
            (share, model.n_estimators_, root_mean_squared_error(3 * curve[:, 0] ** 2, model.predict(curve)))
        )
print(
    pd.DataFrame(rows, columns=["subsample", "trees", "distance to the truth"])
    .groupby("subsample")
    .agg(["mean", "std"])
    .round(3)
)

# %% [markdown]
# The second book gives both classes with a hundred trees of depth 3 and no data. On data that come with
# scikit-learn, beside a forest:

# %% tags=["hdl-02-code-18"]
settings = {"n_estimators": 100, "learning_rate": 0.1, "max_depth": 3, "random_state": 42}
ill = train_test_split(*load_diabetes(return_X_y=True), test_size=0.2, random_state=42)
for model in (
    GradientBoostingRegressor(**settings),
    RandomForestRegressor(n_estimators=100, random_state=42),
):
    print(f"diabetes: {type(model).__name__:<26} R² {model.fit(ill[0], ill[2]).score(ill[1], ill[3]):.3f}")

# %% tags=["hdl-02-code-19"]
for model in (
    GradientBoostingClassifier(**settings),
    RandomForestClassifier(n_estimators=100, random_state=42),
):
    print(
        f"tumours: {type(model).__name__:<26} accuracy {model.fit(C_train, c_train).score(C_test, c_test):.3f}"
    )

# %% [markdown]
# ## Many rows: sort into bins first
# To find the best threshold, a tree sorts every feature at every node. **Histogram-based gradient boosting** sorts each
# value once into one of at most 255 bins, and then only counts. The book gives the training time as $O(b\,m)$, with $b$ bins
# and $m$ samples, against $O(n\,m \log m)$ with $n$ features. (As printed the first lacks the features, for each of which
# there is a histogram.) **Look at** how the ratio grows with the number of samples:

# %% tags=["hml-07-eq-06", "nbval-ignore-output"]
sizes = scale.pick(quick=[1_000, 4_000, 16_000], full=[1_000, 10_000, 100_000])
rows = {}
for m in sizes:
    X_many, y_many = make_regression(n_samples=m, n_features=10, noise=10, random_state=42)
    spent = {}
    for model in (
        GradientBoostingRegressor(n_estimators=20, max_depth=5, random_state=42),
        HistGradientBoostingRegressor(max_iter=20, max_leaf_nodes=32, early_stopping=False, random_state=42),
    ):
        start = perf_counter()
        model.fit(X_many, y_many)
        spent[type(model).__name__] = perf_counter() - start
    rows[m] = {
        "plain / histogram": spent["GradientBoostingRegressor"] / spent["HistGradientBoostingRegressor"]
    }
pd.DataFrame(rows).T.rename_axis("samples").round(1)

# %% [markdown]
# What else is different: `max_iter` is the number of trees; early stopping is on by itself above 10,000 samples; trees
# are held back by `max_leaf_nodes`, `min_samples_leaf`, `max_depth`, and since version 1.4 also `max_features`, which the
# book does not know yet. There is no subsampling of rows. The bins regularise a little. And it takes two things as they are that
# others stumble over: *gaps*, and *categories*.

# %% tags=["hml-07-concept-10"]
rng = np.random.default_rng(42)
gaps = X.copy()
gaps[rng.random(len(gaps)) < 0.2] = np.nan
print(
    "with a fifth of the values missing, R² on the training set:",
    round(HistGradientBoostingRegressor(min_samples_leaf=5).fit(gaps, y).score(gaps, y), 2),
)
print(
    "bins:",
    HistGradientBoostingRegressor().max_bins,
    "- early stopping:",
    HistGradientBoostingRegressor().early_stopping,
)

# %% [markdown]
# The districts of California, with a column of text and with gaps. The book uses its own file of them; the set
# that scikit-learn downloads lacks that column.

# %% tags=["hml-07-data-05"]
housing = datasets.load("housing", limit=5_000)
print(housing.origin)
print("gaps:", int(housing.data.isna().sum().sum()))
housing.data["ocean_proximity"].value_counts()

# %% [markdown]
# Two steps are enough: numbers for the categories, and the model, which is told that column 0 is a category. There are
# only five districts on islands: some fold may have none of them to learn from, so an unknown category becomes a gap.

# %% tags=["hml-07-code-12"]
to_numbers = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
pipeline = make_pipeline(
    make_column_transformer((to_numbers, ["ocean_proximity"]), remainder="passthrough"),
    HistGradientBoostingRegressor(categorical_features=[0], random_state=42),
)
H_train, H_test, h_train, h_test = train_test_split(
    housing.data, housing.target, test_size=0.2, random_state=42
)
pipeline.fit(H_train, h_train)

# %% [markdown]
# (Since version 1.6 a column of pandas' type `category` is recognised by itself, without the first step.)
#
# **What the book says:** an error (RMSE) of about 47,600 dollars. It does not say on what it was measured. We evaluate by
# ten-fold cross-validation on the four fifths of the districts that are not the test set:

# %% tags=["hml-07-num-08"]
errors = -cross_val_score(pipeline, H_train, h_train, cv=10, scoring="neg_root_mean_squared_error")
print(f"standard deviation over the folds: {errors.std():.0f}")
published("hml-07-num-08", rmse=errors.mean())

# %% [markdown]
# Other libraries do the same, with more options and on graphics processors: **XGBoost**, which the second book names, too,
# **LightGBM** and **CatBoost**, all with scikit-learn's way of calling; and from the makers of TensorFlow a library of
# forests, called *TensorFlow Decision Forests*, today *YDF* (the book's name for it is not quite right). None is needed
# here; if one is installed, this cell tries it:

# %% tags=["hml-07-tool-01", "hdl-02-tool-01", "nbval-ignore-output"]
for package, name in (("xgboost", "XGBRegressor"), ("lightgbm", "LGBMRegressor")):
    if importlib.util.find_spec(package):
        model = getattr(importlib.import_module(package), name)(
            max_depth=2, n_estimators=92, learning_rate=0.05
        )
        print(package, "R² on the parabola:", round(model.fit(X, y).score(X, y), 3))
    else:
        print(package, "is not installed; scikit-learn's histogram boosting works in the same way")

# %% [markdown]
# ## Stacking: learn whom to trust
# A vote treats all members alike. Why not *train* a model to combine their answers? That model is called the **blender**,
# and the whole **stacking**.

# %% tags=["hml-07-fig-11"]
fig, ax = plt.subplots(figsize=(8, 3.6))
members = ["predictor A", "predictor B", "predictor C"]
plots.flow(
    {"new sample": (1, 0), "blender": (1, 2), "3.0": (1, 3)}
    | {name: (i, 1) for i, name in enumerate(members)},
    [("new sample", name) for name in members]
    + list(zip(members, ["blender"] * 3, ["3.1", "2.7", "2.9"], strict=True))
    + [("blender", "3.0")],
    colors={name: i for i, name in enumerate(members)} | {"blender": 3},
    ax=ax,
)
ax.set_title("The blender makes one answer of three")
plt.show()

# %% [markdown]
# What does the blender learn from? Not from what the members say on samples they were trained on: there they are
# all too good. `cross_val_predict` has each sample judged by models that had not seen it. **Look at** the new training
# set: one column for each member, however many the data had, and the old targets. At last the members are trained again on
# everything.

# %% tags=["hml-07-fig-12"]
fig, ax = plt.subplots(figsize=(8.5, 3.6))
plots.flow(
    {
        "training set": (0, 0.5),
        "predictor A ": (1.3, 1.4),
        "predictor B ": (1.3, 0.5),
        "predictor C ": (1.3, -0.4),
        "new training set:\nthree columns,\nold targets": (3, 0.5),
        "blender": (4.2, 0.5),
    },
    [("training set", f"predictor {x} ") for x in "ABC"]
    + [(f"predictor {x} ", "new training set:\nthree columns,\nold targets", "out of fold") for x in "ABC"]
    + [("new training set:\nthree columns,\nold targets", "blender", "fit")],
    colors={f"predictor {x} ": i for i, x in enumerate("ABC")} | {"blender": 3},
    ax=ax,
)
ax.set_title("Training a blender")
plt.show()

# %% [markdown]
# By hand, with three regressors on the parabola; then by the ready-made class, which must agree:

# %% tags=["hml-07-code-13"]
bases = [
    ("tree", DecisionTreeRegressor(max_depth=3, random_state=42)),
    ("line", LinearRegression()),
    ("boosted", GradientBoostingRegressor(max_depth=2, n_estimators=30, random_state=42)),
]
columns = np.column_stack([cross_val_predict(model, X, y, cv=5) for _, model in bases])
blender = RidgeCV().fit(columns, y)
refitted = [model.fit(X, y) for _, model in bases]
by_hand = blender.predict(np.column_stack([model.predict(curve) for model in refitted]))

ready = StackingRegressor(bases, final_estimator=RidgeCV(), cv=5).fit(X, y)
print(
    "weights of the blender:",
    dict(zip([name for name, _ in bases], blender.coef_.round(2).tolist(), strict=True)),
)
print(f"largest difference to StackingRegressor: {np.abs(by_hand - ready.predict(curve)).max():.0e}")

# %% [markdown]
# The blender has found out that the straight line has nothing to say. Without a `final_estimator` the classes take
# `RidgeCV` for numbers and `LogisticRegression` for classes.
#
# Several blenders can be stacked in turn. **Look at** the layers: each is trained on what the one below says of samples it
# has not seen. It takes long, is laborious, and seldom gains much.

# %% tags=["hml-07-fig-13"]
lower, upper = (
    ["model A", "model B", "model C"],
    ["blender 1:\nlinear", "blender 2:\nforest", "blender 3:\nboosting"],
)
fig, ax = plt.subplots(figsize=(8, 4.2))
plots.flow(
    {"sample": (1, 0), "last blender": (1, 3)}
    | {name: (i, 1) for i, name in enumerate(lower)}
    | {name: (i, 2) for i, name in enumerate(upper)},
    [("sample", name) for name in lower]
    + [(a, b) for a in lower for b in upper]
    + [(name, "last blender") for name in upper],
    colors={name: i for names in (lower, upper) for i, name in enumerate(names)},
    ax=ax,
)
ax.set_title("Three layers")
plt.show()

# %% tags=["hml-07-fig-13"]
second_layer = StackingRegressor(
    [("line", LinearRegression()), ("forest", RandomForestRegressor(n_estimators=30, random_state=42))],
    final_estimator=RidgeCV(),
)
deep = StackingRegressor(bases, final_estimator=second_layer, cv=5).fit(X, y)
for name, model in (("best member", refitted[2]), ("one layer of blenders", ready), ("two layers", deep)):
    print(
        f"{name:<22} distance to the truth {root_mean_squared_error(3 * curve[:, 0] ** 2, model.predict(curve)):.4f}"
    )

# %% [markdown]
# Back to the moons, with the three voters of the last notebook and a forest as the blender. Members are asked for
# probabilities if they have them, else for `decision_function`, else for their prediction. (The book's listing is torn in two
# and has a bracket too many; and the support vector machine gets its probabilities as we did before.)

# %% tags=["hml-07-code-14"]
voters = [
    ("lr", LogisticRegression(random_state=42)),
    ("rf", RandomForestClassifier(random_state=42)),
    ("svc", CalibratedClassifierCV(SVC(random_state=42), ensemble=False)),
]
stack = StackingClassifier(voters, final_estimator=RandomForestClassifier(random_state=43), cv=5).fit(
    X_train, y_train
)
print("what the blender sees of the first sample:", stack.transform(X_train[:1]).round(2))

# %% tags=["hml-07-num-09"]
soft = VotingClassifier(voters, voting="soft").fit(X_train, y_train)
published("hml-07-num-09", stacking=stack.score(X_test, y_test), soft_voting=soft.score(X_test, y_test))

# %% [markdown]
# One test point of 125 more: nobody should choose by that. On fresh moons, with 3,000 test points each:

# %%
rows = []
for seed in range(scale.pick(quick=6, full=30)):
    X_new, y_new = make_moons(n_samples=3_375, noise=0.30, random_state=seed)
    rows.append(
        [
            model.fit(X_new[:375], y_new[:375]).score(X_new[375:], y_new[375:])
            for model in (stack, soft, KNeighborsClassifier(15))
        ]
    )
pd.DataFrame(rows, columns=["stacking", "soft voting", "15 nearest neighbours"]).agg(["mean", "std"]).round(4)

# %% [markdown] tags=["hml-07-concept-11"]
# Neither gains anything here, and asking the fifteen nearest neighbours is as good.
#
# ## Which one first?
# On tables with columns of different kinds, begin with a forest, then try gradient boosting (histograms, if there are many
# rows) or AdaBoost: little preparation, good results, hard to do wrong. Voting and stacking come last. They squeeze
# out the final bit where it is worth the cost; whether it *is* a bit, and not luck, only several seeds or folds can tell.
