"""What the pages about one person rest on: their check-ins as numbers, what happened lately, and the flags that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.days import ONE_DAY
from accounts.grants import Category
from care.access import Reading
from care.flag_words import SaidFlag, said
from care.flags import WINDOW, Seen, by_days_ago, flags_of
from care.happened import Happened, happened
from care.scopes import spans_of
from journal.insights.observations import DayRating, Period
from journal.models import CheckIn

# The days that small charts show: a week, and the eight that the weekly rule sets beside it.
CHART_DAYS = 63


@dataclass(frozen=True)
class Gathered:
    """Check-ins of the window (one for each day, oldest first), and what happened."""

    reading: Reading
    days: Sequence[DayRating]
    events: Happened

    @property
    def compared(self) -> list[DayRating]:
        """The days that insights are shared for."""
        first = reach(self.reading, Category.INSIGHTS)
        return [] if first is None else [one for one in self.days if one.day >= first]

    @property
    def charted(self) -> Period | None:
        """The days of the small charts; None where insights are not shared for any of them."""
        period, first = Period.ending(self.reading.today, CHART_DAYS), reach(self.reading, Category.INSIGHTS)
        return Period(max(first, period.first), period.last) if first is not None and first <= period.last else None

    def flags(self, goals: Mapping[str, str]) -> list[SaidFlag]:
        """The flags in words; `goals` are titles by id."""
        today, events = self.reading.today, self.events
        check_ins = [(today - one.day).days for one in reversed(self.days) if one.day <= today]
        craving = by_days_ago(((one.day, one.craving) for one in self.compared), today)
        mood = by_days_ago(((one.day, one.mood) for one in self.compared), today)
        seen = Seen(check_ins, craving, mood, events.lapses, events.calls, events.reached, events.goals)
        return said(flags_of(seen, today), events.marks, self.reading.whose.lapse_word, goals)


def gather(reading: Reading) -> Gathered:
    """Two queries."""
    first = reading.today - WINDOW + ONE_DAY
    days = CheckIn.objects.for_grant(reading.grant).between(first, reading.today).as_day_ratings()
    reading.looked.over(first, reading.today)
    return Gathered(reading, days, happened([reading])[reading.connection_id])


def reach(reading: Reading, category: Category) -> date | None:
    """The first day that a category is shared for, the same in a pause; None where it is not shared."""
    if not reading.shows(category):
        return None
    return spans_of(reading.consent.scopes)[category].from_day or date.min
