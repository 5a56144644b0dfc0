"""The questions of chapter 05_reduction: the half that students have."""

from course.exercises.judges import close
from course.exercises.question import Check, Question

first = Question(
    id="reduction-first",
    answer="first",
    kind="number",
    points=1,
    outline=(),
    checks=(
        Check(
            holds="it is about half of 100 squared",
            judge=close(100),
            case=lambda seed: (None, 5000.0),
        ),
    ),
    hints=(
        "Which number goes with 1, so that the pair adds up to the same as 2 and its partner?",
        "There are 50 pairs: 1 and 100, 2 and 99, and so on.",
    ),
)
