"""What sharing changes on other pages: after a return to use, in the export, and when an account is closed."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AccessRecord, DataKey
from accounts.records import chain_hash
from care import access
from care.actions import consents
from care.models import Connection, Consent
from care.texts import text_hash
from journal.models import Entry, Lapse
from tests.care.conftest import fresh_client, make_counselor, sign
from tests.care.sharing import in_ten_minutes, put, shown, today_of


@pytest.fixture
def lapse(person, grant):
    return put(person, grant, Lapse(), note="It was late.")


def seen(client, lapse):
    return shown(client.get(f"/log/use/{lapse.pk}/seen/"))


def test_a_return_to_use_says_who_sees_it(mine, grant, person, connection, lapse):
    assert "Only you. You share nothing with anybody" in seen(mine, lapse)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(grant, person, connection, {"lapses": ""}, waited=False)
        assert f"Maria Lopez , Harbor Clinic sees it from {in_ten_minutes(person)} on" in seen(mine, lapse)
        clock.shift(timedelta(minutes=10))
        page = seen(mine, lapse)
        assert "Maria Lopez , Harbor Clinic sees it now" in page and "Only you." not in page and "Not this time" in page
        consents.pause(person, connection.pk, timezone.now())
        assert "does not see it now, but when the pause ends" in seen(mine, lapse)
        consents.stop(person, connection.pk, timezone.now())
        assert "Only you. You share nothing with anybody" in seen(mine, lapse)


def test_a_return_to_use_is_kept_back_until_not_this_time_was_asked(mine, grant, person, counselor, connection, consent):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mine.post("/log/use/", {})
        row = Lapse.objects.for_grant(grant).get()
        with access.read(counselor.person, connection.pk, "timeline", ["lapses"]) as reading:
            assert not Lapse.objects.for_grant(reading.grant).exists()
        assert f"Maria Lopez , Harbor Clinic sees it from {in_ten_minutes(person)} on" in seen(mine, row)
        clock.shift(timedelta(minutes=10))
        assert "sees it now" in seen(mine, row)
        with access.read(counselor.person, connection.pk, "timeline", ["lapses"]) as reading:
            assert Lapse.objects.for_grant(reading.grant).get().pk == row.pk


def test_who_does_not_see_returns_to_use_is_not_named(mine, grant, person, connection, lapse):
    sign(grant, person, connection, {"check-ins": "", "lapses": (today_of(person) + timedelta(days=1)).isoformat()})
    page = seen(mine, lapse)
    assert "Only you. You do not share this with anybody" in page and "Maria Lopez" not in page


def test_a_counselor_who_left_is_not_named(mine, counselor, lapse, consent):
    type(counselor).objects.update(left_at=timezone.now())
    assert "Only you." in seen(mine, lapse) and "Maria Lopez" not in seen(mine, lapse)


def test_not_this_time_keeps_it_from_everybody(mine, counselor, connection, consent, lapse):
    mine.post(f"/log/use/{lapse.pk}/seen/", {"withheld": "on"})
    assert "Only you. You keep this one to yourself" in seen(mine, lapse)
    with access.read(counselor.person, connection.pk, "overview", ["lapses"]) as reading:
        assert not Lapse.objects.for_grant(reading.grant).exists()


def exported(person):
    answer = fresh_client(person).post("/data/export/")
    return json.loads(zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("data.json"))


def test_the_export_holds_what_was_signed_and_every_line(person, grant, counselor, connection, consent):
    entry = put(person, grant, Entry(), body="shown")
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    with access.read(counselor.person, connection.pk, "overview", ["goals"]) as reading:
        reading.looked.over(reading.today, reading.today)
    data = exported(person)
    [one] = data["consents"]
    assert one["signed_text"] == grant.open_one(consent).signed_text and text_hash(one["signed_text"]) == one["text_hash"]
    assert (one["counselor"], one["organisation"], one["shown_name"]) == ("Maria Lopez", "Harbor Clinic", "River")
    assert one["scopes"] == consent.scopes and one["ends_at"] == consent.ends_at.isoformat() and one["revoked_at"] is None
    assert [line["entry_id"] for line in data["shown_entries"]] == [str(entry.pk)]
    [read] = [line for line in data["record"] if line["action"] == "read"]
    stored = AccessRecord.objects.about(person.pk).get(action="read")
    assert (read["page"], read["categories"], read["first_day"]) == ("overview", "contact goals", today_of(person).isoformat())
    assert (read["consent_id"], read["row_hash"]) == (str(consent.pk), chain_hash(stored))


def test_without_sharing_the_export_says_so(person):
    data = exported(person)
    assert (data["consents"], data["shown_entries"]) == ([], []) and len(data["record"]) == 1


def test_nobody_elses_consents_are_in_the_export(person, stranger, connection, consent):
    assert exported(stranger)["consents"] == []


def test_closing_an_account_stops_every_sharing_first(person, grant, organisation, counselor, connection, consent):
    other = Connection.objects.create(person=person, membership=make_counselor("ash", organisation))
    sign(grant, person, other, waited=False)
    person_id = person.pk
    fresh_client(person).post("/settings/close/", {"sure": "on"})
    actions = list(AccessRecord.objects.about(person_id).values_list("action", flat=True))
    assert actions[-3:] == ["consent-revoked", "consent-revoked", "account-closed"]
    assert not Consent.objects.exists() and not Connection.objects.exists() and not DataKey.objects.filter(person_id=person_id)
    with pytest.raises(access.Http404), access.read(counselor.person, connection.pk, "overview", ["goals"]):
        raise AssertionError("the door opened")


def test_closing_fails_as_a_whole(person, connection, consent, monkeypatch):
    def broken(_person):
        raise OSError

    monkeypatch.setattr("recovery_site.closing.actions.close_account", broken)
    fresh_client(person).post("/settings/close/", {"sure": "on"})
    assert consents.current(connection.pk, timezone.now()) == consent
