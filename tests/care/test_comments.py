"""Comments: on what is shared at this moment, and on nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccessRecord
from care.actions import consents
from care.forms.words import OPENERS
from care.models import Message
from journal.models import CheckIn, Entry
from tests.care.conftest import sign
from tests.care.sharing import put, shown, today_of
from tests.goals.rows import begin


def new_id():
    return str(uuid.uuid4())


def at(connection, more=""):
    return f"/care/p/{connection.pk}/comment/{more}"


def comment(client, connection, about, what, text="I noticed you kept going.", **more):
    name = "about_day" if about == "day" else "about_id"
    return client.post(at(connection), {"id": new_id(), "about": about, name: str(what), "text": text} | more)


def kept(grant):
    return grant.open(Message.objects.for_grant(grant).order_by("occurred_at", "pk"))


@pytest.fixture
def entry(person, grant, connection, consent):
    """An entry that is shown."""
    row = put(person, grant, Entry(), title="Sunday", body="a long walk")
    consents.show_entry(grant, person, connection.pk, row.pk, timezone.now())
    return row


@pytest.fixture
def goal(person, grant):
    return begin(grant, person, at=timezone.now())


def test_a_comment_reaches_the_person_beside_what_it_is_about(mine, theirs, person, grant, connection, entry, goal):
    day = today_of(person)
    for about, what in (("entry", entry.pk), ("goal", goal.pk), ("day", day)):
        answer = comment(theirs, connection, about, what, f"about the {about}")
        assert answer.status_code == 302, about
        there = mine.get(f"/sharing/about/{about}/{what}/", headers={"HX-Request": "true"})
        assert f"about the {about}" in shown(there) and "<html" not in there.content.decode()
        plain = mine.get(f"/sharing/about/{about}/{what}/")
        assert f"about the {about}" in shown(plain) and "<html" in plain.content.decode()
    thread = shown(mine.get(f"/sharing/{connection.pk}/messages/"))
    assert all(f"about the {about}" in thread for about in ("entry", "goal", "day"))
    assert [one.kind for one in kept(grant)] == ["comment"] * 3
    assert all(one.read_at for one in kept(grant))


def test_the_pages_lead_to_their_comments_with_and_without_javascript(mine, person, entry, goal):
    day = today_of(person)
    pages = {f"/journal/{entry.pk}/": f"entry/{entry.pk}", f"/goals/{goal.pk}/": f"goal/{goal.pk}", "/history/": f"day/{day}"}
    for path, part in pages.items():
        page = mine.get(path).content.decode()
        assert f'hx-get="/sharing/about/{part}/"' in page and f'href="/sharing/about/{part}/"' in page, path
    assert f'href="/sharing/agenda/entry/{entry.pk}/"' in mine.get(f"/journal/{entry.pk}/").content.decode()


def test_without_a_counselor_the_fragment_is_empty(mine, person, grant):
    row = put(person, grant, Entry(), body="alone")
    assert mine.get(f"/sharing/about/entry/{row.pk}/", headers={"HX-Request": "true"}).content.decode().strip() == ""


def test_the_six_openers_fill_the_box_and_keep_what_was_typed(theirs, grant, connection, entry):
    page = theirs.get(at(connection, f"?about=entry&of={entry.pk}"))
    assert "Sunday" in shown(page) and len(OPENERS) == 6 and all(str(one) in shown(page) for one in OPENERS)
    filled = comment(theirs, connection, "entry", entry.pk, "my own words", opener="0")
    assert filled.status_code == 200 and "I noticed you …" in shown(filled) and "my own words" in shown(filled)
    for odd in ("9", "-1", "x", "²"):
        assert comment(theirs, connection, "entry", entry.pk, "my own words", opener=odd).status_code == 200
    assert kept(grant) == []


def test_an_entry_hidden_meanwhile_gives_the_words_back_and_says_no_more(theirs, person, grant, connection, entry):
    consents.hide_entry(person, connection.pk, entry.pk, timezone.now())
    answer = comment(theirs, connection, "entry", entry.pk, "a long thought")
    assert answer.status_code == 422 and "a long thought" in shown(answer)
    assert "This is not shared with you now, so nothing was sent." in shown(answer)
    assert "Sunday" not in shown(answer) and "a long walk" not in shown(answer) and kept(grant) == []
    absent = comment(theirs, connection, "entry", uuid.uuid4(), "a long thought")
    assert absent.status_code == 422 and "This is not shared with you now" in shown(absent)
    assert not AccessRecord.objects.about(person.pk).filter(action="wrote").exists()
    assert theirs.get(at(connection, f"?about=entry&of={entry.pk}")).status_code == 404


def test_what_was_never_shared_cannot_be_commented_on(theirs, person, grant, connection, goal):
    row = put(person, grant, Entry(), body="mine alone")
    sign(grant, person, connection, {"check-ins": str(today_of(person) - timedelta(days=2))})
    refused = [
        ("entry", row.pk),
        ("goal", goal.pk),
        ("day", today_of(person) - timedelta(days=3)),
        ("day", today_of(person) + timedelta(days=1)),
    ]
    for about, what in refused:
        assert comment(theirs, connection, about, what).status_code == 422, about
    assert kept(grant) == []
    assert comment(theirs, connection, "day", today_of(person) - timedelta(days=2)).status_code == 302


def test_a_pause_looks_like_quiet_days_and_no_entries(theirs, person, grant, connection, entry):
    put(person, grant, CheckIn(mood=3))
    consents.pause(person, connection.pk, timezone.now())
    assert comment(theirs, connection, "entry", entry.pk).status_code == 422 and kept(grant) == []
    page = theirs.get(at(connection, f"?about=day&day={today_of(person)}"))
    quiet = theirs.get(at(connection, f"?about=day&day={today_of(person) - timedelta(days=9)}"))
    assert page.status_code == quiet.status_code == 200
    assert comment(theirs, connection, "day", today_of(person)).status_code == 302


def test_revoked_and_absent_give_the_words_back_alike(theirs, person, connection, entry):
    consents.stop(person, connection.pk, timezone.now())
    answers = [
        theirs.post(f"/care/p/{pk}/comment/", {"about": "entry", "about_id": str(entry.pk), "text": "a long thought"})
        for pk in (connection.pk, uuid.uuid4())
    ]
    assert [one.status_code for one in answers] == [404, 404] and answers[0].content == answers[1].content
    assert "a long thought" in shown(answers[0])


def test_bad_input_keeps_what_was_typed(theirs, grant, connection, entry):
    for data in (
        {"about": "entry", "about_id": str(entry.pk), "text": " "},
        {"about": "entry", "about_id": "", "text": "kept text"},
        {"about": "entry", "about_id": "no id", "text": "kept text"},
        {"about": "mood", "about_id": str(entry.pk), "text": "kept text"},
        {"about": "day", "about_day": "2026-13-99", "text": "kept text"},
        {"text": "kept text"},
    ):
        answer = theirs.post(at(connection), {"id": new_id()} | data)
        assert answer.status_code == 422, data
        assert data["text"].strip() in shown(answer)
    assert kept(grant) == []


def test_a_comment_is_kept_once(mine, theirs, grant, connection, entry):
    data = {"id": new_id(), "about": "entry", "about_id": str(entry.pk), "text": "once"}
    for _ in range(2):
        assert theirs.post(at(connection), data).status_code == 302
        mine.get(f"/sharing/about/entry/{entry.pk}/")
    assert len(kept(grant)) == 1


def test_it_leads_back_to_where_it_was_written_and_nowhere_else(theirs, connection, entry):
    here = comment(theirs, connection, "entry", entry.pk, next=f"/care/p/{connection.pk}/goals/")
    assert here.url == f"/care/p/{connection.pk}/goals/"
    for there in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert comment(theirs, connection, "entry", entry.pk, next=there).url.startswith(f"/care/p/{connection.pk}/messages/")


def test_nobody_else_reads_or_writes_comments(mine, theirs, stranger, client_of, grant, connection, entry):
    comment(theirs, connection, "entry", entry.pk, "for River alone")
    other = client_of(stranger)
    assert comment(other, connection, "entry", entry.pk).status_code == 404
    for client in (other, theirs):
        assert "for River alone" not in shown(client.get(f"/sharing/about/entry/{entry.pk}/"))
    assert kept(grant)[0].read_at is None
    assert mine.get("/sharing/about/mood/1/").status_code == mine.get("/sharing/about/day/never/").status_code == 404


def test_an_opener_that_the_door_refuses_gives_the_words_back(theirs, person, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    page = theirs.post(f"/care/p/{connection.pk}/comment/", {"opener": "0", "about": "day", "text": "still typing"})
    assert page.status_code == 404 and "still typing" in shown(page)
