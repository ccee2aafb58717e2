"""The weekly look back."""

import pytest
from django.urls import reverse

from accounts.ids import new_id
from accounts.writing import into_bin
from goals.models import LookBack
from tests.goals.rows import NOON, WEEK, begin, fresh, shown


@pytest.fixture
def url(goal):
    return reverse("goals:look-back-create", args=[goal.pk])


@pytest.fixture
def page(goal):
    return reverse("goal-detail", args=[goal.pk])


def test_needs_login(client, url):
    assert client.get(url).url.startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_gets_404(client_of, stranger, url, method, grant):
    assert getattr(client_of(stranger), method)(url, {"choice": "let_go"}).status_code == 404
    assert not LookBack.objects.for_grant(grant).exists()


def test_a_goal_in_the_bin_is_as_absent(mine, grant, goal, url):
    into_bin(grant, goal)
    assert mine.get(url).status_code == mine.post(url, {"choice": "keep"}).status_code == 404


def test_asks_with_nothing_chosen(mine, url):
    response = mine.get(url)
    assert "All three answers are good ones." in shown(response)
    assert " checked" not in response.content.decode()


def test_a_passed_day_is_asked_about_without_blame(mine, grant, person):
    goal = begin(grant, person, target_on=NOON.date().replace(day=3))
    text = shown(mine.get(reverse("goals:look-back-create", args=[goal.pk])))
    assert "You planned this for 3 November. Adjust, keep or let go?" in text
    assert "overdue" not in text.lower()


def test_keeping_it_saves_the_note_and_rests_for_a_week(mine, goal, url, page, friday_noon):
    friday_noon.move_to(NOON + WEEK)
    assert "How has it been going?" in shown(mine.get(page))
    text = shown(mine.post(url, {"id": new_id(), "choice": "keep", "note": "She called back."}, follow=True))
    assert "How has it been going?" not in text
    assert "27 November 2026 Keep it as it is She called back." in text


def test_adjusting_leads_to_the_form(mine, goal, url):
    assert mine.post(url, {"choice": "adjust"}).url == reverse("goals:goal-update", args=[goal.pk])


def test_letting_go_closes_and_can_be_taken_back(mine, grant, goal, url, page):
    assert "Take it up again" in shown(mine.post(url, {"choice": "let_go"}, follow=True))
    assert fresh(grant, goal).status == "let_go"


def test_sending_twice_is_one_look_back(mine, grant, url, friday_noon):
    data = {"id": new_id(), "choice": "keep", "note": "Well."}
    for _ in range(2):
        mine.post(url, data)
        friday_noon.shift(5)
    assert LookBack.objects.for_grant(grant).count() == 1


@pytest.mark.parametrize("wrong", [{"choice": ""}, {"choice": "shame"}, {"note": "n" * 2001}])
def test_nothing_typed_is_lost_on_a_mistake(mine, grant, url, wrong):
    data = {"choice": "keep", "note": "It was hard."} | wrong
    response = mine.post(url, data)
    assert response.status_code == 422
    assert data["note"] in response.content.decode()
    assert not LookBack.objects.for_grant(grant).exists()
