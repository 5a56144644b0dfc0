"""The self-check: whether every question is fair to its own solution and its known wrong answers.

Solutions and wrong answers are the authors' own code, so they are run in this process. That the grader gives
the same marks is for the grader to show: it can hand in its own ``grade``.
"""

from collections.abc import Callable, Sequence
from functools import partial

from course.exercises.kinds import look
from course.exercises.outcome import Outcome, judge_all, looks
from course.grading import bank
from course.grading.bank import Item

__all__ = ["grade_here", "run", "troubles"]

SEEDS = (1, 2, 3)
FEWEST_WRONG, FEWEST_HINTS = 2, 2

Grade = Callable[[Item, str, int], Outcome]


def grade_here(item: Item, answer: str, seed: int, before: Sequence[str] = ()) -> Outcome:
    """Grade the text of an answer cell in this process, after the answers that it builds on."""
    names: dict[str, object] = {}
    exec(compile(item.setup, f"<setup of {item.question.id}>", "exec"), names)
    for text in before:
        exec(compile(text, f"<before {item.question.id}>", "exec"), names)
    exec(compile(answer, f"<answer to {item.question.id}>", "exec"), names)
    asked = looks(item.checks, seed)
    given = names.get(item.question.answer, ...)
    return judge_all(item.question, asked, [look(item.question.kind, given, one.probe) for one in asked])


def troubles(item: Item, grade: Grade = grade_here) -> list[str]:
    """Say what is unfair or missing in one question; an empty list if nothing is."""
    question = item.question
    found = []
    if len(item.wrong) < FEWEST_WRONG and question.kind != "text":
        found.append(f"it has {len(item.wrong)} known wrong answers; {FEWEST_WRONG} is the least.")
    if len(question.hints) < FEWEST_HINTS:
        found.append(f"it has {len(question.hints)} hints; {FEWEST_HINTS} is the least.")
    if not item.why:
        found.append("nothing explains its solution.")
    if question.kind == "text":
        return [f"{question.id}: {trouble}" for trouble in found]
    if not question.checks or not item.key.checks:
        found.append("it needs public and hidden checks.")
    for seed in SEEDS:
        outcome = grade(item, item.solution, seed)
        if outcome.score != question.points:
            why = "; ".join(one.why or one.check.holds for one in outcome.failed) or outcome.why
            found.append(
                f"seed {seed}: its solution earns {outcome.score:g} of {question.points} points ({why})."
            )
        outcome = grade(item, item.template, seed)
        if outcome.score or outcome.state != "not attempted":
            found.append(
                f"seed {seed}: its empty template is {outcome.state!r} with {outcome.score:g} points."
            )
        for number, wrong in enumerate(item.wrong, 1):
            outcome = grade(item, wrong, seed)
            if outcome.score >= question.points:
                found.append(f"seed {seed}: known wrong answer {number} loses no points.")
    return [f"{question.id}: {trouble}" for trouble in found]


def run(chapters: list[str] | None = None, grade: Grade | None = None) -> int:
    """Check every question of some chapters, or of all, and print what is wrong.

    Returns
    -------
    int
        1 if something is, else 0.
    """
    failed = count = 0
    for name in chapters or bank.chapters():
        chapter = bank.load(name)
        for item in chapter.items:
            count += 1
            before = [chapter.item(other).solution for other in item.question.needs]
            for trouble in troubles(item, grade or partial(grade_here, before=before)):
                print(f"{name}: {trouble}")
                failed = 1
    if not failed:
        print(
            f"{count} questions: each solution takes full marks, each empty template none, "
            f"each known wrong answer loses points, with {len(SEEDS)} seeds."
        )
    return failed
