"""The questions of chapter 10, multilayer perceptrons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.exercises import mlps
from course.grading import bank, selfcheck


@pytest.mark.parametrize("item", bank.load("10_mlps").items, ids=lambda item: item.question.id)
def test_question_is_fair(item):
    assert selfcheck.troubles(item) == []


class TestNeurons:
    def test_two_connections_or_an_inhibitor_decide(self):
        both = np.array([1, 1])
        assert mlps.fires(both, np.array([1, 1])) == 1
        assert mlps.fires(both, np.array([1, 0])) == 0
        assert mlps.fires(both, np.array([2, -1])) == 0

    @pytest.mark.parametrize("wiring", [None, [[1, 2]], [[0.5, 1], [1, 1], [1, 1]], [[9, 1], [1, 1], [1, 1]]])
    def test_what_is_no_wiring_is_told(self, wiring):
        assert isinstance(mlps.wiring_of(wiring), str)


class TestGradient:
    @given(st.integers(0, 1000))
    def test_differences_agree_with_the_chain_rule(self, seed):
        draw = np.random.default_rng(seed)
        X, y, W1 = draw.normal(size=(6, 3)), draw.normal(size=6), draw.normal(size=(3, 4))
        b1, w2, b2 = draw.normal(size=4), draw.normal(size=4), 0.3
        hidden = np.maximum(0, X @ W1 + b1)
        error = hidden @ w2 + b2 - y
        by_hand = X.T @ (np.outer(2 * error / len(y), w2) * (hidden > 0))
        assert np.allclose(mlps.gradient(X, y, W1, b1, w2, b2), by_hand, atol=1e-4)


@given(st.sampled_from([0.2, 3e-3, 0.05]), st.integers(0, 100))
def test_a_sweep_turns_where_it_says(turn, seed):
    rates, losses = mlps.sweep(seed, turn / 1000, turn * 100, turn)
    assert 0.7 < rates[np.argmin(losses)] / turn < 1.4


@pytest.mark.parametrize("answer", [None, 3, "a", [["1", "magic"]] * 3, np.array([["a", "b"]])])
def test_odd_answers_are_told_and_raise_nothing(answer):
    for question in (mlps.outputs, mlps.remedies, mlps.shapes, mlps.xor_sums, mlps.wiring):
        for check in question.checks:
            assert check.judge(answer, None) is not True
