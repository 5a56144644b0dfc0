"""The bank of questions: both halves of each, joined with what stands in the chapter's source.

What a chapter's ``notebooks/sources/*/exercises.py`` says by the tags of its cells:

``answer:ID``
    the answer cell of question ID: worked solution and template (see :mod:`course.authoring.source`);
``wrong:ID``
    a known wrong answer, which appears in no notebook;
``setup``, ``setup:ID``
    trusted code that runs before every answer, or before that of question ID alone: imports, data;
``check``
    calls of ``check`` and ``hint``, which a grader leaves out;
``why:ID`` (with ``solution-only``)
    markdown that explains the worked solution;
``solution-only``, ``exercise-only``
    a cell of only one of the two notebooks.

An answer is run after the setup cells and, where its question ``needs`` others, after the same student's
answers to those.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.authoring import source
from course.errors import CourseError
from course.exercises.question import Check, Question
from course.files import notebooks_folder
from course.grading.keys import Key

__all__ = ["Chapter", "Item", "chapters", "load"]


@dataclass(frozen=True)
class Item:
    """One question with all that belongs to it.

    ``setup`` is the trusted code before the answer; ``template``, ``solution`` and each of ``wrong`` are the
    text of an answer cell; ``why`` explains the solution in markdown.
    """

    question: Question
    key: Key
    setup: str
    template: str
    solution: str
    wrong: tuple[str, ...]
    why: str

    @property
    def checks(self) -> tuple[Check, ...]:
        """The public and the hidden checks."""
        return self.question.checks + self.key.checks


@dataclass(frozen=True)
class Chapter:
    """The questions of one chapter, in the order of their answer cells."""

    name: str
    items: tuple[Item, ...]

    def item(self, question_id: str) -> Item:
        """Return one question."""
        for item in self.items:
            if item.question.id == question_id:
                return item
        raise CourseError(f"Chapter {self.name} has no question {question_id!r}.")


def chapters() -> list[str]:
    """List the chapters that have questions, such as ``"03_trees"``."""
    return sorted(path.parent.name for path in _sources().glob("[0-9]*_*/exercises.py"))


def load(
    chapter: str | Path,
    *,
    questions: Mapping[str, Question] | None = None,
    keys: Mapping[str, Key] | None = None,
) -> Chapter:
    """Join the halves of a chapter's questions.

    Parameters
    ----------
    chapter : str or Path
        ``"03_trees"``, ``"03"`` or ``"trees"``; or the path of an exercises source.
    questions, keys : mapping, optional
        By the id of the question. By default those of ``course.exercises.trees`` and
        ``course.grading.keys.trees`` for the chapter ``03_trees``.
    """
    path = chapter if isinstance(chapter, Path) else _sources() / _name(chapter) / "exercises.py"
    word = path.parent.name.partition("_")[2]
    if questions is None:
        module = importlib.import_module(f"course.exercises.{word}")
        found = [value for value in vars(module).values() if isinstance(value, Question)]
        questions = {question.id: question for question in found}
    if keys is None:
        keys = importlib.import_module(f"course.grading.keys.{word}").keys
    cells, answers, wrong = source.read(path), source.answers(path), source.wrong_answers(path)
    _same_ids(path, answers=answers, questions=questions, keys=keys)
    for question_id in wrong:
        if question_id not in answers:
            raise CourseError(f"{path}: there is a wrong answer to {question_id!r}, but no such question.")
    items = []
    for question_id, cell in answers.items():
        setup = [other.text for other in cells if {"setup", f"setup:{question_id}"} & set(other.tags)]
        why = [other.text for other in cells if other.named("why") == question_id]
        items.append(
            Item(
                question=questions[question_id],
                key=keys[question_id],
                setup="\n\n".join(setup),
                template=source.template_of(cell),
                solution=source.solution_of(cell),
                wrong=tuple(other.text for other in wrong.get(question_id, [])),
                why="\n\n".join(why),
            )
        )
    return Chapter(path.parent.name, tuple(items))


def _same_ids(path: Path, **parts: Mapping[str, object]) -> None:
    for name, part in parts.items():
        for other, ids in parts.items():
            missing = sorted(set(part) - set(ids))
            if missing:
                raise CourseError(f"{path}: {', '.join(missing)}: in its {name}, but not in its {other}.")


def _name(word: str) -> str:
    for name in chapters():
        if word in (name, *name.split("_", 1)):
            return name
    raise CourseError(f"There are no exercises for {word!r}; there are some for: {', '.join(chapters())}.")


def _sources() -> Path:
    return notebooks_folder() / "sources"
