"""The access record: a chain that shows when somebody touched it."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AccessRecord
from accounts.records import broken_links, record

Action = AccessRecord.Action


@pytest.fixture
def lines(person):
    return [record(action=Action.EXPORTED, person_id=person.pk, by=person.pk) for _ in range(4)]


def rewrite(sql, *values):
    """What somebody with the database in hand would do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_chain_holds(lines, person):
    assert [line.number for line in AccessRecord.objects.about(person.pk)] == [1, 2, 3, 4, 5]
    assert broken_links() == []


def test_a_removed_line_shows(lines, person):
    rewrite("DELETE FROM accounts_accessrecord WHERE number = 3")
    assert [(found.person_id, found.number) for found in broken_links()] == [(person.pk, 4)]


def test_lines_are_not_changed_through_the_model(lines):
    with pytest.raises(TypeError):
        AccessRecord.objects.update(action=Action.CLOSED)
    with pytest.raises(TypeError):
        AccessRecord.objects.all().delete()


def test_the_database_itself_refuses_a_changed_line(lines):
    with pytest.raises(DatabaseError), transaction.atomic():
        rewrite("UPDATE accounts_accessrecord SET action = 'x' WHERE number = 2")
    assert broken_links() == []
