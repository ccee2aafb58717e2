"""The inbox: what waits, from whom, at the same cost for one person and for thirty."""

import uuid
from datetime import timedelta

from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessRecord
from care.actions import consents
from care.actions import proposals as acts
from care.models import Connection, Consent, Message, Proposal
from tests.care.conftest import care_client, make_counselor, sign
from tests.care.sharing import put, shown
from tests.conftest import make_person

PAGE = "/care/inbox/"
SKIPPED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def write(person, grant, connection, text="hello", **more):
    return put(person, grant, Message(connection=connection, **{"from_counselor": False, **more}), text=text)


def looked_at(theirs, connection):
    """The counselor has seen that this person is new."""
    theirs.get(f"/care/p/{connection.pk}/messages/")


def test_with_nothing_waiting_one_is_all_caught_up(theirs, connection, consent):
    looked_at(theirs, connection)
    assert "All caught up" in shown(theirs.get(PAGE))


def test_somebody_new_stands_there_until_the_counselor_looked(theirs, person, connection, consent):
    page = shown(theirs.get(PAGE))
    assert "River" in page and "shares with you now" in page
    assert "shares with you now" in shown(theirs.get(PAGE))  # the inbox itself is no look
    looked_at(theirs, connection)
    assert "All caught up" in shown(theirs.get(PAGE))


def test_a_smaller_consent_is_nothing_new(theirs, person, grant, connection, consent):
    looked_at(theirs, connection)
    sign(grant, person, connection, {"check-ins": ""}, waited=False)
    assert "All caught up" in shown(theirs.get(PAGE))


def test_messages_calls_and_answers_wait_until_they_are_seen(theirs, person, grant, connection, consent):
    looked_at(theirs, connection)
    write(person, grant, connection, "not here")
    write(person, grant, connection)
    call = write(person, grant, connection, "after five", kind="call")
    row = put(
        person, grant, Proposal(connection=connection, kind="strategy", key="slow-breathing"), title="Breathe", why="It helps."
    )
    page = shown(theirs.get(PAGE))
    assert "2 messages" in page and "asks for a call" in page and "answered" not in page
    assert "not here" not in page and "after five" not in page  # words are read where they are answered
    acts.accept(grant, person, grant.open_one(row), timezone.now())
    assert "1 proposal answered: accepted" in shown(theirs.get(PAGE))
    theirs.get(f"/care/p/{connection.pk}/goals/")
    looked_at(theirs, connection)
    page = shown(theirs.get(PAGE))
    assert "messages" not in page.replace("Messages, calls", "") and "answered" not in page and "asks for a call" in page
    back = theirs.post(f"/care/p/{connection.pk}/calls/{call.pk}/answered/", {"next": PAGE})
    assert back.url == PAGE and "All caught up" in shown(theirs.get(PAGE))


def test_requests_without_an_answer_are_counted_and_name_nobody(theirs, counselor, stranger, connection, consent):
    looked_at(theirs, connection)
    Connection.objects.create(person=stranger, membership=counselor)
    page = shown(theirs.get(PAGE))
    assert "1 request waits for a person's answer." in page and "meadow" not in page


def test_after_stopping_nothing_of_a_person_waits(theirs, person, grant, connection, consent):
    write(person, grant, connection)
    consents.stop(person, connection.pk, timezone.now())
    page = shown(theirs.get(PAGE))
    assert "River" not in page and "All caught up" in page


def test_in_a_pause_messages_still_arrive(theirs, person, grant, connection, consent):
    write(person, grant, connection)
    consents.pause(person, connection.pk, timezone.now())
    assert "1 message" in shown(theirs.get(PAGE))


def test_what_another_counselor_got_is_not_here(theirs, person, grant, organisation, connection, consent):
    other = make_counselor("joan", organisation, shown_name="Joan Birch")
    second = Connection.objects.create(person=person, membership=other)
    sign(grant, person, second, shown_name="Riv")
    looked_at(theirs, connection)
    write(person, grant, second)
    assert "All caught up" in shown(theirs.get(PAGE))
    client = care_client(other.person)
    assert "1 message" in shown(client.get(PAGE)) and "Riv" in shown(client.get(PAGE))


def test_only_counselors_have_an_inbox(mine, organisation, stranger, client_of):
    assert mine.get(PAGE).status_code == client_of(stranger).get(PAGE).status_code == 404
    admin = make_counselor("wren", organisation, role="admin")
    assert care_client(admin.person).get(PAGE).status_code == 404
    supervisor = make_counselor("lark", organisation, role="supervisor")
    assert "All caught up" in shown(care_client(supervisor.person).get(PAGE))


def test_every_look_is_recorded_for_each_person(theirs, person, connection, consent):
    theirs.get(PAGE)
    assert AccessRecord.objects.about(person.pk).filter(action="read", page="inbox").count() == 1


def test_it_costs_at_most_ten_queries_with_one_person_and_with_thirty(
    theirs, counselor, grant_of, person, grant, connection, consent
):
    write(person, grant, connection)
    theirs.get(PAGE)
    counted = [cost(theirs)]
    for n in range(29):
        somebody = make_person(f"somebody-{n}")
        theirs_now = Connection.objects.create(person=somebody, membership=counselor)
        sign(grant_of(somebody), somebody, theirs_now, shown_name=f"Number {n}")
        for _ in range(2):
            write(somebody, grant_of(somebody), theirs_now)
    Consent.objects.filter(pk=consent.pk).update(
        starts_at=timezone.now() - timedelta(days=9), signed_at=timezone.now() - timedelta(days=10)
    )
    page = shown(theirs.get(PAGE))
    assert "Number 0" in page and "Number 28" in page and page.count("2 messages") == 29
    counted.append(cost(theirs))
    assert max(counted) <= 10 and counted[1] <= counted[0] + 1


def cost(client):
    with CaptureQueriesContext(database) as seen:
        assert client.get(PAGE).status_code == 200
    return sum(not query["sql"].startswith(SKIPPED) for query in seen.captured_queries)


def test_a_call_that_is_not_there_is_a_404(theirs, connection, consent):
    assert theirs.post(f"/care/p/{connection.pk}/calls/{uuid.uuid4()}/answered/").status_code == 404
