"""Removing a goal, and taking it back."""

import pytest
from django.urls import reverse

from accounts.writing import into_bin
from goals.models import Goal
from tests.goals.rows import DAY, NOON, fresh, goals_of, shown, wordings


@pytest.fixture
def remove(goal):
    return reverse("goals:goal-remove", args=[goal.pk])


@pytest.fixture
def restore(goal):
    return reverse("goals:goal-restore", args=[goal.pk])


def test_needs_login(client, remove, restore):
    assert all("Sign in" in shown(client.post(url)) for url in (remove, restore))


def test_stranger_gets_404(client_of, stranger, remove, restore, grant):
    assert [client_of(stranger).post(url).status_code for url in (remove, restore)] == [404, 404]
    assert len(goals_of(grant)) == 1


def test_rejects_get(mine, remove, restore):
    assert [mine.get(url).status_code for url in (remove, restore)] == [405, 405]


def test_removes_without_asking_and_offers_undo_in_place(mine, grant, remove, restore):
    response = mine.post(remove, follow=True)
    assert goals_of(grant) == []
    assert "Goal removed." in shown(response)
    assert restore in response.content.decode()


def test_undo_brings_goal_and_steps_back(mine, grant, goal, remove, restore):
    mine.post(remove)
    response = mine.post(restore, {"next": "/goals/"}, follow=True)
    assert "Find her number" in shown(response)
    assert wordings(grant, goal) == ["Find her number", "Call"]


def test_pressing_twice_is_harmless_and_keeps_the_first_moment(mine, grant, goal, remove, restore, friday_noon):
    mine.post(remove)
    friday_noon.move_to(NOON + DAY)
    assert mine.post(remove).status_code == 302
    assert fresh(grant, goal).deleted_at == NOON
    assert [mine.post(restore).status_code for _ in range(2)] == [302, 302]


def test_undo_leads_to_the_goal_where_next_is_not_ours(mine, grant, goal, restore):
    into_bin(grant, goal)
    assert mine.post(restore, {"next": "https://example.org/"}).url == reverse("goal-detail", args=[goal.pk])
    assert Goal.objects.for_grant(grant).kept().exists()
