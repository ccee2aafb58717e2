"""The rules of flags: at their boundaries, and for whatever is logged."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.flags import (
    LASTS,
    STUCK_DAYS,
    URGENCY,
    WINDOW,
    Event,
    Flag,
    GoalNow,
    Rule,
    Seen,
    Urgency,
    by_days_ago,
    flags_of,
    usual_gap,
)
from journal.insights.weekly import flag

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
DAILY = list(range(30))


def ago(days):
    return MONDAY - days * DAY


def rules(seen, today=MONDAY):
    return [one.rule for one in flags_of(seen, today)]


def rated(text, today=MONDAY):
    """Ratings that end yesterday, oldest first; x is a day without one."""
    first = today - len(text) * DAY
    return by_days_ago([(first + at * DAY, int(c)) for at, c in enumerate(text) if c != "x"], today)


# --- events ---


@pytest.mark.parametrize(("part", "rule", "urgency"), [
    ("lapses", Rule.LAPSE, Urgency.SOON),
    ("calls", Rule.CALL, Urgency.SOON),
    ("reached", Rule.REACHED, Urgency.SAY),
])  # fmt: skip
def test_an_event_is_shown_for_fourteen_days_and_no_longer(part, rule, urgency):
    for days, there in ((0, True), (13, True), (14, False), (300, False)):
        found = flags_of(Seen(**{part: [Event("k", ago(days), ago(days + 3))]}), MONDAY)
        assert bool(found) is there, days
        if found:
            assert (found[0].rule, found[0].key, found[0].urgency, found[0].arose_on) == (rule, "k", urgency, ago(days))
            assert found[0].days == {"about": ago(days + 3)}


# --- higher and lower than usual ---

USUAL = "3545354" * 8


def test_a_strong_rise_is_told_with_its_numbers_until_the_week_after_next():
    seen = Seen(craving=rated(USUAL + "7777777"))
    [found] = flags_of(seen, MONDAY)
    assert (found.rule, found.key, found.arose_on) == (Rule.CRAVING, "2026-11-16", MONDAY)
    assert (found.numbers["mean"], found.numbers["days"], round(found.numbers["usual"], 2)) == (7, 7, 4.14)
    assert found.days == {"first": date(2026, 11, 16)}
    for later, there in ((6, True), (13, True), (14, False)):
        today = MONDAY + later * DAY
        text = USUAL + "7777777" + "4" * later
        shown = flags_of(Seen(craving=rated(text, today)), today)
        assert [one.key for one in shown if one.rule == Rule.CRAVING] == ["2026-11-16"] * there, later


def test_it_is_asked_on_mondays_only_and_of_whole_weeks():
    for weekday in range(7):
        today = MONDAY + weekday * DAY
        assert rules(Seen(craving=rated(USUAL + "4453544" + "9" * weekday, today)), today) == []


def test_craving_down_and_mood_up_are_better_and_mood_down_is_a_reason_to_ask():
    better, worse = USUAL + "1111111", "4" * 56 + "1111111"
    assert rules(Seen(craving=rated(better))) == [Rule.CALMER]
    assert rules(Seen(mood=rated("2" * 56 + "5555555"))) == [Rule.BRIGHTER]
    assert rules(Seen(mood=rated(worse))) == [Rule.MOOD]
    assert rules(Seen(craving=rated(worse), mood=rated(worse))) == [Rule.MOOD, Rule.CALMER]


@pytest.mark.parametrize("text", ["7777xxx", "xxx7777"])
def test_four_rated_days_are_enough_and_three_are_not(text):
    assert rules(Seen(craving=rated(USUAL + text))) == [Rule.CRAVING]
    assert rules(Seen(craving=rated(USUAL + text.replace("7", "x", 1)))) == []


def test_five_weeks_before_are_enough_and_four_are_not():
    assert rules(Seen(craving=rated(USUAL[:35] + "7777777"))) == [Rule.CRAVING]
    assert rules(Seen(craving=rated(USUAL[:28] + "7777777"))) == []


def test_a_smaller_rise_waits_for_a_second_week():
    assert rules(Seen(craving=rated(USUAL + "6565656"))) == []
    [found] = flags_of(Seen(craving=rated(USUAL + "6565656" + "6656565")), MONDAY)
    assert found.key == "2026-11-16"


def test_two_weeks_running_are_told_once_and_the_latest_of_them():
    found = flags_of(Seen(craving=rated(USUAL + "8888888" + "9999999")), MONDAY)
    assert [one.key for one in found] == ["2026-11-16"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=95, max_size=WINDOW.days),
    st.integers(-6, 6),
    st.integers(0, 13).map(lambda days: date(2026, 11, 16) + timedelta(days=days)),
)
def test_the_quick_look_never_hides_what_the_weekly_rule_tells(ratings, lift, today):
    ratings = [one if one is None else max(0, min(10, one // 3 + (lift if at < 14 else 0) + 3)) for at, one in enumerate(ratings)]
    monday = today - today.weekday() * DAY
    expected = {}
    for when in (monday, monday - 7 * DAY):
        first = when - 91 * DAY
        days = [(today - at * DAY, one) for at, one in enumerate(ratings) if one is not None and first <= today - at * DAY < when]
        told = flag(sorted(days), when)
        if told:
            rule = Rule.CRAVING if told.is_higher else Rule.CALMER
            expected.setdefault(rule, told.week.period.first.isoformat())
    found = {one.rule: one.key for one in flags_of(Seen(craving=ratings), today)}
    assert found == expected


# --- no check-ins ---


def after(gap, check_ins=DAILY):
    return [gap + one for one in check_ins]


def test_silence_is_told_after_four_days_and_fourteen_check_ins():
    assert rules(Seen(check_ins=after(4))) == []
    [found] = flags_of(Seen(check_ins=after(5)), MONDAY)
    assert (found.rule, found.urgency, found.arose_on) == (Rule.QUIET, Urgency.REACH_OUT, MONDAY)
    assert (found.numbers, found.key) == ({"gap": 5, "limit": 4, "usual": 1}, ago(5).isoformat())
    assert rules(Seen(check_ins=after(5, DAILY[:14]))) == [Rule.QUIET]
    assert rules(Seen(check_ins=after(5, DAILY[:13]))) == []


def test_silence_is_measured_by_what_is_usual_for_this_person():
    weekly = [7 * at for at in range(15)]
    assert usual_gap(weekly) == 7
    assert rules(Seen(check_ins=after(7, weekly))) == []
    assert rules(Seen(check_ins=after(8, weekly))) == [Rule.QUIET]


def test_one_long_holiday_does_not_make_long_gaps_usual():
    # 29 gaps of one day and one of twenty: the 95th percentile by nearest rank is the 29th of 30.
    check_ins = [*range(20), *range(39, 50)]
    assert usual_gap(check_ins) == 1
    assert rules(Seen(check_ins=after(5, check_ins))) == [Rule.QUIET]


def test_silence_is_told_for_fourteen_days_and_never_as_a_risk():
    assert rules(Seen(check_ins=after(18))) == [Rule.QUIET]
    assert rules(Seen(check_ins=after(19))) == []
    assert URGENCY[Rule.QUIET] > URGENCY[Rule.CRAVING]


def test_nobody_who_never_wrote_is_called_silent():
    assert flags_of(Seen(), MONDAY) == []


# --- goals ---


def test_a_goal_is_stuck_after_fourteen_days_without_a_step():
    assert rules(Seen(goals=[GoalNow("g", ago(13), 2)])) == []
    [found] = flags_of(Seen(goals=[GoalNow("g", ago(14), 2)]), MONDAY)
    assert (found.rule, found.key, found.urgency, found.arose_on) == (Rule.STUCK, "g", Urgency.TALK, MONDAY)
    assert found.numbers == {"days": STUCK_DAYS, "open": 2}
    assert rules(Seen(goals=[GoalNow("g", ago(27), 2)])) == [Rule.STUCK]
    assert rules(Seen(goals=[GoalNow("g", ago(28), 2)])) == []


def test_a_goal_without_an_open_step_is_not_stuck():
    assert rules(Seen(goals=[GoalNow("g", ago(20), 0)])) == []


# --- whatever is logged ---

DAYS_AGO = st.integers(0, 60)
EVENTS = st.lists(st.builds(Event, st.text("abc", min_size=1, max_size=4), DAYS_AGO.map(ago), DAYS_AGO.map(ago)), max_size=4)
RATINGS = st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=WINDOW.days)
SEEN = st.builds(
    Seen,
    check_ins=st.sets(st.integers(0, WINDOW.days - 1), max_size=60).map(sorted),
    craving=RATINGS,
    mood=RATINGS,
    lapses=EVENTS,
    calls=EVENTS,
    reached=EVENTS,
    goals=st.lists(st.builds(GoalNow, st.text("abc", min_size=1, max_size=4), DAYS_AGO.map(ago), st.integers(0, 5)), max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(SEEN, st.integers(0, 6))
def test_flags_stand_in_order_of_urgency_and_within_their_time(seen, later):
    today = MONDAY + later * DAY
    found = flags_of(seen, today)
    assert [one.urgency for one in found] == sorted(one.urgency for one in found)
    assert all(0 <= (today - one.arose_on).days < LASTS for one in found)
    assert all(0 < len(one.key) <= 40 and len(one.rule) <= 30 for one in found)
    assert all(isinstance(one, Flag) for one in found)


@settings(max_examples=100, deadline=None)
@given(SEEN)
def test_a_part_that_is_not_shared_raises_nothing_of_its_own(seen):
    def only(**parts):
        return set(rules(Seen(**parts)))

    assert only(craving=seen.craving) <= {Rule.CRAVING, Rule.CALMER}
    assert only(mood=seen.mood) <= {Rule.MOOD, Rule.BRIGHTER}
    assert only(check_ins=seen.check_ins) <= {Rule.QUIET}
    assert only(goals=seen.goals) <= {Rule.STUCK}
    assert only(lapses=seen.lapses) <= {Rule.LAPSE}


@given(st.integers(0, 10))
def test_the_same_rating_every_day_is_never_a_flag(rating):
    same = [rating] * WINDOW.days
    assert rules(Seen(craving=same, mood=same)) == []


def test_ratings_outside_the_window_are_left_out():
    found = by_days_ago([(MONDAY + DAY, 3), (MONDAY, 4), (MONDAY - WINDOW + DAY, 5), (MONDAY - WINDOW, 6)], MONDAY)
    assert (found[0], found[-1], len(found), sum(one is not None for one in found)) == (4, 5, WINDOW.days, 2)
