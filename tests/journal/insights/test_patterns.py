"""Time of the week, triggers named, days with and without."""

from datetime import date

from journal.insights.differences import BAD_SLEEP, differences, inflation
from journal.insights.named import named_triggers
from journal.insights.observations import DayRating, Missing, keys_by_day
from journal.insights.time_of_week import Part, part_of, time_of_week
from tests.journal.insights.making import craving, day, rated


def test_a_night_belongs_to_the_day_it_began_on():
    parts = {
        4: Part.EARLY,
        8: Part.MORNING,
        12: Part.AFTERNOON,
        19: Part.LATE_AFTERNOON,
        23: Part.EVENING,
        0: Part.NIGHT,
        3: Part.NIGHT,
    }
    assert {hour: part_of(hour) for hour in parts} == parts


def week_of_cravings(friday_evening=9, weeks=8):
    rows = [craving(7 * week + at, 13, 4) for week in range(weeks) for at in range(7)]
    return rows + [craving(7 * week + 4, 21, friday_evening) for week in range(weeks)]


def test_a_strong_time_is_found_with_its_shrunken_mean():
    found = time_of_week(week_of_cravings())
    cell = found.highest
    # 8 ratings of 9 and four of the own mean (56 * 4 + 8 * 9) / 64 = 4.625: (72 + 18.5) / 12.
    assert (cell.weekday, cell.part, cell.n, round(cell.strength, 3), found.stands) == (4, Part.EVENING, 8, 7.542, True)
    assert found.missing == ()


def test_the_number_of_logs_never_makes_a_time_strong():
    many = [craving(7 * week, 9, 4) for week in range(8) for _ in range(20)]
    assert time_of_week(week_of_cravings(friday_evening=4) + many).highest is None


def test_too_few_ratings_or_days_are_said():
    assert time_of_week([craving(at, 9, 5) for at in range(10)]).missing == (Missing("cravings", 10, 40), Missing("days", 10, 28))
    assert time_of_week([craving(at % 27, 9, 5) for at in range(60)]).missing == (Missing("days", 27, 28),)
    assert time_of_week([craving(0, 9, 5), craving(0, 9, 7)]).cells[0].is_shown is False


def test_triggers_are_counted_over_cravings_that_name_any():
    rows = [craving(triggers=["stress", "stress"])] * 7 + [craving(triggers=["payday"])] * 4 + [craving()] * 20
    found = named_triggers(rows)
    assert [(one.key, one.times, one.of) for one in found.named] == [("stress", 7, 11), ("payday", 4, 11)]
    assert (found.n, found.missing) == (11, ())
    assert named_triggers(rows[:9]).missing == (Missing("cravings with a trigger", 9, 10),)


def days_with(with_rating, without_rating, n=12):
    """Alternating days: x noted on even ones; y on all, so that every day has something noted."""
    days = [DayRating(day(at), craving=without_rating if at % 2 else with_rating) for at in range(2 * n)]
    return days, {one.day: {"y"} if one.day.toordinal() % 2 == day(1).toordinal() % 2 else {"x", "y"} for one in days}


def test_a_clear_difference_stands_with_its_numbers():
    found = differences(*days_with(7, 3))
    (factor,) = found.standing
    compared = factor.comparison
    assert (factor.key, compared.first_n, compared.second_n, compared.first_median, compared.second_median) == ("x", 12, 12, 7, 3)
    assert compared.superiority == 1


def test_eight_days_of_each_are_needed():
    assert differences(*days_with(7, 3, n=8)).standing
    short = differences(*days_with(7, 3, n=7))
    assert (short.factors, short.missing) == ((), (Missing("days with and without", 7, 8),))


def test_less_than_a_point_is_never_told():
    days = [DayRating(day(at), craving=5) for at in range(400)]
    keys = {one.day: {"x", "y"} if one.day.toordinal() % 2 else {"y"} for one in days}
    nudged = [DayRating(one.day, craving=5 + (at % 5 < 2 and "x" in keys[one.day])) for at, one in enumerate(days)]
    found = differences(nudged, keys)
    assert next(f for f in found.factors if f.key == "x").comparison.p < 0.001
    assert found.standing == ()


def test_days_without_any_log_are_not_the_other_group():
    days, keys = days_with(7, 3)
    logged = {one: found for one, found in keys.items() if "x" in found}
    assert differences(days, logged).factors == ()


def test_a_bad_night_is_compared_with_other_answered_nights():
    days = [DayRating(day(at), craving=8 if at % 2 else 3, sleep=1 if at % 2 else 3) for at in range(24)]
    unanswered = [DayRating(day(at), craving=9) for at in range(24, 60)]
    (factor,) = differences(days + unanswered, {}).standing
    assert (factor.key, factor.comparison.first_n, factor.comparison.second_n) == (BAD_SLEEP, 12, 12)


def test_days_in_runs_widen_chance():
    alternating = [(day(at), at % 2 == 0, 5) for at in range(40)]
    in_runs = [(day(at), at < 20, 5) for at in range(40)]
    assert inflation(alternating) == 1
    assert 1.8 < inflation(in_runs) < 2.1
    assert inflation([(day(0), True, 5)]) == 1


def test_keys_are_gathered_by_day():
    found = keys_by_day([(day(0), ["a"]), (day(0), ["b", "a"]), (day(1), []), (date(2026, 1, 1), ("c",))])
    assert found == {day(0): {"a", "b"}, date(2026, 1, 1): {"c"}}


def test_unrated_days_have_no_part_in_it():
    days = [*rated("7373737373737373"), DayRating(day(30), mood=1)]
    keys = {one.day: {"x", "y"} if one.craving == 7 else {"y"} for one in days}
    assert differences(days, keys).standing[0].comparison.second_n == 8
