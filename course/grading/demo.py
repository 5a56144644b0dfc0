"""Three made-up submissions, to see what grading looks like: one right, one partly, one broken."""

import json
import shutil
from pathlib import Path

from course.grading.bank import Chapter

__all__ = ["make", "notebook"]

TROUBLES = ("while True:\n    pass", "import os\nos._exit(0)", "1 +")


def notebook(answers: dict[str, str]) -> str:
    """Return a notebook with answer cells, as JSON.

    Examples
    --------
    >>> "depth = 20" in notebook({"trees-depth": "depth = 20"})
    True
    """
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"answer-{question}"[:64],
            "metadata": {"course": {"question": question}},
            "outputs": [],
            "source": text,
        }
        for question, text in answers.items()
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def make(folder: Path, chapter: Chapter) -> Path:
    """Write three submissions of a chapter, in place of earlier ones."""
    right = {item.question.id: item.solution for item in chapter.items}
    partly = dict(right)
    for number, item in enumerate(chapter.items):
        if number % 3 == 1 and item.wrong:
            partly[item.question.id] = item.wrong[0]
        elif number % 3 == 2:
            partly[item.question.id] = item.template
    broken = dict(right)
    for item, trouble in zip(chapter.items, TROUBLES, strict=False):
        broken[item.question.id] = trouble
    shutil.rmtree(folder, ignore_errors=True)
    for student, answers in (("ada", right), ("ben", partly), ("cleo", broken)):
        (folder / student).mkdir(parents=True)
        (folder / student / "exercises.ipynb").write_text(notebook(answers), encoding="utf-8")
    return folder
