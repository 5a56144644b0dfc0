"""What needs nothing of TensorFlow runs on JAX as well; without JAX these tests are skipped."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(importlib.util.find_spec("jax") is None, reason="JAX is not installed")

SOURCES = Path(__file__).parents[1] / "notebooks" / "sources" / "10_mlps"


def on_jax(code, tmp_path):
    """Run code in a new Python with the JAX backend, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import keras\nassert keras.backend.backend() == 'jax'\n{code}"],
        env=os.environ | {"KERAS_BACKEND": "jax", "COURSE_LIVE": "no", "MPLBACKEND": "Agg"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_helpers_for_trainings(tmp_path):
    code = """
import numpy as np
from course import nets
X = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.01))
sweep = nets.RateSweep(1e-5, 0.1, steps=20)
model.fit(X, X.sum(axis=1), batch_size=8, epochs=10, callbacks=[sweep, nets.Progress()], verbose=0)
print(len(sweep.rates), round(float(model.optimizer.learning_rate), 4))
print(len([text for text in nets.draw_graph(model).texts if text.get_text()]))
"""
    assert on_jax(code, tmp_path).split() == ["21", "0.1", "2"]


@pytest.mark.parametrize("name", ["neurons", "lecture", "digits_and_wine"])
def test_a_lecture_without_tensorflow(name, tmp_path):
    source = SOURCES / f"{name}.py"
    code = f"import runpy\nrunpy.run_path({str(source)!r}, run_name='__main__')\nprint('finished')"
    assert on_jax(code, tmp_path).endswith("finished\n")
