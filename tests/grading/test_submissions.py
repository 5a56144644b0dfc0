import os
import zipfile

import pytest

from course.errors import CourseError
from course.grading.submissions import find


def tree(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return root


def who(path):
    return {one.student: [name for name, _ in one.files()] for one in find(path)[0]}


def test_a_folder_of_notebooks(tmp_path):
    assert who(tree(tmp_path, "ada.ipynb", "ben.ipynb", "readme.txt")) == {
        "ada": ["ada.ipynb"],
        "ben": ["ben.ipynb"],
    }


def test_a_folder_per_student_and_one_without_a_notebook(tmp_path):
    assert who(tree(tmp_path, "ada/x/y.ipynb", "ben/notes.txt")) == {"ada": ["ada/x/y.ipynb"], "ben": []}


@pytest.mark.parametrize("top", ["", "submitted/"])
def test_nbgrader(tmp_path, top):
    found = who(tree(tmp_path, f"{top}ada/trees/x.ipynb", f"{top}ben/trees/x.ipynb"))
    assert list(found) == ["ada", "ben"]


def test_github_classroom(tmp_path):
    found = who(
        tree(tmp_path, "trees-submissions/trees-ada/x.ipynb", "trees-submissions/trees-ben-k/x.ipynb")
    )
    assert list(found) == ["ada", "ben-k"]


def test_moodle_as_a_zip(tmp_path):
    names = (
        "Ada Lovelace_123_assignsubmission_file_/x.ipynb",
        "Ada Lovelace_124_assignsubmission_file_/x.ipynb",
        "Ben_5_assignsubmission_file_x.ipynb",
    )
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name in names:
            archive.writestr(name, b"{}")
    assert list(who(tmp_path / "class.zip")) == ["Ada Lovelace 123", "Ada Lovelace 124", "Ben 5"]


def test_one_notebook(tmp_path):
    assert list(who(tree(tmp_path, "ada.ipynb") / "ada.ipynb")) == ["ada"]


def test_links_out_of_the_folder_are_not_followed_and_reported(tmp_path):
    tree(tmp_path, "secret/x.ipynb", "class/ben/x.ipynb")
    os.symlink(tmp_path / "secret", tmp_path / "class" / "ada")
    found, notes = find(tmp_path / "class")
    assert [one.student for one in found] == ["ben"]
    assert notes == ["ada: a link is not followed."]


def test_a_file_that_becomes_a_link_after_it_was_found(tmp_path):
    tree(tmp_path, "secret.ipynb", "class/ada.ipynb")
    ada = find(tmp_path / "class")[0][0]
    (tmp_path / "class" / "ada.ipynb").unlink()
    os.symlink(tmp_path / "secret.ipynb", tmp_path / "class" / "ada.ipynb")
    ((_, told),) = ada.files()
    assert isinstance(told, str)


def test_paths_out_of_a_zip_are_ignored_and_reported(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name in ("../ada/x.ipynb", "/ben/x.ipynb", "cleo/x.ipynb"):
            archive.writestr(name, b"{}")
    found, notes = find(tmp_path / "class.zip")
    assert [one.student for one in found] == ["cleo"]
    assert len(notes) == 2


def test_contents_and_names_decide_the_digest(tmp_path):
    (one,) = find(tree(tmp_path / "a", "ada.ipynb"))[0]
    (same,) = find(tree(tmp_path / "b", "ada.ipynb"))[0]
    assert one.digest() == same.digest()
    (tmp_path / "b" / "ada.ipynb").write_bytes(b"other")
    assert one.digest() != same.digest()


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04"])
def test_a_class_that_is_no_zip(tmp_path, content):
    (tmp_path / "class.zip").write_bytes(content)
    with pytest.raises(CourseError, match="no zip"):
        find(tmp_path / "class.zip")


def test_a_class_that_is_not_there(tmp_path):
    with pytest.raises(CourseError, match="no such folder"):
        find(tmp_path / "nothing")
