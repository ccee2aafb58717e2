"""Somebody reads while the person stops, narrows, pauses or hides, or the counselor leaves: the second waits for the first.

Real transactions over connections of their own. `make prove-care` (CARE_ROUNDS=1000) runs 1,000 rounds of stopping and 200 of each
of the others on PostgreSQL; the ordinary suite a tenth of that, and on SQLite, where one transaction holds the whole file, less.
"""

import itertools
import logging
import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection as database
from django.db import connections
from django.http import Http404
from django.utils import timezone

from accounts.grants import Category
from accounts.models import AccessRecord
from accounts.records import broken_links
from care import access
from care.actions import consents, memberships
from care.actions.consents import Wanted
from care.models import Connection, Membership, Organisation
from journal.models import CheckIn, Entry
from tests.care.cast import grant_of
from tests.care.committed import committed
from tests.care.conftest import make_counselor, sign, wanted
from tests.care.test_door import put
from tests.conftest import make_person

READERS = 3
ON_POSTGRES = database.vendor == "postgresql"
# Whoever waits for a file waits unfairly: on SQLite readers leave the one who ends it a chance.
MOST_LOOKS, BREATH = (100, 0.002) if ON_POSTGRES else (5, 0.03)
ROUNDS = int(os.environ.get("CARE_ROUNDS", 100 if ON_POSTGRES else 20))
FEWER = max(2, ROUNDS // 5)
BEFORE, AFTER = "before", "after"
ticks = itertools.count(1)  # one number after the other over all threads: tells what came first


@dataclass(frozen=True)
class Look:
    """One look: when it began, when it was still inside with what it saw, whether it saw anything, and whether it got in."""

    began: int
    inside: int
    saw: bool
    got_in: bool


class Stage:
    """A person with a check-in and an entry, and a counselor; everything shared anew before each round."""

    def __init__(self) -> None:
        self.person = make_person("river")
        self.grant = grant_of(self.person)
        self.entry = put(self.person, self.grant, Entry(), body="shown")
        put(self.person, self.grant, CheckIn(mood=3), note="seen")
        self.organisation = Organisation.objects.create(name="Harbor")
        self.work = make_counselor("maria", self.organisation)
        self.reader = self.work.person
        self.connection = Connection.objects.create(person=self.person, membership=self.work)

    def share(self) -> None:
        """Everything is shared and in force, with the entry."""
        if not Membership.objects.at_work().filter(pk=self.work.pk).exists():
            self.organisation = Organisation.objects.create(name="Harbor")
            self.work = Membership.objects.create(
                organisation=self.organisation, person=self.reader, shown_name="Maria", verified_at=timezone.now()
            )
            self.connection = Connection.objects.create(person=self.person, membership=self.work)
        consents.stop(self.person, self.connection.pk, timezone.now())
        sign(self.grant, self.person, self.connection)
        consents.show_entry(self.grant, self.person, self.connection.pk, self.entry.pk, timezone.now())

    def narrow(self) -> None:
        """Nothing but goals, from now on."""
        there = consents.current(self.connection.pk, timezone.now())
        decision: Wanted = wanted(self.person, {"goals": ""}, days=9)
        consents.sign(self.grant, self.person, self.connection.pk, decision, str(there.pk), timezone.now())

    def end(self, act: str) -> None:
        """One of the ways in which a look comes to its end."""
        now = timezone.now
        ways: dict[str, Callable[[], Any]] = {
            "stop": lambda: consents.stop(self.person, self.connection.pk, now()),
            "narrow": self.narrow,
            "pause": lambda: consents.pause(self.person, self.connection.pk, now()),
            "hide": lambda: consents.hide_entry(self.person, self.connection.pk, self.entry.pk, now()),
            "leave": lambda: memberships.leave(self.work, now()),
            "close": lambda: memberships.close(self.organisation, now()),
        }
        ways[act]()

    def look(self, act: str, linger: Callable[[], None] = lambda: None) -> Look:
        """Look for what the act ends: an entry where it is hidden, a check-in otherwise."""
        model = Entry if act == "hide" else CheckIn
        began = next(ticks)
        try:
            with access.read(self.reader, self.connection.pk, "race", list(Category)) as reading:
                saw = bool(reading.grant.open(model.objects.for_grant(reading.grant)))
                linger()
                return Look(began, next(ticks), saw, got_in=True)
        except Http404:
            return Look(began, next(ticks), saw=False, got_in=False)

    def look_at_all(self) -> Look:
        """The same over the caseload."""
        began = next(ticks)
        with access.read_many(self.reader, "race", [Category.CHECK_INS]) as readings:
            first = timezone.now().date().replace(year=2000)
            saw = CheckIn.objects.for_grants([one.grant for one in readings], first).exists()
            return Look(began, next(ticks), saw, got_in=bool(readings))


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """Instead of one transaction round the test: everything is stored, so that other connections see it."""
    with committed(django_db_blocker):
        yield


@pytest.fixture
def stage(db):
    return Stage()


@pytest.fixture
def faults():
    """What the door said that it refused because of a fault, as a deadlock is one."""
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("daybook.care").addHandler(handler)
    yield heard
    logging.getLogger("daybook.care").removeHandler(handler)


def look_again_and_again(stage: Stage, act: str, start: threading.Barrier, over: threading.Event, nth: int) -> list[Look]:
    """Look until it is over, and once more."""

    def look() -> Look:
        is_caseload = nth == 0 and act != "hide"  # a caseload shows no entries
        return stage.look_at_all() if is_caseload else stage.look(act, lambda: time.sleep(random.random() / 2000))

    start.wait()
    found = []
    while not over.is_set() and len(found) < MOST_LOOKS:
        found.append(look())
        time.sleep(random.random() * BREATH)
    over.wait()
    return [*found, look()]


def end_it(stage: Stage, act: str, start: threading.Barrier, over: threading.Event) -> tuple[int, int]:
    """End it at some moment; the tick before, and the tick after it was stored."""
    start.wait()
    time.sleep(random.random() / 100)
    began = next(ticks)
    try:
        stage.end(act)
        return began, next(ticks)
    finally:
        over.set()


def one_round(stage: Stage, act: str, pool: ThreadPoolExecutor) -> tuple[int, int, list[Look]]:
    """Readers and the one who ends it, all at once."""
    stage.share()
    start, over = threading.Barrier(READERS + 1), threading.Event()
    readers = [pool.submit(look_again_and_again, stage, act, start, over, nth) for nth in range(READERS)]
    ender = pool.submit(end_it, stage, act, start, over)
    looks = [look for reader in readers for look in reader.result()]
    return *ender.result(), looks


def lines_since(stage: Stage, number: int) -> list[tuple[int, str]]:
    rows = AccessRecord.objects.about(stage.person.pk).filter(number__gt=number)
    return list(rows.values_list("number", "action"))


@pytest.mark.slow
@pytest.mark.parametrize("act", ["stop", "leave", "hide", "narrow", "pause", "close"])
def test_no_look_begins_after_the_end_was_stored_and_none_goes_on_beside_it(stage, faults, act):
    tally = dict.fromkeys([BEFORE, AFTER], 0)
    with ThreadPoolExecutor(READERS + 1) as pool:
        for _ in range(ROUNDS if act == "stop" else FEWER):
            last = AccessRecord.objects.about(stage.person.pk).last().number
            began, ended, looks = one_round(stage, act, pool)
            assert [look for look in looks if look.saw and (look.began > ended or look.inside > ended)] == []
            assert [look for look in looks if not look.saw and look.inside < began] == []
            check_record(stage, act, last, looks)
            tally[BEFORE] += sum(look.saw for look in looks)
            tally[AFTER] += sum(look.began > ended for look in looks)
        list(pool.map(lambda _: connections.close_all(), range(READERS + 1)))
    print(act, ROUNDS if act == "stop" else FEWER, tally)
    assert all(tally.values()) and faults == [] and broken_links() == []


def check_record(stage: Stage, act: str, last: int, looks: list[Look]) -> None:
    """Each look stands in the record, and where the end stands there too, no look that saw something stands after it."""
    lines = lines_since(stage, last)
    assert sum(action == "read" for _, action in lines) == sum(look.got_in for look in looks)
    if act == "stop":
        [revoked] = [number for number, action in lines if action == "consent-revoked"][-1:]
        assert [number for number, action in lines if action == "read" and number > revoked] == []


@pytest.mark.parametrize("act", ["stop", "leave", "hide", "narrow", "pause", "close"])
def test_whoever_ends_it_waits_for_a_look_under_way(stage, act):
    look, ended = look_while_it_ends(stage, act)
    assert look.saw and look.inside < ended


@pytest.mark.parametrize("act", ["stop", "leave", "hide", "narrow", "pause", "close"])
def test_it_is_the_lock_that_makes_them_wait(stage, act, monkeypatch):
    # Without it PostgreSQL lets the end in beside the look, and the test above would see that; SQLite holds the file anyway.
    monkeypatch.setattr(access, "hold_for_reading", lambda *ids: None)
    look, ended = look_while_it_ends(stage, act)
    assert look.saw and (look.inside < ended) != ON_POSTGRES


def look_while_it_ends(stage: Stage, act: str) -> tuple[Look, int]:
    """A look that lingers until somebody has begun to end it, and had time enough for it."""
    stage.share()
    looks, begun, over = threading.Event(), threading.Event(), threading.Event()

    def linger() -> None:
        looks.set()
        begun.wait()
        over.wait(0.5)

    def end() -> int:
        looks.wait()
        begun.set()
        stage.end(act)
        ended = next(ticks)
        over.set()
        return ended

    with ThreadPoolExecutor(2) as pool:
        ender, look = pool.submit(end), pool.submit(stage.look, act, linger)
        answer = look.result(), ender.result()
        list(pool.map(lambda _: connections.close_all(), range(2)))
    return answer


def test_a_counselor_who_asks_without_a_pause_keeps_nobody_from_stopping(stage):
    # One look is under way, the person waits to stop, and another look comes after: it stands behind the person.
    stage.share()
    inside, go = threading.Event(), threading.Event()

    def linger() -> None:
        inside.set()
        go.wait()

    def stop() -> int:
        stage.end("stop")
        return next(ticks)

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(stage.look, "stop", linger)
        inside.wait()
        ended = pool.submit(stop)
        until_waiting(1)
        second = pool.submit(stage.look, "stop")
        until_waiting(2)
        go.set()
        assert first.result().saw and first.result().inside < ended.result()
        late = second.result()
        list(pool.map(lambda _: connections.close_all(), range(3)))
    assert late.saw == (late.inside < ended.result())
    if ON_POSTGRES:  # whoever waits for a file waits in no order
        assert not late.saw and not late.got_in


def until_waiting(many: int) -> None:
    """Until so many wait for a lock."""
    if not ON_POSTGRES:
        time.sleep(0.2)
        return
    waiting = 0
    while waiting < many:
        with database.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            [waiting] = cursor.fetchone()
