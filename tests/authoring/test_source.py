import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.authoring import source
from course.authoring.source import Cell
from course.errors import CourseError
from course.files import notebooks_folder

EXERCISES = """\
# %% [markdown]
# ## How deep?

# %% tags=["answer:trees-depth", "hml-06-ex-01"]
start = 1
### BEGIN SOLUTION
depth = 20
### TEMPLATE
# depth = ...
### END SOLUTION

# %% tags=["wrong:trees-depth"]
depth = 3

# %% tags=["wrong:trees-depth"]
depth = 4
"""


@pytest.fixture
def exercises(tmp_path):
    path = tmp_path / "exercises.py"
    path.write_text(EXERCISES)
    return path


def test_cells_know_their_lines(exercises):
    cells = source.read(exercises)
    assert cells[0] == Cell("markdown", (), "## How deep?", 2)
    lines = EXERCISES.splitlines()
    assert [lines[cell.line - 1] for cell in cells[1:]] == ["start = 1", "depth = 3", "depth = 4"]


def test_answers_and_wrong_answers(exercises):
    answer = source.answers(exercises)["trees-depth"]
    assert source.solution_of(answer) == "start = 1\ndepth = 20"
    assert source.template_of(answer) == "start = 1\ndepth = ..."
    assert [cell.text for cell in source.wrong_answers(exercises)["trees-depth"]] == [
        "depth = 3",
        "depth = 4",
    ]


def test_template_keeps_its_indentation():
    text = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### TEMPLATE\n    # if x:\n    #     ...\n"
    cell = Cell("code", (), text + "    ### END SOLUTION", 1)
    assert source.template_of(cell) == "def f(x):\n    if x:\n        ..."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("### BEGIN SOLUTION\nn = 1", "no '### END SOLUTION'"),
        ("### END SOLUTION", "line 7: '### END SOLUTION' cannot stand here"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "line 8"),
        ("### BEGIN SOLUTION\n### TEMPLATE\nn = 1\n### END SOLUTION", "written as comments"),
    ],
)
def test_wrong_marks_are_named_with_their_line(text, said):
    with pytest.raises(CourseError, match=said):
        source.template_of(Cell("code", (), text, 7))


@given(st.lists(st.sampled_from(["n = 1", "", "# note", source.BEGIN, source.TEMPLATE, source.END])))
def test_no_mark_and_no_solution_ever_reaches_a_template(lines):
    lines = [f"secret = {i}" if line == "n = 1" else line for i, line in enumerate(lines)]
    try:
        text = source.template_of(Cell("code", (), "\n".join(lines), 1))
    except CourseError:
        return
    assert "###" not in text
    inside = False
    for line in lines:
        inside = line != source.END and (inside or line == source.BEGIN)
        if inside and line.startswith("secret"):
            assert line not in text.splitlines()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('# %% tags=["answer:a-b"]\nx = 1\n\n# %% tags=["answer:a-b"]\nx = 2\n', "line 5.*line 2 already"),
        ('# %% tag=["hml-06-fig-01"]\nx = 1\n', "line 1.*says tag"),
        ("# %% A title\nx = 1\n", "line 1.*says A title"),
        ("x = 1\n\n# %%\ny = 2\n", "line 1: a source begins with"),
    ],
)
def test_sources_that_would_be_read_wrongly(tmp_path, text, said):
    path = tmp_path / "exercises.py"
    path.write_text(text)
    with pytest.raises(CourseError, match=f"exercises.py.*{said}"):
        source.answers(path)


def test_jupytext_reads_the_same_cells(tmp_path):
    jupytext = pytest.importorskip("jupytext")
    magic = tmp_path / "magic.py"
    magic.write_text(
        '# %%\n# %timeit x\n\n# note\n\n# %% [markdown] tags=["a", "b:c-d"]\n# ## One\n#\n# - two\n'
    )
    for path in (magic, *(notebooks_folder() / "sources").rglob("*.py")):
        ours = [(cell.kind, cell.text, list(cell.tags)) for cell in source.read(path)]
        cells = jupytext.reads(path.read_text(), fmt="py:percent").cells
        assert ours == [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in cells]


def test_no_such_source(tmp_path):
    with pytest.raises(CourseError, match="There is no source"):
        source.read(tmp_path / "none.py")
