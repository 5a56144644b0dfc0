import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grading.inside.cells import CannotRun, plain_python
from course.grading.inside.notebooks import NotANotebook, answers_in


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("n = 2", "n = 2"),
        ("%matplotlib inline\nn = 2", "pass\nn = 2"),
        ("%%time\nn = 2", "pass\nn = 2"),
        ("%%timeit -n 3 -r 2\nn = 2", "pass\nn = 2"),
        ("%time n = 2", "n = 2"),
        ("if True:\n    %time n = 2", "if True:\n    n = 2"),
        ("n = 7 %3", "n = 7 %3"),
        ("n = '''\n!ls\n'''", "n = '''\n!ls\n'''"),
        ("print?\nn = 2", "pass\nn = 2"),
        ("n = (7\n%3)", "n = (7\n%3)"),
    ],
)
def test_what_only_ipython_knows_is_left_out(cell, plain):
    assert plain_python(cell) == plain


@pytest.mark.parametrize(
    "cell", ["!ls", "files = !ls", "%%bash\nls", "%run x.py", "x = %env HOME", "%%javascript\n1", "  !ls"]
)
def test_what_cannot_be_left_out_is_refused(cell):
    with pytest.raises(CannotRun, match="grader"):
        plain_python(cell)


@given(st.text())
def test_any_text_is_returned_or_refused(text):
    with contextlib.suppress(CannotRun):
        assert isinstance(plain_python(text), str)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "source", "metadata", "course", "question", "tags", "id", "worksheets", "nbgrader"]
            ),
            inner,
        )
    ),
    max_leaves=30,
)


@given(JSON)
def test_any_json_is_a_notebook_or_not(data):
    try:
        found, notes = answers_in(json.dumps(data).encode(), {"a": "", "b": "x = ..."})
    except NotANotebook:
        return
    assert set(found) <= {"a", "b"}
    assert all(isinstance(text, str) for text in [*found.values(), *notes])


@given(st.binary())
def test_any_bytes_are_a_notebook_or_not(data):
    with contextlib.suppress(NotANotebook):
        answers_in(data, {"a": ""})
