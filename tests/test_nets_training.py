"""Callbacks of trainings: progress, the sweep of the learning rate, event files."""

import subprocess
import sys
from types import SimpleNamespace

import IPython
import IPython.display
import keras
import numpy as np
import pytest
from matplotlib.figure import Figure

from course.errors import CourseError
from course.nets import events, training, tuning

X = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
Y = X.sum(axis=1)


@pytest.fixture
def model():
    keras.utils.set_random_seed(42)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.01))
    return model


@pytest.fixture(autouse=True)
def _live(monkeypatch):
    monkeypatch.delenv("COURSE_LIVE", raising=False)


def train(model, *callbacks, **settings):
    settings = {"epochs": 3, "validation_split": 0.25, "verbose": 0} | settings
    return model.fit(X, Y, callbacks=list(callbacks), **settings)


class TestProgress:
    def test_writes_one_line_where_there_is_no_terminal(self, model, capsys):
        train(model, training.Progress())
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        assert out.startswith("[####################] epoch 3 of 3, loss ")
        assert "val_loss" in out

    def test_writes_over_its_line_in_a_terminal(self, model, capsys, monkeypatch):
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        train(model, training.Progress(seconds=0))
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        assert out.count("\r") == 4

    def test_says_where_an_early_stop_came(self, model, capsys):
        stop = keras.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: setattr(model, "stop_training", epoch == 1)
        )
        train(model, training.Progress(), stop, epochs=10)
        assert "epoch 2 of 10" in capsys.readouterr().out

    def test_is_silent_where_a_notebook_is_built(self, model, capsys, monkeypatch):
        monkeypatch.setenv("COURSE_LIVE", "no")
        train(model, training.Progress())
        assert capsys.readouterr().out == ""

    def test_draws_in_its_place_in_a_notebook(self, model, capsys, monkeypatch):
        shown = []

        class Handle:
            def update(self, what, raw=False):
                shown.append(what)

        monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=object()))
        monkeypatch.setattr(IPython.display, "display", lambda *args, **kwargs: Handle())
        train(model, training.Progress(seconds=0))
        figures = [what for what in shown if isinstance(what, Figure)]
        assert len(figures) == 4
        assert "epoch 3 of 3" in shown[-2]["text/plain"]
        assert capsys.readouterr().out == ""

    def test_can_be_used_for_a_second_training(self, model, capsys):
        progress = training.Progress()
        train(model, progress)
        train(model, progress, epochs=5, initial_epoch=3)
        assert capsys.readouterr().out.count("\n") == 2

    def test_refuses_a_negative_time(self):
        with pytest.raises(ValueError, match="seconds must not be negative"):
            training.Progress(seconds=-1)


class TestRateSweep:
    def test_rates_grow_by_one_factor(self, model):
        sweep = training.RateSweep(1e-5, 0.1, steps=40)
        train(model, sweep, epochs=100, batch_size=8)
        assert len(sweep.rates) == len(sweep.losses) == 41
        assert np.isclose(sweep.rates[0], 1e-5)
        assert np.isclose(sweep.rates[-1], 0.1)
        assert np.allclose(np.diff(np.log(sweep.rates)), np.log(sweep.factor))

    def test_losses_are_those_of_single_batches(self, model):
        # So small a rate leaves the weights alone: the losses are those of the batches.
        sweep = training.RateSweep(1e-12, 2e-12, steps=100)
        start = model.get_weights()
        train(model, sweep, epochs=2, batch_size=16, validation_split=0, shuffle=False)
        model.set_weights(start)
        batches = [model.evaluate(X[i : i + 16], Y[i : i + 16], verbose=0) for i in range(0, len(X), 16)]
        # The last batch of an epoch is left out.
        assert np.allclose(sweep.losses, 2 * batches[:-1], rtol=1e-4)

    def test_a_smaller_last_batch_is_left_out(self, model):
        sweep = training.RateSweep(1e-12, 2e-12, steps=100)
        train(model, sweep, epochs=3, batch_size=len(X) - 1, validation_split=0)
        assert len(sweep.losses) == 3
        assert max(sweep.losses) < 2 * min(sweep.losses)

    def test_ends_where_the_training_breaks(self, model):
        sweep = training.RateSweep(1.0, 1e30, steps=40)
        train(model, sweep, epochs=100, batch_size=8)
        assert 0 < len(sweep.losses) < 41
        assert max(sweep.losses) <= 50 * sweep.losses[0]

    @pytest.mark.parametrize(
        ("settings", "named"),
        [
            ((1, 0.1), "start"),
            ((0, 1), "start"),
            ((0.1, 1, 0), "steps"),
            ((0.1, 1, 2.5), "steps"),
            (("a", 1), "start"),
        ],
    )
    def test_refuses_what_makes_no_sweep(self, settings, named):
        with pytest.raises(ValueError, match=named):
            training.RateSweep(*settings)


class TestEvents:
    def test_what_is_read_is_the_history(self, model, tmp_path):
        history = train(model, events.EventLog(tmp_path / "run_1")).history
        table = events.read_events(tmp_path)
        assert set(table["run"]) == {"run_1/train", "run_1/validation"}
        for part, name in (("train", "loss"), ("validation", "val_loss")):
            curve = table[(table["run"] == f"run_1/{part}") & (table["tag"] == "epoch_loss")]
            assert list(curve["step"]) == [0, 1, 2]
            assert np.allclose(curve["value"], history[name])

    def test_other_kinds_have_no_number(self, tmp_path):
        import tensorflow as tf

        with tf.summary.create_file_writer(str(tmp_path)).as_default():
            events.write_event("note", ["a text"], 5, kind="text")
        table = events.read_events(tmp_path)
        assert table.loc[0, ["tag", "step", "kind"]].tolist() == ["note", 5, "text"]
        assert table["value"].isna().all()

    def test_says_that_there_are_no_files(self, tmp_path):
        with pytest.raises(ValueError, match="folder must hold event files"):
            events.read_events(tmp_path)

    def test_refuses_an_unknown_kind(self):
        with pytest.raises(ValueError, match="kind must be one of"):
            events.write_event("x", 1, 0, kind="smell")


class TestTuning:
    def test_searches_without_tensorboard(self, tmp_path, monkeypatch):
        def build(hp):
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
            model.compile(loss="mse", optimizer=keras.optimizers.SGD(hp.Float("rate", 1e-3, 1e-2)))
            return model

        monkeypatch.setattr(tuning.importlib.util, "find_spec", lambda name: None)
        kt = tuning.keras_tuner()
        search = kt.RandomSearch(build, objective="val_loss", max_trials=2, directory=tmp_path, seed=0)
        search.search(X, Y, validation_data=(X, Y), verbose=0)
        assert len(search.oracle.trials) == 2

    def test_says_how_to_install_the_tuner(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "keras_tuner", None)
        with pytest.raises(CourseError, match=r"course\[tuning\]"):
            tuning.keras_tuner()


def test_importing_the_course_does_not_import_keras():
    code = "import sys, course, course.nets; print('keras' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
