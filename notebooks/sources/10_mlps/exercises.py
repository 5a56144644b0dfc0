# %% [markdown]
# # Multilayer perceptrons: exercises
# Twenty-four questions, 39 points. Write each answer under the name that the cell gives, run the cell, then run the
# check below it. A check says at once which property of your answer holds and which does not; `hint()` helps, and
# helps more each time you call it. Your instructor's checks ask with data that you have not seen.
#
# The questions come after the exercises of chapter 10 of *Hands-On Machine Learning* (3rd edition, A. Géron), among
# them those that its text asks in passing, and one from a second text.

# %% tags=["setup"]
import shutil
import tempfile
import time
import uuid
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from sklearn.neural_network import MLPClassifier

# %%
from course import plots, scale
from course.exercises import mlps as ask

plots.use_style()

# %% [markdown]
# ## 1. A playground
# The source sends you to a web page where small nets learn before your eyes. Here is the same with scikit-learn: its
# first data set, a disc inside a ring, and nets with one hidden layer. **Look at** the shape of the border: with two
# neurons it never closes.

# %% tags=["hml-10-data-06"]
import warnings

from sklearn.exceptions import ConvergenceWarning

warnings.filterwarnings("ignore", category=ConvergenceWarning)  # some of these nets are meant to get stuck

rng = np.random.default_rng(42)
angle = rng.uniform(0, 2 * np.pi, 300)
distance = np.r_[rng.uniform(0, 2, 150), rng.uniform(3, 5, 150)]
X_rings = np.c_[distance * np.cos(angle), distance * np.sin(angle)]
y_rings = (distance > 2.5).astype(int)


def trainings(width, activation="relu", count=10):
    """Train a net with one hidden layer several times from different random weights."""
    return [
        MLPClassifier([width], activation=activation, solver="lbfgs", max_iter=500, random_state=seed).fit(
            X_rings, y_rings
        )
        for seed in range(count)
    ]


fig, axes = plt.subplots(ncols=2, figsize=(8, 3.6))
for ax, width in zip(axes, (2, 8), strict=True):
    net = max(trainings(width, count=3), key=lambda net: net.score(X_rings, y_rings))
    plots.DecisionRegions.from_estimator(net, X_rings, y_rings, point_size=8, ax=ax)
    ax.set_title(f"{width} neurons")
plt.show()

# %% [markdown]
# Which is the smallest width of the hidden layer with which **at least one** of ten trainings is right on more than
# 98 % of the rings? Try `trainings(1)`, `trainings(2)`, ... and look at the scores. *(1 point)*

# %% tags=["answer:mlps-rings", "hml-10-ex-01"]
### BEGIN SOLUTION
fewest = 3
### TEMPLATE
# fewest = ...
### END SOLUTION

# %% tags=["check"]
ask.rings.check(fewest)

# %% [markdown] tags=["solution-only", "why:mlps-rings"]
# A ReLU neuron bends the plane along one line. Two lines cannot enclose an area; three can make a triangle. With
# two neurons the net underfits however long it trains. With three it depends on the first random weights: some
# trainings are stuck in a local minimum. With eight none is, since some neurons always start in a good place. `tanh`
# gives round borders where ReLU gives polygons.

# %% tags=["solution-only", "nbval-ignore-output"]
for activation in ("tanh", "relu"):
    for width in (1, 2, 3, 4, 8):
        scores = [net.score(X_rings, y_rings) for net in trainings(width, activation)]
        print(
            f"{activation}, {width} neurons: {np.sum(np.array(scores) > 0.98):2d} of 10 trainings part the rings"
        )

# %% tags=["wrong:mlps-rings"]
fewest = 2

# %% tags=["wrong:mlps-rings"]
fewest = 8

# %% tags=["wrong:mlps-rings"]
fewest = 3.4

# %% [markdown]
# The second data set of that page is a double spiral, for which it takes four hidden layers of eight neurons. We train
# such a net once with `tanh` and once with sigmoid neurons. **Look at** the two curves on the right: one falls soon,
# the other goes down in stairs, with long flat stretches. (The page shows a net at work, with its loss as a small
# curve. Our curves stand in for that, and our sigmoid, which the page also offers, for its slow trainings.)


# %% tags=["hml-10-data-06"]
def spiral_points(count=200):
    """Return two interleaved spirals."""
    turn = np.linspace(0.3, 1, count) * 3 * np.pi
    arm = np.c_[turn * np.cos(turn), turn * np.sin(turn)] / 5
    return np.r_[arm, -arm], np.r_[np.zeros(count), np.ones(count)]


X_spirals, y_spirals = spiral_points()
deep = {
    activation: MLPClassifier(
        [8] * 4, activation=activation, learning_rate_init=0.01, batch_size=32, max_iter=300, random_state=42
    ).fit(X_spirals, y_spirals)
    for activation in ("tanh", "logistic")
}

fig, (left, right) = plt.subplots(ncols=2, figsize=(8, 3.4))
plots.DecisionRegions.from_estimator(deep["tanh"], X_spirals, y_spirals, point_size=8, ax=left)
left.set_title("Spirals, four layers of eight (tanh)")
for (activation, net), line in zip(deep.items(), ("-", "--"), strict=True):
    right.plot(net.loss_curve_, line, label={"logistic": "sigmoid"}.get(activation, activation))
right.set(xlabel="epoch", ylabel="training loss", title="One training each")
right.legend()
plt.show()

# %% [markdown]
# Why the flat stretches? How large is the gradient of the loss in each layer at the start? **Look at** the order of the
# bars, mean of 20 random nets with sigmoid neurons.


# %%
def gradient_sizes(X, y, seed, width=8, layers=4):
    """Go forward and back through a net of sigmoid neurons; return the size of the gradient in each layer."""
    draw = np.random.default_rng(seed)
    sizes = [X.shape[1], *[width] * layers, 1]
    W = [draw.uniform(-1, 1, (n, m)) * np.sqrt(6 / (n + m)) for n, m in pairwise(sizes)]
    values = [X]
    for matrix in W:
        values.append(1 / (1 + np.exp(-values[-1] @ matrix)))
    slope = (values[-1][:, 0] - y)[:, np.newaxis] / len(y)
    norms = []
    for i in reversed(range(len(W))):
        norms.append(np.abs(values[i].T @ slope).mean())
        slope = (slope @ W[i].T) * values[i] * (1 - values[i])
    return norms[::-1]


mean_sizes = np.mean([gradient_sizes(X_spirals, y_spirals, seed) for seed in range(20)], axis=0)
fig, ax = plt.subplots(figsize=(6, 3))
ax.bar(["hidden 1", "hidden 2", "hidden 3", "hidden 4", "output"], mean_sizes)
ax.set(yscale="log", ylabel="mean size of the gradient", title="Four hidden layers before training")
plt.show()

# %% [markdown]
# Which layer learns slowest, and why?
#
# - **a** The first: the gradient shrinks on its way back from the loss.
# - **b** The first: it has the fewest inputs.
# - **c** The last: it must wait for all others.
# - **d** All the same: they have the same learning rate.
#
# *(1 point)*

# %% tags=["answer:mlps-spiral", "hml-10-ex-01"]
### BEGIN SOLUTION
slowest = "a"
### TEMPLATE
# slowest = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.spiral.check(slowest)

# %% [markdown] tags=["solution-only", "why:mlps-spiral"]
# Each layer on the way back multiplies by the derivative of its activation, at most 1/4 for the sigmoid. After four
# layers little is left: the *vanishing gradient*. It goes with the flat stretches of the loss curve above: the upper
# layers move, the lower ones hardly do. `tanh` has a derivative of up to 1, and falls sooner.

# %% tags=["wrong:mlps-spiral"]
slowest = "b"

# %% tags=["wrong:mlps-spiral"]
slowest = "d"

# %% [markdown]
# ## 2. XOR with the oldest neurons
# A McCulloch-Pitts neuron fires if at least **two** of its incoming connections are active; an active *inhibiting*
# connection forbids it to fire. Build a net of three such neurons that computes A xor B: a left and a right neuron
# that see A and B, and an output that sees the left and the right one. Write three rows of two numbers:
# how many connections come from each input; a negative number is inhibiting. *(2 points)*

# %% tags=["answer:mlps-wiring", "hml-10-ex-02"]
### BEGIN SOLUTION
wiring = [[2, -1], [-1, 2], [2, 2]]
### TEMPLATE
# wiring = ...  # [[from A, from B], [from A, from B], [from left, from right]]
### END SOLUTION


# %%
def table(wiring):
    """Print what the net answers."""
    for a, b in ((0, 0), (0, 1), (1, 0), (1, 1)):
        print(f"A={a} B={b}: {ask.output_of(np.array(wiring), a, b)}")


table(wiring)

# %% tags=["check"]
ask.wiring.check(wiring)

# %% [markdown] tags=["solution-only", "why:mlps-wiring"]
# $A \oplus B = (A \wedge \neg B) \vee (\neg A \wedge B)$. The left neuron fires for "A and not B": two connections
# from A are enough, and B inhibits. The right one is its mirror image. The output is an OR: two connections from each.

# %% tags=["wrong:mlps-wiring"]
wiring = [[2, -1], [-1, 2], [1, 1]]

# %% tags=["wrong:mlps-wiring"]
wiring = [[1, 1], [2, 2], [-1, 2]]
wiring = [[2, 2], [2, 2], [2, 2]]

# %% [markdown]
# ## 3. A perceptron or a logistic regression?
# Why is a logistic regression usually the better choice? *(1 point)*
#
# - **a** Its border can be curved.
# - **b** It needs no training data.
# - **c** It is the only one that gradient descent can train.
# - **d** It gives probabilities, and settles down even where no line parts the classes.

# %% tags=["answer:mlps-perceptron", "hml-10-ex-03"]
### BEGIN SOLUTION
why = "d"
### TEMPLATE
# why = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.perceptron.check(why)

# %% [markdown] tags=["solution-only", "why:mlps-perceptron"]
# Both draw a straight border. The perceptron only says on which side a point lies, and where no line parts the
# classes it never stops moving. Replace its step by a sigmoid and minimise the cross-entropy, and it is one.

# %% tags=["wrong:mlps-perceptron"]
why = "a"

# %% tags=["wrong:mlps-perceptron"]
why = "c"

# %% [markdown]
# `SGDClassifier(loss="perceptron", ...)` is a perceptron. Change it so that it is a logistic regression, and fit it as
# `softened` on the petals below: virginica or not. Put a `StandardScaler` before it, since without one its small steps
# often end far from the goal: a pipeline of the two. *(2 points)*

# %% tags=["setup:mlps-softened"]
from sklearn.datasets import load_iris
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

petals = load_iris().data[:, 2:]
virginica = (load_iris().target == 2).astype(int)

# %% tags=["answer:mlps-softened", "hml-10-ex-03"]
### BEGIN SOLUTION
softened = make_pipeline(StandardScaler(), SGDClassifier(loss="log_loss", random_state=42))
softened.fit(petals, virginica)
### TEMPLATE
# softened = ...
### END SOLUTION

# %% tags=["check"]
ask.softened.check(softened)

# %% [markdown] tags=["solution-only", "why:mlps-softened"]
# The log loss is the cross-entropy of a sigmoid: the same weights and the same sum, but a soft step in place of the
# hard one. Some petals of virginica and versicolor are alike, so no line parts them; the probabilities say so.

# %% tags=["wrong:mlps-softened"]
softened = SGDClassifier(loss="perceptron", random_state=42).fit(petals, virginica)

# %% tags=["wrong:mlps-softened"]
softened = SGDClassifier(loss="modified_huber", random_state=42).fit(petals, virginica)

# %% [markdown]
# ## 4. Why the sigmoid?
# What made the sigmoid so important for the first multilayer perceptrons? *(1 point)*
#
# - **a** It is faster to compute than a step.
# - **b** It has a slope everywhere, and gradient descent follows slopes.
# - **c** Its mean is 0.
# - **d** It is linear.

# %% tags=["answer:mlps-sigmoid", "hml-10-ex-04"]
### BEGIN SOLUTION
smooth = "b"
### TEMPLATE
# smooth = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.sigmoid.check(smooth)

# %% [markdown] tags=["solution-only", "why:mlps-sigmoid"]
# A step is flat on both sides: its derivative is 0, and a gradient of 0 moves no weight. The sigmoid is nowhere
# flat. (It saturates, though: far from 0 its slope is tiny, and question 1 showed what that does to deep nets.)

# %% tags=["wrong:mlps-sigmoid"]
smooth = "a"

# %% tags=["wrong:mlps-sigmoid"]
smooth = "c"

# %% [markdown]
# ## 5. Three activations
# Write `activations(z)`: for an array `z` it returns three rows, the sigmoid, tanh and ReLU of `z`, in this
# order. The cell below draws them. *(2 points)*


# %% tags=["answer:mlps-activations", "hml-10-ex-05"]
### BEGIN SOLUTION
def activations(z):
    return np.array([1 / (1 + np.exp(-z)), np.tanh(z), np.maximum(0, z)])


### TEMPLATE
# def activations(z):
#     ...
### END SOLUTION

# %%
z = np.linspace(-4, 4, 81)
curves = activations(z)
if curves is not None:
    fig, ax = plt.subplots(figsize=(6, 3))
    for i, (curve, name) in enumerate(zip(curves, ["sigmoid", "tanh", "ReLU"], strict=True)):
        ax.plot(z, curve, label=name, linestyle=["-", "--", ":"][i])
    ax.set(xlabel="z", ylabel="activation", ylim=(-1.2, 2), title="What a neuron makes of its sum")
    ax.legend()
    plt.show()

# %% tags=["check"]
ask.activations.check(activations)

# %% [markdown] tags=["solution-only", "why:mlps-activations"]
# From 0 to 1, from -1 to 1, and from 0 without end. tanh is a sigmoid stretched: $\tanh z = 2\sigma(2z) - 1$.


# %% tags=["wrong:mlps-activations"]
def activations(z):
    return np.array([1 / (1 + np.exp(z)), np.tanh(z), np.maximum(0, z)])


# %% tags=["wrong:mlps-activations"]
def activations(z):
    return np.array([1 / (1 + np.exp(-z)), np.tanh(z), np.abs(z)])


# %% [markdown]
# ## 6. Layers as matrices
# A net has 10 inputs, a hidden layer of 50 neurons and an output layer of 3, all with ReLU. For a batch of 32
# samples: write the shapes of the inputs `X`, the hidden weights `W_h`, the output weights `W_o` and the output `Y`, as four
# rows of (rows, columns). *(1 point)*

# %% tags=["answer:mlps-shapes", "hml-10-ex-06"]
### BEGIN SOLUTION
shapes = [[32, 10], [10, 50], [50, 3], [32, 3]]
### TEMPLATE
# shapes = ...  # [[.., ..], [.., ..], [.., ..], [.., ..]]
### END SOLUTION

# %% tags=["check"]
ask.shapes.check(shapes)

# %% [markdown] tags=["solution-only", "why:mlps-shapes"]
# Samples are rows of X. A weight matrix has a row for each input and a column for each neuron; the biases are 50 and 3
# numbers, added to every row.

# %% tags=["wrong:mlps-shapes"]
shapes = [[32, 10], [50, 10], [3, 50], [32, 3]]

# %% tags=["wrong:mlps-shapes"]
shapes = [[10, 32], [32, 50], [50, 3], [10, 3]]

# %% [markdown]
# Now as code: `forward(X, W_h, b_h, W_o, b_o)` returns `Y`. *(2 points)*


# %% tags=["answer:mlps-forward", "hml-10-ex-06"]
### BEGIN SOLUTION
def forward(X, W_h, b_h, W_o, b_o):
    hidden = np.maximum(0, X @ W_h + b_h)
    return np.maximum(0, hidden @ W_o + b_o)


### TEMPLATE
# def forward(X, W_h, b_h, W_o, b_o):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.forward_question.check(forward)

# %% [markdown] tags=["solution-only", "why:mlps-forward"]
# $Y = \mathrm{ReLU}(\mathrm{ReLU}(X W_h + b_h) W_o + b_o)$.


# %% tags=["wrong:mlps-forward"]
def forward(X, W_h, b_h, W_o, b_o):
    return (X @ W_h + b_h) @ W_o + b_o


# %% tags=["wrong:mlps-forward"]
def forward(X, W_h, b_h, W_o, b_o):
    return np.maximum(0, X @ W_h + b_h) @ W_o + b_o


# %% [markdown]
# ## 7. The last layer
# How many output neurons and which activation have nets that tell spam from ham; that read MNIST digits; that predict
# the price of a house? Three rows, such as `[5, "tanh"]`; write `"linear"` for none. *(2 points)*

# %% tags=["answer:mlps-outputs", "hml-10-ex-07"]
### BEGIN SOLUTION
outputs = [[1, "sigmoid"], [10, "softmax"], [1, "linear"]]
### TEMPLATE
# outputs = ...  # [[.., ".."], [.., ".."], [.., ".."]]
### END SOLUTION

# %% tags=["check"]
ask.outputs.check(outputs)

# %% [markdown] tags=["solution-only", "why:mlps-outputs"]
# One probability is enough for two classes (two neurons with softmax do as well). Ten classes that exclude each other:
# softmax. A price: any number, so no activation; ReLU or softplus if it must not be negative.

# %% tags=["wrong:mlps-outputs"]
outputs = [[1, "sigmoid"], [10, "sigmoid"], [1, "sigmoid"]]

# %% tags=["wrong:mlps-outputs"]
outputs = [[1, "softmax"], [10, "softmax"], [1, "linear"]]

# %% [markdown]
# ## 8. Backpropagation
# How does backpropagation differ from reverse-mode autodiff? *(1 point)*
#
# - **a** Not at all: two names for one thing.
# - **b** Autodiff computes differences, backpropagation derivatives.
# - **c** Autodiff computes gradients; backpropagation is the training that takes steps with them.
# - **d** Backpropagation computes gradients; autodiff is the training that takes steps with them.

# %% tags=["answer:mlps-backprop", "hml-10-ex-08"]
### BEGIN SOLUTION
differ = "c"
### TEMPLATE
# differ = ...  # "a", "b", "c" or "d"
### END SOLUTION

# %% tags=["check"]
ask.backprop.check(differ)

# %% [markdown] tags=["solution-only", "why:mlps-backprop"]
# Reverse-mode autodiff gets all gradients of one number in one pass back, in any graph of computations.
# Backpropagation uses it again and again: a batch forward, the loss, the gradients, one step of gradient descent.
# (Some authors call only the gradient part backpropagation. The source does not, and neither do we here.)

# %% tags=["wrong:mlps-backprop"]
differ = "a"

# %% tags=["wrong:mlps-backprop"]
differ = "d"

# %% [markdown]
# And by hand. A net with one hidden layer of ReLU neurons predicts `np.maximum(0, X @ W1 + b1) @ w2 + b2` (`b2` is one
# number, `w2` a vector). Write `gradient(X, y, W1, b1, w2, b2)`: the gradient of the **mean squared error** by `W1`.
# *(2 points)*


# %% tags=["answer:mlps-gradient", "hml-10-ex-08"]
### BEGIN SOLUTION
def gradient(X, y, W1, b1, w2, b2):
    hidden = np.maximum(0, X @ W1 + b1)
    error = hidden @ w2 + b2 - y
    at_hidden = np.outer(2 * error / len(y), w2) * (hidden > 0)
    return X.T @ at_hidden


### TEMPLATE
# def gradient(X, y, W1, b1, w2, b2):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.gradient_question.check(gradient)

# %% [markdown] tags=["solution-only", "why:mlps-gradient"]
# Forward, keeping the hidden values. Then the chain rule from the loss back: $\frac{2}{m}(\hat y - y)$ at the output,
# times $w_2$ at the hidden layer, times 1 or 0 through ReLU, times the inputs at the weights.


# %% tags=["wrong:mlps-gradient"]
def gradient(X, y, W1, b1, w2, b2):
    hidden = np.maximum(0, X @ W1 + b1)
    error = hidden @ w2 + b2 - y
    return X.T @ np.outer(2 * error / len(y), w2)


# %% tags=["wrong:mlps-gradient"]
def gradient(X, y, W1, b1, w2, b2):
    hidden = np.maximum(0, X @ W1 + b1)
    error = hidden @ w2 + b2 - y
    return X.T @ (np.outer(error, w2) * (hidden > 0))


# %% [markdown]
# ## 9. Too much freedom
# Layers, neurons, activation, initial weights, optimizer, learning rate, batch size, epochs: all these are
# hyperparameters of a multilayer perceptron. A net overfits. Which changes are worth a try? Give a list of letters.
# *(2 points)*
#
# - **a** fewer hidden layers
# - **b** more epochs
# - **c** stop when the validation loss no longer falls
# - **d** more neurons in each layer
# - **e** another seed
# - **f** fewer neurons in each layer

# %% tags=["answer:mlps-remedies", "hml-10-ex-09"]
### BEGIN SOLUTION
remedies = ["a", "c", "f"]
### TEMPLATE
# remedies = ...  # such as ["a", "b"]
### END SOLUTION

# %% tags=["check"]
ask.remedies.check(remedies)

# %% [markdown] tags=["solution-only", "why:mlps-remedies"]
# Less freedom: fewer layers, fewer neurons, fewer steps. Dropout and penalties on large weights come in a later chapter,
# and more data always helps.

# %% tags=["wrong:mlps-remedies"]
remedies = ["a", "f"]

# %% tags=["wrong:mlps-remedies"]
remedies = ["a", "b", "c", "f"]

# %% [markdown]
# ## 10. Over 98 per cent on MNIST
# First find a learning rate. The lecture's range test raises it batch by batch and notes the losses. Write
# `good_rate(rates, losses)`: a tenth of the rate at which the loss is lowest, just before it shoots up. *(2 points)*


# %% tags=["answer:mlps-rate", "hml-10-ex-10"]
### BEGIN SOLUTION
def good_rate(rates, losses):
    return rates[np.argmin(losses)] / 10


### TEMPLATE
# def good_rate(rates, losses):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.rate.check(good_rate)

# %% [markdown] tags=["solution-only", "why:mlps-rate"]
# At the lowest loss the training is already about to break; ten times less is safe and still fast.


# %% tags=["wrong:mlps-rate"]
def good_rate(rates, losses):
    return rates[np.argmin(losses)]


# %% tags=["wrong:mlps-rate"]
def good_rate(rates, losses):
    return 0.01


# %% [markdown]
# Now the net: train a Keras model with at least two hidden layers on these digits, as `digit_net`. Its inputs are
# rows of 784 numbers from 0 to 1, its output ten probabilities. Graded is its accuracy on digits it has not seen: at
# least 90 % with the few digits of quick scale. *(3 points)*

# %% tags=["setup:mlps-mnist"]
import keras

from course import datasets

keras.utils.disable_interactive_logging()  # no bars of progress
mnist = datasets.load("mnist")
X_train = mnist.data[: mnist.split].astype("float32") / 255
y_train = mnist.target[: mnist.split]

# %%
print(mnist.origin)

# %% tags=["answer:mlps-mnist", "hml-10-ex-10"]
### BEGIN SOLUTION
keras.utils.set_random_seed(42)
digit_net = keras.Sequential(
    [
        keras.Input((784,)),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(50, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
digit_net.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
_ = digit_net.fit(X_train, y_train, epochs=6, verbose=0)
### TEMPLATE
# keras.utils.set_random_seed(42)
# digit_net = ...
### END SOLUTION

# %% tags=["check"]
ask.mnist_net.check(digit_net)

# %% [markdown] tags=["solution-only", "why:mlps-mnist"]
# Two hidden layers, softmax over ten classes, integer labels: sparse categorical cross-entropy. Adam at its
# usual rate needs no tuning to get this far.

# %% tags=["wrong:mlps-mnist"]
digit_net = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation="softmax")])
digit_net.compile(loss="sparse_categorical_crossentropy", optimizer="adam")

# %% tags=["wrong:mlps-mnist"]
keras.utils.set_random_seed(42)
digit_net = keras.Sequential(
    [
        keras.Input((784,)),
        keras.layers.Dense(100, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
digit_net.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
_ = digit_net.fit(X_train, y_train, epochs=6, verbose=0)

# %% tags=["wrong:mlps-mnist"]
digit_net = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])
digit_net.compile(loss="mse", optimizer="sgd")

# %% [markdown] tags=["solution-only"]
# ### The whole exercise
# The digits are split in three: to train, to choose (the last twelfth of the training part), and to test once. First the
# range test, on a net that is then thrown away. **Look at** the valley, and the wall to its right.

# %% tags=["solution-only", "hml-10-data-04"]
from course import nets

n_valid = len(X_train) // 12  # 5,000 of all 60,000 digits, as many as the lecture sets aside
X_fit, y_fit = X_train[:-n_valid], y_train[:-n_valid]
X_valid, y_valid = X_train[-n_valid:], y_train[-n_valid:]
X_test, y_test = mnist.data[mnist.split :].astype("float32") / 255, mnist.target[mnist.split :]


def build(rate):
    """Build the net: two wide hidden layers, of which dropout switches a fifth off in each step."""
    keras.utils.set_random_seed(42)
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(400, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(200, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.SGD(rate, momentum=0.9)
    model.compile(loss="sparse_categorical_crossentropy", optimizer=optimizer, metrics=["accuracy"])
    return model


steps = scale.pick(quick=120, full=500)
sweep = nets.RateSweep(1e-4, 10, steps=steps)
build(rate=1e-4).fit(X_fit, y_fit, batch_size=128, epochs=100, callbacks=[sweep], verbose=0)

fig, ax = plt.subplots(figsize=(7, 3.2))
ax.plot(sweep.rates, sweep.losses)
ax.axvline(good_rate(sweep.rates, sweep.losses), color="0.4", linestyle=":", label="a tenth of the best")
ax.set(xscale="log", ylim=(0, 4), xlabel="learning rate", ylabel="loss of the batch", title="Range test")
ax.legend()
plt.show()

# %% [markdown] tags=["solution-only"]
# Then the training, with everything that a long run wants:
#
# - `EarlyStopping` ends it when the validation loss has not fallen for six epochs, and goes back to the best weights;
# - `ModelCheckpoint` keeps the best model as a file;
# - `BackupAndRestore` writes down weights, optimizer and epoch after each epoch, and deletes that when the training is
#   finished. If the run was interrupted, `fit` goes on where it was, not at the start;
# - `ReduceLROnPlateau` lowers the rate when nothing moves;
# - `nets.EventLog` writes event files for TensorBoard.
#
# The backup does not hold what the other callbacks know. The best validation loss so far we read from the checkpoint and
# hand on: no worse model overwrites the file, and the patience counts from the old best. How many epochs they have
# already waited is lost: after an interruption that count starts at 0.
#
# The files need a place that a new kernel finds again. The next cell empties it, so that this notebook gives the same
# each time it is run. **After a real interruption** leave that line out, and the cell that pulls the plug.

# %% tags=["solution-only"]
folder = Path(
    tempfile.gettempdir(), "course-digits", *Path.cwd().parts[1:]
)  # a place for each copy of the notebook
shutil.rmtree(folder, ignore_errors=True)  # begin anew: remove what an earlier run left


class Interrupt(keras.callbacks.Callback):
    """Pull the plug after some epochs; note the number of each epoch that was trained."""

    def __init__(self, after=None):
        super().__init__()
        self.after, self.trained = after, []

    def on_epoch_begin(self, epoch, logs=None):
        if len(self.trained) == self.after:
            raise KeyboardInterrupt

    def on_epoch_end(self, epoch, logs=None):
        self.trained.append(epoch + 1)


def best_so_far():
    """Return the lowest validation loss of the attempt that was interrupted, None if there is none."""
    if not (folder / "backup").exists():
        return None
    best = keras.models.load_model(folder / "best.keras")
    return best.evaluate(X_valid, y_valid, verbose=0, return_dict=True)["loss"]


def attempt(plug, epochs):
    """Train the net as far as the plug allows, from where the last attempt was interrupted."""
    model = build(rate=good_rate(sweep.rates, sweep.losses))
    best = best_so_far()
    callbacks = [
        plug,
        keras.callbacks.EarlyStopping(patience=6, restore_best_weights=True, baseline=best),
        keras.callbacks.ReduceLROnPlateau(patience=2, factor=0.3),
        keras.callbacks.ModelCheckpoint(
            folder / "best.keras", save_best_only=True, initial_value_threshold=best
        ),
        nets.EventLog(folder / "logs" / "run"),
        nets.Progress(),
        keras.callbacks.BackupAndRestore(
            folder / "backup"
        ),  # last: an epoch counts when all others have seen it
    ]
    settings = {"batch_size": 128, "epochs": epochs, "validation_data": (X_valid, y_valid), "verbose": 0}
    model.fit(X_fit, y_fit, callbacks=callbacks, **settings)
    return model


epochs = scale.pick(quick=6, full=40)

# %% [markdown] tags=["solution-only"]
# To prove the third point we interrupt our own training after two epochs.

# %% tags=["solution-only"]
first = Interrupt(after=2)
try:
    attempt(first, epochs)
except KeyboardInterrupt:
    print(f"interrupted after epoch {first.trained[-1]}")

# %% [markdown] tags=["solution-only"]
# Now the same again, with a new net, as a new kernel would have it. It knows of the first attempt only what the files
# say.

# %% tags=["solution-only"]
second = Interrupt()
tuned = attempt(second, epochs)
print(f"this attempt began with epoch {second.trained[0]}")

# %% tags=["solution-only"]
assert second.trained[0] == first.trained[-1] + 1  # the one after the last that was finished

# %% [markdown] tags=["solution-only"]
# The checkpoint is a whole model. Loaded again, it meets the test set, once. The published goal is an accuracy above
# 98 %; that needs all of MNIST.

# %% tags=["solution-only", "hml-10-ex-10"]
from course.published import published

best = keras.models.load_model(folder / "best.keras")
accuracy = best.evaluate(X_test, y_test, verbose=0, return_dict=True)["accuracy"]
published("hml-10-ex-10", over_98_per_cent="yes" if accuracy > 0.98 else "no")

# %% tags=["solution-only", "nbval-ignore-output"]
error = np.sqrt(accuracy * (1 - accuracy) / len(y_test))
print(f"test accuracy {accuracy:.2%}, give or take {error:.2%} for the luck of the test set; one training")

# %% [markdown] tags=["solution-only"]
# The curves come from the event files, as TensorBoard would show them. **Look at** when the validation loss stops
# falling. At first it is the lower one, since dropout is switched off in validation. Once the training loss has
# fallen below it and goes on falling alone, the net overfits, and the best epoch is past.

# %% tags=["solution-only"]
log = nets.read_events(folder / "logs")
fig, ax = plt.subplots(figsize=(7, 3.2))
for run, curve in log[log["tag"] == "epoch_loss"].groupby("run"):
    ax.plot(curve["step"] + 1, curve["value"], label=run, marker=".")
ax.set(xlabel="epoch", ylabel="loss", title="From the event files")
ax.legend()
plt.show()
shutil.rmtree(folder)  # the training is finished and tested; its files are no longer needed

# %% [markdown]
# ## 11. The XOR net with weights
# A net of step functions (1 where the sum is at least 0): the left neuron has weights 1, 1 and bias -3/2, the right one
# 1, 1 and -1/2, the output weighs them with -1 and 1 and has the bias -1/2. Compute all three **sums** (before the step)
# for the inputs (0,0), (0,1), (1,0), (1,1): four rows of left, right, output. *(2 points)*

# %% tags=["answer:mlps-xor", "hml-10-ex-11"]
### BEGIN SOLUTION
inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
left = inputs @ [1, 1] - 3 / 2
right = inputs @ [1, 1] - 1 / 2
sums = np.c_[left, right, -1 * (left >= 0) + 1 * (right >= 0) - 1 / 2]
### TEMPLATE
# sums = ...  # four rows of three numbers
### END SOLUTION

# %% tags=["check"]
ask.xor_sums.check(sums)

# %% [markdown] tags=["solution-only", "why:mlps-xor"]
# The left neuron is an AND, the right one an OR, and the output fires for "OR and not AND". The source works out
# (0, 1): -1/2 on the left gives 0, +1/2 on the right gives 1, and +1/2 at the output gives 1.

# %% tags=["wrong:mlps-xor"]
left = np.array([-1.5, -0.5, -0.5, 0.5])
right = left + 1
sums = np.c_[left, right, right - left - 0.5]

# %% tags=["wrong:mlps-xor"]
sums = np.array([[-1.5, -0.5, -0.5], [-0.5, 0.5, 0.5], [-0.5, 0.5, 0.5], [0.5, 1.5, 0.5]])

# %% [markdown]
# ## 12. Iris with a small net
# Fit a pipeline of `StandardScaler()` and `MLPClassifier(...)` with one hidden layer of 5 to 10 neurons on half of the
# iris flowers, as `iris_net`. It is graded on the other half. *(2 points)*

# %% tags=["setup:mlps-iris"]
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X_iris, _, y_iris, _ = train_test_split(
    *load_iris(return_X_y=True), test_size=0.5, stratify=load_iris().target, random_state=42
)

# %% tags=["answer:mlps-iris", "hml-10-ex-12"]
### BEGIN SOLUTION
iris_net = make_pipeline(StandardScaler(), MLPClassifier([8], max_iter=5000, random_state=42))
iris_net.fit(X_iris, y_iris)
### TEMPLATE
# iris_net = ...
### END SOLUTION

# %% tags=["check"]
ask.iris_net.check(iris_net)

# %% [markdown] tags=["solution-only", "why:mlps-iris"]
# Eight neurons are plenty for three species. Without the scaler it works less well, since neurons like inputs of about
# the size of 1; without a large `max_iter` it stops halfway, with a warning.

# %% tags=["wrong:mlps-iris"]
iris_net = make_pipeline(StandardScaler(), MLPClassifier([100], max_iter=500, random_state=42))
iris_net.fit(X_iris, y_iris)

# %% tags=["wrong:mlps-iris"]
iris_net = make_pipeline(StandardScaler(), MLPClassifier([5], max_iter=1, random_state=42))
iris_net.fit(X_iris, y_iris)

# %% [markdown]
# ## 13. Break it on purpose
# Which of these mistakes does Keras refuse? Use `try_out` to see, and give a list of letters. *(2 points)*
#
# - **a** 20 labels for 10 images
# - **b** integer labels and `categorical_crossentropy`, which wants one-hot rows
# - **c** a batch size above the number of samples
# - **d** images of 28 x 28 and no `Flatten` layer

# %%
images, digits = X_train[:10].reshape(-1, 28, 28), y_train[:10]


def try_out(labels=digits, loss="sparse_categorical_crossentropy", batch_size=5, flatten=True):
    """Train a small net for one epoch and say whether Keras objects."""
    first = [keras.layers.Flatten()] if flatten else []
    model = keras.Sequential([keras.Input((28, 28)), *first, keras.layers.Dense(10, activation="softmax")])
    model.compile(loss=loss, optimizer="sgd")
    try:
        model.fit(images, labels, batch_size=batch_size, verbose=0)
    except ValueError as error:
        print("ValueError:", str(error).splitlines()[0][:100])
    else:
        print("no objection")


try_out()

# %% tags=["answer:mlps-shape-errors", "hml-10-ex-13"]
### BEGIN SOLUTION
raises = ["a", "b", "d"]
### TEMPLATE
# raises = ...  # such as ["a", "c"]
### END SOLUTION

# %% tags=["check"]
ask.shape_errors.check(raises)

# %% tags=["solution-only"]
try_out(labels=np.r_[digits, digits])
try_out(loss="categorical_crossentropy")
try_out(batch_size=100)
try_out(flatten=False)

# %% [markdown] tags=["solution-only", "why:mlps-shape-errors"]
# Shapes that do not fit are refused. A large batch size is none: then the only batch is smaller.

# %% tags=["wrong:mlps-shape-errors"]
raises = ["a", "b", "c", "d"]

# %% tags=["wrong:mlps-shape-errors"]
raises = ["a", "d"]

# %% [markdown]
# ## 14. Going on
# A net was trained with `fit(X_train, y_train, epochs=30)` on 55,000 images, with the usual batch size of 32. Then the
# same model is given `fit(X_train, y_train, epochs=10)`. How many steps of gradient descent has it made in all? *(1
# point)*

# %% tags=["answer:mlps-updates", "hml-10-ex-14"]
### BEGIN SOLUTION
updates = int(np.ceil(55_000 / 32)) * (30 + 10)
### TEMPLATE
# updates = ...
### END SOLUTION

# %% tags=["check"]
ask.updates.check(updates)

# %% [markdown] tags=["solution-only", "why:mlps-updates"]
# 1718 batches of 32 and one of 24 make 1719 steps an epoch. `fit` goes on from the weights (and the state of the
# optimizer) that are there; it does not start anew. The source says that this brings its clothes classifier from
# 88.9 % to about 89.8 % in validation. Its data, Fashion-MNIST, are not ours to compare with; the same question with a
# few digits is below.

# %% tags=["solution-only", "hml-10-ex-14"]
published("hml-10-ex-14")

# %% tags=["solution-only", "nbval-ignore-output"]
for call in (1, 2):
    history = digit_net.fit(
        X_fit[:2000], y_fit[:2000], epochs=2, validation_data=(X_valid, y_valid), verbose=0
    ).history
    print(f"call {call}: training loss", np.round(history["loss"], 3))

# %% tags=["wrong:mlps-updates"]
updates = 55_000 // 32 * 40

# %% tags=["wrong:mlps-updates"]
updates = 1719 * 30

# %% [markdown]
# ## 15. Two runs beside each other
# TensorBoard compares runs if each has its own folder. The source names it after date and time, to the second; two runs
# in the same second end up in one folder. Write `run_folder(root)`: it returns, as text, a new folder below `root` whose
# name begins with `run_`, another one at each call, however soon and without waiting: the check calls it 200 times.
# *(2 points)*


# %% tags=["answer:mlps-folder", "hml-10-ex-15"]
### BEGIN SOLUTION
def run_folder(root):
    return str(Path(root) / (time.strftime("run_%Y_%m_%d_%H_%M_%S_") + uuid.uuid4().hex[:12]))


### TEMPLATE
# def run_folder(root):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.run_folder.check(run_folder)

# %% [markdown] tags=["solution-only", "why:mlps-folder"]
# The time sorts the runs, the twelve random characters tell those of one second apart. The comparison that the exercise
# asks for, a rate of 0.001 against 0.002, stands in the [lecture on training](training.ipynb), with its curves.


# %% tags=["wrong:mlps-folder"]
def run_folder(root):
    return str(Path(root) / time.strftime("run_%Y_%m_%d_%H_%M_%S"))


# %% tags=["wrong:mlps-folder"]
def run_folder(root):
    return str(Path(root) / uuid.uuid4().hex)


# %% tags=["wrong:mlps-folder"]
def run_folder(root):
    return str(Path(root) / f"run_{np.random.default_rng().integers(100)}")


# %% [markdown]
# ## 16. The best trials
# A tab of TensorBoard shows all trials of a search as lines across columns, and you keep those with a high score. Write
# `best_trials(trials, count)`: `trials` is a list of dictionaries with a `"score"`; return the `count` best, the best
# first. *(1 point)*


# %% tags=["answer:mlps-best", "hml-10-ex-16"]
### BEGIN SOLUTION
def best_trials(trials, count):
    return sorted(trials, key=lambda trial: trial["score"], reverse=True)[:count]


### TEMPLATE
# def best_trials(trials, count):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.best_trials.check(best_trials)

# %% [markdown] tags=["solution-only", "why:mlps-best"]
# Sorted by score, the highest first, cut after `count`. The [lecture on training](training.ipynb) draws the trials of a
# real search as such lines.


# %% tags=["wrong:mlps-best"]
def best_trials(trials, count):
    return sorted(trials, key=lambda trial: trial["score"])[:count]


# %% tags=["wrong:mlps-best"]
def best_trials(trials, count):
    return trials[:count]


# %% [markdown]
# ## 17. Five trials more
# A random search with `max_trials=5` has finished. You run it again in the same folder, now with `overwrite=False` and
# `max_trials=10`. How many **new** trials does it run? *(1 point)*

# %% tags=["answer:mlps-trials", "hml-10-ex-17"]
### BEGIN SOLUTION
new_trials = 5
### TEMPLATE
# new_trials = ...
### END SOLUTION

# %% tags=["check"]
ask.trials.check(new_trials)

# %% [markdown] tags=["solution-only", "why:mlps-trials"]
# The tuner finds the five finished trials in its folder and goes on to ten. With `overwrite=True` it would delete them
# and run all ten. We count, with a net that is trained for a moment only:

# %% tags=["solution-only"]
import logging

logging.getLogger("tensorflow").setLevel("ERROR")  # ten nets are ten graphs to trace, which it reports
kt = nets.keras_tuner()


def tiny(hp):
    """Build a net with one hyperparameter."""
    keras.utils.set_random_seed(42)
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation="softmax")])
    rate = hp.Float("learning_rate", 1e-4, 1e-2, sampling="log")
    model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(rate))
    return model


searches = tempfile.mkdtemp()
for overwrite, most in ((True, 5), (False, 10)):
    search = kt.RandomSearch(
        tiny,
        objective="val_loss",
        max_trials=most,
        overwrite=overwrite,
        directory=searches,
        project_name="more",
        seed=42,
    )
    before = len(search.oracle.trials)
    search.search(X_fit[:100], y_fit[:100], validation_data=(X_valid[:50], y_valid[:50]), verbose=0)
    print(f"{before} trials found, {len(search.oracle.trials) - before} new")
shutil.rmtree(searches)

# %% [markdown] tags=["solution-only"]
# These ten trials are also what exercise 16 looks at: the same tab of TensorBoard has a scatter plot of score against
# hyperparameter. **Look at** which learning rates the three best share. (The score is the validation loss with its sign
# turned, so that high is good. A hundred digits to learn from and 50 to judge by: a show of the tool, not a result.)

# %% tags=["solution-only", "hml-10-ex-16"]
tried = [
    {"learning_rate": trial.hyperparameters.get("learning_rate"), "score": -trial.score}
    for trial in search.oracle.trials.values()
]
fig, ax = plt.subplots(figsize=(6, 3))
for trials, look in (
    (tried, {"label": "all trials", "s": 30}),
    (
        best_trials(tried, 3),
        {"label": "the three best", "s": 120, "facecolors": "none", "edgecolors": "black"},
    ),
):
    ax.scatter([trial["learning_rate"] for trial in trials], [trial["score"] for trial in trials], **look)
ax.set(xscale="log", xlabel="learning rate", ylabel="score", title="Ten trials")
ax.legend()
plt.show()

# %% tags=["wrong:mlps-trials"]
new_trials = 10

# %% tags=["wrong:mlps-trials"]
new_trials = 0

# %% tags=["wrong:mlps-trials"]
new_trials = 5.4

# %% [markdown]
# ## 18. Wine: how large, and how honest?
# The second text predicts the quality of wine from 11 measurements, with hidden layers of 1024, 512, 256, 128 and 64
# neurons and one output. How many weights and biases does this net have, for 1119 wines to learn from? *(1 point)*

# %% tags=["answer:mlps-weights", "apml-05-ex-01"]
### BEGIN SOLUTION
sizes = [11, 1024, 512, 256, 128, 64, 1]
weights = sum((n + 1) * m for n, m in pairwise(sizes))
### TEMPLATE
# weights = ...
### END SOLUTION

# %% tags=["check"]
ask.weights.check(weights)

# %% [markdown] tags=["solution-only", "why:mlps-weights"]
# 709,633: more than 600 for each wine. Only the short training keeps it from learning them by heart.

# %% tags=["wrong:mlps-weights"]
weights = 11 * 1024 + 1024 * 512 + 512 * 256 + 256 * 128 + 128 * 64 + 64

# %% tags=["wrong:mlps-weights"]
weights = 1024 + 512 + 256 + 128 + 64 + 1

# %% [markdown]
# It scales all wines by the least and greatest values of *all* wines, so the test set has a say. Do better: write
# `scale_parts(X_train, X_valid, X_test)`, which scales all three with the least and greatest values of each column of
# the **training** part, and returns the three. *(2 points)*


# %% tags=["answer:mlps-scale", "apml-05-ex-01"]
### BEGIN SOLUTION
def scale_parts(X_train, X_valid, X_test):
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return [(part - low) / (high - low) for part in (X_train, X_valid, X_test)]


### TEMPLATE
# def scale_parts(X_train, X_valid, X_test):
#     ...
### END SOLUTION

# %% tags=["check"]
ask.scale_parts.check(scale_parts)

# %% [markdown] tags=["solution-only", "why:mlps-scale"]
# Values outside 0 to 1 may come up in the two other parts; that is as it should be. The training of the net
# itself, with three honest parts, is in the [study of digits and wine](digits_and_wine.ipynb).


# %% tags=["wrong:mlps-scale"]
def scale_parts(X_train, X_valid, X_test):
    return [
        (part - part.min(axis=0)) / (part.max(axis=0) - part.min(axis=0))
        for part in (X_train, X_valid, X_test)
    ]


# %% tags=["wrong:mlps-scale"]
def scale_parts(X_train, X_valid, X_test):
    every = np.vstack([X_train, X_valid, X_test])
    low, high = every.min(axis=0), every.max(axis=0)
    return [(part - low) / (high - low) for part in (X_train, X_valid, X_test)]
