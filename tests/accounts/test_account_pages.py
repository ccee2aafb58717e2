"""Sign-up, recovery code, first pages, settings, export, closing."""

import csv
import html
import io
import json
import re
import uuid
import zipfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from accounts.models import AccessRecord, DataKey, Person, RecoveryCode, Welcome
from accounts.records import broken_links
from journal.models import Craving, Entry
from tests.conftest import PASS_PHRASE, make_person

NEW_PASS = "another lantern by the sea"


def page_of(answer):
    return html.unescape(answer.content.decode())


def code_in(answer):
    return re.search(r'class="code">([A-Z0-9-]+)<', page_of(answer))[1]


@pytest.fixture
def newcomer(client, db):
    """Signed up a moment ago."""
    answer = client.post("/accounts/signup/", {"username": "fern", "password1": PASS_PHRASE}, follow=True)
    return client, answer


def test_signing_up_needs_a_name_and_a_password_and_shows_the_code_once(newcomer):
    client, answer = newcomer
    person = Person.objects.get(username="fern")
    assert (person.email, DataKey.objects.filter(person=person).exists()) == ("", True)
    code = code_in(answer)
    assert code not in RecoveryCode.objects.get(person=person).code_hash
    assert code not in page_of(client.get("/accounts/recovery-code/"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"username": "fern", "password1": "short"}, "at least 10 characters"),
        ({"username": "fern", "password1": "password123"}, "easy to guess"),
        ({"username": "fernleaf", "password1": "my fernleaf house"}, "Leave your user name out"),
        ({"username": "", "password1": PASS_PHRASE}, "required"),
    ],
)
def test_sign_up_mistakes_are_said_plainly(client, db, data, message):
    assert message in page_of(client.post("/accounts/signup/", data))
    assert not Person.objects.exists()


def test_the_first_pages_lead_to_the_first_check_in(newcomer, grant_of):
    client, _ = newcomer
    assert client.get("/today/").url == "/welcome/why/"
    answers = {
        "why": {"reasons": ["cravings", "goals"]},
        "clock": {"tz": "Europe/London", "day_start": "5", "country": "GB"},
        "word": {"lapse_word": "slip"},
        "phone": {"quick_exit": "1"},
        "who": {},
    }
    urls = [client.post(f"/welcome/{step}/", data).url for step, data in answers.items()]
    assert urls == ["/welcome/clock/", "/welcome/word/", "/welcome/phone/", "/welcome/who/", "/log/check-in/"]
    person = Person.objects.get(username="fern")
    assert (person.tz, person.day_start, person.lapse_word, person.quick_exit, person.country) == (
        "Europe/London",
        5,
        "slip",
        True,
        "GB",
    )
    grant = grant_of(person)
    assert [w.reasons for w in grant.open(Welcome.objects.for_grant(grant))] == ["cravings,goals"]
    assert client.cookies["prefs"].value == "theme:system|exit:1|country:GB"
    assert 'data-exit="1"' in page_of(client.get("/today/"))


def test_every_first_page_can_be_skipped(newcomer):
    client, _ = newcomer
    for step in ("why", "clock", "word", "phone", "who"):
        assert client.post(f"/welcome/{step}/", {"skip": "1"}).status_code == 302
    assert client.get("/today/").status_code == 200


def test_a_nonsense_time_zone_is_refused(mine):
    answer = mine.post("/settings/clock/", {"tz": "Mars/Olympus", "day_start": "4", "country": "US"})
    assert (answer.status_code, "Choose a time zone" in page_of(answer)) == (422, True)


def test_the_code_sets_a_new_password_once_and_signs_out_elsewhere(newcomer):
    old_device, answer = newcomer
    code = code_in(answer)
    phone = Client()
    typed = {"username": " FERN ", "code": code.lower().replace("-", " "), "password": NEW_PASS}
    shown = phone.post("/accounts/recover/", typed)
    assert code_in(shown) != code
    assert phone.get("/welcome/why/").status_code == 200
    assert old_device.get("/welcome/why/").status_code == 302
    assert "do not go together" in page_of(Client().post("/accounts/recover/", typed))
    assert Client().login(username="fern", password=NEW_PASS)


def test_an_unknown_name_and_a_wrong_code_get_the_same_page(person):
    wrong = [
        Client().post("/accounts/recover/", {"username": name, "code": "AAAA-AAAA", "password": NEW_PASS})
        for name in ("river", "nobody")
    ]
    pages = [re.sub(r'(value|csrfmiddlewaretoken)="[^"]*"', "", page_of(answer)) for answer in wrong]
    assert wrong[0].status_code == wrong[1].status_code == 422
    assert pages[0] == pages[1]


def test_guessing_codes_is_slowed_down(client, person):
    data = {"username": "river", "code": "AAAA-AAAA", "password": NEW_PASS}
    statuses = [client.post("/accounts/recover/", data).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


@pytest.fixture
def diary(mine):
    """A few logs with awkward words."""
    mine.post("/log/craving/", {"id": str(uuid.uuid4()), "intensity": "6", "triggers": ["argument"], "note": "=HYPERLINK(1)"})
    mine.post("/journal/new/", {"id": str(uuid.uuid4()), "title": "+1", "body": 'He said "no", then left.\nשלום 🌊'})
    mine.post("/goals/new/", {"id": str(uuid.uuid4()), "title": "Walk", "life_skill": "health", "first_step": "Shoes on"})


def confirm(client):
    client.post("/accounts/reauthenticate/", {"password": PASS_PHRASE})


def test_the_export_wants_a_fresh_sign_in(mine):
    assert mine.post("/data/export/").url.startswith("/accounts/reauthenticate/")


def test_the_export_holds_everything_and_reads_back(mine, diary, person, grant):
    confirm(mine)
    answer = mine.post("/data/export/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    data = json.loads(archive.read("data.json"))
    assert (data["format"], data["version"], data["settings"]["username"]) == ("daybook", 1, "river")
    assert data["tables"]["entry"][0]["body"] == 'He said "no", then left.\nשלום 🌊'
    assert [row["note"] for row in data["tables"]["craving"]] == ["=HYPERLINK(1)"]
    assert data["tables"]["step"][0]["wording"] == "Shoes on"
    assert [line["action"] for line in data["record"]] == ["account-opened"]
    cravings = list(csv.DictReader(io.StringIO(archive.read("craving.csv").decode("utf-8-sig"))))
    assert cravings[0]["note"] == "'=HYPERLINK(1)"
    assert 'He said "no", then left.' in archive.read("journal.md").decode()
    stored = {Entry: "entry", Craving: "craving"}
    assert all(len(data["tables"][name]) == model.objects.for_grant(grant).count() for model, name in stored.items())
    assert AccessRecord.objects.about(person.pk).last().action == "exported"


def test_closing_asks_once_and_leaves_nothing(mine, diary, person):
    person_id = person.pk
    confirm(mine)
    assert "Tick the box" in page_of(mine.post("/settings/close/", {}))
    assert "Everything in it is gone" in page_of(mine.post("/settings/close/", {"sure": "on"}))
    left = {
        model._meta.label: count
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person or field.name in ("person_id", "actor_id")
        if (count := model._base_manager.filter(**{field.attname: person_id}).count())
    }
    assert left == {"accounts.AccessRecord": 2}
    assert not Person.objects.filter(pk=person_id).exists()
    assert mine.get("/today/").status_code == 302
    assert broken_links() == []


def test_keys_are_rotated_and_the_old_one_is_no_longer_needed(mine, diary, person, grant_of, settings):
    make_person("second")
    old = settings.SEALING_KEYS[0]
    fresh = "q" * 42 + "g="
    settings.SEALING_KEYS = [fresh, old]
    call_command("rotate_keys", verbosity=0)
    settings.SEALING_KEYS = [fresh]
    grant = grant_of(person)
    assert [entry.title for entry in grant.open(Entry.objects.for_grant(grant))] == ["+1"]


def test_second_factor_secrets_are_sealed(person):
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - allauth's table, only looked at here
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415

    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    stored = Authenticator.objects.get(user=person)
    assert "JBSWY3DPEHPK3PXP" not in json.dumps(stored.data)
    assert TOTP(stored).instance.data["secret"] != ""
