"""Choosing between two versions of a goal."""

import pytest
from django.urls import reverse

from goals import actions
from goals.models import Goal
from tests.goals.rows import WORDS, fresh, goals_of, shown, wordings


@pytest.fixture
def two(grant, goal):
    """Two edits from the same version: what is stored, and what was kept beside it."""
    actions.change_goal(grant, fresh(grant, goal).row, 1, WORDS | {"title": "From the phone"})
    return actions.change_goal(grant, fresh(grant, goal).row, 1, WORDS | {"title": "From the laptop"})


@pytest.fixture
def url(two):
    return reverse("goals:goal-keep", args=[two.stored.pk])


def test_needs_login(client, url):
    assert "Sign in" in shown(client.post(url))


def test_stranger_gets_404(client_of, stranger, url, two, grant):
    assert client_of(stranger).post(url, {"other": two.kept.pk, "keep": "second"}).status_code == 404
    assert len(goals_of(grant)) == 2


def test_rejects_get(mine, url):
    assert mine.get(url).status_code == 405


@pytest.mark.parametrize(("keep", "title"), [("first", "From the phone"), ("second", "From the laptop")])
def test_keeps_one_with_its_steps_and_offers_undo_for_the_other(mine, grant, goal, two, url, keep, title):
    response = mine.post(url, {"other": two.kept.pk, "keep": keep}, follow=True)
    assert "Goal removed." in shown(response)
    assert [found.title for found in goals_of(grant)] == [title]
    assert fresh(grant, goal).title == title
    assert wordings(grant, goal) == ["Find her number", "Call"]


def test_pressing_twice_does_not_swap_back(mine, grant, goal, two, url):
    for _ in range(2):
        assert mine.post(url, {"other": two.kept.pk, "keep": "second"}).status_code == 302
    assert fresh(grant, goal).title == "From the laptop"


@pytest.mark.parametrize("data", [{}, {"other": "x", "keep": "first"}, {"keep": "second"}])
def test_nonsense_is_as_absent(mine, url, data, grant):
    assert mine.post(url, data).status_code == 404
    assert len(goals_of(grant)) == 2


def test_an_unknown_answer_changes_nothing(mine, url, two, grant):
    assert mine.post(url, {"other": two.kept.pk, "keep": "both"}).status_code == 404
    assert len(goals_of(grant)) == 2


def test_somebody_elses_goal_is_no_version(mine, url, others_goal, stranger, grant_of):
    assert mine.post(url, {"other": others_goal.pk, "keep": "second"}).status_code == 404
    assert not Goal.objects.for_grant(grant_of(stranger)).binned().exists()
