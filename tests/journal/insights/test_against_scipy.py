"""Our statistics beside an independent library's, over data nobody chose."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binomtest, false_discovery_control, mannwhitneyu

from goals.progress import done_share_interval
from journal.insights.ranks import compare, discoveries
from journal.insights.ratings import wilson

RATINGS = st.lists(st.integers(0, 10), min_size=1, max_size=60)


@settings(max_examples=100, deadline=None)
@given(RATINGS, RATINGS)
def test_two_groups(first, second):
    ours = compare(Counter(first), Counter(second))
    theirs = mannwhitneyu(first, second, method="asymptotic")
    assert ours.superiority * len(first) * len(second) == pytest.approx(theirs.statistic)
    if len({*first, *second}) > 1:
        assert ours.p == pytest.approx(theirs.pvalue, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_discoveries(ps):
    adjusted = false_discovery_control(ps)
    assert [ours for ours, q in zip(discoveries(ps), adjusted, strict=True) if abs(q - 0.1) > 1e-9] == [
        q <= 0.1 for q in adjusted if abs(q - 0.1) > 1e-9
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson(times, more):
    of = times + more - 1 or 1
    theirs = binomtest(min(times, of), of).proportion_ci(0.8, method="wilson")
    assert wilson(min(times, of), of) == (pytest.approx(theirs.low, abs=1e-9), pytest.approx(theirs.high, abs=1e-9))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), st.integers(0, 30))
def test_the_share_of_steps_done(done, left):
    ours = done_share_interval(done, done + left)
    assert ours == (
        pytest.approx(beta.ppf(0.1, 1 + done, 1 + left), abs=1e-6),
        pytest.approx(beta.ppf(0.9, 1 + done, 1 + left), abs=1e-6),
    )
