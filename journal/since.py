"""How long it is since a day, in words a person would use. Pure: today is an argument."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTHS_IN_WORDS_FROM = 60


@dataclass(frozen=True)
class Span:
    """Days between two days, and the same as whole years, months and days."""

    total: int
    years: int
    months: int
    days: int

    @property
    def is_long(self) -> bool:
        """Whether years and months say it better than days alone."""
        return self.total >= MONTHS_IN_WORDS_FROM


def span(start: date, end: date) -> Span:
    """From `start` to `end`, zero where `end` is not later. A month is over on the same day of the next one, or on its last."""
    if end <= start:
        return Span(0, 0, 0, 0)
    whole = (end.year - start.year) * 12 + end.month - start.month
    if _after(start, whole) > end:
        whole -= 1
    return Span((end - start).days, whole // 12, whole % 12, (end - _after(start, whole)).days)


def _after(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
