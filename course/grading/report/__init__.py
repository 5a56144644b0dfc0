"""Reports of a graded class: for students, for the instructor, for a person who marks texts, for machines."""

from course.grading.report.folder import Report
from course.grading.report.table import Run

__all__ = ["Report", "Run"]
