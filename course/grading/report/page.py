"""Pages to read in a browser: one for each student, and one for the class. All text is escaped."""

from collections.abc import Sequence
from html import escape

from course.grading.report.table import Run
from course.grading.results import Marked, Property, Result

__all__ = ["class_page", "student_page"]

SAY = {
    "correct": "Correct",
    "partly": "Partly right",
    "wrong": "Not right",
    "not attempted": "Not attempted",
    "could not run": "Could not be run",
    "for a person": "Read by a person",
}
# No script and no address of anywhere: a page shows text.
HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" 
    content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem;
    margin: 2rem auto; padding: 0 1rem; color: #222; }}
section {{ border-left: .3rem solid #999; padding: 0 1rem; margin: 1.5rem 0; }}
section.correct {{ border-color: #0072b2; }} section.partly {{ border-color: #56b4e9; }}
section.wrong, section.could-not-run {{ border-color: #d55e00; }}
section.for-a-person {{ border-color: #cc79a7; }}
h2 {{ font-size: 1.1rem; margin: 0; }} h2 small {{ font-weight: normal; color: #555; }}
ul {{ list-style: none; padding: 0; margin: .3rem 0; }} li::before {{ content: attr(data-mark) " "; }}
pre {{ white-space: pre-wrap; background: #f4f4f4; padding: .5rem; }} p {{ margin: .3rem 0; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ text-align: left; padding: .2rem .5rem; }}
tr:nth-child(even) {{ background: #f4f4f4; }} img {{ max-width: 100%; }}
footer {{ color: #555; margin-top: 3rem; }}
</style></head><body>
"""


def student_page(result: Result, run: Run) -> str:
    """Return the page of one student."""
    waiting = len(result.to_mark)
    total = f"{result.earned:g} of {result.points:g} points"
    if waiting:
        total += f"; {waiting} {'answer waits' if waiting == 1 else 'answers wait'} for a person"
    parts = [
        HEAD.format(title=escape(f"{result.student}: {run.chapter}")),
        f"<h1>{escape(result.student)}</h1>\n",
        f"<p>{escape(run.chapter)}: <strong>{escape(total)}</strong></p>\n",
        *map(_question, result.questions),
    ]
    if result.notes:
        notes = "".join(f"<li>{escape(note)}</li>" for note in result.notes)
        parts.append(f"<h2>About the files</h2>\n<ul>{notes}</ul>\n")
    return "".join([*parts, _footer(run)])


def _question(one: Marked) -> str:
    lines = [f"<p>{escape(_sentence(one.why))}</p>"] if one.why else []
    if one.properties:
        lines.append("<ul>" + "".join(map(_property, one.properties)) + "</ul>")
    if one.text:
        lines.append(f"<pre>{escape(one.text)}</pre>")
    if one.comment:
        lines.append(f"<p>{escape(one.comment)}</p>")
    earned = "–" if one.state == "for a person" and one.mark is None else f"{one.earned:g}"
    title = f"{escape(one.question)} <small>{SAY[one.state]}, {earned} of {one.points:g}</small>"
    return f'<section class="{one.state.replace(" ", "-")}"><h2>{title}</h2>{"".join(lines)}</section>\n'


def _property(one: Property) -> str:
    said = escape(_sentence(one.holds))
    if one.why:
        said += f"<br>{escape(_sentence(one.why))}"
    if one.see:
        said += f"<br>To see it: {escape(one.see)}"
    return f'<li data-mark="{"✓" if one.passed else "✗"}">{said}</li>'


def _sentence(text: str) -> str:
    text = text.strip()
    if text.partition(" ")[0].isalpha():
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ")")) else text + "."


def _footer(run: Run) -> str:
    return (
        f"<footer>Graded with seed {run.seed}; isolation: {escape(run.isolation)}.</footer></body></html>\n"
    )


def class_page(results: Sequence[Result], folders: Sequence[str], run: Run) -> str:
    """Return the page of the class: the picture, and a row for each student."""
    rows = [
        f'<tr><td><a href="students/{escape(folder)}/index.html">{escape(result.student)}</a></td>'
        f"<td>{result.earned:g}</td><td>{len(result.to_mark) or ''}</td>"
        f"<td>{escape(_remark(result))}</td></tr>\n"
        for result, folder in zip(results, folders, strict=True)
    ]
    points = f" (of {results[0].points:g})" if results else ""
    unfinished = (
        f"<p><strong>{run.unfinished} submissions are not graded yet.</strong></p>" if run.unfinished else ""
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in run.notes)
    return "".join(
        [
            HEAD.format(title=escape(f"{run.chapter}: the class")),
            f"<h1>{escape(run.chapter)}</h1>\n<p>{len(results)} submissions.</p>{unfinished}\n",
            "<p>Which questions were hard? The longer the dark part, the more answers were right.</p>"
            '<img src="overview.svg" alt="For each question, how many answers were right, partly right, '
            'wrong, could not be run or were not attempted">\n'
            if results
            else "",
            f"<table><tr><th>student</th><th>points{points}</th><th>to mark</th><th></th></tr>\n",
            *rows,
            "</table>\n",
            f"<h2>About the files</h2><ul>{notes}</ul>" if notes else "",
            _footer(run),
        ]
    )


def _remark(result: Result) -> str:
    stopped = [one.question for one in result.questions if one.state == "could not run"]
    remarks = [f"could not run: {', '.join(stopped)}"] if stopped else []
    return "; ".join([*remarks, *result.notes[:1]])
