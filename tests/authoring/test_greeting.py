"""What TensorFlow says when it is loaded is no warning, and stays out of notebooks."""

import nbformat
import pytest

from course.authoring.execute import _settle

GREETING = (
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n"
    "I0000 00:00:1795241704.419394    5820 cudart_stub.cc:31] Could not find cuda drivers on your machine.\n"
)


@pytest.mark.parametrize("own", ["", "UserWarning: careful\n", "E0000 00:00:1.2  3 x.cc:4] broken\n"])
def test_only_the_greeting_goes(own):
    output = nbformat.v4.new_output("stream", name="stderr", text=GREETING + own)
    _settle(output)
    assert output.text == own


def test_what_a_cell_prints_stays():
    output = nbformat.v4.new_output("stream", name="stdout", text=GREETING)
    _settle(output)
    assert output.text == GREETING
