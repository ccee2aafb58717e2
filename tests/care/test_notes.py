"""A counselor's own notes: theirs alone, whatever becomes of the sharing."""

import uuid

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import close_account
from accounts.grants import Grant
from accounts.sealing import SealBroken
from care import access
from care.actions import consents, memberships
from care.models import CaseNote
from recovery_site.exporting import rows_of
from tests.care.conftest import care_client, make_counselor
from tests.care.sharing import shown

CANARY = "zebrafinch"


def new_id():
    return str(uuid.uuid4())


def at(connection):
    return f"/care/p/{connection.pk}/notes/"


@pytest.fixture
def own(counselor, grant_of):
    """The counselor's own grant."""
    return grant_of(counselor.person)


@pytest.fixture
def note(theirs, connection, consent, own):
    """One note about River."""
    theirs.post(at(connection), {"id": new_id(), "text": f"Looks rested. {CANARY}"})
    return CaseNote.objects.for_grant(own).get()


def texts(own):
    return sorted(one.text for one in own.open(CaseNote.objects.for_grant(own).kept()))


def test_a_note_is_kept_once_and_read_by_its_author(theirs, connection, consent, own):
    data = {"id": new_id(), "text": "Looks rested."}
    for _ in range(2):
        assert theirs.post(at(connection), data).url == f"{at(connection)}?done=saved"
    assert texts(own) == ["Looks rested."]
    for path in (at(connection), "/care/notes/"):
        assert "Looks rested." in shown(theirs.get(path))
    assert "River" in shown(theirs.get("/care/notes/"))


def test_it_is_sealed_with_the_authors_key_and_lies_in_no_table_in_clear(note, own, grant, person):
    assert own.open_one(note).text.endswith(CANARY) and note.person_id == own.person_id
    with pytest.raises(SealBroken):
        grant.open_one(note)
    as_if = Grant(person.pk, note.person_id, "own", own.spans, grant.wrapped_key)
    with pytest.raises(SealBroken):
        as_if.open_one(note)
    with database.cursor() as cursor:
        cursor.execute("SELECT text, about_name FROM care_casenote")
        assert all(CANARY.encode() not in bytes(text) and b"River" not in bytes(name) for text, name in cursor.fetchall())


def test_the_person_sees_nothing_of_it(mine, note, grant, connection):
    for path in ("/today/", "/sharing/", f"/sharing/{connection.pk}/", f"/sharing/{connection.pk}/messages/", "/bin/"):
        assert CANARY not in shown(mine.get(path)), path
    assert not CaseNote.objects.for_grant(grant).exists() and list(rows_of(grant, CaseNote)) == []


def test_no_consent_opens_a_note_not_even_the_authors_grant_for_the_person(note, counselor, connection):
    with access.read(counselor.person, connection.pk, "session", ["notes"]) as reading:
        assert not CaseNote.objects.for_grant(reading.grant).exists()


def test_neither_another_counselor_nor_the_admin_finds_it(note, organisation, mine):
    for name, role in (("joan", "counselor"), ("wren", "admin"), ("lark", "supervisor")):
        client = care_client(make_counselor(name, organisation, role=role).person)
        assert CANARY not in shown(client.get("/care/notes/"))
        for path in (f"/care/notes/{note.pk}/edit/", f"/care/p/{note.connection_id}/notes/"):
            assert client.get(path).status_code == 404
        assert client.post(f"/care/notes/{note.pk}/remove/").status_code == 404
    assert mine.get("/care/notes/").status_code == mine.get(f"/care/notes/{note.pk}/edit/").status_code == 404


def test_it_survives_the_end_of_sharing_and_of_the_account(theirs, person, note, own, connection):
    consents.stop(person, connection.pk, timezone.now())
    assert theirs.get(at(connection)).status_code == 404
    assert CANARY in shown(theirs.get("/care/notes/"))
    edited = theirs.post(f"/care/notes/{note.pk}/edit/", {"id": note.pk, "version": "1", "text": f"Afterwards. {CANARY}"})
    assert edited.url == "/care/notes/?done=saved"
    close_account(person)
    page = shown(theirs.get("/care/notes/"))
    assert "Afterwards." in page and "River" in page


def test_somebody_who_left_still_has_their_notes_and_only_then_the_page(theirs, note, counselor, stranger, client_of):
    memberships.leave(counselor, timezone.now())
    assert CANARY in shown(theirs.get("/care/notes/"))
    assert client_of(stranger).get("/care/notes/").status_code == 404


def test_written_when_sharing_ended_meanwhile_the_words_come_back(theirs, person, connection, consent, own):
    consents.stop(person, connection.pk, timezone.now())
    answer = theirs.post(at(connection), {"id": new_id(), "text": "a long note"})
    assert answer.status_code == 404 and "a long note" in shown(answer) and texts(own) == []


def test_two_edits_are_both_kept(theirs, note, own):
    for text in ("first", "second"):
        answer = theirs.post(f"/care/notes/{note.pk}/edit/", {"id": note.pk, "version": "1", "text": text})
    assert answer.url == "/care/notes/?done=both" and texts(own) == ["first", "second"]
    page = shown(theirs.get(answer.url))
    assert "changed in two places" in page and page.count("River") == 2


def test_removing_can_be_taken_back(theirs, note, own):
    removed = theirs.post(f"/care/notes/{note.pk}/remove/")
    assert texts(own) == [] and "Undo" in shown(theirs.get(removed.url))
    assert "Removed, kept for 30 days" in shown(theirs.get("/care/notes/"))
    theirs.post(f"/care/notes/{note.pk}/restore/")
    assert len(texts(own)) == 1
    assert theirs.post(f"/care/notes/{note.pk}/burn/").status_code == 404


def test_bad_input_keeps_what_was_typed(theirs, note, own, connection):
    for path in (at(connection), f"/care/notes/{note.pk}/edit/"):
        long = theirs.post(path, {"id": new_id(), "version": "1", "text": "word " * 4_100})
        assert long.status_code == 422 and "The most we can keep is 20,000" in shown(long)
        assert theirs.post(path, {"id": new_id(), "version": "1", "text": " "}).status_code == 422
    assert len(texts(own)) == 1


def test_the_lists_cost_the_same_with_one_note_and_with_thirty(theirs, note, connection):
    counted = []
    for times in (0, 29):
        for n in range(times):
            theirs.post(at(connection), {"id": new_id(), "text": f"note {n}"})
        for path in (at(connection), "/care/notes/"):
            with CaptureQueriesContext(database) as seen:
                assert CANARY in shown(theirs.get(path))
            counted.append(len(seen))
    assert counted[:2] == counted[2:]


def test_a_note_removed_in_another_tab_gives_the_words_back(theirs, note, own):
    theirs.post(f"/care/notes/{note.pk}/remove/")
    late = theirs.post(f"/care/notes/{note.pk}/edit/", {"id": str(note.pk), "version": "1", "text": "still typing"})
    assert late.status_code == 404 and "still typing" in shown(late) and texts(own) == []
    plain = theirs.post(f"/care/notes/{note.pk}/edit/", {"text": " "})
    assert plain.status_code == 404 and "Nothing was sent" not in shown(plain)
