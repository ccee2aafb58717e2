"""Logs that tests of the insights share, stored as the forms store them."""

from datetime import UTC, date, datetime, time, timedelta

from journal.actions import save_new
from journal.models import CheckIn, Craving

TODAY = date(2026, 11, 20)


def at(days_ago, hour=17):
    """Noon in New York, so many days before the day the tests take as today."""
    return datetime.combine(TODAY - timedelta(days=days_ago), time(hour, tzinfo=UTC))


def check_in(grant, person, days_ago, **values):
    return save_new(grant, CheckIn(**values), person, at(days_ago), {"note": ""}).row


def craving(grant, person, days_ago, hour=17, **values):
    return save_new(grant, Craving(**{"intensity": 6} | values), person, at(days_ago, hour), {"note": ""}).row


def ninety_days(grant, person):
    """Enough for every insight but the questionnaires: a check-in a day, a craving every other day."""
    for ago in range(90):
        check_in(grant, person, ago, craving=(ago * 7) % 5 + 2, mood=ago % 5 + 1, sleep=ago % 3 + 1)
        if ago % 2:
            fall = (
                {"strategies": ["call-my-person"], "intensity_after": 3}
                if ago % 4 == 1
                else {"intensity_after": 5, "strategies": ["slow-breathing"]}
            )
            craving(grant, person, ago, hour=14 + ago % 9, triggers=["argument"] if ago % 3 else ["boredom"], **fall)
