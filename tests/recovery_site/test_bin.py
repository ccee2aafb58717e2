"""One bin for everything a person removed."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.ids import new_id
from care.actions import consents
from care.models import AgendaLine, Connection, Membership, Organisation
from goals.actions import add_template_goal
from goals.models import Goal, Step
from journal import actions
from journal.models import CheckIn
from recovery_site.management.commands.run_due import empty_bins
from tests.care.conftest import care_client, make_counselor, put, sign


@pytest.fixture
def goal(person, grant):
    return add_template_goal(grant, person, "time-out-word", new_id(), timezone.now())


@pytest.fixture
def step(grant, goal):
    return Step.objects.for_grant(grant).of_goal(goal).first()


def bin_of(client):
    return html.unescape(client.get("/bin/").content.decode())


def put_back(client):
    """Press every "Put back" on the page, as a person would."""
    pressed = re.findall(r'<form method="post" action="([^"]+)">', bin_of(client).split("<main", 1)[1])
    return [client.post(action, {"next": "/bin/"}) for action in pressed]


def test_a_goal_comes_back_with_its_steps(mine, grant, goal, step):
    mine.post(f"/goals/{goal.pk}/remove/")
    assert "time-out word" in bin_of(mine) and "Agree on the word" not in bin_of(mine)
    assert [answer.url for answer in put_back(mine)] == ["/bin/"]
    assert Goal.objects.for_grant(grant).kept().count() == 1
    assert "The bin is empty" in bin_of(mine)


def test_a_step_removed_alone_comes_back_alone(mine, grant, goal, step):
    mine.post(f"/goals/steps/{step.pk}/remove/")
    assert "step" in bin_of(mine) and grant.open_one(step).wording in bin_of(mine)
    put_back(mine)
    assert "The bin is empty" in bin_of(mine)
    assert step in Step.objects.for_grant(grant).kept().of_goal(goal)


def test_the_latest_comes_first_whatever_it_is(mine, person, grant, goal):
    mine.post(f"/goals/{goal.pk}/remove/")
    kept = actions.save_new(grant, CheckIn(mood=3), person, timezone.now(), {"note": "a quiet canal walk"}).row
    mine.post(f"/log/check-in/{kept.pk}/remove/")
    page = bin_of(mine)
    assert page.index("canal walk") < page.index("time-out word")


def test_nobody_elses_bin(mine, goal, stranger, client_of):
    mine.post(f"/goals/{goal.pk}/remove/")
    assert "The bin is empty" in bin_of(client_of(stranger))


# --- lines for next time ---


@pytest.fixture
def connection(person, grant):
    """A counselor with whom everything is shared."""
    maria = make_counselor("maria", Organisation.objects.create(name="Harbor Clinic"))
    link = Connection.objects.create(person=person, membership=maria)
    sign(grant, person, link)
    return link


def remove(client, line):
    """Press "Remove" on the list."""
    return client.post(f"/sharing/agenda/{line.pk}/remove/")


def overview(connection):
    """What the counselor reads."""
    return care_client(connection.membership.person).get(f"/care/p/{connection.pk}/").content.decode()


def test_a_line_for_next_time_comes_back_and_is_seen_again(mine, person, grant, connection):
    line = put(person, grant, AgendaLine(connection=connection), text="the night shift")
    remove(mine, line)
    page = bin_of(mine)
    assert "the night shift" in page and "for next time with Maria Lopez" in page
    assert "the night shift" not in overview(connection)
    assert [answer.url for answer in put_back(mine)] == ["/bin/"]
    assert "The bin is empty" in bin_of(mine) and "the night shift" in overview(connection)


def test_a_starred_entry_without_words_is_named(mine, person, grant, connection):
    remove(mine, put(person, grant, AgendaLine(connection=connection, entry_id=new_id())))
    assert "An entry you wanted to talk about" in bin_of(mine) and "No text" not in bin_of(mine)


def test_a_line_put_back_after_sharing_ended_is_on_the_list_and_nobody_sees_it(mine, person, grant, connection):
    line = put(person, grant, AgendaLine(connection=connection), text="the night shift")
    remove(mine, line)
    consents.stop(person, connection.pk, timezone.now())
    Membership.objects.update(left_at=timezone.now())
    put_back(mine)
    page = html.unescape(mine.get("/sharing/agenda/").content.decode())
    assert "the night shift" in page and "so they do not see this" in page
    assert care_client(connection.membership.person).get(f"/care/p/{connection.pk}/").status_code == 404


def test_a_line_is_put_back_only_to_an_address_of_ours(mine, person, grant, connection):
    line = put(person, grant, AgendaLine(connection=connection), text="the night shift")
    for foreign in ("https://example.org/", "//example.org/", ""):
        assert mine.post(f"/sharing/agenda/{line.pk}/restore/", {"next": foreign}).url == "/sharing/agenda/"


def test_a_line_is_gone_after_thirty_days_and_not_before(mine, person, grant, connection):
    young, old = (put(person, grant, AgendaLine(connection=connection), text=text) for text in ("young words", "old words"))
    for line, days in ((young, settings.BIN_DAYS - 1), (old, settings.BIN_DAYS + 1)):
        then = timezone.now() - timedelta(days=days)
        AgendaLine.objects.for_grant(grant).filter(pk=line.pk).update(deleted_at=then)
    assert empty_bins() == 1
    assert "young words" in bin_of(mine) and "old words" not in bin_of(mine)


def test_the_bin_costs_the_same_with_one_line_and_with_thirty(mine, person, grant, connection):
    counted = []
    for times in (1, 29):
        for n in range(times):
            remove(mine, put(person, grant, AgendaLine(connection=connection), text=f"line {n}"))
        with CaptureQueriesContext(database) as seen:
            assert "line 0" in bin_of(mine)
        counted.append(len(seen))
    assert counted[0] == counted[1]
