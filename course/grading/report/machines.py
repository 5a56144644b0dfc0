"""Reports for machines: JUnit, Gradescope, GitHub Actions."""

import json
from collections.abc import Sequence
from xml.etree import ElementTree

from course.grading.report.table import Run
from course.grading.results import Marked, Result

__all__ = ["gradescope", "junit", "summary"]

MOST_ROWS = 500


def feedback(one: Marked) -> str:
    """Return the feedback to one question as plain text."""
    lines = [one.why] if one.why else []
    for part in one.properties:
        lines.append(f"{'holds' if part.passed else 'does not hold'}: {part.holds}")
        lines += [f"    {part.why}"] if part.why else []
        lines += [f"    to see it: {part.see}"] if part.see else []
    return "\n".join([*lines, *([one.comment] if one.comment else [])])


def gradescope(result: Result) -> str:
    """Return a student's ``results.json`` in the shape that Gradescope reads."""
    tests = [
        {
            "name": one.question,
            "score": one.earned,
            "max_score": one.points,
            "status": "passed" if one.earned >= one.points else "failed",
            "output": f"{one.state}\n{feedback(one)}".strip(),
            "output_format": "text",
            "visibility": "visible",
        }
        for one in result.questions
    ]
    data = {
        "score": result.earned,
        "output": "\n".join(result.notes),
        "output_format": "text",
        "tests": tests,
    }
    return json.dumps(data, indent=1, ensure_ascii=False)


def junit(results: Sequence[Result], run: Run) -> str:
    """Return a test case for each question of each student."""
    suite = ElementTree.Element("testsuite", name=run.chapter)
    count = {"tests": 0, "failures": 0, "skipped": 0, "errors": 0}
    for result in results:
        for one in result.questions:
            case = ElementTree.SubElement(
                suite, "testcase", classname=result.student, name=one.question, time=f"{one.seconds:.3f}"
            )
            count["tests"] += 1
            if one.state == "for a person" and one.mark is None:
                ElementTree.SubElement(case, "skipped", message="for a person")
                count["skipped"] += 1
            elif one.earned < one.points:
                message = f"{one.state}: {one.earned:g} of {one.points:g} points"
                ElementTree.SubElement(case, "failure", message=message, type=one.state).text = feedback(one)
                count["failures"] += 1
    for name, number in count.items():
        suite.set(name, str(number))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def summary(results: Sequence[Result], run: Run) -> str:
    """Return the class in Markdown, for GitHub Actions."""
    lines = [f"### {_literal(run.chapter)}: {len(results)} submissions", ""]
    if run.unfinished:
        lines += [f"**{run.unfinished} submissions are not graded yet.**", ""]
    lines += ["| student | points | to mark | could not run |", "| --- | ---: | ---: | --- |"]
    for result in results[:MOST_ROWS]:
        stopped = ", ".join(one.question for one in result.questions if one.state == "could not run")
        points = f"{result.earned:g} of {result.points:g}"
        lines.append(f"| {_literal(result.student)} | {points} | {len(result.to_mark) or ''} | {stopped} |")
    if len(results) > MOST_ROWS:
        lines.append(f"\nand {len(results) - MOST_ROWS} more, in class.csv.")
    return "\n".join([*lines, "", f"Isolation: {run.isolation}; seed {run.seed}."]) + "\n"


def _literal(text: str) -> str:
    """Escape what Markdown or HTML would take for its own."""
    return "".join(f"&#{ord(one)};" if one in "\\`*_{}[]<>()#!|~&@:\n$" else one for one in text)
