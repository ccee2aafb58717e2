"""Done, let go, and taken up again."""

import pytest
from django.urls import reverse

from accounts.writing import into_bin
from goals import actions
from goals.models import Goal
from tests.goals.rows import DAY, NOON, fresh, shown


@pytest.fixture
def url(goal):
    return reverse("goals:goal-close", args=[goal.pk])


def test_needs_login(client, url):
    assert "Sign in" in shown(client.post(url))


def test_stranger_gets_404(client_of, stranger, url, grant, goal):
    assert client_of(stranger).post(url, {"status": "done"}).status_code == 404
    assert fresh(grant, goal).status == "active"


def test_rejects_get(mine, url):
    assert mine.get(url).status_code == 405


@pytest.mark.parametrize(("status", "said"), [("done", "You marked this done on 20 November."), ("let_go", "You let this go on")])
def test_closes_and_says_so_with_a_way_back(mine, grant, goal, url, status, said):
    text = shown(mine.post(url, {"status": status}, follow=True))
    assert said in text
    assert "Take it up again" in text
    assert fresh(grant, goal).closed_at == NOON


def test_the_day_is_the_persons_own(mine, grant, goal):
    actions.close(grant, goal, Goal.Status.DONE, NOON.replace(hour=3))  # 10 in the evening in New York, the day before
    assert "done on 19 November" in shown(mine.get(reverse("goal-detail", args=[goal.pk])))


def test_takes_it_up_again(mine, grant, goal, url):
    actions.close(grant, goal, Goal.Status.LET_GO, NOON)
    mine.post(url, {"status": "active"})
    assert (fresh(grant, goal).status, fresh(grant, goal).closed_at) == ("active", None)


def test_pressing_twice_keeps_the_first_moment(mine, grant, goal, url, friday_noon):
    mine.post(url, {"status": "done"})
    friday_noon.move_to(NOON + DAY)
    mine.post(url, {"status": "done"})
    assert fresh(grant, goal).closed_at == NOON


@pytest.mark.parametrize("status", ["", "overdue", "DONE"])
def test_an_unknown_answer_changes_nothing(mine, grant, goal, url, status):
    assert mine.post(url, {"status": status}).status_code == 404
    assert fresh(grant, goal).status == "active"


def test_a_goal_in_the_bin_is_as_absent(mine, grant, goal, url):
    into_bin(grant, goal)
    assert mine.post(url, {"status": "done"}).status_code == 404
