"""The small acts on a step: tick, plan, move, remove, and each of them back."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.writing import into_bin
from tests.goals.rows import DAY, NOON, fresh, shown, wordings

ACTS = ("tick", "untick", "plan", "unplan", "up", "down", "remove", "restore")


@pytest.fixture
def url(steps):
    def address(act, place=0):
        return reverse("goals:step-act", args=[steps[place].pk, act])

    return address


@pytest.fixture
def page(goal):
    return reverse("goal-detail", args=[goal.pk])


@pytest.mark.parametrize("act", ACTS)
def test_needs_login(client, url, act, grant, steps):
    assert "Sign in" in shown(client.post(url(act)))
    assert fresh(grant, steps[0].row).updated_at == steps[0].updated_at


@pytest.mark.parametrize("act", ACTS)
def test_stranger_gets_404(client_of, stranger, url, act, grant, goal):
    assert client_of(stranger).post(url(act)).status_code == 404
    assert wordings(grant, goal) == ["Find her number", "Call"]


@pytest.mark.parametrize("act", ACTS)
def test_rejects_get(mine, url, act):
    assert mine.get(url(act)).status_code == 405


def test_an_unknown_act_is_as_absent(mine, url):
    assert mine.post(url("burn")).status_code == 404


def test_ticks_and_shows_how_far(mine, url, page):
    response = mine.post(url("tick"), follow=True)
    assert response.redirect_chain == [(f"{page}#steps", 302)]
    assert "1 of 2 steps done" in shown(response)


def test_ticking_twice_is_one_tick(mine, grant, url, steps, friday_noon):
    mine.post(url("tick"))
    friday_noon.move_to(NOON + DAY)
    mine.post(url("tick"))
    assert fresh(grant, steps[0].row).done_at == NOON


def test_takes_a_tick_back(mine, url):
    mine.post(url("tick"))
    assert "0 of 2 steps done" in shown(mine.post(url("untick"), follow=True))


def test_plans_for_this_week_and_out_of_it(mine, grant, url, steps):
    mine.post(url("plan", 1))
    assert fresh(grant, steps[1].row).planned_week == date(2026, 11, 16)
    mine.post(url("unplan", 1))
    assert fresh(grant, steps[1].row).planned_week is None


def test_moves_down_and_up_and_stops_at_the_ends(mine, grant, goal, url):
    orders = []
    for act in ("down", "down", "up", "up"):
        mine.post(url(act))
        orders.append(wordings(grant, goal)[0])
    assert orders == ["Call", "Call", "Find her number", "Find her number"]


def test_removes_with_undo_in_place(mine, grant, goal, url, page, steps):
    response = mine.post(url("remove"), follow=True)
    assert response.redirect_chain == [(f"{page}?undo={steps[0].pk}#steps", 302)]
    assert "Step removed." in shown(response)
    assert wordings(grant, goal) == ["Call"]
    mine.post(url("restore"))
    assert wordings(grant, goal) == ["Find her number", "Call"]


def test_while_arranging_it_stays_there(mine, url, page, steps):
    assert mine.post(url("down"), {"arrange": "1"}).url == f"{page}?arrange=1#steps"
    assert mine.post(url("remove"), {"arrange": "1"}).url == f"{page}?arrange=1&undo={steps[0].pk}#steps"


def test_returns_to_the_page_it_came_from(mine, url):
    assert mine.post(url("tick"), {"next": "/today/"}).url == "/today/"


@pytest.mark.parametrize("foreign", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "today"])
def test_a_foreign_next_leads_to_the_goal(mine, url, page, foreign):
    assert mine.post(url("tick"), {"next": foreign}).url == f"{page}#steps"


@pytest.mark.parametrize("act", ["tick", "plan", "up"])
def test_a_step_in_the_bin_can_only_come_back(mine, grant, url, steps, act):
    into_bin(grant, steps[0].row)
    assert mine.post(url(act)).status_code == 404
    assert mine.post(url("remove")).status_code == mine.post(url("restore")).status_code == 302


@pytest.mark.parametrize("act", ACTS)
def test_steps_of_a_goal_in_the_bin_are_as_absent(mine, grant, goal, url, act):
    into_bin(grant, goal)
    assert mine.post(url(act)).status_code == 404
