"""Counselors with 100 and with 300 people who share two years of logs. Run inside the site's settings.

Ten made-up diaries are written out once and given to everybody in turn, sealed anew for each: the same rows as the forms make, but notes
and the index of tags only for the latest 90 days, and no journal entries, which nobody shares here.
"""

import json
import sys
import time
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

django.setup()

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.actions import open_account  # noqa: E402
from accounts.days import NoSuchTime, local_day, monday_of, resolve  # noqa: E402
from accounts.ids import new_id  # noqa: E402
from accounts.models import Person  # noqa: E402
from care import access  # noqa: E402
from care.actions import consents, reports  # noqa: E402
from care.actions.consents import DELAY, Wanted  # noqa: E402
from care.models import Connection, Membership, Organisation, Report  # noqa: E402
from care.scopes import SHAREABLE  # noqa: E402
from goals.actions import add_template_goal  # noqa: E402
from goals.models import Goal, Step  # noqa: E402
from journal.insights.observations import Period  # noqa: E402
from journal.kinds import model_of  # noqa: E402
from journal.models import Tagging  # noqa: E402
from journal.seed import Diary  # noqa: E402
from recovery_site.demo import diary_of, owner_grant  # noqa: E402

FEW, MANY = 100, 300
DAYS, LATELY = 730, 90
DIARIES, BATCH = 10, 500
TZ = "America/New_York"
KINDS = ("check-in", "craving")
TEMPLATES = ("ride-three-waves", "time-out-word")
PDF_ROUNDS = 5


def plain(diary: Diary, today: date) -> list[tuple[str, dict[str, Any], dict[str, str]]]:
    """Two years of one diary as columns: kind, values, and words."""
    found = []
    for log in diary.logs(today - timedelta(days=DAYS), today - timedelta(days=1)):
        try:
            moment = resolve(log.day, log.at, TZ)
        except NoSuchTime:
            continue
        if log.kind not in KINDS:
            continue
        stamped = {
            "occurred_at": moment,
            "created_at": moment,
            "updated_at": moment,
            "tz": TZ,
            "local_day": local_day(moment, TZ),
        }
        words = log.words if log.day > today - timedelta(days=LATELY) else {}
        found.append((log.kind, log.values | stamped, words))
    return found


@transaction.atomic
def write(person: Person, logs: Iterable[tuple[str, dict[str, Any], dict[str, str]]], since: date) -> int:
    """One person's rows, and two goals with a step for each of the latest weeks."""
    grant = owner_grant(person)
    rows: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind, values, words in logs:
        row = model_of(kind)(person_id=person.pk, **values)
        if words.get("note"):
            grant.seal(row, **words)
        rows[kind].append(row)
    for kind, same in rows.items():
        model_of(kind).objects.for_grant(grant).bulk_create(same, batch_size=BATCH)
    lately = [row for row in rows["craving"] if row.local_day >= since]
    pairs = [
        (row, kind, key)
        for row in lately
        for kind, keys in (("trigger", row.triggers), ("strategy", row.strategies))
        for key in keys
    ]
    Tagging.objects.bulk_create(Tagging(person_id=person.pk, craving=row, kind=kind, key=key) for row, kind, key in pairs)
    for slug in TEMPLATES:
        goal = add_template_goal(grant, person, slug, new_id(), timezone.now())
        Goal.objects.for_grant(grant).filter(pk=goal.pk).update(local_day=since)
    for at, step in enumerate(Step.objects.for_grant(grant).of_goals()):
        week = monday_of(timezone.now().date()) - timedelta(days=7 * at)
        Step.objects.for_grant(grant).filter(pk=step.pk).update(planned_week=week, done_at=timezone.now() if at % 3 else None)
    return sum(map(len, rows.values()))


def somebody(name: str) -> Person:
    """An account that nobody signs in to by hand."""
    person = Person(username=name, tz=TZ, country="US", onboarded_at=datetime(2026, 1, 2, tzinfo=UTC))
    person.set_unusable_password()
    return open_account(person)


def counselor(name: str, organisation: Organisation) -> Membership:
    """Somebody verified, at work."""
    return Membership.objects.create(
        organisation=organisation, person=somebody(name), shown_name=name.title(), verified_at=timezone.now()
    )


def share(person: Person, membership: Membership, today: date) -> Connection:
    """Everything is shared for 90 days, in force since a moment."""
    connection = Connection.objects.create(person=person, membership=membership)
    wanted = Wanted({str(one.category): "" for one in SHAREABLE}, "counseling", today + timedelta(days=90), person.username)
    consents.sign(owner_grant(person), person, connection.pk, wanted, "", timezone.now() - DELAY - timedelta(seconds=1))
    return connection


def session(person: Person) -> str:
    """The key of a session that showed a second factor a moment ago."""
    client = Client()
    client.force_login(person, backend="accounts.backends.PersonBackend")
    held = client.session
    held[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp", "id": 1}]
    held["account_authentication_methods_user"] = str(person.pk)
    held.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def make() -> dict[str, Any]:
    """Both counselors with their people; the first hundred share with both."""
    begun, today = time.perf_counter(), timezone.now().date()
    organisation = Organisation.objects.create(name="Bench Clinic", country="US", is_part2=True)
    few, many = counselor("few", organisation), counselor("many", organisation)
    diaries = [plain(diary_of(Person(username=f"diary {n}")), today) for n in range(DIARIES)]
    rows, connections = 0, []
    for n in range(MANY):
        person = somebody(f"shares-{n}")
        rows += write(person, diaries[n % DIARIES], today - timedelta(days=LATELY))
        for membership in (few, many) if n < FEW else (many,):
            connections.append(str(share(person, membership, today).pk))
    taken = time.perf_counter() - begun
    sessions = {"few": session(few.person), "many": session(many.person)}  # type: ignore[arg-type]
    return {"sessions": sessions, "connection": connections[0], "rows": rows, "seconds": taken}


def pdf_times(connection_id: uuid.UUID) -> list[float]:
    """Seconds from a task's begin to the sealed PDF, five times; the first one imports WeasyPrint."""
    author = Membership.objects.get(shown_name="Few").person
    times = []
    for _ in range(PDF_ROUNDS):
        with access.wait(author, connection_id, "report") as reading:
            report_id, _new = reports.ask(reading, author, new_id(), Period.ending(reading.today, LATELY), "bench")
        begun = time.perf_counter()
        reports.make(str(report_id))
        times.append(time.perf_counter() - begun)
        if not Report.objects.get(pk=report_id).content:
            raise RuntimeError("no PDF was made")
    return times


if __name__ == "__main__":
    if sys.argv[1:2] == ["pdf"]:
        sys.stdout.write(json.dumps(pdf_times(uuid.UUID(sys.argv[2]))))
    else:
        sys.stdout.write(json.dumps(make()))
