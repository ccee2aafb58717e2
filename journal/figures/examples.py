"""Each picture with made-up numbers, for a page that has too few of its own. Always the same, and always called an example."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from journal.figures.craving import craving_figure
from journal.figures.figure import Figure
from journal.figures.life import scores_figure, together_figure, year_figure
from journal.figures.patterns import differences_figure, named_figure, time_figure
from journal.figures.ways import coping_figure
from journal.insights.coping import coping
from journal.insights.differences import differences
from journal.insights.mosaic import mosaic
from journal.insights.named import named_triggers
from journal.insights.observations import CravingObservation, DayRating, Period, keys_by_day
from journal.insights.over_time import over_time
from journal.insights.scores import scores
from journal.insights.time_of_week import time_of_week
from journal.insights.together import together

FIRST = date(2025, 3, 3)
PERIOD = Period(FIRST, FIRST + timedelta(days=41))
RATINGS = "6756x6545x5465x4543x5434x434x3523x2x432x22"
AFTER = (3, 5, 2, 4, 4)


def days() -> list[DayRating]:
    """Six made-up weeks of check-ins, with gaps."""
    rated = [(FIRST + timedelta(days=at), int(said)) for at, said in enumerate(RATINGS) if said != "x"]
    return [DayRating(day, 4 - value // 3, value, 1 + (day.day + value) % 3) for day, value in rated]


def cravings() -> list[CravingObservation]:
    """Made-up cravings: two triggers, two ways to cope."""
    found = []
    for at in range(60):
        day = FIRST + timedelta(days=at * 41 // 59)
        before = 5 + at % 3 + (day.weekday() == 4)
        after = max(0, before - AFTER[at % 5]) if at % 4 else None
        found.append(CravingObservation(day, (8, 14, 21)[at % 3], before, after, ("ab"[at % 3 == 0],), ("cd"[at % 2],)))
    return found


def triggers() -> dict[str, str]:
    """Names of made-up triggers."""
    return {"a": _("Feeling stressed"), "b": _("Boredom")}


def ways() -> dict[str, str]:
    """Names of made-up ways to cope."""
    return {"c": _("Call someone"), "d": _("Go for a walk")}


MAKERS: dict[str, Callable[[], Figure]] = {
    "craving": lambda: craving_figure(over_time(days(), PERIOD), None, PERIOD.last),
    "time": lambda: time_figure(time_of_week(cravings())),
    "named": lambda: named_figure(named_triggers(cravings()), triggers()),
    "days": lambda: differences_figure(
        differences(days(), keys_by_day((one.day, one.triggers) for one in cravings())), triggers()
    ),
    "coping": lambda: coping_figure(coping(cravings()), ways()),
    "together": lambda: together_figure(together(days(), PERIOD), PERIOD),
    "year": lambda: year_figure(mosaic(days(), FIRST.year)),
    "scores": lambda: scores_figure(scores([("phq-9", FIRST, 14), ("phq-9", PERIOD.last, 9)])[0]),
}
