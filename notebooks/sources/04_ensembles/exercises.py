# %% [markdown]
# # Ensembles: exercises
# Fourteen questions, 24 points. Write each answer under the name that the cell gives, run the cell, then run the
# check below it. A check says at once which property of your answer holds and which does not; `hint()` helps, and
# helps more each time you call it. Your instructor's checks ask with data that you have not seen.
#
# The questions come after the exercises of chapter 7 of *Hands-On Machine Learning* (3rd edition, A. Géron), and three
# from the sections on ensembles of the *Handbook of Deep Learning Models*.

# %% tags=["setup"]
import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import (
    AdaBoostClassifier,
    ExtraTreesClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_sample_weight

# %%
from course import datasets, scale
from course.exercises import ensembles as ask

# %% [markdown]
# ## 1. Five good models
# Five different models were trained on the same data, and each has a precision of 95 %. Can they be combined into
# something better?
#
# - **a** No: what all five know, each of them knows already.
# - **b** Yes, for sure: five times 95 % make at least 99 %.
# - **c** Possibly: the more their errors differ, the more a vote gains.
# - **d** Only if they were trained by the same algorithm, or their answers cannot be compared.
#
# *(1 point)*

# %% tags=["answer:ensembles-five", "hml-07-ex-01"]
### BEGIN SOLUTION
five = "c"
### TEMPLATE
# five = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.five.check(five)

# %% [markdown] tags=["solution-only", "why:ensembles-five"]
# A vote is worth trying: where one model errs, four others may be right. It gains more if the models are of quite
# different kinds, and still more if they were trained on different data. If all five stumble over the same samples,
# it gains nothing.

# %% tags=["wrong:ensembles-five"]
five = "b"

# %% tags=["wrong:ensembles-five"]
five = "a"

# %% [markdown]
# Suppose now that their errors are **independent**, and that each is right in 95 % of all cases. In which share of the
# cases is the majority of the five right? *(1 point)*

# %% tags=["answer:ensembles-crowd", "hml-07-ex-01"]
### BEGIN SOLUTION
from scipy.stats import binom

crowd = binom.sf(2, 5, 0.95)
### TEMPLATE
# crowd = ...
### END SOLUTION

# %% tags=["check"]
ask.crowd.check(crowd)

# %% [markdown] tags=["solution-only", "why:ensembles-crowd"]
# The majority is right if at least three are: $\sum_{k=3}^{5} \binom{5}{k} 0.95^k\, 0.05^{5-k} \approx 0.9988$. That is the best
# case; models trained on the same data are far from independent.

# %% tags=["wrong:ensembles-crowd"]
crowd = 1 - 0.05**5

# %% tags=["wrong:ensembles-crowd"]
crowd = 0.95**5

# %% [markdown]
# ## 2. Hard or soft?
# Write `ballots(probabilities)`. It gets an array of shape (models, samples, classes) with what each model takes for the
# probability of each class, and returns an array with **two rows**: the class numbers that *hard* voting chooses for the
# samples, and those that *soft* voting chooses. (Where a hard vote ties, any of the tied classes will do.) *(2 points)*


# %% tags=["answer:ensembles-ballots", "hml-07-ex-02"]
### BEGIN SOLUTION
def ballots(probabilities):
    votes = probabilities.argmax(axis=2)
    n_classes = probabilities.shape[2]
    counts = np.array([np.bincount(column, minlength=n_classes) for column in votes.T])
    return np.array([counts.argmax(axis=1), probabilities.mean(axis=0).argmax(axis=1)])


### TEMPLATE
# def ballots(probabilities):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.ballots.check(ballots)

# %% [markdown] tags=["solution-only", "why:ensembles-ballots"]
# A hard vote counts each model's favourite; a soft vote averages the probabilities, so a model that is very sure can
# outvote two that hesitate. Soft voting needs models that can estimate probabilities, and good estimates.


# %% tags=["wrong:ensembles-ballots"]
def ballots(probabilities):
    soft = probabilities.mean(axis=0).argmax(axis=1)
    return np.array([soft, soft])


# %% tags=["wrong:ensembles-ballots"]
def ballots(probabilities):
    votes = probabilities.argmax(axis=2)
    hard = np.round(votes.mean(axis=0)).astype(int)
    return np.array([hard, probabilities.mean(axis=0).argmax(axis=1)])


# %% tags=["wrong:ensembles-ballots"]
def ballots(probabilities):
    hard = [np.bincount(column).argmax() for column in probabilities.argmax(axis=2).T]
    return np.array([hard, probabilities.max(axis=0).argmax(axis=1)])


# %% [markdown]
# ## 3. Many machines
# You have twenty servers. Which of these ensembles trains hardly any faster on them?
#
# - **a** A bag of trees.
# - **b** A random forest.
# - **c** A bag made by pasting.
# - **d** A boosted ensemble.
#
# *(1 point)*

# %% tags=["answer:ensembles-servers", "hml-07-ex-03"]
### BEGIN SOLUTION
servers = "d"
### TEMPLATE
# servers = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.servers.check(servers)

# %% [markdown] tags=["solution-only", "why:ensembles-servers"]
# In boosting each predictor is built on the errors of those before, so they must be trained one after another. The members
# of a bag, of a pasting ensemble and of a forest know nothing of each other: share them out. In a stack, the members
# of one layer can be trained at the same time, but each layer waits for the one below.

# %% tags=["wrong:ensembles-servers"]
servers = "b"

# %% tags=["wrong:ensembles-servers"]
servers = "c"

# %% [markdown]
# ## 4. Out of the bag
# What do you gain by evaluating a bag on its out-of-bag samples?
#
# - **a** A better ensemble, because the worst members are left out.
# - **b** An estimate on samples that the judging members did not see, while all samples can be trained on.
# - **c** A faster training, because 37 % of the samples are skipped.
# - **d** The same accuracy as on the training set, at less cost.
#
# *(1 point)*

# %% tags=["answer:ensembles-oob", "hml-07-ex-04"]
### BEGIN SOLUTION
oob = "b"
### TEMPLATE
# oob = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.oob.check(oob)

# %% [markdown] tags=["solution-only", "why:ensembles-oob"]
# Every sample is judged only by the members that were trained without it. So the estimate is fair, and no validation set
# has to be held out: there is more to train on.

# %% tags=["wrong:ensembles-oob"]
oob = "c"

# %% tags=["wrong:ensembles-oob"]
oob = "d"

# %% [markdown]
# ## 5. What is extra in extra-trees?
# Which sentence is right about extra-trees, compared with a random forest?
#
# - **a** They draw random thresholds instead of searching the best one: more bias, less variance, faster to train, and about
#   as fast to predict.
# - **b** They draw random thresholds: less bias, more variance, slower to train.
# - **c** They use more features at each node, so they are slower but more accurate.
# - **d** They are forests with more trees; nothing else differs.
#
# *(1 point)*

# %% tags=["answer:ensembles-extra", "hml-07-ex-05"]
### BEGIN SOLUTION
extra = "a"
### TEMPLATE
# extra = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.extra.check(extra)

# %% [markdown] tags=["solution-only", "why:ensembles-extra"]
# The search for the best threshold is most of the work of growing a tree. Without it training is faster, and the trees differ
# more, which regularises: if a forest overfits, extra-trees may do better. To predict, both walk down trees.

# %% tags=["wrong:ensembles-extra"]
extra = "b"

# %% tags=["wrong:ensembles-extra"]
extra = "d"

# %% [markdown]
# ## 6. AdaBoost learns too little
# Your AdaBoost underfits the training data. Which change does *not* help?
#
# - **a** More members (`n_estimators`).
# - **b** Members that are allowed more, such as trees of depth 2 for stumps.
# - **c** A slightly higher learning rate.
# - **d** Fewer members, each trained on half of the samples.
#
# *(1 point)*

# %% tags=["answer:ensembles-ada", "hml-07-ex-06"]
### BEGIN SOLUTION
ada = "d"
### TEMPLATE
# ada = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.ada.check(ada)

# %% [markdown] tags=["solution-only", "why:ensembles-ada"]
# Who underfits needs more freedom: more members, members with less regularisation, or a higher learning rate, so that each
# round corrects more.

# %% tags=["wrong:ensembles-ada"]
ada = "b"

# %% tags=["wrong:ensembles-ada"]
ada = "c"

# %% [markdown]
# ## 7. Gradient boosting learns too much
# Your gradient boosting overfits. Which change is right?
#
# - **a** Raise the learning rate, and keep the number of trees.
# - **b** Lower the learning rate, or stop early.
# - **c** Allow deeper trees.
# - **d** Add trees until the training error is zero.
#
# *(1 point)*

# %% tags=["answer:ensembles-rate", "hml-07-ex-07"]
### BEGIN SOLUTION
rate = "b"
### TEMPLATE
# rate = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.rate.check(rate)

# %% [markdown] tags=["solution-only", "why:ensembles-rate"]
# A lower learning rate makes each tree say less. And early stopping finds the number of trees after which the error on held-out
# samples no longer falls: probably there are too many now.

# %% tags=["wrong:ensembles-rate"]
rate = "a"

# %% tags=["wrong:ensembles-rate"]
rate = "d"

# %% [markdown]
# ## 8. A forest, tuned
# Tune a random forest by cross-validation: `tuned` is a fitted `GridSearchCV` or `RandomizedSearchCV` over **at least two
# hyperparameters** of a `RandomForestClassifier`, with at least three folds. The data are 600 digits of 8 by 8 pixels; graded
# is the accuracy on digits that it has not seen. Small forests (20 to 40 trees) keep the search short. *(2 points)*

# %% tags=["setup:ensembles-forest"]
X_digits, y_digits = load_digits(return_X_y=True)
X_some, _, y_some, _ = train_test_split(
    X_digits, y_digits, train_size=600, stratify=y_digits, random_state=42
)

# %% tags=["answer:ensembles-forest", "hdl-02-ex-07"]
### BEGIN SOLUTION
tuned = GridSearchCV(
    RandomForestClassifier(n_estimators=30, random_state=42),
    {"max_features": [4, 8], "min_samples_leaf": [1, 5]},
    cv=3,
).fit(X_some, y_some)
### TEMPLATE
# tuned = ...
### END SOLUTION

# %% tags=["check"]
ask.forest.check(tuned)

# %% [markdown] tags=["solution-only", "why:ensembles-forest"]
# What matters most in a forest is how many features a node may choose from, and how small a leaf may be. The number of trees
# need not be searched: more never hurt, but cost time. (`best_params_` says what was chosen.)

# %% tags=["wrong:ensembles-forest"]
tuned = RandomForestClassifier(n_estimators=30, random_state=42).fit(X_some, y_some)

# %% tags=["wrong:ensembles-forest"]
tuned = GridSearchCV(
    RandomForestClassifier(n_estimators=5, max_depth=2, random_state=42),
    {"max_features": [1, 2], "min_samples_leaf": [50, 100]},
    cv=3,
).fit(X_some, y_some)

# %% tags=["wrong:ensembles-forest"]
tuned = GridSearchCV(
    RandomForestClassifier(n_estimators=20, random_state=42), {"max_features": [4, 8]}, cv=3
).fit(X_some, y_some)

# %% [markdown]
# ## 9. AdaBoost, and a measure that fits
# One sample in twenty belongs to class 1, and class 1 is what we look for. Write `hunt(X, y)`: it fits an `AdaBoostClassifier`
# with settings of your choice (also the members') and returns it. It is graded by **balanced accuracy**, the mean of the shares
# found of each class, on new data. Plain accuracy would be 95 % for a model that never says 1. *(2 points)*


# %% tags=["answer:ensembles-hunt", "hdl-02-ex-08"]
### BEGIN SOLUTION
def hunt(X, y):
    equal = compute_sample_weight("balanced", y)
    return AdaBoostClassifier(n_estimators=40, random_state=42).fit(X, y, sample_weight=equal)


### TEMPLATE
# def hunt(X, y):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.hunt.check(hunt)

# %% [markdown] tags=["solution-only", "why:ensembles-hunt"]
# The weights make the few samples of class 1 count as much as the many of class 0, and AdaBoost starts from them. A
# measure that fits the purpose comes first; then the number of members can be chosen by cross-validation with
# `scoring="balanced_accuracy"`.


# %% tags=["wrong:ensembles-hunt"]
def hunt(X, y):
    return AdaBoostClassifier(n_estimators=1, random_state=42).fit(X, y)


# %% tags=["wrong:ensembles-hunt"]
def hunt(X, y):
    return AdaBoostClassifier(n_estimators=5, random_state=42).fit(X, np.zeros_like(y))


# %% [markdown]
# Now measure one by hand. Write `balanced(y_true, y_pred)`: the mean over the classes in `y_true` of the share of their samples that
# is found. Do not call scikit-learn's function. *(2 points)*


# %% tags=["answer:ensembles-balanced", "hdl-02-ex-08"]
### BEGIN SOLUTION
def balanced(y_true, y_pred):
    return np.mean([np.mean(y_pred[y_true == label] == label) for label in np.unique(y_true)])


### TEMPLATE
# def balanced(y_true, y_pred):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.balanced.check(balanced)

# %% [markdown] tags=["solution-only", "why:ensembles-balanced"]
# For each class: of its samples, which share was recognised? Then the mean, in which each class counts the same.


# %% tags=["wrong:ensembles-balanced"]
def balanced(y_true, y_pred):
    return np.mean(y_true == y_pred)


# %% tags=["wrong:ensembles-balanced"]
def balanced(y_true, y_pred):
    return np.mean([np.mean(y_true[y_pred == label] == label) for label in np.unique(y_pred)])


# %% [markdown]
# ## 10. Gradient boosting, tuned
# Write `boost(X, y)`: it returns a `GradientBoostingRegressor`, fitted on the data with a **learning rate below 0.5** and with **early
# stopping** (`n_iter_no_change`), and with a depth of your choice. Graded is the error on new data of the same kind, compared with
# a single tree and with the noise that nobody can predict. *(3 points)*


# %% tags=["answer:ensembles-boost", "hdl-02-ex-09"]
### BEGIN SOLUTION
def boost(X, y):
    return GradientBoostingRegressor(
        learning_rate=0.15, max_depth=2, n_estimators=300, n_iter_no_change=10, random_state=42
    ).fit(X, y)


### TEMPLATE
# def boost(X, y):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.boost.check(boost)

# %% [markdown] tags=["solution-only", "why:ensembles-boost"]
# Small trees, a small rate, and as many trees as held-out samples still profit from. The three depend on each other: half the rate needs
# about twice the trees; deeper trees need fewer.


# %% tags=["wrong:ensembles-boost"]
def boost(X, y):
    return GradientBoostingRegressor(
        learning_rate=0.01, max_depth=1, n_estimators=20, n_iter_no_change=10, random_state=42
    ).fit(X, y)


# %% tags=["wrong:ensembles-boost"]
def boost(X, y):
    return GradientBoostingRegressor(learning_rate=0.15, max_depth=2, random_state=42).fit(X, y)


# %% tags=["wrong:ensembles-boost"]
def boost(X, y):
    return GradientBoostingRegressor(
        learning_rate=1.0, max_depth=8, n_iter_no_change=10, random_state=42
    ).fit(X, y)


# %% [markdown]
# ## 11. A team for handwritten digits
# Write `team(X, y)`: it trains at least **three classifiers of different kinds** and returns them as one fitted `VotingClassifier`, hard or
# soft. It is graded on small digits; below it meets the big ones of MNIST, with your own validation. *(3 points)*


# %% tags=["answer:ensembles-team", "hml-07-ex-08"]
### BEGIN SOLUTION
def team(X, y):
    return VotingClassifier(
        [
            ("forest", RandomForestClassifier(n_estimators=40, random_state=42)),
            ("extra", ExtraTreesClassifier(n_estimators=40, random_state=42)),
            ("logistic", LogisticRegression(C=0.01, max_iter=200)),
        ],
        voting="soft",
    ).fit(X, y)


### TEMPLATE
# def team(X, y):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.team.check(team)

# %% [markdown] tags=["solution-only", "why:ensembles-team"]
# A forest and extra-trees are relatives; a linear model makes other errors than both. Before you trust such a team, compare it with each of its members
# on validation data that none of them has seen.


# %% tags=["wrong:ensembles-team"]
def team(X, y):
    return RandomForestClassifier(n_estimators=40, random_state=42).fit(X, y)


# %% tags=["wrong:ensembles-team"]
def team(X, y):
    stump = DecisionTreeClassifier(max_depth=2, random_state=42)
    return VotingClassifier([("a", stump), ("b", stump), ("c", stump)]).fit(X, y)


# %% [markdown]
# ### Your team on MNIST
# Three parts: to train on, to *choose* by (validation), and the test set for the last word. At quick scale these are
# 2,100, 700 and 500 images; at full scale (`COURSE_SCALE=full`) the 50,000, 10,000 and 10,000 of the book, which takes about
# five minutes.

# %%
mnist = datasets.load("mnist", limit=2_800)
X_all, y_all = mnist.data[: mnist.split] / 255, mnist.target[: mnist.split]
X_mnist_test, y_mnist_test = mnist.data[mnist.split :] / 255, mnist.target[mnist.split :]
held_out = scale.pick(quick=700, full=10_000)
X_fit, X_valid, y_fit, y_valid = train_test_split(
    X_all, y_all, test_size=held_out, stratify=y_all, random_state=42
)
print(mnist.origin)
print(len(X_fit), "to train on,", len(X_valid), "to choose by,", len(X_mnist_test), "to test on")

# %% tags=["hml-07-ex-08"]
if scale.is_full():
    print("training on 50,000 images, one to two minutes ...", flush=True)
crew = team(X_fit, y_fit)
members = crew.named_estimators_
for name, member in members.items():
    print(f"{name:<10} validation {np.mean(member.predict(X_valid) == y_valid):.3f}")
print(f"{'team':<10} validation {crew.score(X_valid, y_valid):.3f}")

# %% [markdown]
# Does it beat its best member on the validation set? If not, change the team. Only then:

# %% tags=["hml-07-ex-08"]
for name, member in [*members.items(), ("team", crew)]:
    right = np.mean(member.predict(X_mnist_test) == y_mnist_test)
    error = np.sqrt(right * (1 - right) / len(X_mnist_test))
    print(f"{name:<10} test {right:.3f} ± {error:.3f}")

# %% [markdown]
# (The labels of MNIST are the numbers 0 to 9 here, so members and team speak of the same classes. The ± is the standard error of a share; the
# members are judged on the same images, so their differences are a little more certain than it says.)
#
# ## 12. A blender
# What do the members say on the validation set? That makes a new training set: for each image a row with the *class* that each member
# predicts. Write `blend(said, y, said_new)`: it trains a model on the members' predictions `said`, of shape (samples, members), with the true
# classes `y`, and returns its predictions for `said_new`. The classes are numbers, but 7 is not "more" than 3: think of how to give them
# to your model. *(3 points)*


# %% tags=["answer:ensembles-blend", "hml-07-ex-09"]
### BEGIN SOLUTION
def blend(said, y, said_new):
    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(said)
    blender = LogisticRegression(max_iter=300).fit(one_hot.transform(said), y)
    return blender.predict(one_hot.transform(said_new))


### TEMPLATE
# def blend(said, y, said_new):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.blend.check(blend)

# %% [markdown] tags=["solution-only", "why:ensembles-blend"]
# One column for each member *and class* lets even a linear blender learn "when the second member says 7, it is a 1". A forest would do without
# that encoding, since it can cut the numbers apart. A majority vote cannot learn whom to trust.


# %% tags=["wrong:ensembles-blend"]
def blend(said, y, said_new):
    return np.array([np.bincount(row).argmax() for row in said_new])


# %% tags=["wrong:ensembles-blend"]
def blend(said, y, said_new):
    return said_new[:, 0]


# %% tags=["wrong:ensembles-blend"]
def blend(said, y, said_new):
    return np.full(len(said_new), np.bincount(y).argmax())


# %% [markdown]
# On MNIST: the blender learns from the validation set and is compared with the vote on the test set. Then `StackingClassifier` does the same,
# but with out-of-fold predictions of the *whole* training set.

# %% tags=["hml-07-ex-09"]
said_valid = np.column_stack([member.predict(X_valid) for member in members.values()])
said_test = np.column_stack([member.predict(X_mnist_test) for member in members.values()])
blended = np.mean(blend(said_valid, y_valid, said_test) == y_mnist_test)
stack = StackingClassifier(
    crew.estimators,
    final_estimator=RandomForestClassifier(random_state=42),
    cv=3,
    verbose=2 * scale.is_full(),
)
stacked = stack.fit(X_all, y_all).score(X_mnist_test, y_mnist_test)
print(
    f"vote {crew.score(X_mnist_test, y_mnist_test):.3f}, blender on validation predictions {blended:.3f}, StackingClassifier {stacked:.3f}"
)

# %% [markdown]
# The ready-made stack profits twice: its blender sees probabilities instead of mere classes, from as many images as there are to train on, and
# its members are trained on the validation images too. In return each member is trained four times.
