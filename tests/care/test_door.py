"""The one road: what it opens, what it refuses, and that every look is recorded."""

import uuid
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.grants import Category
from accounts.models import AccessRecord
from care import access
from care.actions import consents, memberships
from care.models import Connection, Consent
from journal.models import CheckIn, Craving, Entry, Lapse
from tests.care.conftest import put, sign, wanted

ALL = list(Category)


def lines(person, action="read"):
    return list(AccessRecord.objects.about(person.pk).filter(action=action))


def refused(counselor, connection_id, person):
    with pytest.raises(Http404), access.read(counselor.person, connection_id, "overview", ALL):
        raise AssertionError("the door opened")
    return lines(person, "refused")


def test_a_read_opens_what_was_signed_and_is_recorded(person, grant, counselor, connection, consent):
    put(person, grant, CheckIn(mood=3), note="slept")
    with access.read(counselor.person, connection.pk, "overview", [Category.CHECK_INS]) as reading:
        rows = reading.grant.open(CheckIn.objects.for_grant(reading.grant))
        assert [row.note for row in rows] == ["slept"] and reading.name == "River"
    [line] = lines(person)
    assert (line.page, line.categories, line.actor_id, line.consent_id) == (
        "overview", "check-ins contact", counselor.person_id, consent.pk)  # fmt: skip


def test_only_what_was_signed_opens_and_only_from_its_day(person, grant, counselor, connection):
    put(person, grant, CheckIn(mood=1), days_ago=30)
    put(person, grant, CheckIn(mood=5))
    put(person, grant, Craving(intensity=7))
    sign(grant, person, connection, {"check-ins": (timezone.now() - timedelta(days=2)).date().isoformat()})
    with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
        assert [row.mood for row in CheckIn.objects.for_grant(reading.grant)] == [5]
        assert not Craving.objects.for_grant(reading.grant).exists()
        assert not Entry.objects.for_grant(reading.grant).exists()


def test_entries_open_one_by_one_and_what_is_kept_or_binned_never(person, grant, counselor, connection, consent):
    shown, other = put(person, grant, Entry(), body="shown"), put(person, grant, Entry(), body="other")
    kept, told = put(person, grant, Lapse(withheld=True)), put(person, grant, Lapse())
    binned = put(person, grant, CheckIn(mood=2))
    CheckIn.objects.for_grant(grant).filter(pk=binned.pk).update(deleted_at=timezone.now())
    assert consents.show_entry(grant, person, connection.pk, shown.pk, timezone.now())
    with access.read(counselor.person, connection.pk, "timeline", ALL) as reading:
        assert {row.pk for row in Entry.objects.for_grant(reading.grant)} == {shown.pk} != {other.pk}
        assert {row.pk for row in Lapse.objects.for_grant(reading.grant)} == {told.pk} != {kept.pk}
        assert not CheckIn.objects.for_grant(reading.grant).exists()


def test_without_a_consent_in_force_the_door_is_shut(person, grant, counselor, connection):
    assert len(refused(counselor, connection.pk, person)) == 1
    sign(grant, person, connection, waited=False)
    assert len(refused(counselor, connection.pk, person)) == 2  # ten minutes have not passed


def test_a_stopped_an_expired_and_a_foreign_one_are_the_same_404(person, grant, stranger, counselor, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    refused(counselor, connection.pk, person)
    sign(grant, person, connection)
    now = timezone.now()
    Consent.objects.filter(connection=connection).update(starts_at=now - timedelta(days=3), signed_at=now - timedelta(days=3),
                                                         ends_at=now)  # fmt: skip
    assert len(refused(counselor, connection.pk, person)) == 2
    with pytest.raises(Http404), access.read(stranger, connection.pk, "overview", ALL):
        raise AssertionError("the door opened")
    with pytest.raises(Http404), access.read(counselor.person, uuid.uuid4(), "overview", ALL):
        raise AssertionError("the door opened")
    assert len(lines(person, "refused")) == 3 and lines(stranger, "refused") == []


def test_leaving_and_closing_cut_access_at_once(person, counselor, connection, consent):
    memberships.leave(counselor, timezone.now())
    assert len(refused(counselor, connection.pk, person)) == 1


def test_a_pause_is_a_page_without_entries(person, grant, counselor, connection, consent):
    put(person, grant, CheckIn(mood=3))
    consents.pause(person, connection.pk, timezone.now())
    with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
        assert not CheckIn.objects.for_grant(reading.grant).exists()
        assert reading.shows(Category.CHECK_INS) and reading.name == "River"
    consents.pause(person, connection.pk, timezone.now(), goes_on=True)
    with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
        assert CheckIn.objects.for_grant(reading.grant).count() == 1


def test_what_is_narrowed_closes_at_once_and_what_is_widened_later(person, grant, counselor, connection):
    sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    narrow = sign(grant, person, connection, {"check-ins": ""}, waited=False)
    assert narrow.starts_at == narrow.signed_at
    wide = sign(grant, person, connection, {"check-ins": "", "goals": ""}, waited=False)
    with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
        assert set(reading.grant.spans) == {Category.CHECK_INS, Category.CONTACT}
    assert consents.undo(person, connection.pk, timezone.now()) and not consents.undo(person, connection.pk, timezone.now())
    wide.refresh_from_db()
    assert wide.revoked_at is not None and consents.current(connection.pk, timezone.now()).pk == narrow.pk


def test_what_was_changed_in_another_window_is_not_signed_over(person, grant, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    with pytest.raises(consents.ChangedMeanwhile):
        consents.sign(grant, person, connection.pk, wanted(person), str(consent.pk), timezone.now())


def test_many_are_read_and_recorded_at_once(person, grant, stranger, grant_of, counselor, connection, consent):
    other = Connection.objects.create(person=stranger, membership=counselor)
    sign(grant_of(stranger), stranger, other, {"check-ins": ""}, shown_name="Meadow")
    put(person, grant, CheckIn(mood=1))
    put(stranger, grant_of(stranger), CheckIn(mood=5))
    with access.read_many(counselor.person, "caseload", [Category.CHECK_INS]) as readings:
        assert {one.name for one in readings} == {"River", "Meadow"}
        first = min(one.today for one in readings) - timedelta(days=7)
        rows = CheckIn.objects.for_grants([one.grant for one in readings], first)
        assert sorted(row.mood for row in rows) == [1, 5]
    assert len(lines(person)) == len(lines(stranger)) == 1
