"""The one door: rows come through a grant, or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.grants import Category, Grant, Span
from accounts.owned import GrantNeeded, stamp
from accounts.sealing import SealBroken, Sealed
from accounts.writing import insert_once
from journal.models import Craving, Entry
from tests.conftest import Ask

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)


def write(grant, person, body="words", moment=NOON):
    entry = Entry(person_id=person.pk)
    stamp(entry, person, moment)
    return insert_once(grant, entry, {"body": body}).row


def narrowed(grant, **spans):
    """A grant over fewer rows, as a consent would make it."""
    return Grant(grant.reader_id, grant.person_id, "test", {Category(k): v for k, v in spans.items()}, grant.wrapped_key)


@pytest.mark.parametrize("ask", ["all", "count", "first", "exists", "last", "iterator", "values", "aggregate"])
def test_a_query_without_a_grant_is_refused(ask):
    with pytest.raises(GrantNeeded):
        getattr(Entry.objects, ask)()


@pytest.mark.parametrize("ask", ["filter", "get", "exclude"])
def test_a_filter_without_a_grant_is_refused(ask, person):
    with pytest.raises(GrantNeeded):
        getattr(Entry.objects, ask)(person=person)


def test_a_grant_opens_its_own_rows_only(grant, person, stranger, grant_of):
    row = write(grant, person)
    write(grant_of(stranger), stranger, "not yours")
    assert [opened.body for opened in grant.open(Entry.objects.for_grant(grant))] == ["words"]
    with pytest.raises(Http404):
        Entry.objects.for_grant(grant_of(stranger)).one(row.pk)


@pytest.mark.parametrize("row_id", ["", "nonsense", "00000000-0000-0000-0000-000000000000", None])
def test_an_absent_row_is_the_same_404(grant, row_id):
    with pytest.raises(Http404):
        Entry.objects.for_grant(grant).one(row_id)


def test_a_row_read_past_the_door_shows_no_words(grant, person):
    row = write(grant, person)
    past = Entry._base_manager.get(pk=row.pk)
    assert isinstance(past.body, Sealed)
    assert "words" not in f"{past} {past.body!r} {vars(past)}"


def test_another_persons_row_does_not_open(grant, person, stranger, grant_of):
    row = write(grant, person)
    with pytest.raises(SealBroken):
        grant_of(stranger).open_one(row)


def test_a_grant_without_the_category_sees_nothing(grant, person):
    row = write(grant, person)
    other = narrowed(grant, cravings=Span())
    assert not Entry.objects.for_grant(other).exists()
    with pytest.raises(SealBroken):
        other.open_one(row)


def test_days_and_single_rows_narrow_a_grant(grant, person):
    rows = [write(grant, person, str(n), NOON + timedelta(days=n)) for n in range(4)]
    days = narrowed(grant, entries=Span(date(2026, 11, 21), date(2026, 11, 22)))
    assert {row.pk for row in Entry.objects.for_grant(days)} == {rows[1].pk, rows[2].pk}
    one = narrowed(grant, entries=Span(row_ids=frozenset({rows[3].pk})))
    assert [row.pk for row in Entry.objects.for_grant(one)] == [rows[3].pk]


@pytest.mark.parametrize("somebody", [AnonymousUser()])
def test_nobody_has_no_grant(somebody):
    with pytest.raises(Http404):
        Grant.own(Ask(somebody))


def test_a_switched_off_person_has_no_grant(person):
    person.is_active = False
    with pytest.raises(Http404):
        Grant.own(Ask(person))


def test_plain_words_are_never_stored(person):
    entry = Entry(person_id=person.pk, body="plain")
    stamp(entry, person, NOON)
    with pytest.raises(TypeError, match="only sealed"):
        entry.save(force_insert=True)


def test_one_seals_only_ones_own_rows(grant, stranger):
    with pytest.raises(ValueError, match="own rows"):
        grant.seal(Entry(person_id=stranger.pk), body="x")


def test_a_field_that_is_not_sealed_is_refused(grant, person):
    with pytest.raises(ValueError, match="not a sealed field"):
        grant.seal(Craving(person_id=person.pk), triggers="x")
