"""The hidden checks of chapter 05_reduction."""

from course.exercises.judges import close
from course.exercises.question import Check
from course.grading.keys import Key

keys = {
    "reduction-first": Key(
        checks=(Check(holds="it is the sum", judge=close(0), case=lambda seed: (None, 5050.0)),)
    ),
}
