"""The report's folder: a folder for each student, written as results come, and the class's files."""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from course.errors import CourseError
from course.files import write_whole
from course.grading.report import machines, overview, page, table
from course.grading.report.table import Marks, Run
from course.grading.results import Result

__all__ = ["Report"]

MARKS = "marks.csv"


class Report:
    """A folder with the results of a class.

    Parameters
    ----------
    folder : Path
        New, empty, or an earlier report.
    points : dict
        The points of each question.
    """

    def __init__(self, folder: Path, points: dict[str, float]) -> None:
        self.folder, self.points = folder, points
        if folder.exists() and not folder.is_dir():
            raise CourseError(f"{folder} is a file; name a folder for the report.")
        if folder.is_dir() and any(folder.iterdir()) and not (folder / "students").is_dir():
            raise CourseError(f"{folder} has other files in it. Name a new folder for the report.")
        self.marks: Marks = {}
        if (folder / MARKS).exists():
            self.marks = table.read_marks(folder / MARKS, points)

    def add_marks(self, path: Path) -> int:
        """Take a person's marks from a CSV and keep them with the report; return how many."""
        new = table.read_marks(path, self.points)
        for student, marks in new.items():
            self.marks.setdefault(student, {}).update(marks)
        write_whole(self.folder / MARKS, table.marks_csv(self.marks))
        return sum(len(marks) for marks in new.values())

    def at(self, student: str) -> str:
        """Return the name of a student's folder: letters, digits, and a hash where that is not all.

        Examples
        --------
        >>> report = Report(Path("/nowhere"), {})
        >>> report.at("ada"), report.at("../ada l")
        ('ada', 'ada_l-e26ea346')
        """
        name = re.sub(r"[^A-Za-z0-9_-]+", "_", student).strip("_")[:60]
        # Some file systems do not tell capitals from small letters.
        if name == student and name == name.lower() and name:
            return name
        return f"{name or 'student'}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"

    def earlier(self, student: str, fingerprint: str) -> Result | None:
        """Return an earlier result, if it was of the same files, questions and seed."""
        try:
            text = (self.folder / "students" / self.at(student) / "result.json").read_text(encoding="utf-8")
            result = Result.from_dict(json.loads(text))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return result if result.student == student and result.fingerprint == fingerprint else None

    def add(self, result: Result, run: Run) -> Result:
        """Write the folder of one student; return the result with the marks that a person gave."""
        folder = self.folder / "students" / self.at(result.student)
        # What the grader found, without marks: those are kept apart, and outlive a regrading.
        write_whole(folder / "result.json", json.dumps(result.as_dict(), indent=1, ensure_ascii=False))
        marked = result.with_marks(self.marks.get(result.student, {}))
        write_whole(folder / "index.html", page.student_page(marked, run))
        write_whole(folder / "results.json", machines.gradescope(marked))
        return marked

    def close(self, results: Sequence[Result], run: Run) -> None:
        """Write what is said of the class."""
        results = sorted(results, key=lambda result: result.student)
        folders = [self.at(result.student) for result in results]
        files: dict[str, str | bytes] = {
            "index.html": page.class_page(results, folders, run),
            "class.csv": table.class_csv(results),
            "class.json": table.class_json(results, run),
            "junit.xml": machines.junit(results, run),
            "summary.md": machines.summary(results, run),
            "to_mark.csv": table.to_mark_csv(results),
        }
        if results:
            files |= overview.pictures(results)
        for name, content in files.items():
            write_whole(self.folder / name, content)
