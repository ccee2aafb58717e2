"""What followed each way to cope."""

import pytest

from journal.insights.coping import coping, order, pooled_spread, shrunk
from journal.insights.observations import Missing
from tests.journal.insights.making import craving


def uses(key, drops, before=8):
    return [craving(before=before, after=before - drop, strategies=[key]) for drop in drops]


def test_the_estimate_by_hand():
    # n = 9, m = 4, M = 2: half and half. s = 1.8: 1.28 / sqrt(9/3.24 + 1/0.36) = 0.543.
    estimate, (low, high) = shrunk(9, 4.0, 2.0, 1.8)
    assert (estimate, round(high - estimate, 3), round(estimate - low, 3)) == (3.0, 0.543, 0.543)


def test_the_spread_is_pooled_within_strategies_and_at_least_a_point():
    assert pooled_spread([[0, 4], [10, 14]]) == pytest.approx(8**0.5)
    assert pooled_spread([[3, 3, 3], [1]]) == 1
    assert pooled_spread([]) == 1


def test_few_uses_are_pulled_towards_the_own_average():
    found = coping([*uses("rare", [6, 6, 6, 6, 6]), *uses("usual", [2] * 20)])
    rare = found.told[0]
    assert (rare.key, rare.mean_drop, found.average) == ("rare", 6, 70 / 25)
    assert rare.estimate == pytest.approx((5 * 6 + 9 * 2.8) / 14)


def test_cravings_with_nothing_done_belong_to_the_average():
    found = coping([*uses("walk", [4] * 10), *[craving(before=8, after=8) for _ in range(10)]])
    assert (found.average, found.n) == (2, 20)


def test_what_is_missing_is_counted():
    assert coping([]).missing == (Missing("rated cravings", 0, 15), Missing("uses of one", 0, 5))
    assert coping([*uses("a", [1] * 4), *uses("b", [1] * 4), *uses("c", [1] * 4), *uses("d", [1] * 3)]).missing == (
        Missing("uses of one", 4, 5),
    )
    assert coping(uses("a", [1] * 14)).told == ()
    assert len(coping(uses("a", [1] * 15)).told) == 1


def test_unrated_uses_count_for_nothing():
    assert coping([craving(strategies=["a"])] * 40).strategies == ()


def test_the_best_is_called_apart_only_when_it_clearly_is():
    assert coping([*uses("a", [2, 3] * 10), *uses("b", [2, 3] * 10)]).apart is None
    found = coping([*uses("a", [6, 7] * 15), *uses("b", [1, 2] * 30)])
    assert found.apart.key == "a"


def test_supported_ways_come_first_and_untried_ones_among_them():
    found = coping([*uses("a", [1] * 10), *uses("b", [5] * 10), *uses("c", [3] * 10), *uses("d", [9])])
    known = ["new1", "a", "new2", "b", "c", "d", "e"]
    assert order(found, known, tried=["e", "d"]) == ["b", "c", "new1", "e", "d", "new2", "a"]
    assert [one.key for one in found.behind] == ["a"]
    assert order(coping([]), known) == known
    assert order(found, [], ["a"]) == []
    assert sorted(order(found, known)) == sorted(known)
