# %% [markdown]
# # Training in practice: save, watch, tune
#
# A net that trains for hours must be saved, must stop in time, must be watched, and has a dozen settings that
# somebody must choose. This lecture is about all that, and about which of the usual advice can be seen in an experiment.
#
# **You will learn** to
# - save a model, and know what each file holds;
# - stop in time, keep the best, survive an interruption;
# - watch a training in TensorBoard, and read its files yourself;
# - find a learning rate and a batch size by experiment;
# - let a tuner search, and compare its methods.
#
# You need [three ways to build a model](lecture.ipynb). Reading and running: about 60 minutes. Then:
# [digits and wine](digits_and_wine.ipynb) and [the exercises](exercises.ipynb).
#
# *Reproduced here:* A. Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 3rd ed.,
# the second half of chapter 10. It is written for Keras 2; where Keras 3 wants something else, we say so under **"What the
# book says"**. All results are single trainings with a fixed seed, and differ a little between processors. Event files and
# saving for a server need TensorFlow; the models, searches and callbacks run on JAX as well.

# %%
import logging
import tempfile
import time
import uuid
import warnings
import zipfile
from pathlib import Path

import h5py
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers
from scipy.stats import loguniform
from sklearn.model_selection import RandomizedSearchCV, train_test_split

from course import datasets, nets, plots, scale
from course.errors import need
from course.published import published

# Each new model is a new graph to trace, and TensorFlow remarks on every five.
logging.getLogger("tensorflow").setLevel("ERROR")
# A tuner keeps weights without the optimizer's state, and Keras says so each time it loads them.
warnings.filterwarnings("ignore", message="Skipping variable loading for optimizer")
plots.use_style()
folder = Path(tempfile.mkdtemp())  # everything that this notebook writes
logs = folder / "my_logs"  # in it, what TensorBoard reads

# %% [markdown]
# ## What is in a saved model?
# The data are Californian districts and the median value of their houses, split in
# three parts.

# %%
housing = datasets.load("california-housing", limit=4000)
print(housing.origin)
X_full, X_test, y_full, y_test = train_test_split(
    housing.data.to_numpy("float32"), housing.target.to_numpy("float32"), random_state=42
)
X_train, X_valid, y_train, y_valid = train_test_split(X_full, y_full, random_state=42)

# %% [markdown]
# A model of a class of our own is the harder case, so we take one: a small wide and deep net. Its arguments must be
# told again when it is loaded, which `get_config` does, and the decorator tells Keras the name of the class.


# %%
@keras.saving.register_keras_serializable(package="course")
class WideAndDeep(keras.Model):
    """Predict one number from the inputs and from two hidden layers over them."""

    def __init__(self, units=30, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.norm = layers.Normalization()
        self.hidden1 = layers.Dense(units, activation="relu")
        self.hidden2 = layers.Dense(units, activation="relu")
        self.join = layers.Concatenate()
        self.head = layers.Dense(1)

    def call(self, inputs):
        normed = self.norm(inputs)
        return self.head(self.join([normed, self.hidden2(self.hidden1(normed))]))

    def get_config(self):
        return super().get_config() | {"units": self.units}


def housing_model(rate=1e-3):
    """Build and compile the model; its normalisation has seen the training data."""
    keras.utils.set_random_seed(42)
    model = WideAndDeep()
    model.norm.adapt(X_train)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(rate), metrics=["RootMeanSquaredError"])
    return model


epochs = scale.pick(quick=4, full=20)
model = housing_model()
history = model.fit(
    X_train,
    y_train,
    epochs=epochs,
    validation_data=(X_valid, y_valid),
    callbacks=[nets.Progress()],
    verbose=0,
)

# %% [markdown] tags=["hml-10-concept-18"]
# There are two ways to save. The **whole model** in a `.keras` file: architecture, weights, the optimizer with its state,
# loss and metrics. Or the **weights only** in a `.weights.h5` file, to put into a model that you build yourself.

# %% tags=["hml-10-code-26"]
model.save(folder / "housing.keras")
again = keras.models.load_model(folder / "housing.keras")
print(
    "same predictions:",
    np.array_equal(model.predict(X_test[:9], verbose=0), again.predict(X_test[:9], verbose=0)),
)
print("inside:", ", ".join(sorted(zipfile.ZipFile(folder / "housing.keras").namelist())))

# %% [markdown]
# A `.keras` file is a zip archive. Two files in it are text: `config.json` says how to build the model and how it was
# compiled, `metadata.json` which Keras wrote it. The numbers are in the third.
#
# **What the book says:** `model.save("my_keras_model", save_format="tf")` writes a folder. **What we see:** Keras 3
# has no such argument, and the name must say what it is: an ending that does not belong to the method is refused. So is a file with a class that
# was not registered, when it is loaded. (Only the ending `.h5`, also of `.weights.h5`, `save` still takes for many models:
# it then writes a whole model in the format of old, with a warning.) A TensorFlow SavedModel, for a server without Keras, is written by `export`.


# %% tags=["hml-10-code-26", "hml-10-code-27", "hml-10-code-28"]
class Unregistered(keras.Sequential):
    """A class that Keras has not been told of."""


Unregistered([keras.Input((8,)), layers.Dense(1)]).save(folder / "unregistered.keras")
attempts = {
    'save("my_keras_model")': lambda: model.save(folder / "my_keras_model"),
    'save_weights("my.keras")': lambda: model.save_weights(folder / "my.keras"),
    'ModelCheckpoint("my_checkpoints", save_weights_only=True)': lambda: keras.callbacks.ModelCheckpoint(
        folder / "my_checkpoints", save_weights_only=True
    ),
    'load_model("unregistered.keras")': lambda: keras.models.load_model(folder / "unregistered.keras"),
}
for call, attempt in attempts.items():
    try:
        attempt()
    except Exception as error:  # which kind it is differs from call to call
        sentence = " ".join(str(error).split()).split(" Received")[0].split(". ")[0]
        print(f"{call}\n    {type(error).__name__}: {sentence}")

model.export(folder / "for_a_server", verbose=False)
print("export writes a folder:", ", ".join(sorted(path.name for path in (folder / "for_a_server").iterdir())))

# %% tags=["hml-10-code-27"]
model.save_weights(folder / "housing.weights.h5")
fresh = housing_model()
fresh(X_test[:1])  # a first call makes the weights, which the file then fills
fresh.optimizer.build(fresh.trainable_variables)
fresh.load_weights(folder / "housing.weights.h5")
print(
    "same predictions:",
    np.allclose(model.predict(X_test[:9], verbose=0), fresh.predict(X_test[:9], verbose=0)),
)

with h5py.File(folder / "housing.weights.h5") as file:
    file.visititems(lambda name, item: print(name, item.shape) if isinstance(item, h5py.Dataset) else None)

# %% [markdown]
# The list shows more than weights: the mean, variance and count of the normalisation, and the two running means that
# Adam keeps for each weight (under `optimizer`), so that a training can go on where it was. In a layer `vars/0` are the weights and
# `vars/1` the biases; `optimizer/vars/0` and `1` are the number of steps and the learning rate. Keras goes through the
# attributes of the model by the alphabet and writes each layer once: `head` and the `hidden` ones come first; then the
# model's own list `layers`, before `norm`, so that the normalisation is filed there.
#
# ## Callbacks: what happens between two epochs
# `fit` calls the methods of each callback when something begins or ends. Two callbacks nobody should be without:
# `ModelCheckpoint` writes a file after each epoch (or only after a better one), `EarlyStopping` ends the training when
# the validation loss has not become better for `patience` epochs, and takes the best weights back.

# %% tags=["hml-10-code-28"]
each_epoch = keras.callbacks.ModelCheckpoint(folder / "last.weights.h5", save_weights_only=True)
best_only = keras.callbacks.ModelCheckpoint(folder / "best.keras", save_best_only=True)
model = housing_model(rate=0.01)
history = model.fit(
    X_train,
    y_train,
    epochs=epochs,
    validation_data=(X_valid, y_valid),
    callbacks=[each_epoch, best_only, nets.Progress()],
    verbose=0,
).history
best = keras.models.load_model(folder / "best.keras")
loss = best.evaluate(X_valid, y_valid, verbose=0, return_dict=True)["loss"]
print("the file holds the epoch with the lowest validation loss:", np.isclose(loss, min(history["val_loss"])))

# %% [markdown]
# (The book's name `my_checkpoints` is refused today, as we saw: with `save_weights_only=True` it must end in `.weights.h5`.)
# `save_best_only` keeps the best model, but trains on to the end. With early stopping the number of epochs may be large,
# since it is only a limit. So that we see it work at once, the next net learns from 500 handwritten digits only, which it soon
# knows by heart. **Look at** the dotted line: the weights come from there, not from the end.

# %%
digits = datasets.load("mnist", limit=3000)
print(digits.origin)
n_valid = digits.split // 12
images = digits.data.astype("float32") / 255
fit_on = slice(digits.split - n_valid)
X_digits, y_digits = images[fit_on], digits.target[fit_on]
digits_valid = (
    images[digits.split - n_valid : digits.split],
    digits.target[digits.split - n_valid : digits.split],
)


def digit_net(sizes=(300, 100), optimizer=None):
    """Build and compile a classifier of digits with these hidden layers."""
    keras.utils.set_random_seed(42)
    hidden = [layers.Dense(size, activation="relu") for size in sizes]
    model = keras.Sequential([keras.Input((784,)), *hidden, layers.Dense(10, activation="softmax")])
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=optimizer or keras.optimizers.Adam(),
        metrics=["accuracy"],
    )
    return model


# %% tags=["hml-10-code-29"]
model = digit_net()
early_stopping = keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)
history = model.fit(
    X_digits[:500],
    y_digits[:500],
    epochs=200,
    validation_data=digits_valid,
    callbacks=[early_stopping, keras.callbacks.TerminateOnNaN(), nets.Progress()],
    verbose=0,
)
curve = plots.LearningCurve.from_history(history)
best_epoch = int(np.argmin(history.history["val_loss"])) + 1
curve.ax_.axvline(best_epoch, color="0.4", linestyle=":")
curve.ax_.set_title("Stopped ten epochs after the best one")
plt.show()
print("stopped before the limit:", len(history.epoch) < 200)

# %% [markdown]
# The best weights wait in memory. Keras 3 puts them back at the end of *every* training with
# `restore_best_weights=True`, also one that reached its last epoch. The same net once more, with a patience that never ends:

# %% tags=["hml-10-code-29"]
model = digit_net()
patient = keras.callbacks.EarlyStopping(patience=200, restore_best_weights=True)
record = model.fit(
    X_digits[:500],
    y_digits[:500],
    epochs=best_epoch + 5,
    validation_data=digits_valid,
    callbacks=[patient],
    verbose=0,
).history["val_loss"]
loss = model.evaluate(*digits_valid, verbose=0, return_dict=True)["loss"]
print("trained to the last epoch:", len(record) == best_epoch + 5)
print("has the weights of the best epoch:", np.isclose(loss, min(record), rtol=1e-4))
print("has the weights of the last epoch:", np.isclose(loss, record[-1], rtol=1e-4))

# %% [markdown]
# A callback of your own is a class with some of these methods. The first tells how much worse the net is on
# validation data, a sign of overfitting; the second only notes which of its methods are called.


# %% tags=["hml-10-code-30", "nbval-ignore-output"]
class Ratio(keras.callbacks.Callback):
    """Print how the validation loss compares with the training loss."""

    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch + 1}: validation / training = {logs['val_loss'] / logs['loss']:.2f}")


model = housing_model()
settings = {"validation_data": (X_valid, y_valid), "verbose": 0}
_ = model.fit(X_train, y_train, epochs=3, callbacks=[Ratio()], **settings)


# %% tags=["hml-10-code-30"]
class Hooks(keras.callbacks.Callback):
    """Note which methods are called, in which order."""

    def __init__(self):
        super().__init__()
        self.seen = []


def noting(name):
    """Make a method that notes its own name."""
    return lambda self, *args, **kwargs: self.seen.append(name)


when = ["begin", "end"]
for stage in ("train", "test", "predict"):
    for name in [f"on_{stage}_{w}" for w in when] + [f"on_{stage}_batch_{w}" for w in when]:
        setattr(Hooks, name, noting(name))
for name in [f"on_epoch_{w}" for w in when]:
    setattr(Hooks, name, noting(name))

hooks = Hooks()
model.fit(X_train[:32], y_train[:32], callbacks=[hooks], verbose=0)
model.evaluate(X_train[:32], y_train[:32], callbacks=[hooks], verbose=0)
model.predict(X_train[:32], callbacks=[hooks], verbose=0)
print("\n".join(hooks.seen))

# %% [markdown] tags=["hml-10-concept-19"]
# ## TensorBoard
# TensorBoard is a web page that draws what trainings write into **event files**: records of (step, name, value). One
# folder holds the logs of all runs, each run has its own subfolder, so runs can be compared.

# %% [markdown] tags=["hml-10-tool-07"]
# Its tabs: *Scalars* (curves), *Graphs* (the computations), *Projector* (embeddings), *Profile* (where the time goes) and
# *HParams* (trials of a search). Keras writes the files with one callback:
#
# ```python
# keras.callbacks.TensorBoard(folder, profile_batch=(100, 200))
# ```
#
# which needs the package `tensorboard` (it comes with the extra `tuning`). TensorFlow no longer brings it. Our `nets.EventLog`
# writes the same scalars without it; TensorBoard opens them just as well.

# %% [markdown] tags=["hml-10-tool-08", "hml-10-tool-09"]
# **What the book says:** install the profiler with `tensorflow-plugin-profile`, and share logs on tensorboard.dev.
# **What we see:** the package is `tensorboard-plugin-profile`; and tensorboard.dev has been shut down.
#
# The folder of a run has the date and time in its name. The book's version stops at seconds, so that two runs of one
# second collide; a random end makes the name unique.


# %% tags=["hml-10-code-31", "nbval-ignore-output"]
def run_folder(root=logs):
    """Return a new folder name for a run."""
    return Path(root) / (time.strftime("run_%Y_%m_%d_%H_%M_%S_") + uuid.uuid4().hex[:4])


print(run_folder().name)

# %% [markdown]
# Two runs, with the learning rates 0.001 and 0.002:

# %% tags=["hml-10-code-32"]
folders = {}
for rate in (0.001, 0.002):
    folders[rate] = run_folder()
    housing_model(rate).fit(
        X_train,
        y_train,
        epochs=epochs,
        validation_data=(X_valid, y_valid),
        callbacks=[nets.EventLog(folders[rate]), nets.Progress()],
        verbose=0,
    )

# %% [markdown]
# What lies in the folder now? The dates and the ends of the names are shortened. (With profiling there would also be trace
# files, in `plugins/profile` under `train`.)

# %% tags=["hml-10-fig-17"]
fig, ax = plt.subplots(figsize=(7, 2.8))
lines = ["my_logs"]
for number in (1, 2):
    lines.append(f"    run_<date>_{number}")
    for part in sorted(path.name for path in list(folders.values())[number - 1].iterdir()):
        files = list((list(folders.values())[number - 1] / part).iterdir())
        lines += [f"        {part}", *[f"            {file.name[:20]}..." for file in files]]
ax.text(0, 1, "\n".join(lines), va="top", family="monospace", fontsize=10, transform=ax.transAxes)
ax.set_title("One folder for each run", loc="left")
ax.axis("off")
plt.show()

# %% [markdown]
# And what is in the files? `nets.read_events` reads them back into a table, with TensorFlow alone. **Look at** the first
# epochs on the left: the larger rate is a bit faster. (With the real districts, at full scale, the right side jumps up and down.
# Three of the 3,870 validation districts have 500 to 1,243 people to a household, and no training district more than 230. What
# the net says so far outside is chance, and the squares of three errors move the mean.)

# %% tags=["hml-10-fig-16"]
log = nets.read_events(logs)
log = log[log["tag"] == "epoch_loss"]
fig, axes = plt.subplots(ncols=2, sharey=True, figsize=(9, 3.4))
for ax, part in zip(axes, ["train", "validation"], strict=True):
    for i, (rate, path) in enumerate(folders.items()):
        curve = log[log["run"] == f"{path.name}/{part}"]
        style = {"marker": plots.MARKERS[i], "markersize": 4, "linestyle": ["-", "--"][i]}
        ax.plot(curve["step"] + 1, curve["value"], label=f"rate {rate}", **style)
    ax.set(xlabel="epoch", title=f"epoch_loss, {part}", yscale="log")
axes[0].set_ylabel("mean squared error")
axes[0].legend()
plt.show()

# %% [markdown]
# To see the same in TensorBoard itself, in Lab, run the next cell with `show_board = True`; in a terminal it is `tensorboard
# --logdir FOLDER`, with the name of the folder that all runs are in, then [localhost:6006](http://localhost:6006) (or the next free port). **What the book says:**
# `--logdir=~/my_logs`. **What we see:** that is a folder in your home, while its runs write to `./my_logs`, where the
# notebook is. Ours write to `logs`, a folder that goes when the computer tidies up.

# %% tags=["hml-10-code-33"]
show_board = False
if show_board:
    need("tensorboard", "tuning")
    get_ipython().run_line_magic("load_ext", "tensorboard")  # noqa: F821
    get_ipython().run_line_magic("tensorboard", f"--logdir {logs}")  # noqa: F821
else:
    print("not started: set show_board = True")

# %% [markdown]
# An event file can hold more than curves: histograms, pictures, text, sound. With the package `tensorboard` these are
# `tf.summary.histogram`, `tf.summary.image` and so on; without it we give `nets.write_event` what the page expects.
# A histogram is a table (left edge, right edge, count), a picture its width, its height and a PNG file, a sound a WAV
# file and its label.

# %% tags=["hml-10-code-34"]
draw = np.random.default_rng(42)
steps = scale.pick(quick=20, full=1000)
with tf.summary.create_file_writer(str(folder / "kinds")).as_default():
    for step in range(1, steps + 1):
        nets.write_event("my_scalar", np.sin(step / 10), step)

        counts, edges = np.histogram((draw.normal(size=100) + 2) * step / 100, bins=50)
        nets.write_event("my_hist", np.c_[edges[:-1], edges[1:], counts], step, kind="histograms")

        pictures = (255 * draw.random((2, 32, 32, 3)) * step / steps).astype(np.uint8)
        pngs = [tf.io.encode_png(picture) for picture in pictures]
        nets.write_event("my_images", tf.stack([b"32", b"32", *pngs]), step, kind="images")

        nets.write_event("my_text", [f"The step is {step}", f"Its square is {step**2}"], step, kind="text")

        wave = np.sin(np.arange(12_000) / 48_000 * 2 * np.pi * step * 1000 / steps)
        sound = tf.audio.encode_wav(wave[:, np.newaxis].astype("float32"), 48_000)
        nets.write_event("my_audio", [[sound, b"a sine"]], step, kind="audio")

print(nets.read_events(folder / "kinds").groupby(["kind", "tag"]).size().to_string())

# %% [markdown] tags=["hml-10-concept-23"]
# ## Which learning rate?
# The learning rate matters most, and it depends on everything else: optimizer, batch size, net. Whoever changes one of
# these must look for a new rate. The **range test** needs one short training: start with a tiny rate, multiply it after
# each batch by the same factor, and watch the loss. With 500 steps from $10^{-5}$ to 10 the factor is
# $(10 / 10^{-5})^{1/500}$.

# %% tags=["hml-10-eq-09"]
published("hml-10-eq-09", factor=nets.RateSweep(1e-5, 10, steps=500).factor)

# %% [markdown]
# `nets.RateSweep` is a callback of twenty lines ([`course/nets/training.py`](../../course/nets/training.py)). It assigns to
# `model.optimizer.learning_rate`, and undoes the running mean: what Keras tells after a batch is the mean loss since the
# epoch began, which hides the turn. **Look at** the three parts of the curve: nothing happens, it learns, it breaks.

# %% tags=["hml-10-code-43"]
sweep = nets.RateSweep(1e-5, 10, steps=500)
digit_net(optimizer=keras.optimizers.SGD()).fit(
    X_digits, y_digits, batch_size=32, epochs=100, callbacks=[sweep], verbose=0
)
smooth = pd.Series(sweep.losses).ewm(span=20).mean()
lowest = int(smooth.argmin())
turn = sweep.rates[lowest]
# Here it is worse than an untrained net; where the sweep ended before that, it broke at its last rate.
worse = np.flatnonzero(smooth[lowest:] > smooth[0])
limit = sweep.rates[lowest + worse[0]] if len(worse) else sweep.rates[-1]

fig, ax = plt.subplots()
ax.plot(sweep.rates, sweep.losses, color="0.75", linewidth=1, label="each batch")
ax.plot(sweep.rates, smooth, label="smoothed")
ax.axvline(turn / 10, color=plots.color(2), linestyle=":", label="a tenth of the turning point")
ax.axvline(turn, color=plots.color(3), linestyle="--", label="turning point")
ax.axvline(limit, color="0.3", linestyle="-.", label="largest rate")
ax.set(xscale="log", ylim=(0, 4), xlabel="learning rate", ylabel="loss", title="Range test with SGD")
ax.legend()
plt.show()

# %% [markdown]
# Two pieces of advice go with it. Take about a **tenth of the rate at the turning point**; and: the best rate is about **half of
# the largest** with which the training does not break. Do they hold? Four trainings. **Look at** which curve is lowest
# at the end.

# %%
choices = {
    "turning point / 100": turn / 100,
    "turning point / 10": turn / 10,
    "turning point": turn,
    "largest rate / 2": limit / 2,
}
last = {}
fig, ax = plt.subplots(figsize=(7, 3.6))
for i, (label, rate) in enumerate(choices.items()):
    record = (
        digit_net(optimizer=keras.optimizers.SGD(rate))
        .fit(X_digits, y_digits, epochs=scale.pick(quick=3, full=4), validation_data=digits_valid, verbose=0)
        .history["val_loss"]
    )
    last[label] = record[-1]
    ax.plot(range(1, len(record) + 1), record, marker=plots.MARKERS[i], label=label)
ax.set(xlabel="epoch", ylabel="validation loss", title="Four learning rates", yscale="log")
ax.set_xticks(range(1, len(record) + 1))
ax.legend()
plt.show()

# %% tags=["nbval-ignore-output"]
for label, rate in choices.items():
    print(f"{label:20} rate {rate:.3g}, validation loss at the end {last[label]:.3f}")

# %% [markdown]
# At both scales the rate at the **turning point** itself is best, half of the largest one comes second, a tenth is slower,
# and a hundredth wastes the epochs. So neither advice finds the best rate here. The tenth is on the safe side: it leaves room
# for nets and optimizers that break sooner. Half of the largest is bold: no step to the largest rate is far, and the
# largest one depends on the luck of a few batches. Since the right answer depends on net, optimizer and number of
# epochs, try two or three rates between the tenth and the turning point.
#
# ## Which batch size?
# The advice divides the field: small batches, 2 to 32, are said to lead to nets that do better on new data; large ones, up
# to 8192, use a graphics card well, and with a rate that warms up slowly they are said to do as well. What can we see
# on a processor? Each batch size gets the **same number of epochs**, once with the same rate, once with a rate
# that grows with the batch: 0.05 for 32 digits, twice as much for twice as many. It may grow to 0.8 and no further, for the
# range test broke at about 1, and for 2048 digits the rule asks for 3.2. (A rate that warms up may go higher; here none does.)
# **Look at** the right end: large batches make few steps in an epoch. How far does the larger
# rate make up for that?

# %% tags=["hml-10-num-04", "nbval-ignore-output"]
sizes = [8, 32, 256, 2048]
rows = []
for size in sizes:
    for rule, rate in (("same rate", 0.05), ("rate grows with batch", min(0.05 * size / 32, 0.8))):
        model = digit_net(optimizer=keras.optimizers.SGD(rate))
        start = time.perf_counter()
        model.fit(X_digits, y_digits, batch_size=size, epochs=scale.pick(quick=1, full=3), verbose=0)
        seconds = time.perf_counter() - start
        accuracy = model.evaluate(*digits_valid, verbose=0, return_dict=True)["accuracy"]
        rows.append({"batch size": size, "rule": rule, "accuracy": accuracy, "seconds": seconds})
table = pd.DataFrame(rows)

fig, axes = plt.subplots(ncols=2, figsize=(9, 3.4))
for i, (rule, part) in enumerate(table.groupby("rule", sort=False)):
    axes[0].plot(part["batch size"], part["accuracy"], ["-o", "--s"][i], label=rule)
axes[1].plot(sizes, table.groupby("batch size")["seconds"].mean(), "-o", color=plots.color(2))
axes[0].set(xscale="log", xlabel="batch size", ylabel="validation accuracy", title="Result")
axes[1].set(xscale="log", xlabel="batch size", ylabel="seconds", title="Time")
axes[0].legend()
plt.show()

# %% [markdown]
# With the same rate the accuracy falls as the batch grows, and the larger rate makes up for a part of it: at full scale for
# all of it up to 256, while 2048, held back at 0.8, stays behind; in the short training of the quick scale already 256
# stays behind. That small batches do better *as such* we do not see: at full scale 8, 32 and 256 with the
# growing rate differ by less than luck (0.2 % on 5,000 digits). What we see is that few steps learn little. And an epoch of large
# batches is several times faster even on a processor, so that in the same time they could make some of it up.

# %% [markdown] tags=["hml-10-concept-21"]
# ## How deep, how wide?
# One hidden layer can approximate any continuous function on a bounded region, as closely as one likes, if it is wide
# enough. That says nothing of how wide, nor whether training finds it. Deep nets need far fewer neurons for
# functions that are made of parts (lines, then shapes, then objects), and lower layers can be reused for other tasks.
# The source says of MNIST: one hidden layer of a few hundred neurons gets above 97 %, two layers with the same total
# above 98 %, in about the same time.

# %% tags=["hml-10-num-02"]
digits_test = (images[digits.split :], digits.target[digits.split :])
results, seconds = {}, {}
for hidden in ((300,), (150, 150), (300, 200, 100), (200, 200, 200)):
    model = digit_net(hidden)
    start = time.perf_counter()
    model.fit(
        X_digits,
        y_digits,
        batch_size=128,
        epochs=scale.pick(quick=4, full=30),
        validation_data=digits_valid,
        callbacks=[keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True), nets.Progress()],
        verbose=0,
    )
    seconds[hidden] = time.perf_counter() - start
    results[hidden] = model.evaluate(*digits_test, verbose=0, return_dict=True)["accuracy"]

published(
    "hml-10-num-02",
    one_layer_over_97="yes" if results[(300,)] > 0.97 else "no",
    two_layers_over_98="yes" if results[(150, 150)] > 0.98 else "no",
)

# %% tags=["hml-10-num-02", "nbval-ignore-output"]
for name, hidden in (("one layer", (300,)), ("two layers", (150, 150))):
    accuracy = results[hidden]
    luck = np.sqrt(accuracy * (1 - accuracy) / len(digits_test[0]))
    print(f"{name:10} {hidden!s:10}: test accuracy {accuracy:.2%} ± {luck:.2%}, {seconds[hidden]:.0f} s")

# %% [markdown] tags=["hml-10-concept-22"]
# (± is one standard error, from the choice of the test digits; each is one training.) Above 97 % is easy at full scale, but
# 98 % is not: depth alone does not do it. It takes a little more, such as dropout; see exercise 10. The times are alike if
# early stopping lets both train equally long, which it need not.
#
# As for the width: nets used to be pyramids, wide below and narrow above. Equal widths do as well, and leave one number
# to choose. Take it too large and let early stopping hold it back (the *stretch pants*); a layer that is too narrow
# is a bottleneck, and what it lost no layer above can bring back. More layers pay more than more neurons.

# %% tags=["hml-10-num-03", "nbval-ignore-output"]
for name, hidden in (("pyramid", (300, 200, 100)), ("equal widths", (200, 200, 200))):
    weights = digit_net(hidden).count_params()
    print(
        f"{name:12} {hidden}: test accuracy {results[hidden]:.1%} with {weights:,} parameters (one training)"
    )

# %% [markdown] tags=["hml-10-concept-20", "hml-10-tool-11"]
# ## Let a tuner search
# With a handful of hyperparameters trying by hand takes too long. **Keras Tuner** asks for a function that builds a model
# from an object `hp`; wherever the function needs a number it asks `hp`, and says in which range it may lie. A *tuner*
# builds and trains, its *oracle* decides what to try next. (Beyond that there are evolutionary methods and AutoML,
# which also search the architecture.)

# %% tags=["hml-10-code-35"]
kt = nets.keras_tuner()

clothes = datasets.load("fashion-mnist", limit=800)
print(clothes.origin)
pixels = clothes.images.astype("float32") / 255
cut = clothes.split - clothes.split // 11
few = min(cut, 4000)  # the searches below train some eighty nets
X_clothes, y_clothes = pixels[:few], clothes.target[:few]
clothes_valid = (pixels[cut : clothes.split], clothes.target[cut : clothes.split])


def build_model(hp):
    """Build a classifier of clothes from hyperparameters."""
    n_hidden = hp.Int("n_hidden", 0, 8, default=2)
    n_neurons = hp.Int("n_neurons", 16, 256)
    rate = hp.Float("learning_rate", 1e-4, 1e-2, sampling="log")
    optimizers = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}
    optimizer = optimizers[hp.Choice("optimizer", values=list(optimizers))](learning_rate=rate)
    hidden = [layers.Dense(n_neurons, activation="relu") for _ in range(n_hidden)]
    model = keras.Sequential(
        [keras.Input((28, 28)), layers.Flatten(), *hidden, layers.Dense(10, activation="softmax")]
    )
    model.compile(loss="sparse_categorical_crossentropy", optimizer=optimizer, metrics=["accuracy"])
    return model


defaults = kt.HyperParameters()
build_model(defaults)
print("defaults:", defaults.values)

# %% [markdown]
# **Random search** tries settings at random, here five. (All searches write into our temporary folder; in a folder that
# stays, `overwrite=False` goes on with an earlier search.)

# %% tags=["hml-10-code-36"]
keras.utils.set_random_seed(42)
common = {"objective": "val_accuracy", "seed": 42, "overwrite": True, "directory": folder / "tuning"}
epochs_each = scale.pick(quick=1, full=10)
random_search = kt.RandomSearch(build_model, max_trials=5, project_name="random", **common)
random_search.search(X_clothes, y_clothes, epochs=epochs_each, validation_data=clothes_valid, verbose=0)
top3 = random_search.get_best_models(num_models=3)
print("models:", len(top3), "   trials:", len(random_search.oracle.trials))

# %% tags=["hml-10-code-37", "nbval-ignore-output"]
print(random_search.get_best_hyperparameters(num_trials=3)[0].values)
published("hml-10-code-37")

# %% tags=["hml-10-code-38", "nbval-ignore-output"]
best_trial = random_search.oracle.get_best_trials(num_trials=1)[0]
best_trial.summary()
print("validation accuracy", round(best_trial.metrics.get_last_value("val_accuracy"), 3))
published("hml-10-code-38")

# %% [markdown]
# The best model is then trained on all the training data, validation part included, and tested once. **What the book
# does:** it fits on `X_train_full`, whose pixels it never divided by 255, while search and test used scaled pixels. **What
# we do:** everything here comes from `pixels`, which are scaled in one place. How much would the slip cost?

# %% tags=["hml-10-code-39", "nbval-ignore-output"]
everything = slice(clothes.split)
clothes_test = (pixels[clothes.split :], clothes.target[clothes.split :])
for label, factor in (("scaled", 1), ("as in the book, not scaled", 255)):
    final = random_search.get_best_models(num_models=1)[0]
    final.fit(pixels[everything] * factor, clothes.target[everything], epochs=epochs_each, verbose=0)
    accuracy = final.evaluate(*clothes_test, verbose=0, return_dict=True)["accuracy"]
    print(f"{label}: test accuracy {accuracy:.1%}")

# %% [markdown]
# Preprocessing can be searched too, with a class that has a `fit` of its own. **What the book does:** it makes a
# `Normalization` layer, never adapts it, so that it changes nothing, and leaves the validation data as they are. Below it is
# adapted to the training data, and applied to both.


# %% tags=["hml-10-code-40"]
class Classifier(kt.HyperModel):
    """The model of `build_model`, and whether its inputs are standardised."""

    def build(self, hp):
        return build_model(hp)

    def fit(self, hp, model, X, y, validation_data, **kwargs):
        if hp.Boolean("normalize"):
            norm = layers.Normalization()
            norm.adapt(X)
            X_valid, y_valid = validation_data
            X, validation_data = np.asarray(norm(X)), (np.asarray(norm(X_valid)), y_valid)
        return model.fit(X, y, validation_data=validation_data, **kwargs)


never_adapted = layers.Normalization()(X_clothes[:5])
print("a layer that was never adapted changes nothing:", np.allclose(never_adapted, X_clothes[:5]))

# %% [markdown]
# **Hyperband** trains many settings for a few epochs, keeps the best third, trains those longer, and so on. One
# iteration takes about $\text{epochs} \cdot (\log_{\text{factor}} \text{epochs})^2$ epochs in all.

# %% tags=["hml-10-eq-08"]
published("hml-10-eq-08", epochs=10 * (np.log(10) / np.log(3)) ** 2)

# %% [markdown]
# The book also logs the search, with Keras' TensorBoard callback. Ours needs no further package: `nets.EventLog`, with a folder for each
# training, so that their curves do not run into each other. They lie beside the two runs from above, in `logs`.


# %% tags=["hml-10-code-41"]
class Logged(Classifier):
    """The same, and each training writes its curves."""

    def fit(self, hp, model, *args, callbacks=(), **kwargs):
        log = nets.EventLog(run_folder(logs / "hyperband"))
        return super().fit(hp, model, *args, callbacks=[*callbacks, log], **kwargs)


hyperband = kt.Hyperband(
    Logged(),
    factor=3,
    max_epochs=scale.pick(quick=2, full=10),
    hyperband_iterations=scale.pick(quick=1, full=2),
    project_name="hyperband",
    **common,
)
hyperband.search(
    X_clothes,
    y_clothes,
    validation_data=clothes_valid,
    callbacks=[keras.callbacks.EarlyStopping(patience=2)],
    verbose=0,
)
print(
    "trials:", len(hyperband.oracle.trials), "   runs in the logs:", len(list((logs / "hyperband").iterdir()))
)

# %% [markdown]
# **Bayesian optimisation** fits a Gaussian process to the scores so far: `alpha` is how noisy they are, `beta` how much
# it likes to explore.

# %% tags=["hml-10-code-42"]
bayesian = kt.BayesianOptimization(
    Classifier(),
    max_trials=scale.pick(quick=3, full=10),
    alpha=1e-4,
    beta=2.6,
    project_name="bayesian",
    **common,
)
bayesian.search(X_clothes, y_clothes, epochs=epochs_each, validation_data=clothes_valid, verbose=0)
print("trials:", len(bayesian.oracle.trials))

# %% [markdown]
# TensorBoard's *HParams* tab draws each trial as a line through its settings. The same as a static picture: **look at**
# the coloured lines, the best trials, and where they cross the columns. On the right one column, the learning rate,
# against the score, with the optimizer as marker: **look at** where the highest points lie. With so few trials that is a hint, not a law.

# %% tags=["hml-10-ex-16", "nbval-ignore-output"]
trials = pd.DataFrame(
    [
        trial.hyperparameters.values | {"score": trial.score}
        for tuner in (random_search, hyperband, bayesian)
        for trial in tuner.oracle.trials.values()
        if trial.score is not None
    ]
)
columns = ["n_hidden", "n_neurons", "learning_rate", "optimizer", "score"]
heights = trials[columns].assign(
    learning_rate=np.log(trials["learning_rate"]), optimizer=(trials["optimizer"] == "adam").astype(float)
)
heights = (heights - heights.min()) / (heights.max() - heights.min())

n_best = min(10, len(trials) // 3)
best = heights["score"].nlargest(n_best).index

fig, (ax, beside) = plt.subplots(ncols=2, figsize=(10, 3.8), width_ratios=[2, 1])
for i, row in heights.iterrows():
    style = {"color": plots.color(0), "zorder": 2} if i in best else {"color": "0.5", "alpha": 0.4}
    ax.plot(columns, row, linewidth=1.4 if i in best else 0.6, **style)
for name in columns:
    low, high = trials[name].min(), trials[name].max()
    low, high = ("sgd", "adam") if name == "optimizer" else (f"{low:.3g}", f"{high:.3g}")
    ax.text(name, -0.06, low, ha="center", va="top", fontsize=9)
    ax.text(name, 1.03, high, ha="center", va="bottom", fontsize=9)
ax.tick_params(axis="x", labelsize=9)
ax.set(yticks=[], ylim=(-0.15, 1.15), title=f"The best {n_best} of {len(trials)} trials")
for i, (name, part) in enumerate(trials.groupby("optimizer")):
    beside.plot(
        part["learning_rate"],
        part["score"],
        plots.MARKERS[i],
        color=plots.color(i + 1),
        alpha=0.7,
        label=name,
    )
beside.set(xscale="log", xlabel="learning rate", ylabel="validation accuracy", title="One column by itself")
beside.legend()
plt.show()

# %% [markdown]
# Which method found the best net? One search each says little, since chance decides among so few trials; and Hyperband
# trained for other numbers of epochs.

# %% tags=["nbval-ignore-output"]
tuners = {"random search": random_search, "Hyperband": hyperband, "Bayesian": bayesian}
pd.DataFrame(
    {
        name: {
            "trials": len(tuner.oracle.trials),
            "best validation accuracy": round(tuner.oracle.get_best_trials(1)[0].score, 3),
        }
        for name, tuner in tuners.items()
    }
).T

# %% [markdown] tags=["hml-10-tool-10"]
# ### Or with scikit-learn
# Who has few settings to try needs no tuner. **What the book says:** wrap the model with the package SciKeras. Today
# Keras brings `keras.wrappers.SKLearnClassifier`; any search of scikit-learn takes it, with cross-validation. It turns
# the labels into one-hot rows, hence the `categorical_crossentropy`.


# %% tags=["hml-10-tool-10"]
def small_net(X, y, n_neurons=30, learning_rate=0.01):
    """Build a classifier for the shapes of X and y."""
    keras.utils.set_random_seed(42)
    model = keras.Sequential(
        [
            keras.Input(X.shape[1:]),
            layers.Dense(n_neurons, activation="relu"),
            layers.Dense(y.shape[1], activation="softmax"),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(learning_rate))
    return model


draw = np.random.default_rng(42)
settings = [
    {
        "n_neurons": int(draw.integers(16, 256)),
        "learning_rate": float(loguniform(1e-4, 1e-2).rvs(random_state=i)),
    }
    for i in range(6)
]
flat = X_clothes[:600].reshape(600, -1)
keras.utils.disable_interactive_logging()  # the wrapper predicts with a bar of progress
estimator = keras.wrappers.SKLearnClassifier(small_net, model_kwargs=settings[0])
search = RandomizedSearchCV(estimator, {"model_kwargs": settings}, n_iter=3, cv=2, random_state=42)
search.fit(flat, y_clothes[:600], epochs=3, verbose=0)
print(
    f"settings tried: {len(search.cv_results_['params'])} of {len(settings)}",
    "   refitted on all:",
    hasattr(search, "best_estimator_"),
)

# %% tags=["hml-10-tool-10", "nbval-ignore-output"]
found = search.best_params_["model_kwargs"]
print(f"best: {found['n_neurons']} neurons, rate {found['learning_rate']:.2g}")
print(f"accuracy {search.best_score_:.2f}, the mean of two folds of 300 after three epochs")

# %% [markdown] tags=["hml-10-tool-13"]
# ## Where to go on
# The source's online notebooks describe further architectures of nets, among them Hopfield nets and
# self-organizing maps: [github.com/ageron/handson-ml3](https://github.com/ageron/handson-ml3). Convolutional and
# recurrent nets, autoencoders and self-organizing maps have chapters of their own in this course.
