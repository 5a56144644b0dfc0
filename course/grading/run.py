"""Grading: answers into the sandbox, observations out of it, outcomes from the judges.

This process never runs a student's code. It knows what is expected; the sandbox does not.
"""

import ast
import builtins
import hashlib
import json
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from course.errors import CourseError
from course.exercises import plain
from course.exercises.kinds import Observation
from course.exercises.outcome import Look, Outcome, judge_all, looks
from course.grading.bank import Chapter, Item
from course.grading.inside.notebooks import NotANotebook, answers_in, same_text
from course.grading.results import Marked, Result, clean
from course.grading.sandbox import Limits, Sandbox
from course.grading.submissions import Submission
from course.grading.worker import Reply, Worker

__all__ = ["BUDGET", "Grader"]

BUDGET = 120.0
READING, SMALL = 20.0, 2 * 2**20
# Honest answers take far less together; where one hangs, no more than this is lost.
TOGETHER = 5.0
STATES = {"seen", "not attempted", "wrong", "could not run"}
WHY_NOTHING_CAME = {
    "exit": "the code ended the program before it gave an answer",
    "time": "it took longer than {seconds:g} seconds",
    "memory": "it took more memory than there is for an answer ({memory} MB)",
    "tasks": "it started more than {tasks} processes and threads",
    "message": "the answer is too big: at most {message} MB can be handed in",
    "lost": "the code broke the process that runs it",
}
FORM = {
    "choice": "the answer must be the letter of a choice, such as 'a'",
    "number": "the answer must be a number",
    "array": "the answer must be an array of numbers or text, with rows of equal length",
    "table": "the answer must be a pandas DataFrame of numbers and text",
    "function": "the answer must be a function that returns numbers, text or arrays",
    "estimator": "the answer must be a fitted estimator that can predict",
    "figure": "the answer must be a matplotlib figure or axes with something drawn",
    "text": "the answer must be text in quotes",
}
OUT_OF_BUDGET = "the time for the whole submission was used up before this question"


class Grader:
    """Grades answers to the questions of one chapter.

    Use it from :func:`Grader.open`.

    Parameters
    ----------
    chapter : Chapter
        Its questions, with their keys.
    sandbox : Sandbox
        Where students' code runs.
    seed : int
        From which the hidden inputs are drawn.
    budget : float
        Seconds that one submission may take.
    """

    def __init__(self, chapter: Chapter, sandbox: Sandbox, *, seed: int = 1, budget: float = BUDGET) -> None:
        self.chapter, self.sandbox, self.seed, self.budget = chapter, sandbox, seed, budget
        self.templates = {item.question.id: item.template for item in chapter.items}
        self._looks: dict[tuple[str, int], tuple[list[Look], bytes]] = {}
        self._lock = threading.Lock()

    @staticmethod
    @contextmanager
    def open(
        chapter: Chapter, level: str, *, seed: int = 1, budget: float = BUDGET, limits: Limits | None = None
    ) -> Iterator["Grader"]:
        """Open the sandbox for as long as the context lasts."""
        with Sandbox.open(level, limits) as sandbox:
            yield Grader(chapter, sandbox, seed=seed, budget=budget)

    @cached_property
    def modules(self) -> list[str]:
        """What the chapter's own code imports: the workers load it once, for all students."""
        code = [text for item in self.chapter.items for text in (item.setup, item.solution)]
        keras = any(item.question.keras for item in self.chapter.items)
        return ["course.exercises.kinds", *(["keras"] if keras else []), *imports_of(code)]

    @cached_property
    def version(self) -> str:
        """A hash of the questions, their keys and the grader's own code."""
        digest = hashlib.sha256()
        package = Path(__file__).resolve().parent.parent
        for folder in (package / "exercises", package / "grading"):
            for path in sorted(folder.rglob("*.py")):
                digest.update(path.read_bytes())
        for item in self.chapter.items:
            digest.update(repr((item.question.id, item.setup, item.template)).encode())
        return digest.hexdigest()

    def fingerprint(self, submission: Submission) -> str:
        """Return a hash of all that decides a result: the files, the version, the seed."""
        return hashlib.sha256(f"{submission.digest()} {self.version} {self.seed}".encode()).hexdigest()

    def worker(self, number: int = 0) -> Worker:
        """Return a worker, whose zygote starts with its first job."""
        return Worker(self.sandbox, number=number, modules=self.modules)

    # --- One answer ---------------------------------------------------------------------------------------

    def grade(
        self,
        worker: Worker,
        item: Item,
        answers: Mapping[str, str],
        seed: int | None = None,
        seconds: float | None = None,
    ) -> tuple[Outcome, Any]:
        """Grade the answer to one question.

        Parameters
        ----------
        worker : Worker
            Which runs it.
        item : Item
            The question.
        answers : mapping
            The texts of the student's answer cells, by id: this one's, and those it builds on.
        seed : int, optional
            From which the hidden inputs are drawn; the grader's own by default.
        seconds : float, optional
            How long it may take, if less than the question allows.

        Returns
        -------
        tuple
            The outcome, and what was observed first: of a text the text itself.
        """
        question = item.question
        if why := self._unwritten(item, answers):
            return Outcome("not attempted", 0.0, why=why), None
        seed = self.seed if seed is None else seed
        allowed = question.seconds if seconds is None else min(question.seconds, seconds)
        reply = self._run(worker, [item], answers, seed, allowed)
        if reply.ended == "lost":
            # The zygote may have gone for another reason than this answer: once more.
            reply = self._run(worker, [item], answers, seed, allowed)
        seen = self._observations(reply, [item], allowed)
        if isinstance(seen, str):
            return Outcome("could not run", 0.0, why=seen), None
        return self._judge(item, seen[0] or [], seed)

    def grade_together(
        self, worker: Worker, items: Sequence[Item], answers: Mapping[str, str], seconds: float
    ) -> dict[str, tuple[Outcome, Any]]:
        """Grade several answers in one child, which is several times as fast as one by one.

        They run one after the other as in a notebook, though each among its own names. So one that fails here
        may fail by another's fault: only what is right, and texts, are returned. The others are to be graded
        alone.
        """
        written = [item for item in items if not self._unwritten(item, answers)]
        if len(written) < 2:
            return {}
        allowed = min(seconds, TOGETHER, max(item.question.seconds for item in written))
        seen = self._observations(self._run(worker, written, answers, self.seed, allowed), written, allowed)
        found = {}
        for item, looked in zip(written, [] if isinstance(seen, str) else seen, strict=False):
            if looked is not None:
                outcome, first = self._judge(item, looked, self.seed)
                if outcome.state in ("correct", "for a person"):
                    found[item.question.id] = outcome, first
        return found

    def _unwritten(self, item: Item, answers: Mapping[str, str]) -> str:
        """Return why there is no answer, if there is none."""
        text = answers.get(item.question.id)
        if text is None:
            return "no cell of the notebook carries the id of this question"
        return (
            "the answer is still to be written" if not text.strip() or same_text(text, item.template) else ""
        )

    def _run(
        self, worker: Worker, items: Sequence[Item], answers: Mapping[str, str], seed: int, seconds: float
    ) -> Reply:
        questions = [
            {
                "id": item.question.id,
                "setup": item.setup,
                "cells": [
                    [name, answers[name]]
                    for name in (*item.question.needs, item.question.id)
                    if name in answers
                ],
                "answer": item.question.answer,
                "kind": item.question.kind,
            }
            for item in items
        ]
        probes = b"[" + b", ".join(self._ask_for(item, seed)[1] for item in items) + b"]"
        job = {"do": "answer", "questions": questions, "seed": seed}
        return worker.ask(job, probes=probes, seconds=seconds)

    def _judge(self, item: Item, seen: list[Observation], seed: int) -> tuple[Outcome, Any]:
        asked = self._ask_for(item, seed)[0]
        return judge_all(item.question, asked, seen[: len(asked)]), seen[0].value if seen else None

    def _ask_for(self, item: Item, seed: int) -> tuple[list[Look], bytes]:
        """Return the looks at an answer and their probes; they are the same for every student."""
        with self._lock:
            key = (item.question.id, seed)
            if key not in self._looks:
                asked = looks(item.checks, seed) or [Look(None, None, ())]
                probes = json.dumps([plain.encode(one.probe).decode() for one in asked]).encode()
                self._looks[key] = asked, probes
            return self._looks[key]

    def _observations(
        self, reply: Reply, items: Sequence[Item], seconds: float
    ) -> list[list[Observation] | None] | str:
        """Return what was seen of each answer, or why nothing was."""
        if reply.ended != "message received":
            if reply.status < 0 and reply.ended == "exit":
                return f"the code crashed its process ({_signal(reply.status)})"
            limits = self.sandbox.limits
            megabytes = {name: getattr(limits, name) // 2**20 for name in ("memory", "message")}
            return WHY_NOTHING_CAME[reply.ended].format(seconds=seconds, tasks=limits.tasks, **megabytes)
        if not reply.knew_probes:
            told = reply.plain()
            told = told if isinstance(told, dict) else {}
            if "setup" in told:
                return f"the question's own setup failed ({clean(told['setup'])}); tell your instructor"
            return clean(told.get("error", "the code ended without an answer"))[:700]
        try:
            told = plain.decode(reply.message)
        except (plain.NotPlain, MemoryError):
            told = None
        if not isinstance(told, list) or len(told) != len(items):
            return "the answer could not be read"
        return [
            [_observation(one, item.question.kind) for one in looked] if isinstance(looked, list) else None
            for looked, item in zip(told, items, strict=True)
        ]

    # --- One submission -----------------------------------------------------------------------------------

    def grade_submission(self, worker: Worker, submission: Submission) -> Result:
        """Grade all answers of one student."""
        worker.ready()
        answers, notes = self._read(worker, submission)
        started = time.monotonic()
        together = self.grade_together(worker, self.chapter.items, answers, self.budget)
        left = self.budget - (time.monotonic() - started)
        marked = []
        for item in self.chapter.items:
            question = item.question
            started = time.monotonic()
            if question.id in together:
                outcome, first = together[question.id]
            elif left <= 0 and not self._unwritten(item, answers):
                outcome, first = Outcome("could not run", 0.0, why=OUT_OF_BUDGET), None
            else:
                outcome, first = self.grade(worker, item, answers, seconds=max(left, 0.1))
            spent = time.monotonic() - started
            left -= spent
            marked.append(
                Marked.of(item, outcome, text=first if question.kind == "text" else None, seconds=spent)
            )
        return Result(
            student=submission.student,
            fingerprint=self.fingerprint(submission),
            questions=tuple(marked),
            notes=tuple(notes),
        )

    def _read(self, worker: Worker, submission: Submission) -> tuple[dict[str, str], list[str]]:
        """Read the answers, in the sandbox too: a file may be made to be slow or big to read."""
        answers: dict[str, str] = {}
        notes = list(submission.notes)
        notebooks = 0
        for name, data in submission.files():
            if isinstance(data, str):
                notes.append(f"{clean(name)}: {data}")
                continue
            told = self._answers_in(worker, data)
            if "problem" in told:
                notes.append(f"{clean(name)}: {clean(told['problem'])}")
                continue
            notebooks += 1
            notes += [f"{clean(name)}: {clean(note)}" for note in told["notes"]]
            for question, text in told["answers"].items():
                held = answers.get(question)
                if held is None or (same_text(held, self.templates[question])):
                    answers[question] = text
                elif not same_text(text, self.templates[question]):
                    notes.append(
                        f"{clean(name)}: {question}: an earlier notebook has an answer already; it counts."
                    )
        if not notebooks:
            notes.append("there is no notebook that could be read.")
        return answers, notes

    def _answers_in(self, worker: Worker, data: bytes) -> dict[str, Any]:
        """Read one notebook: a big one in the sandbox, for a few bytes of JSON can take much memory."""
        if len(data) <= SMALL:
            try:
                found, notes = answers_in(data, self.templates)
                return {"answers": found, "notes": notes}
            except NotANotebook as error:
                return {"problem": str(error)}
        reply = worker.ask({"do": "read", "templates": self.templates}, data, seconds=READING)
        told = reply.plain() if reply.ended == "message received" else None
        return told if isinstance(told, dict) else {"problem": "the file is too big to be read."}

    # --- A class ------------------------------------------------------------------------------------------

    def grade_all(self, submissions: Iterable[Submission], jobs: int, done: Callable[[Result], None]) -> None:
        """Grade many submissions, ``jobs`` at a time; ``done`` gets each result as it is there.

        Few are held at a time, so memory does not grow with the class.
        """
        idle: SimpleQueue[Worker] = SimpleQueue()
        with ExitStack() as stack:
            for number in range(jobs):
                idle.put(stack.enter_context(self.worker(number)))
            pool = ThreadPoolExecutor(jobs)
            stop = threading.Event()

            def grade_one(submission: Submission) -> Result | None:
                if stop.is_set():
                    return None
                worker = idle.get()
                try:
                    return self.grade_submission(worker, submission)
                except CourseError:
                    raise  # there is no process to grade in
                except Exception as error:
                    # One submission must not cost the others theirs.
                    return Result.failed(submission.student, self.chapter, f"{type(error).__name__}: {error}")
                finally:
                    idle.put(worker)

            waiting: set[Future[Result | None]] = set()
            try:
                for submission in submissions:
                    waiting.add(pool.submit(grade_one, submission))
                    if len(waiting) > 2 * jobs:
                        waiting = _hand_over(waiting, done)
                while waiting:
                    waiting = _hand_over(waiting, done)
            finally:
                stop.set()
                pool.shutdown(cancel_futures=True, wait=False)


def _hand_over(waiting: set[Future], done: Callable[[Result], None]) -> set[Future]:
    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
    for future in finished:
        if (result := future.result()) is not None:
            done(result)
    return waiting


def imports_of(code: Iterable[str]) -> list[str]:
    """List the modules that some code of ours imports.

    Examples
    --------
    >>> imports_of(["import numpy as np", "from sklearn.tree import DecisionTreeClassifier"])
    ['numpy', 'sklearn.tree']
    """
    found = []
    for text in code:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.append(node.module)
    return list(dict.fromkeys(found))


def _signal(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


_ERROR_NAME = re.compile(r"\s*([A-Za-z_]\w*)")


def _observation(told: Any, kind: str) -> Observation:
    """Rebuild an observation.

    By now the student's code knows the hidden inputs. Its error messages could carry them out: of those only
    the kind of the error is kept.
    """
    if not isinstance(told, dict) or told.get("state") not in STATES:
        return Observation(state="could not run", why="the answer could not be read")
    value = told.get("value")
    if kind == "function" and isinstance(value, list):
        value = [
            call | {"error": _kind_of_error(call["error"])}
            if isinstance(call, dict) and "error" in call
            else call
            for call in value
        ]
    why = "" if told["state"] == "seen" else _why(str(told.get("why", "")), told["state"], kind)
    return Observation(value if told["state"] == "seen" else None, told["state"], why)


def _why(text: str, state: str, kind: str) -> str:
    if state == "could not run":
        return f"it stopped with {_kind_of_error(text)}"
    return FORM[kind] if state == "wrong" else "the answer is still to be written"


def _kind_of_error(text: object) -> str:
    match = _ERROR_NAME.match(str(text))
    name = match[1] if match else ""
    known = getattr(builtins, name, None)
    if str(text).startswith("it returned nothing"):
        return "no value: it returned nothing; is there a 'return'?"
    return name if isinstance(known, type) and issubclass(known, BaseException) else "an error of its own"
