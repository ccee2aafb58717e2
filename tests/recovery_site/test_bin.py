"""One bin for everything a person removed."""

import html
import re

import pytest
from django.utils import timezone

from accounts.ids import new_id
from goals.actions import add_template_goal
from goals.models import Goal, Step
from journal import actions
from journal.models import CheckIn


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
