"""When a reminder is due next. Pure: moments, zones and quiet hours are arguments."""

from datetime import datetime, time, timedelta

from accounts.days import ONE_DAY, NoSuchTime, resolve, wall_clock

EVERY_DAY = 0b1111111
# Due longer ago than this is left out: a reminder at the wrong hour helps nobody.
LATE = timedelta(hours=2)
SNOOZE = timedelta(hours=1)
# Clinical fact base 10.2, rule 6: reminders stop by themselves after repeated silence.
SILENCE = timedelta(days=14)
QUIET = (time(22, 0), time(8, 0))


def is_on(days: int, weekday: int) -> bool:
    """Whether a set of days (bit 0 is Monday) has this weekday."""
    return bool(days >> weekday & 1)


def next_due(after: datetime, at: time, days: int, tz: str) -> datetime | None:
    """The first moment after `after` at which the clock in `tz` shows `at` on one of `days`; None for no day.

    On a day whose clocks skip that time it is an hour later; an hour that comes twice counts once.
    """
    day = wall_clock(after, tz).date()
    for _ in range(8):
        if is_on(days, day.weekday()):
            moment = _moment(day, at, tz)
            if moment > after:
                return moment
        day += ONE_DAY
    return None


def is_quiet(at: time, quiet: tuple[time, time]) -> bool:
    """Whether a wall-clock time lies in the quiet hours, which may go over midnight. Equal ends: no quiet hours."""
    begin, end = quiet
    if begin == end:
        return False
    return begin <= at < end if begin < end else at >= begin or at < end


def is_quiet_moment(moment: datetime, tz: str, quiet: tuple[time, time]) -> bool:
    """Whether a moment lies in the quiet hours of somebody in `tz`."""
    return is_quiet(wall_clock(moment, tz).time(), quiet)


def _moment(day, at: time, tz: str) -> datetime:
    try:
        return resolve(day, at, tz)
    except NoSuchTime:
        later = (datetime.combine(day, at) + timedelta(hours=1)).time()
        return resolve(day, later, tz)
