"""Many lines at once, by many writers at once: every chain stays one chain, and what was written before still holds."""

import itertools
import os
import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection as database
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessRecord
from accounts.records import CLOCK_SLACK, ClockTrouble, Deed, Look, broken_links, chain_hash, record, record_all
from tests.care.committed import committed
from tests.conftest import make_person

Action = AccessRecord.Action
WRITERS, PEOPLE = 4, 6
ROUNDS = int(os.environ.get("CARE_WRITES", 100 if database.vendor == "postgresql" else 15))
AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


@pytest.fixture
def people(db):
    return [make_person(f"person{number}") for number in range(PEOPLE)]


def read_by(reader, whose, **look) -> Deed:
    return Deed(Action.READ, whose.pk, reader.pk, look=Look("overview", ["check-ins", "contact"], **look))


def numbers_of(person) -> list[int]:
    return list(AccessRecord.objects.about(person.pk).values_list("number", flat=True))


class TestAtOnce:
    """With transactions of their own."""

    @pytest.fixture
    def db(self, django_db_setup, django_db_blocker):
        """Instead of one transaction round the test: other connections see everything."""
        with committed(django_db_blocker):
            yield

    @pytest.mark.slow
    def test_parallel_writers_fork_no_chain(self, people):
        start, written = threading.Barrier(WRITERS), itertools.count()

        def write(seed: int) -> int:
            chance, mine = random.Random(seed), 0
            start.wait()
            for _ in range(ROUNDS):
                some = chance.sample(people, chance.randint(1, PEOPLE))  # in any order: nobody may wait in a circle
                mine += len(record_all([read_by(people[0], whose) for whose in some]))
                record(action=Action.EXPORTED, person_id=some[0].pk, by=some[0].pk)
                next(written)
            connections.close_all()
            return mine + ROUNDS

        with ThreadPoolExecutor(WRITERS) as pool:
            lines = sum(pool.map(write, range(WRITERS)))
        assert next(written) == WRITERS * ROUNDS
        assert sum(len(numbers_of(one)) for one in people) == lines + PEOPLE  # and each account's opening
        assert all(numbers_of(one) == list(range(1, len(numbers_of(one)) + 1)) for one in people)
        assert broken_links() == []

    def test_a_writer_who_waited_writes_the_moment_after_waiting(self, people, monkeypatch):
        # Two clocks agree on the order of the lines, because the moment is taken once the chain is held.
        moments = []
        monkeypatch.setattr("accounts.records._hold", lambda found: moments.append(timezone.now()))
        record(action=Action.EXPORTED, person_id=people[0].pk, by=people[0].pk)
        assert AccessRecord.objects.about(people[0].pk).last().at >= moments[0]


def test_numbers_go_on_from_where_each_chain_stood(people):
    first, second = people[:2]
    for _ in range(3):
        record(action=Action.EXPORTED, person_id=first.pk, by=first.pk)
    made = record_all([read_by(second, first), read_by(first, second), read_by(second, first)])
    assert [(line.person_id, line.number) for line in made] == [(first.pk, 5), (second.pk, 2), (first.pk, 6)]
    assert broken_links() == []


def test_nothing_to_tell_is_nothing_told(people):
    assert record_all([]) == []


def test_as_few_queries_for_six_people_as_for_two(people):
    def queries(some) -> int:
        with CaptureQueriesContext(database) as found:
            record_all([read_by(people[0], whose) for whose in some])
        return len(found)

    assert queries(people[:2]) == queries(people) <= 6  # with the begin and the end of the transaction


def test_only_the_last_line_of_each_chain_is_read(people):
    # Chains of different lengths share their numbers: no line of another length may be fetched for them.
    for times, whose in enumerate(people):
        for _ in range(times * 3):
            record(action=Action.EXPORTED, person_id=whose.pk, by=whose.pk)
    with CaptureQueriesContext(database) as found:
        record_all([read_by(people[0], whose) for whose in people])
    [asked] = [one["sql"] for one in found if one["sql"].startswith("SELECT") and "row_hash" in one["sql"]]
    with database.cursor() as cursor:
        cursor.execute(asked)
        assert len(cursor.fetchall()) == PEOPLE
    assert broken_links() == []


def test_a_clock_that_went_back_writes_no_line_of_others_and_no_other_line_beside_it(people):
    first, second = people[:2]
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        record(action=Action.EXPORTED, person_id=first.pk, by=first.pk)
    with pytest.raises(ClockTrouble):
        record_all([read_by(first, second), read_by(second, first)])
    assert (numbers_of(first), numbers_of(second)) == ([1, 2], [1])


def test_a_little_behind_is_no_trouble(people):
    first, second = people[:2]
    with time_machine.travel(timezone.now() + CLOCK_SLACK - timedelta(seconds=5), tick=False):
        record(action=Action.EXPORTED, person_id=first.pk, by=first.pk)
    record_all([read_by(second, first)])
    assert numbers_of(first) == [1, 2, 3] and broken_links() == []


def test_a_wrong_clock_never_keeps_a_person_from_acting(people):
    first = people[0]
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        ahead = record(action=Action.EXPORTED, person_id=first.pk, by=first.pk)
    line = record(action=Action.REVOKED, person_id=first.pk, by=first.pk)
    assert line.at == ahead.at and broken_links() == []


def line(**more) -> AccessRecord:
    values = {"person_id": uuid.UUID(int=1), "number": 1, "actor_id": uuid.UUID(int=2), "action": "exported",
              "category": "entries", "at": AT}  # fmt: skip
    return AccessRecord(**values | more)


def test_a_line_from_before_looks_were_recorded_has_the_hash_it_had():
    assert chain_hash(line()) == "8ca54a014310b2fff4f1fe80beff6dc53d3d8b75e4b6e0cd61f5d11ffa968fa8"


def test_everything_that_a_look_adds_is_in_the_hash():
    looks = {"page": "overview", "categories": "contact", "first_day": date(2026, 1, 1), "last_day": date(2026, 1, 2),
             "consent_id": uuid.UUID(int=3)}  # fmt: skip
    whole = chain_hash(line(**looks))
    assert whole != chain_hash(line())
    for name in looks:
        assert chain_hash(line(**{other: value for other, value in looks.items() if other != name})) != whole
