"""A word typed into every text field is found in clear nowhere: no table, no cache, no log, no mail, no address."""

import logging
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.actions import owned_models
from accounts.grants import sealed_fields
from care.models import Connection, Consent, Membership, Organisation
from journal.models import Craving, Entry, OwnWord
from tests.care.conftest import care_client
from tests.care.sharing import today_of
from tests.conftest import PASS_PHRASE, make_person

CANARY = "zebrafinch"
WORD = f"{CANARY} 🌊"


def new_id():
    return str(uuid.uuid4())


def type_everywhere(client):
    """Every form with free text, through its address; returns the addresses that were answered with."""
    entry, draft, goal, use = new_id(), new_id(), new_id(), new_id()
    own = {"own_trigger": f"{WORD} t", "own_strategy": f"{WORD} s"}
    whole = {"title": WORD, "went_well": WORD, "what_next": WORD, "when": "now"}
    forms = [
        ("/log/check-in/", {"id": new_id(), "mood": "2", "note": WORD}),
        ("/log/craving/", {"id": new_id(), "intensity": "6", "note": WORD} | own),
        ("/journal/new/", {"id": entry, "title": WORD, "body": WORD, "went_well": WORD, "what_next": WORD}),
        (f"/journal/draft/{draft}/", {"title": WORD, "body": WORD, "own_trigger": WORD}),
        (f"/journal/{entry}/edit/", whole | {"id": entry, "version": "1", "body": f"{WORD} again"}),
        (f"/journal/{entry}/edit/", whole | {"id": entry, "version": "1", "body": f"{WORD} late"}),
        ("/journal/search/", {"words": WORD}),
        ("/words/trigger/", {"name": f"{WORD} own"}),
        ("/goals/new/", {"id": goal, "title": WORD, "life_skill": "communication", "why": WORD, "first_step": WORD,
                         "if_part": WORD, "then_part": WORD}),
        (f"/goals/{goal}/steps/", {"id": new_id(), "wording": WORD}),
        (f"/goals/{goal}/look-back/", {"id": new_id(), "choice": "keep", "note": WORD}),
        (f"/reflections/depression/{new_id()}/1/", {"go": "stop", "text": WORD}),
        (f"/reflections/depression/{new_id()}/5/", {"go": "next", "text": WORD}),
        ("/insights/markers/new/?kind=change", {"id": new_id(), "label": WORD, "day": "2026-03-02"}),
        ("/plan/people/", {"id": new_id(), "text": WORD, "phone": WORD}),
        ("/since/new/", {"id": new_id(), "name": WORD, "start_on": "2026-03-02", "on_today": "on"}),
        ("/log/use/", {"id": use}),
        (f"/log/use/{use}/edit/?on", {"id": use, "version": "1", "note": WORD, "own_trigger": f"{WORD} u"}),
        (f"/log/use/{use}/look-back/", {"version": "2", "before": WORD, "helped": WORD, "next_time": WORD}),
        ("/learn/search/", {"words": WORD}),
        ("/welcome/why/", {"reasons": ["cravings", "sleep"]}),
        # And the ways things go wrong.
        ("/log/craving/", {"id": new_id(), "intensity": "99", "note": WORD}),
        ("/journal/new/", {"id": new_id(), "body": WORD * 20_000}),
    ]  # fmt: skip
    return [client.post(path, data) for path, data in forms]


def type_sharing(client, connection):
    """What a counselor shall call somebody, on the way to a signature, and a code that is none."""
    chosen = {
        "basis": "",
        "see-check-ins": "all",
        "until": "90",
        "purpose": "peer",
        "shown_name": WORD,
        "day": str(today_of(connection.person)),
    }
    decide = f"/sharing/{connection.pk}/decide/"
    return [
        client.post(decide, chosen | {"go": "preview"}),
        client.post(decide, chosen | {"go": "sign"}),
        client.post(decide, chosen | {"go": "sign", "password": PASS_PHRASE}),
        client.post("/sharing/code/", {"code": WORD}),
        client.get(f"/sharing/{connection.pk}/"),
    ]


def type_words(mine, theirs, connection):
    """What a person and a counselor write to each other, and a note. The names of counselors and what an organisation says of
    itself are for everybody to read.
    """
    Consent.objects.update(signed_at=timezone.now() - timedelta(hours=1), starts_at=timezone.now() - timedelta(minutes=1))
    about, thread = f"/care/p/{connection.pk}", f"/sharing/{connection.pk}/messages/"
    day = str(today_of(connection.person))
    return [
        mine.post(thread, {"id": new_id(), "text": WORD}),
        mine.post(thread, {"id": new_id(), "text": WORD, "go": "call"}),
        mine.post("/sharing/agenda/", {"id": new_id(), "text": WORD, "connection": str(connection.pk)}),
        mine.post(f"/sharing/{connection.pk}/statement/", {"id": new_id(), "text": WORD}),
        theirs.post(f"{about}/messages/", {"id": new_id(), "text": WORD}),
        theirs.post(f"{about}/comment/", {"id": new_id(), "about": "day", "about_day": day, "text": WORD}),
        theirs.post(f"{about}/propose/", {"id": new_id(), "kind": "goal", "title": WORD, "why": WORD}),
        theirs.post(f"{about}/notes/", {"id": new_id(), "text": WORD}),
        theirs.post("/care/invite/", {"code": WORD, "membership": str(connection.membership_id)}),
        *(theirs.get(f"{about}/{page}/") for page in ("messages", "goals", "notes", "report")),
        *(theirs.get(f"{about}/{page}") for page in ("", "session/", "timeline/")),
        *(theirs.get(f"/care/{page}") for page in ("", "inbox/", "notes/")),
    ]


def tables():
    """Every cell of every table, as the database holds it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    yield table, bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()


@pytest.fixture
def connection_to_counselor(person):
    """A counselor whom the person knows."""
    works = Membership.objects.create(
        organisation=Organisation.objects.create(name="Harbor Clinic"),
        person=make_person("maria"),
        shown_name="Maria Lopez",
        verified_at=timezone.now(),
    )
    return Connection.objects.create(person=person, membership=works)


@pytest.fixture
def typed(mine, connection_to_counselor, caplog):
    with caplog.at_level(logging.DEBUG):
        answers = type_everywhere(mine) + type_sharing(mine, connection_to_counselor)
        answers += type_words(mine, care_client(connection_to_counselor.membership.person), connection_to_counselor)
        mine.get("/journal/")
        mine.get("/today/")
    return answers, caplog


def test_the_word_is_in_no_table(typed):
    assert {table for table, cell in tables() if CANARY.encode() in cell.lower()} == set()


def test_the_word_was_really_stored_and_opens_for_its_owner(typed, grant, grant_of, connection_to_counselor):
    """To test that nothing leaks, first make something that could."""
    holding = set()
    for own in (grant, grant_of(connection_to_counselor.membership.person)):
        for model in owned_models():
            for row in model.objects.for_grant(own):
                holding |= {(model.__name__, name) for name, text in own.open_one(row).words.items() if CANARY in text}
    every = {(m.__name__, f.attname) for m in owned_models() for f in sealed_fields(m)} - {("Welcome", "reasons")}
    assert holding == every
    assert [grant.open_one(consent).shown_name for consent in Consent.objects.all()] == [WORD]
    assert Entry.objects.for_grant(grant).count() == 3  # the late edit was kept beside the first; one is a reflection
    assert OwnWord.objects.for_grant(grant).count() == 4
    assert Craving.objects.for_grant(grant).count() == 1


def test_the_word_is_in_no_log_mail_address_or_cache(typed, settings):
    answers, caplog = typed
    written = " ".join(handler.format(record) for record in caplog.records for handler in logging.getLogger().handlers[:1])
    assert CANARY not in written
    assert mail.outbox == []
    assert [answer.url for answer in answers if answer.status_code == 302 and CANARY in answer.url] == []
    files = [path for path in Path(settings.VAR_DIR).rglob("*") if path.is_file() and "page-cache" in path.parts]
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


def test_what_was_refused_is_given_back(typed):
    refused = [answer for answer in typed[0] if answer.status_code == 422]
    assert len(refused) == 5
    assert all(CANARY in answer.content.decode() for answer in refused)
    assert re.search(r"The most we can keep is 100,000", refused[1].content.decode())
