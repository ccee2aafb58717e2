"""What day a moment belongs to, for one person. Pure: the clock is an argument."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

DEFAULT_DAY_START = 4
ONE_DAY = timedelta(days=1)


class NoSuchTime(ValueError):
    """A wall-clock time that the clocks skipped that day."""


def known_zones() -> list[str]:
    """IANA zone names a person may choose, without the technical ones."""
    technical = ("Etc/", "SystemV/", "posix/", "right/")
    places = sorted(z for z in available_timezones() if "/" in z and not z.startswith(technical))
    return [*places, "UTC"]


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA time zone."""
    return name in available_timezones()


def wall_clock(moment: datetime, tz: str) -> datetime:
    """The aware moment as the person's clock showed it."""
    return moment.astimezone(ZoneInfo(tz))


def local_day(moment: datetime, tz: str, day_start: int = DEFAULT_DAY_START) -> date:
    """The day a moment counts to: the wall-clock date, one earlier before the hour `day_start` (0-12)."""
    wall = wall_clock(moment, tz)
    return wall.date() - ONE_DAY if wall.hour < day_start else wall.date()


def resolve(day: date, at: time, tz: str) -> datetime:
    """The moment a wall clock in `tz` shows `at` on `day`; the first one where an hour comes twice.

    Raises NoSuchTime where the clocks jumped over it.
    """
    zone = ZoneInfo(tz)
    moment = datetime.combine(day, at.replace(fold=0, tzinfo=None), tzinfo=zone)
    if moment.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NoSuchTime(f"{at:%H:%M}")
    return moment.astimezone(ZoneInfo("UTC"))


def day_begins(day: date, tz: str, day_start: int = DEFAULT_DAY_START) -> datetime:
    """The first moment that counts to `day`; where the clocks skip that hour, the moment they jump."""
    return datetime.combine(day, time(day_start), tzinfo=ZoneInfo(tz)).astimezone(ZoneInfo("UTC"))


def week_of(day: date) -> list[date]:
    """The seven days that end with `day`, oldest first."""
    return [day - timedelta(days=back) for back in range(6, -1, -1)]


def monday_of(day: date) -> date:
    """The Monday of the week `day` is in."""
    return day - timedelta(days=day.weekday())
