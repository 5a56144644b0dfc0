# %% [markdown]
# # Three ways to build a model: sequential, functional, subclassing
#
# How do you tell Keras which net you want? A chain of layers is a list. A net with branches is a graph. A net that decides
# for itself what to compute is a program. Keras has a way for each, and trains and tests all three alike.
#
# **You will learn** to
# - build, compile, train, test and use a classifier of images, and read its learning curves;
# - make scaling a part of the model, and see what happens when that goes wrong;
# - build nets with several inputs and outputs, and read their results by name;
# - write a model as a class, when only a program will do.
#
# You need [from neurons to MLPs](neurons.ipynb). Reading and running: about 60 minutes. Then:
# [training in practice](training.ipynb), which goes on where this lecture ends.
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# the middle of chapter 10. It is written for Keras 2; where Keras 3 wants something else, or answers something else, we say
# so under **"What the book says"**. All results are single trainings with a fixed seed, and differ a little between
# processors.

# %%
import logging
import math

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from keras import layers, ops
from sklearn.metrics import recall_score
from sklearn.model_selection import train_test_split

from course import datasets, nets, plots, scale
from course.published import published

# Each new model is a new graph to trace, and TensorFlow remarks on every five.
logging.getLogger("tensorflow").setLevel("ERROR")
plots.use_style()

# %% [markdown] tags=["hml-10-concept-12", "hml-10-tool-02"]
# ## What is Keras?
# A library to build and train nets, written by François Chollet and published in 2015. It leaves the sums to a *backend*.
#
# **What the book says:** Keras comes as a part of TensorFlow (`tf.keras`), and works with nothing else. **Today:** Keras 3
# is a package of its own, `import keras`, and runs on TensorFlow, JAX or PyTorch. The variable `KERAS_BACKEND` must say
# which *before* the import. Nothing in this notebook needs TensorFlow: it does not import it, and it has been run on JAX
# from top to bottom. (Of the next lecture, event files and saving for a server need TensorFlow.)

# %% tags=["hml-10-tool-02", "nbval-ignore-output"]
print("Keras", keras.__version__, "on", keras.backend.backend())

# %% [markdown] tags=["hml-10-tool-03"]
# You can run it on your own machine (the README says how), or in the browser on
# [Google Colab](https://colab.research.google.com), which lends a graphics card. This lecture needs none.
#
# ## Which clothes are these?
# Fashion-MNIST has 70,000 grey pictures of ten kinds of clothes, 28 by 28 pixels, 60,000 of them for training.

# %% tags=["hml-10-data-03"]
clothes = datasets.load("fashion-mnist", limit=1800)
print(clothes.origin)
published("hml-10-data-03", pictures=len(clothes.images))

# %% [markdown]
# We hold the last twelfth of the training part back for validation: these pictures choose between models. The test part
# is for the very end.

# %% tags=["hml-10-code-04"]
cut = clothes.split - clothes.split // 12
parts = {"train": slice(cut), "valid": slice(cut, clothes.split), "test": slice(clothes.split, None)}
raw = {name: clothes.images[part] for name, part in parts.items()}
y = {name: clothes.target[part] for name, part in parts.items()}
published(
    "hml-10-code-04",
    train=list(raw["train"].shape),
    valid=list(raw["valid"].shape),
    test=list(raw["test"].shape),
)

# %% [markdown]
# A pixel is a whole number from 0 to 255. Gradient descent likes inputs near 1, so we divide. **What the book does:**
# `X_train / 255.`, which makes numbers of 64 bits; the net computes with 32, so we make these at once, in half the memory.

# %% tags=["hml-10-code-05"]
X = {name: images.astype("float32") / 255 for name, images in raw.items()}
class_names = list(clothes.target_names)
print("before:", raw["train"].dtype, raw["train"].max(), "  after:", X["train"].dtype, X["train"].max())
print("divided as in the book:", (raw["train"] / 255.0).dtype)
print("classes:", ", ".join(class_names))
published("hml-10-code-05", pixels=str(raw["train"].dtype), first_label=class_names[y["train"][0]])

# %% [markdown]
# **Look at** the shirts, pullovers and coats: those will be mixed up.

# %% tags=["hml-10-fig-10"]
plots.image_grid(X["train"][:40], titles=[class_names[label] for label in y["train"][:40]], size=0.95)
plt.suptitle("Forty training pictures")
plt.show()

# %% [markdown] tags=["hml-10-concept-13", "hml-10-tool-04"]
# ## The first way: a list of layers
# `keras.Sequential` is a chain. Line by line:
# - `set_random_seed` sets the seeds of Python, NumPy and the backend, so that the weights are the same in each run. (The
#   book's `tf.random.set_seed` reaches only TensorFlow.)
# - `clear_session` forgets earlier models, and starts the automatic names anew.
# - `Input` is the shape of **one** sample. The batch has no fixed size.
# - `Flatten` makes a row of 784 numbers of a picture. It has no weights.
# - `Dense(300, activation="relu")` has a matrix of weights and a vector of biases. The text `"relu"` is short for the
#   function `keras.activations.relu`.
# - The last layer has a neuron for each class, and softmax makes probabilities of them.

# %% tags=["hml-10-code-06"]
keras.utils.clear_session()
keras.utils.set_random_seed(42)
model = keras.Sequential()
model.add(keras.Input(shape=(28, 28)))
model.add(layers.Flatten())
model.add(layers.Dense(300, activation="relu"))
model.add(layers.Dense(100, activation="relu"))
model.add(layers.Dense(10, activation="softmax"))
published("hml-10-code-06", parameters=model.count_params())

# %% [markdown]
# Or all at once, as a list. **What the book says:** the first layer may take `input_shape=[28, 28]` in place of `Input`.
# **What we see:** Keras 3 still does it, but warns. We keep to `Input`.

# %% tags=["hml-10-code-07"]
keras.utils.clear_session()
keras.utils.set_random_seed(42)
model = keras.Sequential(
    [
        keras.Input(shape=(28, 28)),
        layers.Flatten(),
        layers.Dense(300, activation="relu"),
        layers.Dense(100, activation=keras.activations.relu),
        layers.Dense(10, activation="softmax"),
    ]
)

# %% [markdown]
# `summary` lists the layers. `None` is the size of the batch, which is still open.

# %% tags=["hml-10-table-03"]
model.summary()
published(
    "hml-10-table-03",
    parameters=[layer.count_params() for layer in model.layers],
    trainable=sum(math.prod(weights.shape) for weights in model.trainable_weights),
)

# %% [markdown]
# Nearly nine tenths of the parameters sit in the first hidden layer: $784 \cdot 300$ weights and 300 biases. So many
# parameters fit the training data easily, and overfit easily when there are few data. The other sums are those of
# the training that follows: with batches of 32 an epoch over 55,000 pictures has 1,719 steps, the last with what is left;
# a test on 10,000 has 313.

# %% tags=["hml-10-eq-07"]
steps, left = math.ceil(55_000 / 32), 55_000 % 32
published(
    "hml-10-eq-07",
    parameters=784 * 300 + 300,
    steps=steps,
    full_batches=55_000 // 32,
    last_batch=left,
    test_steps=math.ceil(10_000 / 32),
)

# %% [markdown] tags=["hml-10-tool-05"]
# Keras can draw a model with `keras.utils.plot_model(model)`, if the package `pydot` and the program Graphviz are
# installed. Our `nets.draw_graph` needs neither: it asks the model which layer feeds which
# ([`course/nets/graphs.py`](../../course/nets/graphs.py)). **Look at** the numbers: how many features each layer gives.

# %% tags=["hml-10-tool-05"]
nets.draw_graph(model).set_title("A chain of layers")
plt.show()

# %% [markdown]
# ### Looking inside
# Every layer has a name, and can be had by its place or by its name. Automatic names are counted through all models of a
# session; who wants to rely on a name gives it (`name="hidden1"`).

# %% tags=["hml-10-code-08"]
hidden1 = model.layers[1]
published(
    "hml-10-code-08",
    names=[layer.name for layer in model.layers],
    same_object="yes" if model.get_layer("dense") is hidden1 else "no",
)

# %% [markdown]
# `get_weights` gives the weights as arrays, `set_weights` puts others in. At the start the biases are 0, and the weights
# are drawn from a range (*Glorot*) whose width depends on the number of inputs and outputs. If they were all equal, all
# neurons would stay equal. `kernel_initializer` and `bias_initializer` choose another start.

# %% tags=["hml-10-code-09"]
weights, biases = hidden1.get_weights()
limit = math.sqrt(6 / (784 + 300))
print(f"all weights within {limit:.4f}:", np.abs(weights).max() <= limit)
halves = layers.Dense(2, kernel_initializer="ones", bias_initializer=keras.initializers.Constant(0.5))
print("other start, input 1, 2:", np.asarray(halves(np.array([[1.0, 2.0]]))).tolist())
published(
    "hml-10-code-09",
    weights_shape=list(weights.shape),
    biases_shape=list(biases.shape),
    biases_all_zero="no" if biases.any() else "yes",
)

# %% [markdown]
# Without `Input` the model cannot know how many weights it needs, and has none until it sees data, or until `build`
# tells it the shape.

# %% tags=["hml-10-code-10"]
later = keras.Sequential([layers.Dense(3), layers.Dense(1)])
print("weights before:", len(later.weights))
later.build((None, 8))
print("weights after build:", [tuple(weight.shape) for weight in later.weights])

# %% [markdown] tags=["hml-10-concept-14"]
# ## Compile, train, test
# `compile` says what to make small (the loss), how (the optimizer), and what else to report (the metrics). A text is
# short for an object; the object takes settings. (The book's log calls its metric `sparse_categorical_accuracy`; in the
# log of Keras 3 it has the name that you gave.) The most important one is the learning rate, 0.01 for SGD if you say nothing.

# %% tags=["hml-10-code-11"]
model.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
print("rate by default:", round(float(model.optimizer.learning_rate), 4))
# The same, written out:
model.compile(
    loss=keras.losses.SparseCategoricalCrossentropy(),
    optimizer=keras.optimizers.SGD(learning_rate=0.01),
    metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
)

# %% [markdown]
# Which loss? It depends on how the labels are written.
#
# | labels | last layer | loss |
# |---|---|---|
# | number of the class: 3 | softmax | `sparse_categorical_crossentropy` |
# | one-hot row: 0, 0, 0, 1, 0, 0, 0, 0, 0, 0 | softmax | `categorical_crossentropy` |
# | yes or no, one or several of them | sigmoid | `binary_crossentropy` |
#
# The first two are the same loss. `to_categorical` turns numbers into rows, `argmax` turns them back.

# %% tags=["hml-10-code-12"]
labels = y["train"][:5]
one_hot = keras.utils.to_categorical(labels, 10)
print("class 3:", keras.utils.to_categorical([3], 10)[0].astype(int))
print("and back:", np.array_equal(one_hot.argmax(axis=1), labels))

guesses = model.predict(X["train"][:5], verbose=0)
sparse = np.asarray(keras.losses.sparse_categorical_crossentropy(labels, guesses))
rows = np.asarray(keras.losses.categorical_crossentropy(one_hot, guesses))
print("same loss:", np.allclose(sparse, rows))

tags, answer = np.array([[1.0, 0.0, 1.0]]), np.array([[0.9, 0.2, 0.6]])
by_hand = -np.mean(tags * np.log(answer) + (1 - tags) * np.log(1 - answer))
print(
    "three yes or no:",
    np.isclose(np.asarray(keras.losses.binary_crossentropy(tags, answer))[0], by_hand, atol=1e-6),
)

# %% [markdown]
# Now train. `fit` goes through the training data once an *epoch*, in batches of 32, and then measures the validation
# data. It would print a line for each epoch; `verbose=0` with `nets.Progress()` shows a bar and live curves in their place. The
# second callback is for a question below: it measures the training pictures again when an epoch is over.


# %% tags=["hml-10-code-13"]
class AfterEpoch(keras.callbacks.Callback):
    """Measure the loss on some training data with the weights that an epoch ended with."""

    def __init__(self, X, y):
        super().__init__()
        self.X, self.y, self.losses = X, y, []

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(self.model.evaluate(self.X, self.y, verbose=0, return_dict=True)["loss"])


some = slice(scale.pick(quick=600, full=5000))
after_epoch = AfterEpoch(X["train"][some], y["train"][some])
history = model.fit(
    X["train"],
    y["train"],
    epochs=scale.pick(quick=10, full=30),
    validation_data=(X["valid"], y["valid"]),
    callbacks=[nets.Progress(), after_epoch],
    verbose=0,
)
record = history.history
published(
    "hml-10-code-13", steps_an_epoch=history.params["steps"], validation_accuracy=record["val_accuracy"][-1]
)

# %% [markdown]
# (The book calls the time that Keras prints *per sample*. It is per **step**, that is per batch.)
#
# ### Learning curves
# `fit` returns a `History`: `params` (how it was called), `epoch` (a list of numbers), and `history`, a dictionary with a
# list for each result. With pandas its picture is one line. **What the book does:** it gives four styles in the order of
# the columns. **What we see:** Keras 3 sorts the columns by name, and each style lands on another curve. So choose the
# columns by name. **Look at** where training and validation part.

# %% tags=["hml-10-fig-11", "hml-10-tool-12"]
print("sorted by name:", list(record))
columns = ["loss", "accuracy", "val_loss", "val_accuracy"]
pd.DataFrame(record, index=range(1, len(history.epoch) + 1))[columns].plot(
    figsize=(8, 4.4),
    style=["--", "--.", "-", "-*"],
    color=[plots.color(i) for i in (3, 3, 0, 0)],
    grid=True,
    xlabel="epoch",
)
plt.ylim(0, scale.pick(quick=2, full=1))
plt.title("Loss and accuracy, epoch by epoch")
plt.show()

# %% tags=["hml-10-fig-11"]
in_epoch = [[record[column][epoch] for column in columns] for epoch in (0, 1, -1)]
published("hml-10-fig-11", epoch_1=in_epoch[0], epoch_2=in_epoch[1], epoch_30=in_epoch[2])

# %% [markdown] tags=["hml-10-concept-14"]
# Validation seems *better* than training at first. How can that be? The training loss of an epoch is the mean over
# its batches, so on average it was measured in the **middle** of the epoch, with weights that were still worse. The
# validation loss is measured at its **end**. On the right the training curve is moved by half an epoch. The dots are
# training pictures, measured at the end: they are where the moved curve says. **Look at** how they fit.

# %% tags=["hml-10-concept-14"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 3.8))
for ax, shift, title in zip(axes, (0, 0.5), ["As recorded", "Half an epoch earlier"], strict=True):
    curve = plots.LearningCurve.from_history(record, ax=ax)
    training = curve.lines_[0]
    training.set_xdata(np.asarray(training.get_xdata()) - shift)
    ax.plot(np.array(history.epoch) + 1, after_epoch.losses, "k.", label="training, at the end")
    ax.set(title=title, xlim=(0, 10.4))
    ax.legend()
plt.show()

middle = np.array(record["loss"][:5])
moved = np.interp([1, 2, 3], [0.5, 1.5, 2.5, 3.5, 4.5], middle)
truth = np.array(after_epoch.losses[:3])
error = np.abs(middle[:3] - truth).mean(), np.abs(moved - truth).mean()
print("the moved curve is nearer to the dots:", error[1] < error[0])

# %% [markdown]
# How to read such curves: both fall, go on. Training falls and validation rises: it overfits. Not content? Try the learning
# rate first, then another optimizer (and the rate again), then layers, neurons and activations. Each try looks at the
# **validation** data, and so the validation result becomes too good to be true. The test data are for once, at the end.
#
# `fit` goes on where it stopped. The book reaches 89.8 % in this way, and does not say after how many epochs.

# %% tags=["hml-10-code-15"]
more = model.fit(
    X["train"],
    y["train"],
    epochs=scale.pick(quick=3, full=20),
    validation_data=(X["valid"], y["valid"]),
    callbacks=[nets.Progress()],
    verbose=0,
).history
print("training loss lower than before:", more["loss"][-1] < record["loss"][-1])
published("hml-10-code-15", validation_accuracy=more["val_accuracy"][-1])

# %% [markdown]
# ### More that `fit` takes
# `validation_split=0.1` takes the **last** tenth, *before* it shuffles. With sorted data this is a trap: below the labels
# are in order, and the validation part has a class that the net has never seen.

# %% tags=["hml-10-code-14"]
in_order = np.argsort(y["train"], kind="stable")[:: max(1, len(y["train"]) // 600)]


def small_net():
    """Build and compile a small classifier of clothes."""
    keras.utils.set_random_seed(42)
    net = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(30, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    net.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return net


for name, rows in (("sorted", in_order), ("shuffled", np.random.default_rng(42).permutation(in_order))):
    last = y["train"][rows][-len(rows) // 10 :]
    result = (
        small_net().fit(X["train"][rows], y["train"][rows], epochs=3, validation_split=0.1, verbose=0).history
    )
    accuracy = result["val_accuracy"][-1]
    print(f"{name}: {len(set(last))} classes in the last tenth; accuracy there above 10 %: {accuracy > 0.1}")

# %% [markdown]
# `class_weight` makes a class count more, `sample_weight` a sample, and `validation_data` takes weights as a third item.
# **What the book says:** with both, Keras multiplies them. **What we see:** Keras 3 refuses both at once. Then multiply them
# yourself. The proof is a net that does not learn: its loss must be the weighted mean.

# %% tags=["hml-10-code-14"]
net = small_net()
net.optimizer.learning_rate = 0.0
some_X, some_y = X["train"][:32], y["train"][:32]
of_sample = np.linspace(0.5, 2, 32)
of_class = {label: 1.0 + label for label in range(10)}
try:
    net.fit(some_X, some_y, sample_weight=of_sample, class_weight=of_class, verbose=0)
except ValueError as error:
    print("ValueError:", error)

product = of_sample * np.array([of_class[int(label)] for label in some_y])
weighted = net.fit(
    some_X, some_y, sample_weight=product, validation_data=(some_X, some_y, product), verbose=0
).history
single = np.asarray(keras.losses.sparse_categorical_crossentropy(some_y, net.predict(some_X, verbose=0)))
for name in ("loss", "val_loss"):
    print(
        f"{name} is the weighted mean:", np.isclose(weighted[name][0], np.mean(product * single), rtol=1e-4)
    )

# %% [markdown]
# What for? When one class is rare. Here shirts (class 6) are made rare, one to twenty pullovers (class 2). Recall is the
# share of the shirts that is found, among validation pictures. (Test pictures are not for such questions.)

# %% tags=["hml-10-code-14", "nbval-ignore-output"]
pullovers = np.flatnonzero(y["train"] == 2)
shirts = np.flatnonzero(y["train"] == 6)[: len(pullovers) // 20]
rare = np.random.default_rng(42).permutation(np.concatenate([pullovers, shirts]))
check = np.flatnonzero(np.isin(y["valid"], [2, 6]))
for name, by_class in (("all equal", None), ("shirts count 20 times", {2: 1.0, 6: 20.0})):
    weights = None if by_class is None else {label: by_class.get(label, 1.0) for label in range(10)}
    net = small_net()
    net.fit(X["train"][rare], y["train"][rare], epochs=20, class_weight=weights, verbose=0)
    found = net.predict(X["valid"][check], verbose=0)[:, [2, 6]].argmax(axis=1)
    truth = (y["valid"][check] == 6).astype(int)
    print(
        f"{name:22} recall of shirts {recall_score(truth, found):.2f},",
        f"of pullovers {recall_score(1 - truth, 1 - found):.2f}",
    )

# %% [markdown]
# ### Test, and use
# `evaluate` measures a model. Without `return_dict=True` it gives a list, whose order you must know. Further down that
# goes wrong.

# %% tags=["hml-10-code-16"]
result = model.evaluate(X["test"], y["test"], verbose=0, return_dict=True)
published("hml-10-code-16", loss=result["loss"], accuracy=result["accuracy"])

# %% [markdown]
# `predict` gives a probability for each class; the largest is the answer. (The book writes 96 % for the boot in its text
# and 0.97 in its table.) **Look at** the three: does the net see what you see?

# %% tags=["hml-10-code-17"]
chances = model.predict(X["test"][:3], verbose=0)
answers = chances.argmax(axis=-1)
print("each row sums to 1:", np.allclose(chances.sum(axis=1), 1, atol=1e-5))
published(
    "hml-10-code-17",
    classes=answers,
    names=[class_names[label] for label in answers],
    first_picture=[round(float(chances[0, label]), 2) for label in (9, 7, 5)],
)

# %% tags=["hml-10-fig-12"]
plots.image_grid(
    X["test"][:3],
    y_true=[class_names[label] for label in y["test"][:3]],
    y_pred=[class_names[label] for label in answers],
    size=1.6,
)
plt.suptitle("What the net says of three test pictures")
plt.show()
published("hml-10-fig-12", labels=y["test"][:3])

# %% [markdown]
# ### Are hidden layers worth it?
# A net without any is a linear model. The book: about 92 % on digits, and only about 83 % on clothes, which are harder.

# %% tags=["hml-10-num-01"]
digits = datasets.load("mnist", limit=1500)
print(digits.origin)
linear = {}
for name, data in (("digits", digits), ("clothes", clothes)):
    keras.utils.set_random_seed(42)
    net = keras.Sequential([keras.Input((784,)), layers.Dense(10, activation="softmax")])
    net.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    flat = data.data.reshape(len(data.data), -1).astype("float32") / 255
    net.fit(
        flat[: data.split],
        data.target[: data.split],
        epochs=scale.pick(quick=3, full=10),
        callbacks=[nets.Progress()],
        verbose=0,
    )
    test = (flat[data.split :], data.target[data.split :])
    linear[name] = net.evaluate(*test, verbose=0, return_dict=True)["accuracy"]
published("hml-10-num-01", **linear)

# %% [markdown]
# ## Numbers instead of classes
# The same list builds a net that predicts a number: one neuron at the end, without activation. The data are districts of
# California and the median value of their houses, split twice.

# %%
housing = datasets.load("california-housing", limit=2500)
print(housing.origin)
X_full, X_test, y_full, y_test = train_test_split(
    housing.data.to_numpy("float32"), housing.target.to_numpy("float32"), random_state=42
)
X_train, X_valid, y_train, y_valid = train_test_split(X_full, y_full, random_state=42)
housing.data.describe().loc[["min", "mean", "max"]].round(1)

# %% [markdown] tags=["hml-10-tool-06"]
# The features have wildly different sizes. A `Normalization` layer subtracts the mean and divides by the standard
# deviation, as scikit-learn's `StandardScaler` does; but it is a part of the model, so it cannot be forgotten when the model
# is used. It must *see* the training data once: `adapt`. What it learns there (8 means, 8 variances and a count for 8
# features) gradient descent leaves alone.

# %% tags=["hml-10-code-18"]
keras.utils.set_random_seed(42)
norm = layers.Normalization()
model = keras.Sequential(
    [
        keras.Input(shape=X_train.shape[1:]),
        norm,
        layers.Dense(50, activation="relu"),
        layers.Dense(50, activation="relu"),
        layers.Dense(50, activation="relu"),
        layers.Dense(1),
    ]
)
model.compile(
    loss="mse", optimizer=keras.optimizers.Adam(learning_rate=1e-3), metrics=["RootMeanSquaredError"]
)
norm.adapt(X_train)
epochs = scale.pick(quick=5, full=20)
adapted = model.fit(
    X_train,
    y_train,
    epochs=epochs,
    validation_data=(X_valid, y_valid),
    callbacks=[nets.Progress()],
    verbose=0,
).history
print("numbers that are not trained:", sum(math.prod(v.shape) for v in model.non_trainable_variables))
scaled = np.asarray(norm(X_train))
print(
    "mean 0, deviation 1:",
    np.allclose(scaled.mean(0), 0, atol=1e-2),
    np.allclose(scaled.std(0), 1, atol=1e-2),
)

# %% tags=["hml-10-code-18", "nbval-ignore-output"]
result = model.evaluate(X_test, y_test, verbose=0, return_dict=True)
print(f"validation RMSE {adapted['val_RootMeanSquaredError'][-1]:.3f}")
print(f"test RMSE       {result['RootMeanSquaredError']:.3f}, which is the root of the loss:", end=" ")
print(np.isclose(result["RootMeanSquaredError"] ** 2, result["loss"], rtol=1e-3))
X_new, y_new = X_test[:3], y_test[:3]
print("three districts: ", model.predict(X_new, verbose=0).ravel().round(2), " true:", y_new.round(2))

# %% [markdown]
# The same net of scikit-learn, in [the lecture before](neurons.ipynb), reached 0.505 on the real districts with its own settings; trainings differ by a few hundredths.
#
# ### When scaling goes wrong
# Nobody warns you if you forget `adapt`: mean 0 and variance 1 stay in place, and the layer does nothing. The second
# classic slip is to scale the training data by hand, and forget the validation data. **Look at** the scale: both slips
# cost a lot, and the second shows only in the validation curve, as if the net overfitted terribly.

# %%
print("never adapted, it changes nothing:", np.allclose(layers.Normalization()(X_train[:5]), X_train[:5]))


def regression_net(*first):
    """Build and compile the same net behind other first layers."""
    keras.utils.set_random_seed(42)
    hidden = [layers.Dense(50, activation="relu") for _ in range(3)]
    net = keras.Sequential([keras.Input((8,)), *first, *hidden, layers.Dense(1)])
    net.compile(loss="mse", optimizer=keras.optimizers.Adam(1e-3), metrics=["RootMeanSquaredError"])
    return net


forgotten = (
    regression_net(layers.Normalization())
    .fit(
        X_train,
        y_train,
        epochs=epochs,
        validation_data=(X_valid, y_valid),
        callbacks=[nets.Progress()],
        verbose=0,
    )
    .history
)
half_done = (
    regression_net()
    .fit(
        scaled,
        y_train,
        epochs=epochs,
        validation_data=(X_valid, y_valid),
        callbacks=[nets.Progress()],
        verbose=0,
    )
    .history
)

cases = {
    "adapted, inside the model": adapted,
    "never adapted": forgotten,
    "validation data not scaled": half_done,
}
fig, axes = plt.subplots(ncols=3, sharey=True, figsize=(9.5, 3.6))
for ax, (name, case) in zip(axes, cases.items(), strict=True):
    curve = plots.LearningCurve.from_history(case, metric="RootMeanSquaredError", ax=ax, log=True)
    ax.set(title=name, ylabel="")
axes[0].set_ylabel("root mean squared error")
plt.show()

ends = [case["val_RootMeanSquaredError"][-1] for case in cases.values()]
print("adapted is best by far:", all(ends[0] < 0.9 * other for other in ends[1:]))

# %% [markdown] tags=["hml-10-concept-15"]
# ## The second way: a graph of layers
# A chain sends everything through all layers. *Wide and deep* (Cheng and others, 2016) also sends the inputs straight to
# the end, so that simple rules need not squeeze through the hidden layers. For that we **call** layers: a layer called with
# a symbolic tensor, which holds no numbers yet, only a shape, gives the next symbolic tensor. `keras.Model` wants the
# tensors at both ends.

# %% tags=["hml-10-fig-13"]
keras.utils.set_random_seed(42)
normalization_layer = layers.Normalization(name="norm")
hidden_layer1 = layers.Dense(30, activation="relu", name="hidden1")
hidden_layer2 = layers.Dense(30, activation="relu", name="hidden2")
concat_layer = layers.Concatenate(name="concat")
output_layer = layers.Dense(1, name="price")

inputs = keras.Input(shape=X_train.shape[1:], name="features")
normalized = normalization_layer(inputs)
hidden1 = hidden_layer1(normalized)
hidden2 = hidden_layer2(hidden1)
joined = concat_layer([normalized, hidden2])
outputs = output_layer(joined)
wide_and_deep = keras.Model(inputs=[inputs], outputs=[outputs])

print("a symbolic tensor:", hidden1.shape, " trained numbers:", end=" ")
print(sum(math.prod(v.shape) for v in wide_and_deep.trainable_variables))

# %% [markdown]
# **Look at** the two ways from `norm` to `concat`: the wide one is the upper arrow.

# %% tags=["hml-10-fig-13"]
nets.draw_graph(wide_and_deep).set_title("Wide and deep")
plt.show()

# %% [markdown]
# **What the book writes:** `tf.keras.layers.concatenate()`, with a small *c*, among the layers. That is the function, which
# joins at once, and wants the tensors. The layer is `Concatenate()`, with the parentheses. And whoever gives the tensors to
# the class instead of to the layer makes a layer with a strange `axis`, and learns it only one line later:

# %% tags=["hml-10-fig-13"]
attempts = {
    "layers.concatenate()": lambda: layers.concatenate(),
    "layers.Concatenate([a, b])": lambda: layers.Concatenate([normalized, hidden2]),
    "Dense(1)(layers.Concatenate([a, b]))": lambda: layers.Dense(1)(
        layers.Concatenate([normalized, hidden2])
    ),
    "layers.Concatenate()([a, b])": lambda: layers.Concatenate()([normalized, hidden2]),
}
for text, attempt in attempts.items():
    try:
        made = attempt()
        outcome = "a tensor" if isinstance(made, keras.KerasTensor) else "no tensor, but a layer"
    except (TypeError, ValueError) as error:
        outcome = f"{type(error).__name__}: {str(error).split('.')[0]}"
    print(f"{text:38} {outcome}")

# %% [markdown]
# Compile, adapt, fit and evaluate are the same for all models:

# %% tags=["hml-10-fig-13", "nbval-ignore-output"]
normalization_layer.adapt(X_train)
wide_and_deep.compile(loss="mse", optimizer=keras.optimizers.Adam(1e-3), metrics=["RootMeanSquaredError"])
wide_and_deep.fit(
    X_train,
    y_train,
    epochs=epochs,
    validation_data=(X_valid, y_valid),
    callbacks=[nets.Progress()],
    verbose=0,
)
result = wide_and_deep.evaluate(X_test, y_test, verbose=0, return_dict=True)
print(f"wide and deep: test RMSE {result['RootMeanSquaredError']:.3f}")

# %% [markdown]
# ### Two inputs
# Let the wide way have the features 0 to 4, and the deep way the features 2 to 7; some go both ways. Layers may be made and
# called in one line. Only the normalisations are kept in variables, for `adapt`. And this time we use the function
# `concatenate`, which is right here.


# %% tags=["hml-10-fig-14", "hml-10-code-19"]
def two_inputs():
    """Make the inputs of both ways and what comes of them, and the layers to adapt."""
    keras.utils.set_random_seed(42)
    input_wide = keras.Input(shape=[5], name="input_wide")
    input_deep = keras.Input(shape=[6], name="input_deep")
    norm_wide, norm_deep = layers.Normalization(name="norm_wide"), layers.Normalization(name="norm_deep")
    hidden1 = layers.Dense(30, activation="relu", name="hidden1")(norm_deep(input_deep))
    hidden2 = layers.Dense(30, activation="relu", name="hidden2")(hidden1)
    norm_wide.adapt(X_train[:, :5])
    norm_deep.adapt(X_train[:, 2:])
    joined = layers.concatenate([norm_wide(input_wide), hidden2], name="concat")
    return [input_wide, input_deep], joined, hidden2


inputs, joined, _ = two_inputs()
model = keras.Model(inputs=inputs, outputs=[layers.Dense(1, name="price")(joined)])

# %% [markdown]
# **Look at** where the two inputs meet.

# %% tags=["hml-10-fig-14"]
nets.draw_graph(model).set_title("Two inputs")
plt.show()

# %% [markdown]
# All data now come in pairs. (The book calls the result of `evaluate` `mse_test`; it is a list of the loss and the RMSE.)


# %% tags=["hml-10-code-20", "nbval-ignore-output"]
def pair(X):
    """Cut the features into those of the wide way and those of the deep way."""
    return X[:, :5], X[:, 2:]


model.compile(loss="mse", optimizer=keras.optimizers.Adam(1e-3), metrics=["RootMeanSquaredError"])
model.fit(
    pair(X_train),
    y_train,
    epochs=epochs,
    validation_data=(pair(X_valid), y_valid),
    callbacks=[nets.Progress()],
    verbose=0,
)
result = model.evaluate(pair(X_test), y_test, verbose=0, return_dict=True)
print(f"two inputs: test RMSE {result['RootMeanSquaredError']:.3f}")
print("three districts:", model.predict(pair(X_new), verbose=0).ravel().round(2))

# %% [markdown]
# With many inputs an order is soon mixed up. Name them, and use dictionaries:


# %% tags=["hml-10-code-21"]
def by_name(X):
    """Say which features go where."""
    return {"input_wide": X[:, :5], "input_deep": X[:, 2:]}


same = np.allclose(model.predict(by_name(X_new), verbose=0), model.predict(pair(X_new), verbose=0))
turned = dict(reversed(by_name(X_new).items()))
print("same predictions:", same)
print(
    "in any order:    ", np.allclose(model.predict(turned, verbose=0), model.predict(pair(X_new), verbose=0))
)

# %% [markdown] tags=["hml-10-concept-16"]
# ### Two outputs
# Why would a net have several? Because the **task** asks for it (where is the thing, *and* what is it); because **several
# tasks** share what the lower layers learn; or to **keep the net honest**: an auxiliary output on the deep way makes the deep way
# learn something of its own. We do the last. **Look at** `aux_output`: it sees only the deep way.

# %% tags=["hml-10-fig-15"]
inputs, joined, hidden2 = two_inputs()
output = layers.Dense(1, name="output")(joined)
aux_output = layers.Dense(1, name="aux_output")(hidden2)
model = keras.Model(inputs=inputs, outputs=[output, aux_output])
nets.draw_graph(model).set_title("Two inputs, two outputs")
plt.show()
print("trained numbers:", sum(math.prod(v.shape) for v in model.trainable_variables))

# %% [markdown]
# Each output has a loss, and the optimizer needs one number: the weighted sum, here 0.9 times the main loss and 0.1
# times the auxiliary one. **What the book says:** lists, and one metric for all (`metrics=["RootMeanSquaredError"]`).
# **What we see:** Keras 3 wants a metric for each output, and weights only where there is a loss for each:

# %% tags=["hml-10-code-22"]
rmse, rates = "RootMeanSquaredError", (0.9, 0.1)
tries = {
    "one metric for both": {"loss": ("mse", "mse"), "loss_weights": rates, "metrics": [rmse]},
    "one loss and two weights": {"loss": "mse", "loss_weights": rates},
    "one loss": {"loss": "mse"},
    "two of each": {"loss": ("mse", "mse"), "loss_weights": rates, "metrics": [rmse, rmse]},
}
few = slice(64)
for name, settings in tries.items():
    fresh = keras.models.clone_model(model)
    fresh.compile(optimizer="sgd", **settings)
    try:
        fresh.evaluate(pair(X_train[few]), (y_train[few], y_train[few]), verbose=0)
        print(f"{name:25} works")
    except ValueError as error:
        print(f"{name:25} ValueError: {str(error).splitlines()[0]}")

# %% [markdown]
# Dictionaries with the names of the outputs leave no doubt:

# %% tags=["hml-10-code-22"]
model.compile(
    loss={"output": "mse", "aux_output": "mse"},
    loss_weights={"output": 0.9, "aux_output": 0.1},
    optimizer=keras.optimizers.Adam(learning_rate=1e-3),
    metrics={"output": ["RootMeanSquaredError"], "aux_output": ["RootMeanSquaredError"]},
)
record = model.fit(
    by_name(X_train),
    {"output": y_train, "aux_output": y_train},
    epochs=epochs,
    validation_data=(by_name(X_valid), {"output": y_valid, "aux_output": y_valid}),
    callbacks=[nets.Progress()],
    verbose=0,
).history
print("in the history:", ", ".join(name for name in record if not name.startswith("val_")))

# %% [markdown]
# ### The order trap
# **What the book writes:** `weighted_sum_of_losses, main_loss, aux_loss, main_rmse, aux_rmse = model.evaluate(...)`. It runs. **Look
# at** the last two rows: the RMSEs are swapped, because Keras 3 sorts metrics by the names of the outputs, and *aux_output*
# comes before *output*. Nothing warns you, and both numbers look sensible.

# %% tags=["hml-10-code-23", "nbval-ignore-output"]
both = {"output": y_test, "aux_output": y_test}
at_once = {"batch_size": len(y_test), "verbose": 0}
as_list = model.evaluate(by_name(X_test), both, **at_once)
as_dict = model.evaluate(by_name(X_test), both, return_dict=True, **at_once)
book_names = ["loss", "output_loss", "aux_output_loss", f"output_{rmse}", f"aux_output_{rmse}"]
table = pd.DataFrame({"taken for": book_names, "from the list": as_list}).set_index("taken for")
table["truly"] = [as_dict[name] for name in book_names]
table.round(3)

# %% tags=["hml-10-code-23"]
main_loss, aux_loss, taken_for_main, taken_for_aux = as_list[1:]
print("what the book takes for the main RMSE is the root of the main loss:", end=" ")
print(np.isclose(taken_for_main**2, main_loss, rtol=1e-3))
print("... is the root of the auxiliary loss:", np.isclose(taken_for_main**2, aux_loss, rtol=1e-3))
print("in the dictionary they are right:", end=" ")
print(np.isclose(as_dict[f"output_{rmse}"] ** 2, as_dict["output_loss"], rtol=1e-3))

# %% [markdown]
# So: always `return_dict=True`.
#
# Is the loss the weighted sum that we asked for? We measure it on six parts of the validation data and solve for the two
# weights. One more trap: on the TensorFlow backend the loss of **each output** is the mean over batches, in which a small last
# batch counts as much as a full one. (The graph is made before the size of a batch is known.) The total loss and the metrics are
# means over samples. With all in one batch (`batch_size`, here and above) they agree; on JAX they always do.

# %% tags=["hml-10-eq-12"]
rows = []
for i in range(6):
    labels = {"output": y_valid[i::6], "aux_output": y_valid[i::6]}
    rows.append(
        model.evaluate(by_name(X_valid[i::6]), labels, batch_size=len(y_valid), verbose=0, return_dict=True)
    )
losses = pd.DataFrame(rows)
solved = np.linalg.lstsq(losses[["output_loss", "aux_output_loss"]], losses["loss"], rcond=None)[0]
published("hml-10-eq-12", main_weight=solved[0], aux_weight=solved[1])

# %%
labels = {"output": y_valid[:40], "aux_output": y_valid[:40]}
split = model.evaluate(by_name(X_valid[:40]), labels, batch_size=32, verbose=0, return_dict=True)
squares = (model.predict(by_name(X_valid[:40]), verbose=0)[0].ravel() - y_valid[:40]) ** 2
of_batches = np.mean([squares[:32].mean(), squares[32:].mean()])
print("40 samples as 32 and 8: the loss of an output is their mean:", end=" ")
print(np.isclose(split["output_loss"], squares.mean(), rtol=1e-3))
print("... is the mean of two means:", np.isclose(split["output_loss"], of_batches, rtol=1e-3))

# %% [markdown]
# `predict` gives a list with an array for each output, in the order in which the model was made. With `output_names` it
# becomes a dictionary:

# %% tags=["hml-10-code-24"]
predictions = dict(zip(model.output_names, model.predict(pair(X_new), verbose=0), strict=True))
print({name: values.shape for name, values in predictions.items()})

# %% [markdown] tags=["hml-10-concept-17"]
# ## The third way: a class
# Both ways so far are **declarative**: you say which layers there are and how they hang together, and Keras can check the
# shapes, draw the model, save and copy it, all before it has seen data. The third is **imperative**: a class whose `call` says
# what to do with a batch, in plain Python, with loops and branches. The price: the graph is hidden in a program. Keras
# cannot look into it, and mistakes show only when it runs.
#
# Layers are made in `__init__`, and used in `call`. (`self.output` is taken: Keras has a property of that name.)


# %% tags=["hml-10-code-25"]
class WideAndDeepModel(keras.Model):
    """Predict a number from a wide and a deep way, and another one from the deep way alone."""

    def __init__(self, units=30, activation="relu", **kwargs):
        super().__init__(**kwargs)  # for example, a name
        self.norm_layer_wide = layers.Normalization()
        self.norm_layer_deep = layers.Normalization()
        self.hidden1 = layers.Dense(units, activation=activation)
        self.hidden2 = layers.Dense(units, activation=activation)
        self.main_output = layers.Dense(1)
        self.aux_output = layers.Dense(1)

    def call(self, inputs):
        input_wide, input_deep = inputs
        hidden2 = self.hidden2(self.hidden1(self.norm_layer_deep(input_deep)))
        joined = ops.concatenate([self.norm_layer_wide(input_wide), hidden2], axis=-1)
        return self.main_output(joined), self.aux_output(hidden2)


def adapted_to_training(model):
    """Let both normalisations see the training data."""
    model.norm_layer_wide.adapt(X_train[:, :5])
    model.norm_layer_deep.adapt(X_train[:, 2:])
    return model


keras.utils.set_random_seed(42)
model = adapted_to_training(WideAndDeepModel(30, activation="relu", name="my_cool_model"))
model.compile(
    loss=["mse", "mse"],
    loss_weights=[0.9, 0.1],
    optimizer=keras.optimizers.Adam(1e-3),
    metrics=[[rmse], [rmse]],
)
as_list = model.evaluate(pair(X_test), (y_test, y_test), **at_once)
as_dict = model.evaluate(pair(X_test), (y_test, y_test), return_dict=True, **at_once)
print(len(as_list), "numbers in the list,", len(set(as_list)), "of them different")
print("names:", ", ".join(as_dict))

# %% [markdown]
# **What the book says:** evaluate it as before. **What we see:** a tuple has no names. Both losses want to be called
# `mse_loss`, one of them gets lost, and the list repeats others. So let `call` return a **dictionary**:


# %% tags=["hml-10-code-25"]
class NamedOutputs(WideAndDeepModel):
    """The same, with a name for each output."""

    def call(self, inputs):
        main, aux = super().call(inputs)
        return {"main": main, "aux": aux}


def twice(y):
    """Give the same target to both outputs."""
    return {"main": y, "aux": y}


keras.utils.set_random_seed(42)
model = adapted_to_training(NamedOutputs(name="my_cool_model"))
model.compile(
    loss={"main": "mse", "aux": "mse"},
    loss_weights={"main": 0.9, "aux": 0.1},
    optimizer=keras.optimizers.Adam(1e-3),
    metrics={"main": [rmse], "aux": [rmse]},
)
model.fit(
    pair(X_train),
    twice(y_train),
    epochs=epochs,
    validation_data=(pair(X_valid), twice(y_valid)),
    callbacks=[nets.Progress()],
    verbose=0,
)
result = model.evaluate(pair(X_test), twice(y_test), return_dict=True, **at_once)
print("names:", ", ".join(result))
print(
    "weighted sum:",
    np.isclose(result["loss"], 0.9 * result["main_loss"] + 0.1 * result["aux_loss"], rtol=1e-3),
)

# %% [markdown]
# What Keras knows of such a model: its layers, but not how they hang together. **What the book says:** it cannot be cloned. **What we
# see:** Keras 3 does clone it, since it noted the arguments of `__init__`. And a model is a layer: it can be a part of another.

# %% tags=["hml-10-concept-17"]
try:
    nets.draw_graph(model)
except ValueError as error:
    print("draw_graph:", error)

copy = keras.models.clone_model(model)
print("cloned:", type(copy).__name__, "with new weights:", copy is not model)

both_inputs = [keras.Input([5], name="wide"), keras.Input([6], name="deep")]
made = model(both_inputs)
blend = keras.Model(both_inputs, layers.Average(name="blend")([made["main"], made["aux"]]))
print("as a layer:", [layer.name for layer in blend.layers])

# %% [markdown]
# ### When only a program will do
# A graph computes the same for every batch. Here is a net that does not: it applies **one** layer again and again to
# a state. While it learns it takes fifteen steps; when it is used it goes on **until the state has settled**, so the data decide
# how many steps there are. In the functional way this cannot be said: a symbolic tensor holds no numbers to look at.

# %%
symbol = keras.Input((3,))
try:
    while ops.max(symbol) > 1:
        symbol = symbol / 2
except Exception as error:  # each backend has its own kind
    print("no decision on a symbolic tensor:", isinstance(error, TypeError | ValueError))


# %% [markdown]
# `ops.while_loop` repeats a function as long as another says so; what it carries is the number of steps, the
# state, and how far it moved last. (It works on every backend. JAX has no gradients for it; we train with a plain loop.)


# %%
class Settle(keras.Model):
    """Apply one layer again and again: a few times to learn, until the state rests to predict."""

    def __init__(self, units=20, steps=15, limit=0.01, most=100, **kwargs):
        super().__init__(**kwargs)
        self.steps, self.limit, self.most = steps, limit, most
        self.norm = layers.Normalization()
        self.join = layers.Concatenate()
        self.again = layers.Dense(units, activation="tanh")
        self.head = layers.Dense(1)

    def step(self, x, state):
        """Move the state half of the way to where the layer would put it."""
        return (state + self.again(self.join([x, state]))) / 2

    def settle(self, x):
        """Return how many steps it took, and the state."""

        def moving(count, state, moved):
            return ops.logical_and(moved > self.limit, count < self.most)

        def once(count, state, moved):
            new = self.step(x, state)
            return count + 1, new, ops.max(ops.abs(new - state))

        first = self.step(x, self.start(x))
        count, state, _ = ops.while_loop(moving, once, (1, first, ops.max(ops.abs(first))))
        return count, state

    def start(self, x):
        """Begin with a state of zeros."""
        return ops.zeros((ops.shape(x)[0], self.again.units), dtype=x.dtype)

    def call(self, inputs, training=False):
        x = self.norm(inputs)
        if not training:
            return self.head(self.settle(x)[1])
        state = self.start(x)
        for _ in range(self.steps):
            state = self.step(x, state)
        return self.head(state)


keras.utils.set_random_seed(42)
model = Settle()
model.norm.adapt(X_train)
model.compile(loss="mse", optimizer=keras.optimizers.Adam(3e-3), metrics=["RootMeanSquaredError"])
_ = model.fit(X_train, y_train, epochs=epochs, callbacks=[nets.Progress()], verbose=0)

# %% [markdown]
# Some districts go through the net alone: **look at** the left picture, how many steps they take; the last bar are those that do not come to rest within 100 steps. On the right the steps
# are counted by hand. The error falls until about as many steps as in training. What then? Nothing in the loss has ever asked what happens later: at quick scale it stays low; on all real districts it rises again, since
# longer training has made a net that is right after 15 steps and still moving.

# %% tags=["nbval-ignore-output"]
alone = [int(model.settle(model.norm(X_valid[i : i + 1]))[0]) for i in range(scale.pick(quick=30, full=200))]

x = model.norm(X_valid)
state, errors = model.start(x), []
for _ in range(40):
    state = model.step(x, state)
    errors.append(float(np.sqrt(np.mean((np.asarray(model.head(state)).ravel() - y_valid) ** 2))))

fig, axes = plt.subplots(ncols=2, figsize=(9, 3.5))
axes[0].hist(alone, bins=np.arange(0, 104, 4), edgecolor="white")
axes[0].set(xlabel="steps until it has settled", ylabel="districts", title="The data decide")
axes[1].plot(range(1, 41), errors, marker=".")
axes[1].axvline(model.steps, color="0.4", linestyle=":", label="steps in training")
axes[1].set(xlabel="steps", ylabel="validation RMSE", title="More steps than in training")
axes[1].legend()
plt.show()
print(
    f"{len(set(alone))} different numbers of steps; {np.mean(np.array(alone) >= 100):.0%} did not come to rest"
)

# %% [markdown]
# ## Which way when?
#
# | | sequential | functional | subclassing |
# |---|---|---|---|
# | shape of the net | a chain | any graph without loops | whatever Python can say |
# | several inputs and outputs | no | yes | yes |
# | shapes are checked | when it is built | when it is built | when it runs |
# | drawn, inspected layer by layer | yes | yes | no |
# | saved and loaded | yes | yes | with `get_config`, see the next lecture |
#
# Take the first that is enough. Then: [training in practice](training.ipynb).
