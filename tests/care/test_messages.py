"""The thread between a person and a counselor: who reads it, what it keeps, and that nobody else gets in."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.grants import Category, Grant, Span
from accounts.models import AccessRecord
from accounts.sealing import SealBroken
from care import access
from care.actions import consents, memberships, words
from care.models import AgendaLine, Connection, Message
from care.threads import thread
from tests.care.conftest import care_client, make_counselor, sign
from tests.care.sharing import put, shown


def mine_at(connection, more=""):
    return f"/sharing/{connection.pk}/messages/{more}"


def theirs_at(connection, more=""):
    return f"/care/p/{connection.pk}/messages/{more}"


def new_id():
    return str(uuid.uuid4())


def all_of(grant):
    return grant.open(Message.objects.for_grant(grant).kept().order_by("occurred_at", "pk"))


def say(person, grant, connection, text="hello", **more):
    return put(person, grant, Message(connection=connection, **{"from_counselor": True, **more}), text=text)


def test_a_message_goes_there_and_an_answer_comes_back(mine, theirs, grant, connection, consent):
    sent = mine.post(mine_at(connection), {"id": new_id(), "text": "The new shift starts Monday."})
    assert sent.status_code == 302 and sent.url == mine_at(connection, "?done=sent#latest")
    page = shown(theirs.get(theirs_at(connection)))
    assert "The new shift starts Monday." in page and "River" in page and "river" not in page
    theirs.post(theirs_at(connection), {"id": new_id(), "text": "Then let us look at mornings."})
    page = shown(mine.get(mine_at(connection)))
    assert "Then let us look at mornings." in page and "Maria Lopez" in page and "new" in page
    assert [(one.text, one.from_counselor) for one in all_of(grant)] == [
        ("The new shift starts Monday.", False), ("Then let us look at mornings.", True)]  # fmt: skip


def test_opening_the_thread_marks_the_other_side_read_and_nothing_else(mine, theirs, person, grant, connection, consent):
    mine.post(mine_at(connection), {"id": new_id(), "text": "from me"})
    say(person, grant, connection, "from them")
    mine.get(mine_at(connection))
    assert [(one.text, one.read_at is not None) for one in all_of(grant)] == [("from me", False), ("from them", True)]
    theirs.get(theirs_at(connection))
    assert all(one.read_at for one in all_of(grant))
    assert "seen" in shown(mine.get(mine_at(connection)))
    # Whether the person opened it is theirs to know.
    assert "seen" not in shown(theirs.get(theirs_at(connection)))


def test_what_was_written_while_a_page_was_made_stays_unread(theirs, person, grant, counselor, connection, consent):
    say(person, grant, connection, "shown to me")
    seen_by_me = thread(grant, connection.pk).messages
    say(person, grant, connection, "a moment later")
    words.was_shown(grant, seen_by_me, timezone.now())
    assert [one.text for one in grant.open(Message.objects.for_grant(grant).new_to_person())] == ["a moment later"]
    say(person, grant, connection, "shown to them", from_counselor=False)
    with access.read(counselor.person, connection.pk, "messages") as reading:
        seen_by_them = thread(reading.grant, connection.pk).messages
        late = say(person, grant, connection, "can be taken back", from_counselor=False)
        words.was_shown(reading.grant, seen_by_them, reading.now)
    unread = Message.objects.for_grant(grant).new_to_counselor()
    assert [one.text for one in grant.open(unread)] == ["can be taken back"]
    assert words.take_back(grant, late, timezone.now())


def test_an_earlier_page_that_nobody_opened_stays_unread(mine, theirs, person, grant, connection, consent):
    for client, at, is_theirs in ((mine, mine_at, True), (theirs, theirs_at, False)):
        for _ in range(31):
            say(person, grant, connection, from_counselor=is_theirs)
        client.get(at(connection))
        unread = Message.objects.for_grant(grant).filter(from_counselor=is_theirs, read_at=None)
        assert unread.count() == 1
        for page in (2, 3):
            client.get(at(connection, f"?page={page}"))
        assert not unread.exists()


def test_a_double_post_is_one_message_also_after_it_was_read(mine, theirs, grant, connection, consent):
    for client, at in ((mine, mine_at), (theirs, theirs_at)):
        data = {"id": new_id(), "text": "once"}
        client.post(at(connection), data)
        mine.get(mine_at(connection))
        theirs.get(theirs_at(connection))
        client.post(at(connection), data)
    assert len(all_of(grant)) == 2


def test_other_words_under_the_same_id_are_both_kept(theirs, grant, connection, consent):
    row_id = new_id()
    for text in ("one", "two", "two"):
        theirs.post(theirs_at(connection), {"id": row_id, "text": text})
    assert sorted(one.text for one in all_of(grant)) == ["one", "two"]


def test_what_is_told_to_one_counselor_no_other_one_reads(mine, theirs, person, grant, organisation, connection, consent):
    other = make_counselor("joan", organisation, shown_name="Joan Birch")
    second = Connection.objects.create(person=person, membership=other)
    sign(grant, person, second)
    mine.post(mine_at(connection), {"id": new_id(), "text": "for Maria alone"})
    mine.post("/sharing/agenda/", {"id": new_id(), "text": "her too", "connection": str(connection.pk)})
    with access.read(other.person, second.pk, "messages") as reading:
        assert not Message.objects.for_grant(reading.grant).exists()
        assert not AgendaLine.objects.for_grant(reading.grant).exists()
        foreign = Message.objects.for_grant(grant).get()
        with pytest.raises(SealBroken):
            reading.grant.open_one(foreign)
        with pytest.raises(ValueError):
            reading.grant.seal(Message(person_id=person.pk, connection_id=connection.pk), text="x")
    with access.read_many(other.person, "inbox", ()) as readings:
        assert not Message.objects.for_grants([one.grant for one in readings], timezone.now().date() - timedelta(days=9)).exists()
    nowhere = replace(grant, spans={Category.CONTACT: Span(over=frozenset())})
    assert not Message.objects.for_grants([nowhere], date.min).exists() and not Message.objects.for_grant(nowhere).exists()
    client = care_client(other.person)
    assert "for Maria alone" not in shown(client.get(theirs_at(second)))
    assert client.get(theirs_at(connection)).status_code == 404
    assert client.post(theirs_at(connection), {"id": new_id(), "text": "x"}).status_code == 404


def test_please_call_me_waits_once_can_be_withdrawn_and_is_answered(mine, theirs, grant, connection, consent):
    data = {"go": "call", "id": new_id(), "text": "after five"}
    for _ in range(2):
        assert mine.post(mine_at(connection), data).url.endswith("?done=call#latest")
    [call] = all_of(grant)
    assert call.kind == "call" and call.answered_at is None
    assert "You asked for a call" in shown(mine.get(mine_at(connection)))
    theirs.get(theirs_at(connection))  # opening is no answer
    # A second call from another tab is none; its words are not lost.
    mine.post(mine_at(connection), {"go": "call", "id": new_id(), "text": ""})
    mine.post(mine_at(connection), {"go": "call", "id": new_id(), "text": "or before nine"})
    assert [(one.kind, one.text) for one in all_of(grant)] == [("call", "after five"), ("message", "or before nine")]
    back = mine.post(f"/sharing/messages/{call.pk}/take-back/")
    assert back.url == mine_at(connection, f"?undo={call.pk}")
    assert "after five" not in shown(theirs.get(theirs_at(connection)))
    mine.post(f"/sharing/messages/{call.pk}/send-again/")
    answered = f"/care/p/{connection.pk}/calls/{call.pk}/answered/"
    assert theirs.post(answered).status_code == theirs.post(answered).status_code == 302
    assert Message.objects.for_grant(grant).get(pk=call.pk).answered_at is not None
    assert mine.post(f"/sharing/messages/{call.pk}/take-back/").url == mine_at(connection, "?done=late")
    assert "answered" in shown(mine.get(mine_at(connection)))
    theirs.post(answered, {"undo": "1"})
    assert Message.objects.for_grant(grant).get(pk=call.pk).answered_at is None


def test_a_message_is_taken_back_until_it_was_opened(mine, theirs, grant, connection, consent):
    row_id = new_id()
    mine.post(mine_at(connection), {"id": row_id, "text": "too quick"})
    mine.post(f"/sharing/messages/{row_id}/take-back/")
    assert "too quick" not in shown(theirs.get(theirs_at(connection)))
    mine.post(f"/sharing/messages/{row_id}/send-again/")
    theirs.get(theirs_at(connection))
    assert mine.post(f"/sharing/messages/{row_id}/take-back/").url == mine_at(connection, "?done=late")
    assert [one.text for one in all_of(grant)] == ["too quick"]


def test_a_counselors_message_cannot_be_taken_back_by_the_person(mine, person, grant, connection, consent):
    row = say(person, grant, connection)
    assert mine.post(f"/sharing/messages/{row.pk}/take-back/").status_code == 404
    assert mine.post(f"/sharing/messages/{row.pk}/nonsense/").status_code == 404


def test_bad_input_comes_back_with_every_word(mine, theirs, grant, connection, consent):
    for client, at in ((mine, mine_at), (theirs, theirs_at)):
        empty = client.post(at(connection), {"id": new_id(), "text": "  "})
        assert empty.status_code == 422 and "Write a few words first." in shown(empty)
        long = client.post(at(connection), {"id": new_id(), "text": "word " * 1_100})
        assert long.status_code == 422 and "The most we can keep is 5,000" in shown(long)
        assert long.content.decode().count("word ") >= 1_099
        odd = client.post(at(connection), {"id": "no id", "text": "bell \x07 rings"})
        assert odd.status_code == 422 and "bell  rings" in odd.content.decode()
    assert all_of(grant) == []


def test_a_refused_form_is_a_look_and_a_kept_one_is_written(theirs, person, connection, consent):
    theirs.post(theirs_at(connection), {"id": new_id(), "text": ""})
    theirs.post(theirs_at(connection), {"id": new_id(), "text": "hello"})
    lines = AccessRecord.objects.about(person.pk).filter(page="messages").values_list("action", flat=True)
    assert list(lines) == ["read", "wrote"]


def test_when_sharing_ended_meanwhile_nothing_is_sent_and_nothing_lost(mine, theirs, person, grant, connection, consent):
    say(person, grant, connection, "what was said")
    consents.stop(person, connection.pk, timezone.now())
    answer = mine.post(mine_at(connection), {"id": new_id(), "text": "still typing"})
    assert answer.status_code == 422 and "still typing" in shown(answer)
    assert "Nothing was sent: you do not share with Maria Lopez now." in shown(answer)
    refused = theirs.post(theirs_at(connection), {"id": new_id(), "text": "a long reply"})
    absent = theirs.post(f"/care/p/{uuid.uuid4()}/messages/", {"id": new_id(), "text": "a long reply"})
    assert refused.status_code == absent.status_code == 404
    assert "a long reply" in shown(refused) and refused.content == absent.content
    page = mine.get(mine_at(connection))
    assert "what was said" in shown(page) and "Send" not in shown(page)
    assert [one.text for one in all_of(grant)] == ["what was said"]


def test_leaving_cuts_the_thread_at_the_next_request(theirs, counselor, connection, consent):
    assert theirs.get(theirs_at(connection)).status_code == 200
    memberships.leave(counselor, timezone.now())
    assert theirs.get(theirs_at(connection)).status_code == 404


def test_in_a_pause_they_can_still_write_to_each_other(mine, theirs, person, connection, consent):
    consents.pause(person, connection.pk, timezone.now())
    mine.post(mine_at(connection), {"id": new_id(), "text": "in a pause"})
    assert "in a pause" in shown(theirs.get(theirs_at(connection)))


def test_nobody_else_finds_the_thread(person, stranger, client_of, theirs, grant, connection, consent):
    row = say(person, grant, connection, from_counselor=False)
    other = client_of(stranger)
    for client in (other, theirs):
        assert client.get(mine_at(connection)).status_code == 404
        assert client.post(mine_at(connection), {"id": new_id(), "text": "x"}).status_code == 404
        assert client.post(f"/sharing/messages/{row.pk}/take-back/").status_code == 404
    assert other.get(theirs_at(connection)).status_code == 404
    assert other.post(f"/care/p/{connection.pk}/calls/{row.pk}/answered/").status_code == 404


def test_a_call_of_somebody_else_is_not_marked(theirs, stranger, grant_of, counselor, connection, consent):
    other = Connection.objects.create(person=stranger, membership=counselor)
    call = say(stranger, grant_of(stranger), other, kind="call", from_counselor=False)
    assert theirs.post(f"/care/p/{connection.pk}/calls/{call.pk}/answered/").status_code == 404
    assert Message.objects.for_grant(grant_of(stranger)).get().answered_at is None


def test_a_long_thread_comes_in_pages_latest_first(mine, theirs, person, grant, connection, consent):
    for n in range(31):
        row = say(person, grant, connection, f"number {n:02}")
        Message.objects.for_grant(grant).filter(pk=row.pk).update(occurred_at=timezone.now() - timedelta(hours=40 - n))
    for client, at in ((mine, mine_at), (theirs, theirs_at)):
        first, second = shown(client.get(at(connection))), shown(client.get(at(connection, "?page=2")))
        assert "number 30" in first and "number 00" not in first and "Earlier ones" in first
        assert "number 00" in second and "number 01" not in second
        assert client.get(at(connection, "?page=²")).status_code == 200


def test_the_reply_time_and_the_way_to_help_stand_above_the_box(mine, organisation, connection, consent):
    organisation.reply_time = "Mondays and Thursdays."
    organisation.save(update_fields=["reply_time"])
    page = mine.get(mine_at(connection))
    assert "Not for emergencies." in shown(page) and "Mondays and Thursdays." in shown(page)
    assert 'href="/sos/"' in page.content.decode()


def test_the_thread_costs_the_same_with_one_line_and_with_thirty(mine, theirs, person, grant, connection, consent):
    counted = []
    for times in (1, 28):
        for n in range(times):
            say(person, grant, connection, f"more {n}")
        for client, at in ((mine, mine_at), (theirs, theirs_at)):
            client.get(at(connection))
            with CaptureQueriesContext(database) as seen:
                assert client.get(at(connection)).status_code == 200
            counted.append(len(seen))
    assert counted[:2] == counted[2:]


def test_a_grant_without_the_category_opens_nothing(person, grant, connection, consent, counselor):
    bare = Grant(counselor.person_id, person.pk, "care", {}, grant.wrapped_key)
    row = say(person, grant, connection)
    assert not Message.objects.for_grant(bare).exists()
    with pytest.raises(SealBroken):
        bare.open_one(row)


def test_words_to_a_connection_that_is_gone_come_back_and_none_typed_is_the_plain_404(mine, connection):
    at = mine_at(connection)
    Connection.objects.filter(pk=connection.pk).delete()
    for go in ("", "call"):
        page = mine.post(at, {"id": new_id(), "text": "still typing", "go": go})
        assert page.status_code == 404 and "still typing" in shown(page)
    plain = mine.post(at, {"id": new_id(), "text": " "})
    assert plain.status_code == 404 and "Nothing was sent" not in shown(plain)


def test_a_refused_reply_without_a_word_is_the_plain_404(theirs, person, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    plain, absent = (theirs.post(f"/care/p/{one}/messages/", {"text": ""}) for one in (connection.pk, uuid.uuid4()))
    assert plain.status_code == 404 and "Nothing was sent" not in shown(plain) and plain.content == absent.content
