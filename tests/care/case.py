"""A person with something of every kind, each with words of its own, so that a page shows what it opens."""

from datetime import time, timedelta

from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.days import local_day, monday_of, resolve
from accounts.grants import Grant
from accounts.models import Person
from care.actions import consents
from care.models import AgendaLine, Connection, Message, Proposal
from goals.models import Goal, Step
from journal.models import CheckIn, Craving, Entry, Lapse, Marker, OwnWord, PlanLine
from tests.care.conftest import put as put_at
from tests.care.conftest import sign
from tests.conftest import Ask, make_person
from tests.goals.rows import shown

__all__ = [
    "NOTICE",
    "alone",
    "counted",
    "days_of",
    "here",
    "life",
    "noon",
    "own_grant",
    "put",
    "shares",
    "shown",
    "today_of",
    "writes",
]
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
SKIPPED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def own_grant(person):
    return Grant.own(Ask(Person.objects.select_related("data_key").get(pk=person.pk)))


def today_of(person):
    return local_day(timezone.now(), person.tz, person.day_start)


def noon(person, days_ago):
    """A moment that is that many days ago by the person's clock, at any hour and season a test runs; now for today."""
    if days_ago < 1:
        return timezone.now() - timedelta(days=days_ago)
    return resolve(today_of(person) - timedelta(days=days_ago), time(12), person.tz)


def put(person, grant, row, days_ago=0, **words):
    return put_at(person, grant, row, (timezone.now() - noon(person, days_ago)) / timedelta(days=1), **words)


def days_of(person, grant, text, ends=1, **same):
    """Check-ins from a line of craving ratings, oldest first, the last so many days ago; x is a day without one, t is ten."""
    for at, letter in enumerate(reversed(text)):
        if letter != "x":
            put(person, grant, CheckIn(craving=10 if letter == "t" else int(letter), **same), ends + at)


def life(person, grant, connection):
    """Everything once, for somebody who wrote for two weeks."""
    days_of(person, grant, "34343434343434", mood=4, sleep=2)
    put(person, grant, CheckIn(craving=3, mood=4, sleep=2), note="note-of-the-day")
    corner = put(person, grant, OwnWord(kind="trigger"), 30, name="the-corner")
    walk = put(person, grant, OwnWord(kind="strategy"), 30, name="the-long-walk")
    tags = {"triggers": [str(corner.pk)], "strategies": [str(walk.pk)]}
    put(person, grant, Craving(intensity=7, intensity_after=4, **tags), 2, note="craving-note")
    put(person, grant, Lapse(), 3, note="lapse-note")
    put(person, grant, Lapse(withheld=True), 3, note="kept-to-myself")
    entry = put(person, grant, Entry(), 2, title="entry-title", body="entry-body", went_well="went-well-words")
    put(person, grant, Entry(), 2, title="hidden-title", body="hidden-body", went_well="hidden-well")
    goal = put(person, grant, Goal(life_skill="communication"), 20, title="goal-title", why="goal-why")
    monday = monday_of(today_of(person))
    put(person, grant, Step(goal=goal, planned_week=monday, done_at=timezone.now()), 20, wording="step-done")
    put(person, grant, Step(goal=goal, planned_week=monday, position=1), 20, wording="step-open")
    put(person, grant, PlanLine(part="reasons"), 20, text="plan-line")
    put(person, grant, Marker(), 5, label="marked-day")
    put(person, grant, AgendaLine(connection=connection), 1, text="agenda-line")
    put(person, grant, Proposal(connection=connection, kind="goal"), 1, title="proposal-title", why="because")
    return entry


def alone(person, grant, connection, *categories, entry=None):
    """Share these categories and nothing else; the entry too where there is a place for it."""
    consent = sign(grant, person, connection, dict.fromkeys(categories, ""))
    if entry is not None and "entries" in categories:
        consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    return consent


def shares(username, membership, scopes=None, *, shown_name="Brook", **values):
    """Somebody new who shares with this counselor; their account and the connection."""
    person = make_person(username, **values)
    connection = Connection.objects.create(person=person, membership=membership)
    sign(own_grant(person), person, connection, scopes, shown_name=shown_name)
    return person, connection


def writes(person, connection, text="hello", **values):
    """A message of the person's to the counselor."""
    message = Message(connection=connection, from_counselor=False, **values)
    return put(person, own_grant(person), message, text=text)


def here(connection, page=""):
    """A counselor's page about a person."""
    return f"/care/p/{connection.pk}/{page}"


def counted(client, path):
    """How many queries a page costs; the first visit notes that the session is in use."""
    client.get(path)
    with CaptureQueriesContext(database) as seen:
        assert client.get(path).status_code == 200
    return sum(not query["sql"].startswith(SKIPPED) for query in seen.captured_queries)
