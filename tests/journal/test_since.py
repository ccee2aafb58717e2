"""Days since a day, in whole years, months and days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.since import Span, span


@pytest.mark.parametrize(
    "start, end, expected",
    [
        (date(2026, 11, 20), date(2026, 11, 20), Span(0, 0, 0, 0)),
        (date(2026, 11, 20), date(2026, 11, 19), Span(0, 0, 0, 0)),
        (date(2026, 10, 9), date(2026, 11, 20), Span(42, 0, 1, 11)),
        (date(2024, 2, 29), date(2025, 2, 28), Span(365, 1, 0, 0)),
        (date(2024, 2, 29), date(2028, 2, 29), Span(1461, 4, 0, 0)),
        (date(2026, 1, 31), date(2026, 3, 1), Span(29, 0, 1, 1)),
        (date(2016, 11, 20), date(2026, 11, 19), Span(3651, 9, 11, 30)),
    ],
)
def test_known_spans(start, end, expected):
    assert span(start, end) == expected


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 30_000))
def test_a_day_more_is_a_day_more(start, days):
    end = date.fromordinal(start.toordinal() + days)
    found = span(start, end)
    assert found.total == days and 0 <= found.months < 12 and 0 <= found.days < 31
