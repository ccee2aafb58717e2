"""Counts, middles and intervals, by hand."""

from collections import Counter

import pytest

from journal.insights.ranks import compare, discoveries
from journal.insights.ratings import counted, mean, median, middle_half, wilson


def test_middles_are_ratings_that_were_given():
    assert middle_half(counted([1, 2, 3, 4])) == (1, 3)
    assert middle_half(counted([2, 2, 5, 5, 9])) == (2, 5)
    assert middle_half(counted([7])) == (7, 7)
    assert (median(counted([1, 4])), median(counted([0, 3, 10])), median(Counter({6: 3, 2: 0}))) == (2.5, 3, 6)
    assert mean(counted([1, 2, None, 6])) == 3


def test_wilson_by_hand():
    # 7 of 18 at z = 1.2816: centre (7/18 + z²/36) / (1 + z²/18), half sqrt(p(1-p)/18 + z²/1296) z / (1 + z²/18).
    low, high = wilson(7, 18)
    assert (round(low, 3), round(high, 3)) == (0.257, 0.539)
    assert wilson(0, 0) == (0.0, 1.0)


def test_two_groups_by_hand():
    # 1 1 2 against 2 3 3: of nine pairs half a one is won.
    found = compare(counted([1, 1, 2]), counted([2, 3, 3]))
    assert (found.first_median, found.second_median, found.superiority) == (1, 3, 0.5 / 9)
    # U = 0.5; mean 4.5; ties 2, 2, 2: variance 9/12 (7 - 18/30) = 4.8; z = 3.5/2.19 = 1.598; p = 0.110.
    assert round(found.p, 3) == 0.110
    assert found.p < compare(counted([1, 1, 2]), counted([2, 3, 3]), inflation=2).p


def test_equal_groups_are_no_difference_and_empty_ones_are_refused():
    assert compare(counted([4] * 30), counted([4] * 30)).p == 1
    with pytest.raises(ValueError, match="both groups"):
        compare(counted([]), counted([4]))


def test_discoveries_by_hand():
    # Benjamini and Hochberg at 0.10 over four: 0.025, 0.05, 0.075, 0.10.
    assert discoveries([0.5, 0.01, 0.07, 0.04]) == [False, True, True, True]
    assert discoveries([0.09, 0.09]) == [True, True]
    assert discoveries([0.06, 0.2, 0.9]) == [False, False, False]
    assert discoveries([]) == []
