"""Nothing acknowledged is lost, nothing is written twice, nobody's newer words are overwritten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import Http404
from django.utils import timezone

from accounts.owned import stamp
from accounts.writing import Stale, State, insert_once, into_bin, out_of_bin, update
from journal.models import Entry

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)


def fresh(person, row_id=None):
    entry = Entry(person_id=person.pk, **({"pk": row_id} if row_id else {}))
    stamp(entry, person, NOON)
    return entry


def bodies(grant):
    return sorted(opened.body for opened in grant.open(Entry.objects.for_grant(grant)))


def test_the_same_submission_twice_is_one_row(grant, person):
    first = insert_once(grant, fresh(person), {"body": "words"})
    again = insert_once(grant, fresh(person, first.row.pk), {"body": "words"})
    assert (first.state, again.state) == (State.NEW, State.SAME)
    assert bodies(grant) == ["words"]


def test_the_same_id_with_other_words_keeps_both_once(grant, person):
    first = insert_once(grant, fresh(person), {"body": "words"})
    states = [insert_once(grant, fresh(person, first.row.pk), {"body": "other words"}).state for _ in range(3)]
    assert states == [State.BOTH] * 3
    assert bodies(grant) == ["other words", "words"]


def test_another_persons_id_is_an_ordinary_404(grant, person, stranger, grant_of):
    row = insert_once(grant, fresh(person), {"body": "words"}).row
    theirs = grant_of(stranger)
    with pytest.raises(Http404):
        insert_once(theirs, fresh(stranger, row.pk), {"body": "mine now"})
    assert bodies(grant) == ["words"]
    assert bodies(theirs) == []


def test_an_edit_raises_the_version(grant, person):
    row = insert_once(grant, fresh(person), {"body": "words"}).row
    assert update(grant, row, 1, {"body": "better words"}).version == 2
    assert bodies(grant) == ["better words"]
    assert Entry.objects.for_grant(grant).one(row.pk).version == 2


def test_a_late_edit_keeps_both_texts(grant, person):
    row = insert_once(grant, fresh(person), {"body": "words"}).row
    update(grant, Entry.objects.for_grant(grant).one(row.pk), 1, {"body": "from the phone"})
    for _ in range(2):
        late = update(grant, Entry.objects.for_grant(grant).one(row.pk), 1, {"body": "from the laptop"})
    assert isinstance(late, Stale)
    assert grant.open_one(late.stored).body == "from the phone"
    assert grant.open_one(late.kept).body == "from the laptop"
    assert bodies(grant) == ["from the laptop", "from the phone"]


def test_the_same_edit_sent_twice_is_one_edit(grant, person):
    row = insert_once(grant, fresh(person), {"body": "words"}).row
    for _ in range(2):
        result = update(grant, Entry.objects.for_grant(grant).one(row.pk), 1, {"body": "better words"})
    assert not isinstance(result, Stale)
    assert bodies(grant) == ["better words"]


def test_the_bin_and_back(grant, person):
    row = insert_once(grant, fresh(person), {"body": "words"}).row
    into_bin(grant, row)
    into_bin(grant, row)
    assert not Entry.objects.for_grant(grant).kept().exists()
    out_of_bin(grant, row)
    assert Entry.objects.for_grant(grant).kept().count() == 1


def test_the_bin_is_emptied_after_thirty_days_and_not_before(grant, person):
    old, young, kept = (insert_once(grant, fresh(person), {"body": name}).row for name in ("old", "young", "kept"))
    days = settings.BIN_DAYS
    for row, age in ((old, timedelta(days=days, minutes=1)), (young, timedelta(days=days, minutes=-5))):
        Entry.objects.for_grant(grant).filter(pk=row.pk).update(deleted_at=timezone.now() - age)
    call_command("run_due")
    assert bodies(grant) == ["kept", "young"]
    assert kept.deleted_at is None
