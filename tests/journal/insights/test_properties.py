"""Whatever is logged, in whatever order: nothing raises, and nothing is claimed where there is nothing."""

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from journal.insights.coping import coping, order
from journal.insights.differences import differences
from journal.insights.mosaic import mosaic
from journal.insights.named import named_triggers
from journal.insights.observations import CravingObservation, DayRating, Period, keys_by_day, one_a_day
from journal.insights.over_time import over_time
from journal.insights.time_of_week import time_of_week
from journal.insights.together import together
from journal.insights.weekly import flag
from tests.journal.insights.making import MONDAY, day

DAYS = st.integers(0, 400).map(day)
MAYBE = st.one_of(st.none(), st.integers(0, 10))
RATED = st.lists(
    st.builds(DayRating, DAYS, st.one_of(st.none(), st.integers(1, 5)), MAYBE, st.one_of(st.none(), st.integers(1, 3))),
    max_size=120,
)
KEYS = st.lists(st.sampled_from("abcdefgh"), max_size=3).map(tuple)
CRAVINGS = st.lists(st.builds(CravingObservation, DAYS, st.integers(0, 23), st.integers(0, 10), MAYBE, KEYS, KEYS), max_size=120)
PERIODS = st.tuples(DAYS, st.integers(1, 1200)).map(lambda pair: Period.ending(*pair))


def everything(ratings, cravings, period):
    """All insights of some logs."""
    days = one_a_day(ratings)
    keys = keys_by_day((one.day, one.triggers) for one in cravings)
    return (
        over_time(days, period), together(days, period), mosaic(days, period.last.year), differences(days, keys),
        time_of_week(cravings), named_triggers(cravings), coping(cravings),
        flag([(one.day, one.craving) for one in days if one.craving is not None], period.last),
    )  # fmt: skip


def claims(found):
    """What a page would say stands out."""
    _line, _three, _year, different, week, _named, ways, flagged = found
    return [*different.standing, *([week.highest] if week.stands else []), *filter(None, [ways.apart, flagged])]


@settings(max_examples=150, deadline=None)
@given(RATED, CRAVINGS, PERIODS)
def test_nothing_raises(ratings, cravings, period):
    found = everything(ratings, cravings, period)
    assert len(found[0].points) >= 1
    assert found[0].n == len(found[0].dots) or not found[0].dots


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.builds(DayRating, DAYS, st.just(3), MAYBE, st.just(2)), max_size=80, unique_by=lambda one: one.day),
    CRAVINGS,
    PERIODS,
    st.randoms(),
)
def test_the_order_of_rows_makes_no_difference(ratings, cravings, period, dice):
    before = everything(ratings, cravings, period)
    mixed_ratings, mixed_cravings = dice.sample(ratings, len(ratings)), dice.sample(cravings, len(cravings))
    after = everything(mixed_ratings, mixed_cravings, period)
    assert after[:6] == before[:6]
    assert [(one.key, round(one.estimate, 9), sorted(map(repr, one.pairs))) for one in after[6].strategies] == [
        (one.key, round(one.estimate, 9), sorted(map(repr, one.pairs))) for one in before[6].strategies
    ]


@settings(max_examples=60, deadline=None)
@given(RATED, PERIODS, st.integers(2, 4))
def test_a_day_written_in_several_time_zones_is_one_day(ratings, period, copies):
    days = one_a_day(ratings)
    assert one_a_day(sorted(days * copies, key=lambda one: one.day)) == days
    assert len({one.day for one in days}) == len(days)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10), st.integers(0, 10), st.sets(st.integers(0, 200), max_size=150), CRAVINGS)
def test_equal_ratings_never_claim(rating, after, on, cravings):
    days = [DayRating(day(at), 3, rating, 1 + at % 3) for at in on]
    same = [CravingObservation(one.day, one.hour, rating, after, one.triggers, one.strategies) for one in cravings]
    assert claims(everything(days, same, Period(MONDAY, day(200)))) == []


@given(st.integers(0, 10), MAYBE, KEYS)
def test_one_row_never_claims(before, after, keys):
    found = everything(
        [DayRating(MONDAY, 3, before, 1)], [CravingObservation(MONDAY, 3, before, after, keys, keys)], Period(MONDAY, MONDAY)
    )
    assert claims(found) == []
    assert found[3].missing and found[4].missing and found[5].missing and found[6].missing


def test_nothing_at_all_never_claims():
    assert claims(everything([], [], Period(MONDAY, day(89)))) == []


def test_a_hundred_thousand_rows_of_nothing_never_claim():
    dice = Random(3)
    days = [DayRating(day(at % 4000), dice.randint(1, 5), 5, dice.randint(1, 3)) for at in range(100_000)]
    cravings = [
        CravingObservation(day(at % 4000), at % 24, 6, 4, (dice.choice("abcdef"),), (dice.choice("uvwxyz"),))
        for at in range(100_000)
    ]
    found = everything(days, cravings, Period(MONDAY, MONDAY + timedelta(days=3999)))
    assert claims(found) == []
    assert (found[5].n, found[6].n, found[1].days) == (100_000, 100_000, 4000)


@given(CRAVINGS, st.lists(st.sampled_from("abcdefghijkl"), unique=True), KEYS)
def test_every_known_way_is_offered_once(cravings, known, tried):
    assert sorted(order(coping(cravings), known, tried)) == sorted(known)
