"""The questions of chapter 05_reduction."""

import pytest

from course.grading import bank, selfcheck


@pytest.mark.parametrize("item", bank.load("05_reduction").items, ids=lambda item: item.question.id)
def test_question_is_fair(item):
    assert selfcheck.troubles(item) == []
