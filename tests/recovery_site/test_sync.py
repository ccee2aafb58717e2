"""Taking in what a phone wrote without a connection: each log once, none lost, none under the wrong person."""

import json

import pytest
import time_machine
from django.test import Client

from accounts.ids import new_id
from accounts.models import Receipt
from accounts.owned import Owned
from journal.models import CheckIn, Craving, Entry, Lapse, OwnWord
from recovery_site.offline import keys
from tests.recovery_site.logging import at
from tests.recovery_site.parcels import Phone, sealed

KINDS = {
    "check-in": (CheckIn, {"mood": "4", "craving": "2", "note": "On the bus."}),
    "craving": (Craving, {"intensity": "7", "triggers": ["argument", "low"], "strategies": ["slow-breathing"], "note": "Loud."}),
    "use": (Lapse, {"triggers": ["argument"], "note": "It was late."}),
    "entry": (Entry, {"body": "Three words here", "triggers": ["argument"]}),
}


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(at(0, 22), tick=False):
        yield


@pytest.fixture
def phone(mine):
    return Phone(mine)


def only(grant, model):
    return grant.open_one(model.objects.for_grant(grant).get())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_arrives_once_with_the_moment_it_was_typed(phone, grant, kind):
    model, fields = KINDS[kind]
    parcel = phone.parcel(kind, fields)
    assert phone.statuses(parcel) == ["created"] and phone.statuses(parcel) == ["duplicate"]
    row = only(grant, model)
    assert row.occurred_at == at(0) and str(row.pk) == parcel["client_uuid"]
    assert row.words.get("note", row.words.get("body")) == fields.get("note", fields.get("body"))


def test_session_says_who_is_signed_in_without_saying_who(mine, person, client):
    answer = mine.get("/session/")
    words = answer.json()
    assert words["authenticated"] is True and len(words["csrf"]) > 30 and answer["Cache-Control"] == "no-store"
    assert str(person.pk) not in answer.content.decode() and person.pk.hex not in words["owner"]
    nobody = Client().get("/session/")
    assert nobody.json()["authenticated"] is False and "owner" not in nobody.json() and not nobody.cookies


def test_an_expired_login_is_401_json_and_never_a_redirect(phone, grant):
    answer = phone.send(phone.parcel("check-in", {"mood": "3"}), client=Client())
    assert answer.status_code == 401 and answer.json() == {"error": "auth"}
    assert not CheckIn.objects.for_grant(grant).exists()


def test_a_stale_token_is_403_json(phone, person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person, backend="accounts.backends.PersonBackend")
    answer = phone.send(phone.parcel("check-in", {"mood": "3"}), client=strict)
    assert answer.status_code == 403 and answer.json() == {"error": "csrf"}


def test_another_person_who_signs_in_stores_nothing(phone, stranger, client_of, grant_of):
    parcel, other = phone.parcel("check-in", {"mood": "3"}), client_of(stranger)
    answer = phone.send(parcel, client=other)
    assert answer.status_code == 409 and answer.json() == {"error": "owner"}
    theirs = Phone(other)
    assert theirs.statuses(parcel) == ["forbidden"]  # relabelled, it still does not open
    assert not CheckIn.objects.for_grant(grant_of(stranger)).exists()


def test_an_id_of_somebody_else_is_forbidden_and_changes_nothing(phone, grant, stranger, client_of):
    parcel = phone.parcel("check-in", {"mood": "3"})
    phone.send(parcel)
    theirs = Phone(client_of(stranger))
    assert theirs.statuses(theirs.parcel("check-in", {"mood": "1"}, row_id=parcel["client_uuid"])) == ["forbidden"]
    assert only(grant, CheckIn).mood == 3


def test_a_log_changed_on_the_site_is_not_doubled_by_a_late_copy(phone, mine, grant):
    parcel = phone.parcel("craving", {"intensity": "7", "note": "first"})
    phone.send(parcel)
    row = only(grant, Craving)
    changed = {"id": str(row.pk), "version": "1", "intensity": "3", "note": "changed", "when": "now"}
    assert mine.post(f"/log/craving/{row.pk}/edit/", changed).status_code == 302
    assert phone.statuses(parcel) == ["duplicate"]
    assert only(grant, Craving).note == "changed"


def test_a_removed_log_does_not_come_back_by_a_late_copy(phone, mine, grant):
    parcel = phone.parcel("check-in", {"mood": "3"})
    phone.send(parcel)
    mine.post(f"/log/check-in/{parcel['client_uuid']}/remove/")
    assert phone.statuses(parcel) == ["duplicate"]
    assert CheckIn.objects.for_grant(grant).kept().count() == 0


def test_the_same_id_with_other_words_keeps_both(phone, grant):
    row_id = new_id()
    sent = [phone.parcel("entry", {"body": text}, row_id=row_id) for text in ("one text", "another text")]
    assert phone.statuses(*sent) == ["created", "conflict"]
    assert phone.statuses(*sent) == ["duplicate", "duplicate"]
    assert {grant.open_one(row).body for row in Entry.objects.for_grant(grant)} == {"one text", "another text"}


def test_what_a_form_refuses_comes_back_with_its_message_and_the_rest_is_stored(phone, grant):
    bad, good = phone.parcel("craving", {"note": "no number"}), phone.parcel("check-in", {"mood": "3"})
    results = phone.send(bad, good).json()["results"]
    assert [result["status"] for result in results] == ["invalid", "created"]
    assert list(results[0]["errors"]) == ["intensity"] and results[0]["errors"]["intensity"][0]
    assert not Craving.objects.for_grant(grant).exists() and CheckIn.objects.for_grant(grant).count() == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-11-18T09:30:00.000Z", "2026-11-18T09:30:00+00:00"),
        ("2026-11-20T22:10:00.000Z", "2026-11-20T22:00:00+00:00"),  # ten minutes fast
        ("2027-11-20T22:10:00.000Z", "2026-11-20T22:00:00+00:00"),  # a year fast
        ("1970-01-01T00:00:00.000Z", "2026-11-20T22:00:00+00:00"),  # a phone that lost its clock
        ("2026-11-18T09:30:00", "2026-11-18T09:30:00+00:00"),
    ],
)
def test_a_phones_clock_counts_where_it_can_be_true(phone, grant, typed, stored):
    phone.send(phone.parcel("check-in", {"mood": "3"}, at=typed))
    assert only(grant, CheckIn).occurred_at.isoformat() == stored
    assert Receipt.objects.get().typed_at.isoformat().startswith(typed[:19])


def test_yesterday_is_the_day_before_it_was_typed(phone, grant):
    phone.send(phone.parcel("check-in", {"mood": "3", "when": "yesterday"}, at="2026-11-18T15:00:00.000Z"))
    assert only(grant, CheckIn).local_day.isoformat() == "2026-11-17"


def test_words_of_ones_own_and_words_put_away_meanwhile(phone, mine, grant):
    phone.send(phone.parcel("craving", {"intensity": "4", "own_trigger": "the corner shop"}))
    word = only(grant, OwnWord)
    mine.post(f"/words/{word.pk}/retire/")
    assert phone.statuses(phone.parcel("craving", {"intensity": "5", "triggers": [str(word.pk)]})) == ["created"]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"owner": 1}', '{"entries": []}', '{"owner": "x", "entries": {}}', '{"owner": "x", "entries": [1]}',
     '{"owner": "x", "entries": [{"client_uuid": "no"}]}'],
)  # fmt: skip
def test_nonsense_is_refused_in_json(mine, body):
    answer = mine.post("/sync/", body, content_type="application/json")
    assert answer.status_code == 422 and answer.json() == {"error": "unreadable"}


@pytest.mark.parametrize(
    "change", [{"type": "goal"}, {"schema_version": 2}, {"schema_version": "1"}, {"sealed": 5}, {"client_uuid": "x"}]
)
def test_a_parcel_that_is_none_is_refused(phone, change):
    assert phone.send(phone.parcel("check-in", {"mood": "3"}) | change).status_code == 422


@pytest.mark.parametrize(
    "change",
    [{"sealed": "AAAA"}, {"sealed": "not base64!"}, {"sealed": ""}, {"key": "0123456789abcdef"}, {"type": "craving"}],
)
def test_what_does_not_open_is_forbidden_and_hurts_nothing_beside_it(phone, grant, change):
    broken, fine = phone.parcel("check-in", {"mood": "3"}) | change, phone.parcel("check-in", {"mood": "4"})
    assert phone.statuses(broken, fine) == ["forbidden", "created"]
    assert only(grant, CheckIn).mood == 4


def test_opened_but_not_a_form(phone):
    parcel = phone.parcel("check-in", {})
    bound = f"{parcel['client_uuid']}|check-in|{phone.session['owner']}"
    for content in (b"[]", b"{", b'{"fields": 3, "at": "2026-11-20"}', b'{"fields": [], "at": "noon"}', b"\xff"):
        assert phone.statuses(parcel | {"sealed": sealed(phone.session["key"]["public"], content, bound)}) == ["forbidden"]


def test_fifty_at_once_and_not_one_more(phone, grant):
    parcels = [phone.parcel("check-in", {"mood": str(n % 5 + 1)}) for n in range(51)]
    assert phone.send(*parcels).status_code == 422
    assert phone.statuses(*parcels[:50]) == ["created"] * 50
    assert phone.statuses(*parcels[:50]) == ["duplicate"] * 50
    assert CheckIn.objects.for_grant(grant).count() == 50


def test_too_much_is_413(phone, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = phone.send(phone.parcel("entry", {"body": "x" * 2000}))
    assert answer.status_code == 413 and answer.json() == {"error": "size"}


def test_too_often_is_429_with_a_time(phone, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"sync": "2/m/user"}
    answers = [phone.send() for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429] and answers[2]["Retry-After"] == "60"


def test_a_parcel_sealed_before_the_keys_were_rotated_still_opens(phone, grant, settings):
    parcel = phone.parcel("check-in", {"mood": "3"})
    settings.SEALING_KEYS = ["A" * 43 + "=", *settings.SEALING_KEYS]
    assert phone.session["key"]["id"] != Phone(phone.client).session["key"]["id"]
    assert phone.statuses(parcel) == ["created"]


def test_the_private_key_is_not_the_master_key(settings):
    private = next(iter(keys.keys().values()))
    assert settings.SEALING_KEYS[0] not in json.dumps(str(private.private_numbers().private_value))
    assert keys.keys().keys() == keys.private_keys(tuple(settings.SEALING_KEYS)).keys()


def test_a_receipt_says_nothing_about_what_was_written(phone):
    phone.send(phone.parcel("craving", {"intensity": "9", "note": "zebrafinch"}))
    receipt = Receipt.objects.get()
    assert "zebrafinch" not in str(vars(receipt)) and not isinstance(receipt, Owned)
