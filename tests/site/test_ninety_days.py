"""Ninety days of a diary, typed through the forms, in three time zones over both clock changes.

The expected days come from a second, independent reckoning in this file, not from the code under test.
"""

import re
import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from journal.models import CheckIn, Craving, Entry
from tests.conftest import make_person

UTC = ZoneInfo("UTC")
# Each period of 90 days holds one clock change; together both directions, and a zone without any.
PERIODS = [
    ("America/New_York", date(2026, 2, 1), 4),
    ("America/New_York", date(2026, 9, 15), 4),
    ("Europe/Berlin", date(2026, 1, 20), 0),
    ("Europe/Berlin", date(2026, 9, 1), 6),
    ("Asia/Kolkata", date(2026, 2, 1), 4),
    ("Asia/Kolkata", date(2026, 9, 15), 4),
]
# Wall-clock times around every edge: the day's first hour, midnight, and the hours the clocks change in.
TIMES = ["00:05", "01:30", "02:30", "03:30", "03:59", "04:00", "05:59", "06:00", "12:00", "23:30", "23:59"]


def reckoned_day(wall: datetime, day_start: int) -> date:
    """The day of a wall-clock time, said in another way than the code says it."""
    return (wall - timedelta(hours=day_start)).date() if wall.hour < day_start else wall.date()


def exists(wall: datetime, zone: str) -> bool:
    """Whether a clock in the zone ever shows this time."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


class Writer:
    """Types a diary through the forms and keeps its own books."""

    def __init__(self, client, zone, day_start):
        self.client, self.zone, self.day_start = client, zone, day_start
        self.books = {"check-in": Counter(), "craving": Counter(), "entry": Counter()}
        self.latest_mood, self.refused = {}, 0

    def type(self, kind, url, wall, **fields):
        """Send one form with another day's time; the books know whether it must be taken."""
        data = {"id": str(uuid.uuid4()), "when": "other", "day": f"{wall:%Y-%m-%d}", "at": f"{wall:%H:%M}", **fields}
        answer = self.client.post(reverse(url), data)
        if not exists(wall, self.zone):
            assert answer.status_code == 422
            assert "clocks went forward" in answer.content.decode()
            self.refused += 1
            return
        assert answer.status_code == 302, answer.content.decode()[:2000]
        day = reckoned_day(wall, self.day_start)
        self.books[kind][day] += 1
        if kind == "check-in":
            seen = self.latest_mood.get(day, (datetime.min, None))
            if wall >= seen[0]:
                self.latest_mood[day] = (wall, int(fields["mood"]))

    def day(self, day, number):
        """One day: sometimes nothing, sometimes several of a kind, at the awkward hours."""
        if number % 7 == 3:
            return
        walls = [datetime.fromisoformat(f"{day} {TIMES[(number + step) % len(TIMES)]}") for step in (0, 4, 7)]
        self.type("check-in", "journal:check-in-create", walls[0], mood=str(number % 5 + 1))
        if number % 3 == 0:
            self.type("check-in", "journal:check-in-create", walls[1], mood=str((number + 2) % 5 + 1))
        for _ in range(number % 3):
            self.type("craving", "journal:craving-create", walls[2], intensity=str(number % 11), triggers=["argument"])
        if number % 2:
            self.type("entry", "journal:entry-create", walls[1], body=f"Day {number}: the river was high.")


@pytest.mark.parametrize(("zone", "first", "day_start"), PERIODS)
def test_ninety_days_give_exactly_the_expected_days_and_counts(db, zone, first, day_start, client_of, grant_of):
    person = make_person("walker", tz=zone, day_start=day_start)
    writer = Writer(client_of(person), zone, day_start)
    days = [first + timedelta(days=n) for n in range(90)]
    evening = datetime.combine(days[-1] + timedelta(days=2), datetime.min.time(), tzinfo=ZoneInfo(zone))
    with time_machine.travel(evening, tick=False):
        for number, day in enumerate(days):
            writer.day(day, number)
        grant = grant_of(person)
        for kind, model in (("check-in", CheckIn), ("craving", Craving), ("entry", Entry)):
            stored = Counter(model.objects.for_grant(grant).values_list("local_day", flat=True))
            assert stored == writer.books[kind], kind
        check_pages(writer, days)


def check_pages(writer, days):
    """What the person sees: each day's page, and each month's list of entries."""
    for day in days[::9]:
        page = writer.client.get(reverse("journal:day-timeline"), {"d": f"{day}"}).content.decode()
        shown = Counter(re.findall(r'data-kind="([a-z-]+)"', page))
        assert shown == Counter({kind: n for kind in writer.books if (n := writer.books[kind][day])}), day
        if day in writer.latest_mood:
            assert f'data-mood="{writer.latest_mood[day][1]}"' in page
    for month in {day.replace(day=1) for day in days}:
        page = writer.client.get(reverse("journal:entry-list"), {"month": f"{month:%Y-%m}"}).content.decode()
        expected = sum(n for day, n in writer.books["entry"].items() if day.replace(day=1) == month)
        assert page.count('data-kind="entry"') == expected
