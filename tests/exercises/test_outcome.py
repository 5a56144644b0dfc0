import numpy as np
import pytest

from course.exercises.kinds import Observation
from course.exercises.outcome import Look, judge_all, looks
from course.exercises.question import Check, Question


def question(**changes):
    fields = {"id": "demo-one", "answer": "one", "kind": "number", "points": 3, "outline": (), "checks": ()}
    return Question(**{**fields, "hints": (), **changes})


def check(verdict, share=1.0):
    return Check(holds="it holds", judge=lambda seen, expected: verdict, share=share)


def outcome_of(*checks, seen=None, **changes):
    asked = [Look(None, None, checks)]
    return judge_all(question(**changes), asked, [Observation(1.0)] if seen is None else seen)


@pytest.mark.parametrize(
    ("verdicts", "state", "score"),
    [
        ([True, True, True], "correct", 3),
        ([True, np.True_, False], "partly", 2),
        ([True, "it is too small", False], "partly", 1),
        ([False, np.False_, "no"], "wrong", 0),
        # What is neither true nor a sentence is no evidence.
        ([1, None, []], "wrong", 0),
    ],
)
def test_score_is_the_share_that_passed(verdicts, state, score):
    outcome = outcome_of(*(check(verdict) for verdict in verdicts))
    assert (outcome.state, outcome.score) == (state, score)


def test_score_is_rounded_to_two_decimals():
    assert outcome_of(check(True), check(False), check(False), points=1).score == 0.33


def test_condition_that_fails_takes_all():
    assert outcome_of(check(True), check(False, share=0)).score == 0
    assert outcome_of(check(True), check(True, share=0)).score == 3


def test_no_observation_is_no_score():
    assert outcome_of(check(True), seen=[]).score == 0
    assert outcome_of(check(True), seen=[Observation(state="timeout", why="10 s")]).state == "timeout"
    assert judge_all(question(), [], []).score == 0


def test_look_that_failed_costs_only_its_checks():
    asked = [Look(None, None, (check(True),)), Look(None, None, (check(True), check(True)))]
    outcome = judge_all(question(), asked, [Observation(1.0), Observation(state="timeout", why="10 s")])
    assert (outcome.state, outcome.score) == ("partly", 1)
    assert [finding.why for finding in outcome.failed] == ["10 s", "10 s"]


def test_judge_that_breaks_is_a_failed_check():
    broken = Check(holds="it holds", judge=lambda seen, expected: seen["no such"])
    outcome = outcome_of(broken, check(True))
    assert outcome.score == 1.5
    assert "form" in outcome.failed[0].why


def test_function_that_raises_on_every_call_could_not_run():
    seen = [Observation([{"error": "ValueError: no"}, {"error": "KeyError: 1"}])]
    outcome = outcome_of(check(True), seen=seen, kind="function")
    assert (outcome.state, outcome.score, outcome.why) == ("could not run", 0, "ValueError: no")


def test_text_waits_for_a_person():
    assert outcome_of(kind="text", seen=[Observation("because")]).state == "for a person"
    assert outcome_of(kind="text", seen=[Observation(state="not attempted")]).state == "not attempted"


def test_checks_with_the_same_case_share_a_look():
    def case(seed):
        return seed, seed

    same = [Check(holds="a", judge=bool, case=case), Check(holds="b", judge=bool, case=case)]
    other = Check(holds="c", judge=bool)
    assert [len(look.checks) for look in looks([same[0], other, same[1]], 1)] == [2, 1]
