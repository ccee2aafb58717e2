"""What a person wants to talk about next time: lines, starred entries, and what the counselor sees of them."""

import uuid

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from care import access
from care.actions import consents
from care.models import AgendaLine, Connection, SharedEntry
from journal.models import Entry
from tests.care.conftest import make_counselor, sign
from tests.care.sharing import put, shown
from tests.conftest import PASS_PHRASE

PAGE = "/sharing/agenda/"


def new_id():
    return str(uuid.uuid4())


def lines(grant):
    return [line.text for line in grant.open(AgendaLine.objects.for_grant(grant).to_talk_about())]


def add(client, connection, text="Sleep", **more):
    return client.post(PAGE, {"id": new_id(), "text": text, "connection": str(connection.pk)} | more)


@pytest.fixture
def second(person, grant, organisation):
    """Another counselor, to whom entries cannot be shown."""
    other = make_counselor("joan", organisation, shown_name="Joan Birch")
    connection = Connection.objects.create(person=person, membership=other)
    sign(grant, person, connection, {"check-ins": ""})
    return connection


@pytest.fixture
def entry(person, grant):
    return put(person, grant, Entry(), title="Sunday", body="a long walk")


def test_a_line_is_added_once_and_stands_before_the_counselor(mine, grant, counselor, connection, consent):
    data = {"id": new_id(), "text": "Ask about mornings", "connection": str(connection.pk)}
    assert [mine.post(PAGE, data).url for _ in range(2)] == [f"{PAGE}?done=added"] * 2
    assert lines(grant) == ["Ask about mornings"]
    assert "Ask about mornings" in shown(mine.get(PAGE))
    with access.read(counselor.person, connection.pk, "session") as reading:
        assert [one.text for one in reading.grant.open(AgendaLine.objects.for_grant(reading.grant).to_talk_about())] == lines(
            grant
        )


def test_with_one_counselor_nobody_is_asked_for_whom_and_with_two_one_chooses(mine, grant, connection, consent, second):
    assert mine.post(PAGE, {"id": new_id(), "text": "whom?"}).status_code == 422
    page = mine.post(PAGE, {"id": new_id(), "text": "whom?", "connection": str(uuid.uuid4())})
    assert page.status_code == 422 and "Choose with whom you want to talk about it." in shown(page) and "whom?" in shown(page)
    add(mine, second, "for Joan")
    page = shown(mine.get(PAGE))
    assert "With Joan Birch" in page and "With Maria Lopez" not in page
    consents.stop(second.person, second.pk, timezone.now())
    page = mine.get(PAGE)
    assert 'type="radio"' not in page.content.decode() and "With whom?" not in shown(page)
    assert "for Joan" in shown(page) and "You do not share with them now, so they do not see this." in shown(page)


def test_ticking_editing_and_removing_can_be_taken_back(mine, grant, connection, consent):
    add(mine, connection, "Sleep")
    line = AgendaLine.objects.for_grant(grant).get()
    for act in ("tick", "tick"):
        mine.post(f"{PAGE}{line.pk}/{act}/")
    first = AgendaLine.objects.for_grant(grant).get().done_at
    assert first and lines(grant) == [] and "Talked about" in shown(mine.get(PAGE))
    mine.post(f"{PAGE}{line.pk}/untick/")
    assert lines(grant) == ["Sleep"]
    answer = mine.post(f"{PAGE}{line.pk}/edit/", {"id": line.pk, "version": "1", "text": "Sleep, and the new bed"})
    assert answer.url == f"{PAGE}?done=changed" and lines(grant) == ["Sleep, and the new bed"]
    removed = mine.post(f"{PAGE}{line.pk}/remove/")
    assert lines(grant) == [] and "Undo" in shown(mine.get(removed.url))
    mine.post(f"{PAGE}{line.pk}/restore/")
    assert lines(grant) == ["Sleep, and the new bed"]
    assert mine.post(f"{PAGE}{line.pk}/sing/").status_code == 404


def test_two_edits_of_one_line_are_both_kept(mine, grant, connection, consent):
    add(mine, connection, "Sleep")
    line = AgendaLine.objects.for_grant(grant).get()
    for text in ("first", "second"):
        answer = mine.post(f"{PAGE}{line.pk}/edit/", {"id": line.pk, "version": "1", "text": text})
    assert answer.url == f"{PAGE}?done=both" and sorted(lines(grant)) == ["first", "second"]
    assert "changed in two places" in shown(mine.get(answer.url))


def test_a_line_sent_again_after_it_was_ticked_is_still_one(mine, grant, connection, consent):
    data = {"id": new_id(), "text": "Sleep", "connection": str(connection.pk)}
    mine.post(PAGE, data)
    mine.post(f"{PAGE}{data['id']}/tick/")
    mine.post(PAGE, data)
    assert AgendaLine.objects.for_grant(grant).count() == 1


def test_a_starred_entry_stays_closed_unless_it_is_shown(mine, grant, counselor, connection, consent, entry):
    at = f"{PAGE}entry/{entry.pk}/"
    page = mine.get(at)
    assert "Sunday" in shown(page) and "checked" not in page.content.decode()
    for _ in range(2):
        mine.post(at, {"id": new_id(), "text": "", "connection": str(connection.pk)})
    assert AgendaLine.objects.for_grant(grant).to_talk_about().count() == 1
    assert not SharedEntry.objects.exists()
    assert "Sunday" in shown(mine.get(PAGE))
    with access.read(counselor.person, connection.pk, "session", ["entries"]) as reading:
        assert not Entry.objects.for_grant(reading.grant).exists()
    data = {"id": new_id(), "text": "the end of it", "connection": str(connection.pk), "show": "on"}
    asked = mine.post(at, data)
    assert asked.status_code == 200 and "One more step" in shown(asked) and "the end of it" in shown(asked)
    assert "checked" in asked.content.decode() and 'type="password"' in asked.content.decode()
    wrong = mine.post(at, data | {"password": "wrong"})
    assert wrong.status_code == 422 and "This is not your password." in shown(wrong)
    assert AgendaLine.objects.for_grant(grant).to_talk_about().count() == 1 and not SharedEntry.objects.exists()
    answer = mine.post(at, data | {"password": PASS_PHRASE})
    assert answer.url == f"{PAGE}?done=shown"
    assert "the entry is shown" in shown(mine.get(answer.url))
    with access.read(counselor.person, connection.pk, "session", ["entries"]) as reading:
        assert [one.title for one in reading.grant.open(Entry.objects.for_grant(reading.grant))] == ["Sunday"]


def test_an_entry_cannot_be_shown_where_there_is_no_place_for_it(mine, grant, connection, consent, second, entry):
    at = f"{PAGE}entry/{entry.pk}/"
    answer = mine.post(at, {"id": new_id(), "text": "about Sunday", "connection": str(second.pk), "show": "on"})
    assert answer.status_code == 422 and "has no place for entries" in shown(answer) and "about Sunday" in shown(answer)
    assert not SharedEntry.objects.exists() and lines(grant) == []
    consents.stop(connection.person, connection.pk, timezone.now())
    page = mine.get(at)
    assert 'name="show"' not in page.content.decode()


def test_without_a_counselor_the_page_says_what_it_is_for(mine, entry):
    for path in (PAGE, f"{PAGE}entry/{entry.pk}/"):
        page = mine.get(path)
        assert page.status_code == 200 and "This list is for a counselor" in shown(page)
        assert "<textarea" not in page.content.decode()
    assert mine.post(PAGE, {"id": new_id(), "text": "x"}).status_code == 422


def test_after_stopping_nothing_can_be_added_and_the_words_come_back(mine, grant, person, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    answer = add(mine, connection, "too late")
    assert answer.status_code == 422 and "too late" in shown(answer) and lines(grant) == []


def test_nobody_else_touches_it(mine, grant, stranger, client_of, theirs, connection, consent, entry):
    add(mine, connection, "Sleep")
    line = AgendaLine.objects.for_grant(grant).get()
    for client in (client_of(stranger), theirs):
        assert client.get(f"{PAGE}{line.pk}/edit/").status_code == 404
        assert client.get(f"{PAGE}entry/{entry.pk}/").status_code == 404
        for act in ("tick", "remove", "restore"):
            assert client.post(f"{PAGE}{line.pk}/{act}/").status_code == 404
        add(client, connection, "mine now")
    assert lines(grant) == ["Sleep"]
    assert AgendaLine.objects.for_grant(grant).get().done_at is None


def test_the_list_costs_the_same_with_one_line_and_with_thirty(mine, person, grant, connection, consent, entry):
    counted = []
    for times in (1, 29):
        for n in range(times):
            put(person, grant, AgendaLine(connection=connection, entry_id=entry.pk if n % 2 == 0 else None), text=f"line {n}")
        with CaptureQueriesContext(database) as seen:
            assert "line 0" in shown(mine.get(PAGE))
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_a_line_removed_in_another_tab_gives_the_words_back(mine, grant, connection, consent):
    add(mine, connection)
    line = AgendaLine.objects.for_grant(grant).get()
    mine.post(f"{PAGE}{line.pk}/remove/")
    late = mine.post(f"{PAGE}{line.pk}/edit/", {"id": str(line.pk), "version": "1", "text": "still typing"})
    assert late.status_code == 404 and "still typing" in shown(late) and lines(grant) == []


def test_a_line_about_an_entry_that_is_gone_gives_the_words_back(mine, connection, consent):
    late = mine.post(f"{PAGE}entry/{uuid.uuid4()}/", {"id": new_id(), "text": "still typing", "connection": str(connection.pk)})
    assert late.status_code == 404 and "still typing" in shown(late)
