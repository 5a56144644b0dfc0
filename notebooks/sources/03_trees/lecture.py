# %% [markdown]
# # Decision trees
#
# A decision tree answers by asking: one short question after the other, each with two possible answers. It needs
# hardly any preparation of the data, a person can follow every step, and forests (the next chapter) are made of it.
#
# **You will learn** to
# - train a tree, draw it, and follow one sample through it by hand;
# - say how a tree chooses its questions, and build that algorithm yourself;
# - keep a tree from learning noise, in four ways;
# - use trees for numbers as well as for classes;
# - recognise where trees are weak, and what of that is a real weakness and what is folklore.
#
# You need Python, NumPy and the idea of training and test sets. Reading and running: about 60 minutes.
# Then: [the wine study](wine.ipynb), where trees meet real data, and [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# chapter 6, and P. Verma et al., *Handbook of Deep Learning Models, Volume One*, CRC Press 2026, section 2.11.
# Where a cell shows a table with the columns *published* and *here*, it compares their results with ours.
# Some statements of theirs do not hold; these come under **"What the book says"**, with what we see.

# %%
import shutil
from dataclasses import replace
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import display
from scipy.stats import chi2_contingency
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, make_moons
from sklearn.decomposition import PCA
from sklearn.ensemble import BaggingClassifier
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.metrics import accuracy_score, root_mean_squared_error
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, export_graphviz, export_text
from sklearn.utils import resample

from course import plots, trees
from course.errors import need
from course.published import published

plots.use_style()

# %% [markdown]
# ## What does a tree look like?
# We start with 150 iris flowers of three species and only two measurements, the length and the width of a petal,
# because two features can be drawn. There is no scaling, no centring, and for once no test set: in this section we
# want to see how a tree works, not how well.

# %% tags=["hml-06-data-01"]
iris = load_iris(as_frame=True)
petals = ["petal length (cm)", "petal width (cm)"]
X_iris = iris.data[petals].to_numpy()
y_iris = iris.target
species = iris.target_names

iris.data[petals].groupby(species[y_iris]).agg(["min", "mean", "max"]).round(2)

# %% [markdown]
# `max_depth=2` lets the tree ask at most two questions. **Look at** the boxes from the top: the first line is the
# question, and whoever answers *yes* goes left. `samples` counts the training flowers that reach the box, `value`
# counts them by species, and the stronger the colour, the more they agree.

# %% tags=["hml-06-fig-01"]
iris_tree = DecisionTreeClassifier(max_depth=2, random_state=42).fit(X_iris, y_iris)

fig, ax = plt.subplots(figsize=(7.5, 4.6))
trees.draw(iris_tree, feature_names=petals, class_names=species, ax=ax)
ax.set_title("Two questions sort the irises")
plt.show()

# %% [markdown]
# The top box is the **root**, at depth 0. A box with a question is a **split node**; a box without one is a
# **leaf**, and its commonest class is the answer. The drawing holds every number of the fitted tree. We can also read
# them from the attribute `tree_`, where node *i* is entry *i* of each array (`help(iris_tree.tree_)` lists them all).

# %% tags=["hml-06-tool-02"]
inside = iris_tree.tree_
pd.DataFrame(
    {
        "feature": [petals[f] if f >= 0 else "(leaf)" for f in inside.feature],
        "threshold": inside.threshold.round(2),
        "left": inside.children_left,
        "right": inside.children_right,
        "samples": inside.n_node_samples,
        "gini": inside.impurity.round(3),
        "share of each class": [str(row.round(3)) for row in inside.value[:, 0]],
    }
).rename_axis("node")

# %% [markdown]
# A leaf has no children, which `tree_` writes as -1, and no threshold, written as -2. `value` holds *shares* of the
# classes since scikit-learn 1.3; the drawing multiplies them by `samples` to give counts. So do we, to compare: first
# with what the book's text says, then with its figure.

# %% tags=["hml-06-num-01"]
counts = inside.value[:, 0] * inside.n_node_samples[:, np.newaxis]
published(
    "hml-06-num-01",
    long_petals=inside.n_node_samples[2],
    long_and_narrow=inside.n_node_samples[3],
    right_leaf=counts[4].round(),
    setosa_gini=inside.impurity[1],
    left_leaf_gini=inside.impurity[3],
)

# %% tags=["hml-06-fig-01"]
published(
    "hml-06-fig-01",
    root_threshold=inside.threshold[0],
    second_threshold=inside.threshold[2],
    right_samples=inside.n_node_samples[2],
    left_leaf_samples=inside.n_node_samples[3],
    left_leaf=counts[3].round(),
    left_leaf_gini=inside.impurity[3],
    right_leaf=counts[4].round(),
    setosa_gini=inside.impurity[1],
)

# %% [markdown]
# **Graphviz** is a program of its own that draws graphs, usually more neatly than Matplotlib. scikit-learn writes a
# tree in its language, *dot*:

# %% tags=["hml-06-tool-01"]
dot = export_graphviz(
    iris_tree, out_file=None, feature_names=petals, class_names=species, rounded=True, filled=True
)
print("\n".join(dot.splitlines()[:4]), "\n...")

# %% [markdown]
# If its program `dot` is on your machine, the next cell draws the tree with it; the command line would do as well:
# `dot -Tpng iris_tree.dot -o iris_tree.png`. Without it nothing is lost, for the drawing above says the same.

# %% tags=["nbval-ignore-output"]
if shutil.which("dot"):
    display(need("graphviz", "trees").Source(dot))
else:
    print("The program dot is not installed here (Debian, Ubuntu: apt-get install graphviz).")

# %% [markdown]
# ## How does a flower find its leaf?
# It starts at the root and answers questions until there are none left. Here are two flowers, one of each kind of
# walk. Do them with a finger on the drawing above before you read the output.

# %% tags=["hml-06-concept-02"]
for flower in ([1.5, 0.3], [5.0, 1.5]):
    print(trees.walk(iris_tree, flower, feature_names=petals, class_names=species), end="\n\n")

# %% [markdown]
# A question compares one feature with one threshold. So only the *order* of the values matters, and neither their
# unit nor their mean. Scaling the features moves the thresholds along with the data and changes no prediction:

# %% tags=["hml-06-concept-02"]
scaled_tree = make_pipeline(StandardScaler(), DecisionTreeClassifier(max_depth=2, random_state=42))
scaled_tree.fit(X_iris, y_iris)
print("same prediction for all flowers:", (scaled_tree.predict(X_iris) == iris_tree.predict(X_iris)).all())
print("thresholds in cm:    ", inside.threshold[inside.feature >= 0].round(3))
print("thresholds, scaled:  ", scaled_tree[-1].tree_.threshold[inside.feature >= 0].round(3))

# %% [markdown]
# ## What does the plane look like to a tree?
# Each question is a straight cut, parallel to an axis. **Look at** the order of the cuts: the solid line divides the
# whole plane, the dashed line only what lies to its right. The dotted lines are the cuts that a third question
# would add; the coloured regions are those of our tree with two.

# %% tags=["hml-06-fig-02"]
deeper_tree = DecisionTreeClassifier(max_depth=3, random_state=42).fit(X_iris, y_iris)
plane = ((0, 7.2), (0, 3))

regions = plots.DecisionRegions.from_estimator(
    iris_tree, X_iris, y_iris, limits=plane, feature_names=petals, class_names=species
)
trees.SplitLines.from_estimator(deeper_tree, ax=regions.ax_)
regions.ax_.set_title("Regions after two questions, and the cuts of a third")
plt.show()

# %% tags=["hml-06-fig-02"]
published("hml-06-fig-02", depth_0=deeper_tree.tree_.threshold[0], depth_1=deeper_tree.tree_.threshold[2])

# %% [markdown]
# The book does not print the positions of the dotted cuts. They are petal length 4.95 in the lower region and 4.85
# in the upper one.
#
# <a id="people"></a>
# ## Can a person check it?
# Yes, and this is the great virtue of trees. A model whose decisions can be followed and applied by hand is called a
# **white box**; a forest of a hundred trees or a neural net may predict better, but nobody can retrace why: a
# **black box**. That matters where a decision must be justified: was this applicant refused for a fair reason? A
# whole field, *interpretable machine learning*, tries to get such reasons out of black boxes. A small tree simply
# prints them:

# %% tags=["hml-06-concept-04"]
print(export_text(iris_tree, feature_names=petals, class_names=species, show_weights=True))

# %% [markdown]
# The second book explains trees with visits to a hospital: first the number of visits in the past year, then how
# long a visit lasted on average. It gives the thresholds (4 visits; 2 and 10 days) but neither the data nor the
# answers, and we did not have its picture. So we *made up* a table of 400 patients who are cared for by just these
# rules; only the thresholds are the book's. **Look at** how the tree finds the rules again: split by a feature and a
# threshold, again in each part, until a limit or a pure leaf stops it.

# %% tags=["hdl-02-fig-07", "hdl-02-concept-20"]
rng = np.random.default_rng(0)
visits = pd.DataFrame(
    {
        "visits in the past year": rng.integers(0, 10, size=400),
        "mean length (days)": rng.integers(0, 30, size=400) / 2 + 0.25,
    }
)
many, mean_days = visits.to_numpy().T
care = np.where(
    many <= 4, np.where(mean_days <= 2, "none", "phone call"), np.where(mean_days <= 10, "nurse", "doctor")
)
visits_tree = DecisionTreeClassifier(max_depth=2, random_state=42).fit(visits, care)

fig, ax = plt.subplots(figsize=(9, 4.2))
trees.draw(visits_tree, ax=ax)
ax.set_title("Who needs which care? (made-up patients)")
plt.show()

# %% tags=["hdl-02-fig-07"]
thresholds = visits_tree.tree_.threshold
published(
    "hdl-02-fig-07",
    visits=np.floor(thresholds[0]),
    days_one_branch=thresholds[1],
    days_other_branch=thresholds[4],
)

# %% [markdown]
# (Visits are whole numbers, so "at most 4" and scikit-learn's "at most 4.5", halfway to the next value, are the same
# question.)
#
# ## How sure is the tree?
# The class probabilities of a sample are simply the shares of the classes in its leaf. A flower with petals 5 cm
# long and 1.5 cm wide falls into the leaf with 0, 49 and 5 flowers:

# %% tags=["hml-06-code-01"]
flower = [[5, 1.5]]
published(
    "hml-06-code-01",
    probabilities=iris_tree.predict_proba(flower).round(3),
    prediction=iris_tree.predict(flower),
)

# %% [markdown]
# Every flower of the same rectangle gets the same probabilities, wherever it lies. A flower with petals of 6 by
# 1.5 cm looks far more like a virginica to us, but not to this tree:

# %% tags=["hml-06-code-01"]
iris_tree.predict_proba([[5, 1.5], [6, 1.5]]).round(3)

# %% [markdown]
# ## When is a node pure?
# A good question leaves two groups that are purer than the one before. To say so in numbers, take two flowers from a
# node at random, putting the first one back: how often do they differ in species? That is the **Gini impurity**. With
# the share $p_{i,k}$ of class $k$ in node $i$,
#
# $$G_i = 1 - \sum_{k=1}^{n} p_{i,k}^2$$
#
# It is 0 where all flowers are alike. For the left leaf at depth 2, with 0, 49 and 5 flowers:

# %% tags=["hml-06-eq-01"]
shares = np.array([0, 49, 5]) / 54
by_hand = 1 - np.sum(shares**2)

assert np.allclose([trees.gini(node) for node in counts], inside.impurity)  # the same formula, in every node
published("hml-06-eq-01", left_leaf=by_hand)

# %% [markdown]
# ## How does a tree choose its questions?
# It tries them all. This is the whole secret of **CART**, the algorithm in scikit-learn: for each feature $k$ and each
# threshold $t_k$ it computes what impurity the split would leave behind, weighted by the number of samples on either
# side,
#
# $$J(k, t_k) = \frac{m_\text{left}}{m}\, G_\text{left} + \frac{m_\text{right}}{m}\, G_\text{right},$$
#
# and takes the cheapest. (The book's formula lacks the division by $m$. The cheapest split stays the same; only with
# the division is $J$ a mean impurity that can be compared with that of the parent.) Only one threshold is needed
# between two neighbouring values, so we can try them all too:

# %% tags=["hml-06-eq-02"]
costs = {}
for k, name in enumerate(petals):
    values = np.unique(X_iris[:, k])
    for threshold in (values[:-1] + values[1:]) / 2:
        left = X_iris[:, k] <= threshold
        gini_left, gini_right = trees.gini(np.bincount(y_iris[left])), trees.gini(np.bincount(y_iris[~left]))
        costs[name, threshold] = left.mean() * gini_left + (~left).mean() * gini_right

cheapest = [split for split, cost in costs.items() if np.isclose(cost, min(costs.values()))]
for name, threshold in cheapest:
    cost = costs[name, threshold]
    print(f"{name} <= {threshold:.2f}: cost {cost:.4f}, without the division {150 * cost:.0f}")

# %% [markdown]
# There are *two* cheapest questions, and they are equally good: both set the 50 setosas apart. **Look at** the two
# valleys below, which reach down to the same cost. Which of the two becomes the root is up to `random_state`; we
# come back to that [below](#ties).

# %%
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 3.2))
for ax, name in zip(axes, petals, strict=True):
    thresholds, cost = zip(*((t, c) for (n, t), c in costs.items() if n == name), strict=True)
    ax.plot(thresholds, cost, ".-")
    ax.axhline(trees.gini([50, 50, 50]), color="0.5", linestyle=":", label="before the split")
    ax.set(xlabel=f"threshold on {name}", title=f"best: {thresholds[np.argmin(cost)]:.2f}")
axes[0].set_ylabel("cost J of the split")
axes[1].legend()
plt.show()

# %% [markdown]
# Having cut once, CART does the same in each half, and so on. The loop above and this recursion are the whole of
# `trees.grow`, in [`course/trees/cart.py`](../../course/trees/cart.py): some forty lines that you should read now (or
# type `trees.grow??` in a cell). Does it grow the tree that scikit-learn grows?

# %% tags=["hml-06-concept-05"]
grown = trees.grow(X_iris, y_iris, max_depth=3)
for question in (grown.split, grown.right.split):
    print(f"{petals[question.feature]} <= {question.threshold:.2f}, cost {question.cost:.4f}")
print(
    "predictions that differ from scikit-learn's:",
    np.sum(trees.predict(grown, X_iris) != deeper_tree.predict(X_iris)),
)

# %% [markdown]
# **When does it stop?** At `max_depth`; where a node is pure; where one of the brakes of
# [a later section](#brakes) holds; and, the book adds, when no split lowers the impurity. *That last one is not what
# scikit-learn does.* Four points in a chessboard pattern prove it: whatever the first question, both halves stay as
# mixed as before.

# %% tags=["hml-06-concept-05"]
corners, chessboard = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
first_split = trees.best_split(corners, chessboard)
print(f"impurity before {trees.gini([2, 2])}, after the best first split {first_split.cost}")

chess_tree = DecisionTreeClassifier(random_state=42).fit(corners, chessboard)
published("hml-06-concept-05", stops_without_gain="yes" if chess_tree.tree_.node_count == 1 else "no")

# %% [markdown]
# Luckily so: the split that gained nothing made the next ones possible, and the finished tree gets all four points
# right. This also shows that CART is **greedy**. It takes the best question for *now*, and never asks whether a worse
# one would pay later. So its trees are good, but not the best possible. To find the best tree is *NP-complete*, and
# all known ways take a time that grows like $\exp(m)$.
#
# > **What is NP-complete?** *P* is the set of problems that can be solved in polynomial time (in $m^2$, $m^3$, ...
# > steps); *NP* the set of those where a given solution can be *checked* in polynomial time. A problem is *NP-hard* if
# > every problem in NP can be turned into it in polynomial time, and *NP-complete* if it also is in NP. Whether P
# > equals NP nobody knows; if not, there is no fast way to the best tree.

# %% [markdown] tags=["hml-06-concept-03"]
# **CART trees are binary**: each question has two answers. Other algorithms, such as ID3, ask questions with more
# answers, and then a node has more than two children. Nothing is lost by two: a question with three answers is two
# questions with two.

# %% [markdown]
# ## How much work is it?
# **To predict**, a sample is asked one question a level. A balanced tree with $m$ leaves has $\log_2 m$ levels (each
# level doubles the number of nodes), so a prediction takes about $\log_2 m$ steps, however many features there are.
# **To train**, every level looks at all $m$ samples and all $n$ features, which makes about
# $n \cdot m \cdot \log_2 m$ steps. Rather than time it, we count. **Look at** how far the points stay from the
# dashed lines of the formulas: the data here have noisy labels, so the trees are not perfectly balanced.

# %% tags=["hml-06-eq-05"]
rng = np.random.default_rng(42)
sizes = 2 ** np.arange(7, 16)
rows = []
for m in sizes:
    X = rng.random((m, 2))
    y = X.sum(axis=1) + rng.normal(scale=0.3, size=m) > 1
    tree = DecisionTreeClassifier(random_state=42).fit(X, y)
    is_split = tree.tree_.children_left != -1
    asked = tree.decision_path(X).sum() / m - 1  # nodes on the way, without the leaf
    looked_at = (
        2 * tree.tree_.n_node_samples[is_split].sum()
    )  # samples times features, summed over all splits
    rows.append({"m": m, "log2(m)": np.log2(m), "depth": tree.get_depth(), "asked": asked, "work": looked_at})
counted = pd.DataFrame(rows)

fig, axes = plt.subplots(ncols=2, figsize=(9, 3.6))
axes[0].plot(sizes, counted["depth"], "s-", label="deepest leaf", color=plots.color(1))
axes[0].plot(sizes, counted["asked"], "o-", label="questions a sample, mean", color=plots.color(0))
axes[0].plot(sizes, np.log2(sizes), "k--", label="$\\log_2 m$")
axes[0].set(xscale="log", xlabel="samples m", ylabel="questions", title="To predict")
axes[1].plot(sizes, counted["work"], "o-", label="values looked at")
axes[1].plot(sizes, 2 * sizes * np.log2(sizes), "k--", label="$n\\, m \\log_2 m$")
axes[1].set(xscale="log", yscale="log", xlabel="samples m", ylabel="steps", title="To train")
for ax in axes:
    ax.legend()
plt.show()

# %% [markdown]
# The *mean* number of questions follows $\log_2 m$ closely, but the deepest leaf lies up to three times as deep:
# somewhere a few noisy points take many cuts to separate. Training follows its formula over more than two orders of
# magnitude. Linear in the number of features? Here is a clock after all; your times will differ from these.

# %% tags=["hml-06-eq-05", "nbval-ignore-output"]
X, y = rng.random((5000, 40)), rng.integers(2, size=5000)


def seconds_to_fit(n_features: int) -> float:
    """The best of three, because other programs only ever make it slower."""
    times = []
    for _ in range(3):
        start = perf_counter()
        DecisionTreeClassifier(max_depth=8, random_state=42).fit(X[:, :n_features], y)
        times.append(perf_counter() - start)
    return min(times)


print(f"40 features take {seconds_to_fit(40) / seconds_to_fit(20):.1f} times as long as 20")

# %% [markdown]
# ## Gini or entropy?
# There is another measure of impurity. The **entropy** of a node is the number of bits, of yes/no answers, that a
# sample's class is worth on average, and again 0 for a pure node:
#
# $$H_i = -\sum_{k:\; p_{i,k} \neq 0} p_{i,k} \log_2 p_{i,k}$$
#
# For the leaf with 0, 49 and 5 flowers:

# %% tags=["hml-06-eq-03"]
present = shares[shares > 0]
by_hand = -np.sum(present * np.log2(present))

entropy_tree = DecisionTreeClassifier(max_depth=2, criterion="entropy", random_state=42).fit(X_iris, y_iris)
entropy_counts = entropy_tree.tree_.value[:, 0] * entropy_tree.tree_.n_node_samples[:, np.newaxis]
assert np.allclose([trees.entropy(node) for node in entropy_counts], entropy_tree.tree_.impurity)
published("hml-06-eq-03", left_leaf=by_hand)

# %% [markdown]
# It takes one argument, `criterion="entropy"`. Does it matter? **What the book says:** the trees are mostly alike;
# where they are not, Gini tends to put the commonest class in a branch of its own, and entropy to give slightly more
# balanced trees. One pair of trees cannot tell, so we grow 40 pairs on 40 sets of 300 noisy points.

# %% tags=["hml-06-code-02"]
rows = []
for seed in range(40):
    X, y = make_moons(n_samples=300, noise=0.3, random_state=seed)
    X_new, y_new = make_moons(n_samples=1000, noise=0.3, random_state=1000 + seed)
    for criterion in ("gini", "entropy"):
        tree = DecisionTreeClassifier(criterion=criterion, random_state=42).fit(X, y)
        rows.append(
            {
                "criterion": criterion,
                "seed": seed,
                "accuracy on new points": tree.score(X_new, y_new),
                "leaves": tree.get_n_leaves(),
                "depth": tree.get_depth(),
                "questions a point": tree.decision_path(X_new).sum() / len(X_new) - 1,
                "imbalance of the first split": abs(tree.tree_.n_node_samples[1] / 300 - 0.5),
            }
        )
by_criterion = pd.DataFrame(rows).set_index(["seed", "criterion"]).unstack()

pd.DataFrame(
    {
        name: {
            "gini": (pair := by_criterion[name])["gini"].mean(),
            "entropy": pair["entropy"].mean(),
            "difference": (gap := pair["entropy"] - pair["gini"]).mean(),
            "standard error": gap.sem(),
        }
        for name in by_criterion.columns.levels[0]
    }
).T.loc[[name for name in rows[0] if name not in ("criterion", "seed")]].round(4)

# %% [markdown]
# **What we see:** the accuracy is the same within the error. Entropy asks about a quarter of a question less on
# average, which is a mean path in a slightly better balanced tree; but its first split is *less* even and its
# deepest leaf lies deeper. So the rule is no more than a tendency, and depends on what one calls balanced. (Our
# two classes are equally common; of what Gini does to the commonest class, they say nothing.) Take the default, Gini,
# which saves the logarithms.
#
# <a id="brakes"></a>
# ## How do we hold a tree back?
# A linear model has a fixed number of weights before it sees any data; it is **parametric**. A tree has not: it grows
# as many questions as the data call for (**nonparametric**), if need be until every noisy point sits in a leaf of
# its own. Then it *overfits*. The remedy is to take away some of its freedom:
#
# | hyperparameter | what it limits | holds back when |
# |---|---|---|
# | `max_depth` | questions in a row (default: no limit) | small |
# | `max_leaf_nodes` | number of leaves | small |
# | `max_features` | features looked at for each split | small |
# | `min_samples_split` | samples that a node needs to be split | large |
# | `min_samples_leaf` | samples that a leaf must keep | large |
# | `min_weight_fraction_leaf` | the same, as a share of the total weight | large |
#
# To see this work we need data with noise: 150 points in two interleaved moons, and 1000 fresh points to test on.

# %% tags=["hml-06-data-02"]
X_moons, y_moons = make_moons(n_samples=150, noise=0.2, random_state=42)
X_moons_test, y_moons_test = make_moons(n_samples=1000, noise=0.2, random_state=43)

# %% [markdown]
# Both trees saw the same 150 points. The left one may grow until every leaf is pure; the right one must keep five
# points in every leaf. **Look at** the thin slivers on the left: each was cut for one or two noisy points.

# %% tags=["hml-06-fig-03"]
free = DecisionTreeClassifier(random_state=42).fit(X_moons, y_moons)
held_back = DecisionTreeClassifier(min_samples_leaf=5, random_state=42).fit(X_moons, y_moons)

fig, axes = plt.subplots(ncols=2, sharex=True, sharey=True, figsize=(9, 3.8))
for ax, tree, title in zip(axes, [free, held_back], ["no limit", "at least 5 points a leaf"], strict=True):
    plots.DecisionRegions.from_estimator(tree, X_moons, y_moons, ax=ax, legend=False)
    ax.label_outer()
    ax.set_title(f"{title}: {tree.get_n_leaves()} leaves")
plt.show()

# %% [markdown]
# Slivers cost accuracy on points that neither tree has seen.

# %% tags=["hml-06-num-02"]
published(
    "hml-06-num-02",
    free=free.score(X_moons_test, y_moons_test),
    held_back=held_back.score(X_moons_test, y_moons_test),
)

# %% [markdown]
# A test set of 1000 points leaves an uncertainty of about one percentage point, so two points of gain are worth
# having but not overwhelming. And the other limits? **Look at** the gap between the lines: where training is
# perfect, the tree has learned the noise; at the other end both fall, for there the tree is too simple.

# %% tags=["hml-06-concept-06"]
limits = {
    "max_depth": [1, 2, 3, 4, 6, 8],
    "max_leaf_nodes": [2, 3, 4, 6, 10, 15, 20],
    "min_samples_split": [2, 5, 10, 20, 40, 80],
    "min_samples_leaf": [1, 2, 5, 10, 20, 40],
    "min_weight_fraction_leaf": [0.0, 0.02, 0.05, 0.1, 0.2, 0.4],
    "max_features": [1, 2],
}
fig, axes = plt.subplots(2, 3, sharey=True, figsize=(9, 5))
for ax, (name, values) in zip(axes.flat, limits.items(), strict=True):
    fitted = [DecisionTreeClassifier(**{name: v}, random_state=42).fit(X_moons, y_moons) for v in values]
    ax.plot(values, [tree.score(X_moons, y_moons) for tree in fitted], "o-", label="training")
    ax.plot(values, [tree.score(X_moons_test, y_moons_test) for tree in fitted], "s--", label="new points")
    ax.set(xlabel=name, xticks=values if len(values) < 3 else ax.get_xticks())
    if name != "max_features":
        ax.set_xlim(0, None)
for ax in axes[:, 0]:
    ax.set_ylabel("accuracy")
axes[0, 0].legend()
plt.show()

# %% [markdown]
# We may *look* at such curves, but must not *choose* by them: the best point on a test curve is best partly by luck,
# and its accuracy too good to be true. Choose with cross-validation inside the training set, and
# keep the test set for the last word. **Look at** the frame: the pair of limits that did best in five folds.

# %% tags=["hml-06-concept-06"]
search = GridSearchCV(
    DecisionTreeClassifier(random_state=42),
    {"max_depth": [2, 4, 6, 8], "min_samples_leaf": [1, 2, 5, 10, 20]},
    cv=5,
).fit(X_moons, y_moons)

heat = plots.SearchHeatMap.from_search(search, x="min_samples_leaf", y="max_depth")
heat.ax_.set_title("Accuracy in cross-validation")
plt.show()

# %% tags=["hml-06-concept-06"]
print("chosen:", search.best_params_)
print(
    f"accuracy in validation {search.best_score_:.3f}, on new points {search.score(X_moons_test, y_moons_test):.3f}"
)

# %% [markdown] tags=["hml-06-concept-07"]
# ## Or let it grow, and prune?
# Other algorithms grow the full tree first and then cut off branches that only noise has grown. A split is suspect if
# chance alone could have made it: suppose that the two sides do not differ (the *null hypothesis*), and ask how
# likely at least so large a difference would be. That probability is the *p-value* of a **chi-squared test**. If it
# is above a threshold, usually 5 %, the split goes. Only nodes whose children are both leaves are tested, and again
# after each cut, until nothing is left to prune. With our own tree this is a short recursion:


# %% tags=["hml-06-concept-07"]
def prune(node: trees.Node, threshold: float = 0.05) -> trees.Node:
    if node.split is None:
        return node
    node = replace(node, left=prune(node.left, threshold), right=prune(node.right, threshold))
    if node.left.split or node.right.split:
        return node
    table = np.array([node.left.value, node.right.value])
    p_value = chi2_contingency(table[:, table.sum(axis=0) > 0]).pvalue
    return replace(node, split=None, left=None, right=None) if p_value > threshold else node


def count_leaves(node: trees.Node) -> int:
    return 1 if node.split is None else count_leaves(node.left) + count_leaves(node.right)


full = trees.grow(X_moons, y_moons)
pruned = prune(full)
for name, root in (("full tree", full), ("after the chi-squared test", pruned)):
    accuracy = accuracy_score(y_moons_test, trees.predict(root, X_moons_test))
    print(f"{name}: {count_leaves(root)} leaves, accuracy on new points {accuracy:.3f}")

# %% [markdown]
# scikit-learn prunes in another way. It asks what a leaf is worth: a branch must lower the impurity by at least
# `ccp_alpha` for each leaf that it has more than one. How dear a leaf should be is a hyperparameter, and again a
# matter for cross-validation.

# %% tags=["hml-06-concept-07"]
path = free.cost_complexity_pruning_path(X_moons, y_moons)
alpha_search = GridSearchCV(
    DecisionTreeClassifier(random_state=42), {"ccp_alpha": path.ccp_alphas[:-1].clip(min=0)}, cv=5
).fit(X_moons, y_moons)
cheap = alpha_search.best_estimator_
print(
    f"ccp_alpha = {cheap.ccp_alpha:.4f}: {cheap.get_n_leaves()} leaves, "
    f"accuracy on new points {cheap.score(X_moons_test, y_moons_test):.3f}"
)
published("hml-06-concept-07")

# %% [markdown]
# ## Can a tree predict numbers?
# It can, and the change is small. A leaf answers with the *mean* target of its samples in place of their commonest
# class. Our data: 200 points along a parabola, with a little noise.

# %% tags=["hml-06-data-03"]
np.random.seed(42)  # the old global generator, because the book uses it
X_curve = np.random.rand(200, 1) - 0.5
y_curve = (X_curve**2 + 0.025 * np.random.randn(200, 1)).ravel()

# %% [markdown]
# **Look at** `value`, the mean of each box, and `squared_error`, the mean squared distance of its samples from it.

# %% tags=["hml-06-fig-04"]
curve_tree = DecisionTreeRegressor(max_depth=2, random_state=42).fit(X_curve, y_curve)

fig, ax = plt.subplots(figsize=(9, 4.2))
trees.draw(curve_tree, feature_names=["x1"], ax=ax)
ax.set_title("A tree for numbers: darker boxes, larger values")
plt.show()

# %% [markdown]
# **What the book says** about this tree: follow $x_1 = 0.2$; it goes right at 0.197, left at 0.772, and lands in a
# leaf with value 0.111, the mean of 110 samples, with squared error 0.015. *That cannot be:* all of our $x_1$ lie
# between -0.5 and 0.5, so no threshold is 0.772. Here is the true walk:

# %% tags=["hml-06-num-03"]
print(trees.walk(curve_tree, [0.2]))

# %% [markdown]
# Where do the book's numbers come from? From other data, which do fit them: the same random numbers, but $x_1$ between
# 0 and 1, and a parabola four times as steep. The text was written for these, and kept when the data changed.

# %% tags=["hml-06-num-03"]
np.random.seed(42)
X_old = np.random.rand(200, 1)
y_old = (4 * (X_old - 0.5) ** 2 + np.random.randn(200, 1) / 10).ravel()
old_tree = DecisionTreeRegressor(max_depth=2, random_state=42).fit(X_old, y_old)
print(trees.walk(old_tree, [0.2]))


def numbers_of_walk(tree: DecisionTreeRegressor) -> dict[str, float]:
    """The two thresholds on the way of x1 = 0.2, and what its leaf says."""
    *way, leaf = tree.decision_path([[0.2]]).indices
    inside = tree.tree_
    return {
        "root": inside.threshold[way[0]],
        "second": inside.threshold[way[1]],
        "value": inside.value[leaf, 0, 0],
        "samples": inside.n_node_samples[leaf],
        "squared_error": inside.impurity[leaf],
    }


published(
    "hml-06-num-03",
    **numbers_of_walk(curve_tree),
    **{f"old_{name}": number for name, number in numbers_of_walk(old_tree).items()},
)

# %% [markdown]
# The prediction is a staircase: one step for each leaf. **Look at** the lines of depth 0, 1 and 2, and how each
# level halves the steps of the one before, most finely where the parabola is steep.

# %% tags=["hml-06-fig-05"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 4))
for ax, max_depth in zip(axes, [2, 3], strict=True):
    tree = DecisionTreeRegressor(max_depth=max_depth, random_state=42).fit(X_curve, y_curve)
    plots.RegressionFit.from_estimator(
        tree, X_curve, y_curve, ax=ax, limits=(-0.5, 0.5), feature_names=["$x_1$"]
    )
    trees.SplitLines.from_estimator(tree, ax=ax)
    ax.set_title(f"max_depth={max_depth}: {tree.get_n_leaves()} leaves")
    ax.label_outer()
    ax.legend(loc="upper center", fontsize=9)
plt.show()

# %% [markdown]
# CART chooses these questions as before, with the squared error in the place of the impurity:
#
# $$J(k, t_k) = \frac{m_\text{left}}{m}\, \text{MSE}_\text{left} + \frac{m_\text{right}}{m}\, \text{MSE}_\text{right},
# \qquad \text{MSE}_\text{node} = \frac{1}{m_\text{node}} \sum_{i \in \text{node}} (\hat y_\text{node} - y_i)^2,
# \qquad \hat y_\text{node} = \frac{1}{m_\text{node}} \sum_{i \in \text{node}} y_i$$
#
# The squared error of the mean is the *variance* of the targets, so NumPy has it ready:

# %% tags=["hml-06-eq-04"]
x = X_curve.ravel()
thresholds = np.sort(x)[:-1] + np.diff(np.sort(x)) / 2
cost = [
    np.mean(x <= t) * np.var(y_curve[x <= t]) + np.mean(x > t) * np.var(y_curve[x > t]) for t in thresholds
]
print(
    f"cheapest threshold by hand {thresholds[np.argmin(cost)]:.4f}, root of the tree {curve_tree.tree_.threshold[0]:.4f}"
)

# %% [markdown]
# Regression trees overfit just as easily. **Look at** the left line, which runs through every single point.

# %% tags=["hml-06-fig-06"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 3.8))
settings = {"no limit": {}, "min_samples_leaf=10": {"min_samples_leaf": 10}}
for ax, (title, parameters) in zip(axes, settings.items(), strict=True):
    tree = DecisionTreeRegressor(random_state=42, **parameters).fit(X_curve, y_curve)
    fit = plots.RegressionFit.from_estimator(
        tree, X_curve, y_curve, ax=ax, limits=(-0.5, 0.5), feature_names=["$x_1$"]
    )
    fit.line_.set_linewidth(1.2)
    ax.label_outer()
    ax.set_title(f"{title}: {tree.get_n_leaves()} leaves")
plt.show()

# %% [markdown]
# ## Does it hold on real data?
# The book recalls a regression tree that knew its training set by heart and failed on everything else. The
# second book gives the two calls for regression and classification, without data and without results. Here they
# are with data that come with scikit-learn: the course of diabetes in 442 patients, and 569 breast tumours.

# %% tags=["hml-06-concept-01", "hdl-02-code-10"]
X, y = load_diabetes(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=42)
for max_depth in (None, 3):
    tree = DecisionTreeRegressor(max_depth=max_depth, random_state=42).fit(X_train, y_train)
    in_folds = -cross_val_score(tree, X_train, y_train, scoring="neg_root_mean_squared_error", cv=10)
    print(
        f"max_depth={max_depth}: RMSE in training {root_mean_squared_error(y_train, tree.predict(X_train)):.1f}, "
        f"in validation {in_folds.mean():.1f} ± {in_folds.std():.1f}, "
        f"on the test set {root_mean_squared_error(y_test, tree.predict(X_test)):.1f}"
    )
print(f"for comparison, always answering the mean: {np.std(y_test):.1f}")

# %% [markdown]
# Training error 0, and no better than the mean on new patients: overfitting of the purest kind. Three questions do
# better. (A tree can also predict **several targets at once**: give `fit` a `y` with several columns, and a leaf
# answers with several means.)

# %% tags=["hml-06-concept-01"]
both = np.column_stack([y_curve, -y_curve])
DecisionTreeRegressor(max_depth=2, random_state=42).fit(X_curve, both).predict([[0.2]]).round(4)

# %% [markdown]
# And the classification of the tumours. **Look at** the corner top right: malignant tumours that the tree takes for
# benign, the dearer of the two mistakes, which the accuracy does not tell from the other.

# %% tags=["hdl-02-code-11"]
X, y = load_breast_cancer(return_X_y=True, as_frame=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=42)
tumour_tree = DecisionTreeClassifier(random_state=42).fit(X_train, y_train)
matrix = plots.ConfusionMatrix.from_estimator(
    tumour_tree, X_test, y_test, class_names=["malignant", "benign"]
)
matrix.ax_.set_title(f"Test accuracy {tumour_tree.score(X_test, y_test):.3f}")
plt.show()

# %% [markdown]
# ## What if the data are turned?
# All cuts of a tree are parallel to an axis. So it matters how the axes lie. The book does not print its data; any
# square that one cut divides will do. We draw 100 points at random and turn them by 45 degrees.

# %% tags=["hml-06-data-04"]
np.random.seed(6)
X_square = np.random.rand(100, 2) - 0.5
y_square = (X_square[:, 0] > 0).astype(int)

angle = np.pi / 4
X_turned = X_square @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

# %% [markdown]
# **Look at** the boundary: the same points, the same algorithm, but on the right a staircase in the place of a line.

# %% tags=["hml-06-fig-07"]
fig, axes = plt.subplots(ncols=2, sharex=True, sharey=True, figsize=(9, 4.2))
for ax, X, title in zip(axes, [X_square, X_turned], ["as drawn", "turned by 45°"], strict=True):
    tree = DecisionTreeClassifier(random_state=42).fit(X, y_square)
    plots.DecisionRegions.from_estimator(
        tree, X, y_square, ax=ax, limits=((-0.7, 0.7), (-0.7, 0.7)), legend=False
    )
    ax.set(title=f"{title}: {tree.get_n_leaves()} leaves", aspect="equal")
    ax.label_outer()
plt.show()

# %% [markdown]
# Both trees are right on all their points. The book expects the right one to do worse on new points. We can make as
# many new points as we like, and test that; and measure the angle, to be sure that we turned by as much.

# %% tags=["hml-06-fig-07"]
rng = np.random.default_rng(0)
X_fresh = rng.random((10_000, 2)) - 0.5
X_fresh_turned = X_fresh @ np.linalg.lstsq(X_square, X_turned, rcond=None)[0]
y_fresh = (X_fresh[:, 0] > 0).astype(int)
for name, X, X_new in (("as drawn", X_square, X_fresh), ("turned", X_turned, X_fresh_turned)):
    tree = DecisionTreeClassifier(random_state=42).fit(X, y_square)
    print(
        f"{name}: accuracy {tree.score(X, y_square):.3f} in training, {tree.score(X_new, y_fresh):.3f} on 10,000 new points"
    )

directions = [np.arctan2(X[0, 1], X[0, 0]) for X in (X_square, X_turned)]
published("hml-06-fig-07", degrees=abs(np.degrees(directions[1] - directions[0])))

# %% [markdown]
# One remedy is to turn the axes so that they follow the data before the tree sees them. **PCA** does that (a later
# chapter explains it). **Look at** the cuts: after scaling and PCA, one feature, $z_1$, is all that the tree needs.

# %% tags=["hml-06-fig-08"]
to_z = make_pipeline(StandardScaler(), PCA())
Z_iris = to_z.fit_transform(X_iris)
z_tree = DecisionTreeClassifier(max_depth=2, random_state=42).fit(Z_iris, y_iris)

regions = plots.DecisionRegions.from_estimator(
    z_tree,
    Z_iris,
    y_iris,
    limits=((-2.2, 2.4), (-0.7, 0.7)),
    feature_names=["$z_1$", "$z_2$"],
    class_names=species,
)
trees.SplitLines.from_estimator(z_tree, ax=regions.ax_)
regions.ax_.set_title("Irises after scaling and PCA")
plt.show()

# %%
print("share of the variance along z1, z2:", to_z[-1].explained_variance_ratio_.round(4))
print(
    f"accuracy on the training flowers: {z_tree.score(Z_iris, y_iris):.2f} with PCA, {iris_tree.score(X_iris, y_iris):.2f} without"
)

# %% [markdown]
# (PCA is no cure-all: it looks only at the features, not at the classes, and the direction in which the data vary
# most need not be the one that tells classes apart. Nor can a person read $z_1$ as easily as a petal's length.)
#
# <a id="ties"></a>
# ## How random is a tree?
# Fit the very same data again, with another `random_state`, and you may get this. **Look at** the first cut: it was
# vertical [above](#What-does-the-plane-look-like-to-a-tree?), now it is horizontal.

# %% tags=["hml-06-fig-09"]
other_tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X_iris, y_iris)

regions = plots.DecisionRegions.from_estimator(
    other_tree, X_iris, y_iris, limits=plane, feature_names=petals, class_names=species
)
trees.SplitLines.from_estimator(other_tree, ax=regions.ax_)
regions.ax_.legend(loc="lower right")
regions.ax_.set_title("The same flowers, random_state=0")
plt.show()

# %% [markdown]
# **What the book says:** scikit-learn's algorithm is random, since it picks the features to look at in each node at
# random; so even the same data can give very different trees.
#
# **What we see** is less dramatic. By default a tree looks at *all* features in every node, in random order, and the
# order counts only where two splits are *exactly* equally good. That happens to be so at the root: we met this tie
# [when we tried all questions](#How-does-a-tree-choose-its-questions?). Break the tie, and the randomness is gone:
# among 100 values of `random_state`,


# %% tags=["hml-06-fig-09"]
def roots(X: np.ndarray) -> dict[str, int]:
    fitted = [DecisionTreeClassifier(max_depth=2, random_state=seed).fit(X, y_iris) for seed in range(100)]
    return pd.Series([petals[tree.tree_.feature[0]] for tree in fitted]).value_counts().to_dict()


X_without_tie = X_iris.copy()
X_without_tie[0, 1] = 1.2  # one setosa with a wide petal: width alone no longer sets them apart
print("first question, flowers as they are:", roots(X_iris))
print("first question, one flower altered: ", roots(X_without_tie))

looks_at = "all features" if other_tree.max_features_ == X_iris.shape[1] else "some features"
published("hml-06-fig-09", each_node=looks_at)

# %% [markdown]
# Only `max_features` smaller than the number of features makes every node random. So set `random_state`, to get the
# same tree twice, but do not blame the generator for what comes next.
#
# ## How much does a tree depend on its data?
# A lot. This is the real weakness: trees have **high variance**. Draw 150 of our 150 moon points *with*
# replacement (a *bootstrap sample*): some points come twice, some not at all. It could as well have been the data.
# **Look at** the left picture, the boundaries of 20 trees from 20 such samples. Each tree has its own opinion.

# %% tags=["hml-06-concept-08"]
bootstrap_trees = [
    DecisionTreeClassifier(random_state=42).fit(*resample(X_moons, y_moons, random_state=seed))
    for seed in range(20)
]
bagging = BaggingClassifier(DecisionTreeClassifier(), n_estimators=200, random_state=42).fit(X_moons, y_moons)

fig, axes = plt.subplots(ncols=2, sharex=True, sharey=True, figsize=(9, 3.8))
limits = ((-1.5, 2.5), (-1.2, 1.6))
regions = plots.DecisionRegions.from_estimator(
    bagging, X_moons, y_moons, ax=axes[1], limits=limits, legend=False
)
axes[1].set_title("mean of 200 trees")
for tree in bootstrap_trees:
    DecisionBoundaryDisplay.from_estimator(
        tree,
        np.array(limits).T,
        eps=0,
        grid_resolution=200,
        response_method="predict",
        plot_method="contour",
        levels=[0.5],
        colors="black",
        alpha=0.3,
        linewidths=1,
        ax=axes[0],
    )
for points in regions.points_:
    axes[0].scatter(
        *points.get_offsets().T,
        s=22,
        c=points.get_facecolor(),
        marker=points.get_paths()[0],
        edgecolor="white",
        linewidth=0.5,
    )
axes[0].set(title="20 trees, 20 bootstrap samples", xlabel="$x_1$", ylabel="$x_2$")
axes[1].label_outer()
plt.show()

# %% [markdown]
# Their errors differ, and so they cancel in the mean: that is the idea of *bagging* and of the **random forest** in
# the next chapter. In numbers, on the 1000 fresh points:

# %% tags=["hml-06-concept-08"]
votes = np.array([tree.predict(X_moons_test) for tree in bootstrap_trees])
accuracies = (votes == y_moons_test).mean(axis=1)
pairs = [(votes[i] != votes[j]).mean() for i in range(20) for j in range(i)]
print(f"two of the trees disagree on {np.mean(pairs):.1%} of the points")
print(f"accuracy of one tree {accuracies.mean():.3f} ± {accuracies.std():.3f} (over 20 trees)")
print(f"accuracy of the mean of 200 trees {bagging.score(X_moons_test, y_moons_test):.3f}")

# %% [markdown] tags=["hdl-02-concept-21"]
# ## What are trees good and bad at?
# The second book lists strengths and weaknesses. Most we have seen; some need a word of caution:
#
# | it says that trees ... | what we find |
# |---|---|
# | can be understood | yes, [while they are small](#people) |
# | assume no form of the data (nonparametric) | yes, and therefore need [brakes](#brakes) |
# | take numbers and categories | as an idea; scikit-learn wants categories as numbers (below) |
# | stand missing values | in scikit-learn since version 1.3 (below) |
# | stand outliers | in the features yes, only their order counts; in a regression's target no (below) |
# | overfit, and change with small changes of the data | yes, as just seen |
# | lean towards the larger class | as nearly all classifiers do; `class_weight="balanced"` is the usual answer |
# | are weaker than ensembles of trees | yes: prune them, or make a forest |
#
# We try the four that can surprise.

# %% tags=["hdl-02-concept-21"]
colour = np.array([["red"], ["green"], ["blue"], ["green"]])
ripe = [1, 0, 0, 0]
try:
    DecisionTreeClassifier().fit(colour, ripe)
except ValueError:
    print("categories as they are: refused")
encoded = make_pipeline(OneHotEncoder(), DecisionTreeClassifier(random_state=42)).fit(colour, ripe)
print("categories, one column each:", encoded.predict(colour))

gaps = DecisionTreeClassifier(random_state=42).fit([[1.0], [2.0], [np.nan], [np.nan]], [0, 0, 1, 1])
print("missing values:", gaps.predict([[1.5], [np.nan]]), "(the gap itself was worth a question)")

far_out = X_curve.copy()
far_out[far_out.argmax()] = 1e6
same = DecisionTreeRegressor(max_depth=2, random_state=42).fit(far_out, y_curve)
print("outlier in a feature, thresholds:", same.tree_.threshold[same.tree_.feature >= 0].round(4))
y_wild = y_curve.copy()
y_wild[0] = 10
wild = DecisionTreeRegressor(max_depth=2, random_state=42).fit(X_curve, y_wild)
print("outlier in the target, thresholds:", wild.tree_.threshold[wild.tree_.feature >= 0].round(4))
print("without an outlier:              ", curve_tree.tree_.threshold[curve_tree.tree_.feature >= 0].round(4))

# %% [markdown]
# One target gone wild among 200 moved the thresholds; one feature gone wild moved none.
#
# ## What to remember
# - A tree asks one feature against one threshold at a time. Units and scaling do not matter; the direction of the
#   axes does.
# - **CART** tries every feature and every threshold and keeps the split with the least impurity (Gini, entropy, or
#   squared error), then does the same in each half. It is greedy: good, not optimal.
# - A prediction takes about $\log_2 m$ questions, training about $n\, m \log_2 m$ steps.
# - Left alone, a tree learns the noise. Hold it back (`max_depth`, `min_samples_leaf`, ...) or prune it
#   (`ccp_alpha`), and choose how much by cross-validation, never on the test set.
# - Its predictions are piecewise constant: rectangles for classes, a staircase for numbers.
# - Small changes of the data give quite other trees. The mean of many is steadier and better: a forest.
#
# **Go on** with [the wine study](wine.ipynb) and [the exercises](exercises.ipynb). On trees in scikit-learn:
# [user guide](https://scikit-learn.org/stable/modules/tree.html). The original: L. Breiman, J. Friedman, R. Olshen,
# C. Stone, *Classification and Regression Trees*, 1984.
