"""A word typed into every text field is found in clear nowhere: no table, no cache, no log, no mail, no address."""

import logging
import re
import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection

from accounts.actions import owned_models
from accounts.grants import sealed_fields
from journal.models import Craving, Entry, OwnWord

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


def tables():
    """Every cell of every table, as the database holds it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    yield table, bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()


@pytest.fixture
def typed(mine, caplog):
    with caplog.at_level(logging.DEBUG):
        answers = type_everywhere(mine)
        mine.get("/journal/")
        mine.get("/today/")
    return answers, caplog


def test_the_word_is_in_no_table(typed):
    assert {table for table, cell in tables() if CANARY.encode() in cell.lower()} == set()


def test_the_word_was_really_stored_and_opens_for_its_owner(typed, grant):
    """To test that nothing leaks, first make something that could."""
    holding = set()
    for model in owned_models():
        for row in model.objects.for_grant(grant):
            holding |= {(model.__name__, name) for name, text in grant.open_one(row).words.items() if CANARY in text}
    every = {(m.__name__, f.attname) for m in owned_models() for f in sealed_fields(m)} - {("Welcome", "reasons")}
    assert holding == every
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
    assert len(refused) == 2
    assert all(CANARY in answer.content.decode() for answer in refused)
    assert re.search(r"The most we can keep is 100,000", refused[1].content.decode())
