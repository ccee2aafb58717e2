"""Mending a goal."""

import pytest
from django.urls import reverse

from accounts.writing import into_bin
from goals import actions
from tests.goals.rows import WORDS, fresh, goals_of, shown


@pytest.fixture
def url(goal):
    return reverse("goals:goal-update", args=[goal.pk])


def sent(version=1, **data):
    return {"version": version, "life_skill": "relationships"} | WORDS | data


def test_needs_login(client, url):
    assert client.get(url).url.startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_gets_404(client_of, stranger, url, method):
    assert getattr(client_of(stranger), method)(url, sent()).status_code == 404


def test_a_goal_in_the_bin_is_as_absent(mine, grant, goal, url):
    into_bin(grant, goal)
    assert mine.get(url).status_code == mine.post(url, sent()).status_code == 404


def test_shows_what_is_stored(mine, url):
    form = mine.get(url).context["form"]
    assert {name: form[name].value() for name in WORDS} == WORDS
    assert form["version"].value() == 1
    assert "first_step" not in form.fields


def test_saves_and_shows_the_goal(mine, grant, goal, url):
    response = mine.post(url, sent(title="Call her on Sundays", counts_strategy="call-my-person", counts_target="4"), follow=True)
    assert "Call her on Sundays" in shown(response)
    stored = fresh(grant, goal)
    assert (stored.counts_strategy, stored.counts_target, stored.strategies) == ("call-my-person", 4, ["call-my-person"])


def test_sending_twice_is_one_edit(mine, grant, url):
    answers = [mine.post(url, sent(title="Call her on Sundays")).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert [goal.title for goal in goals_of(grant)] == ["Call her on Sundays"]


@pytest.mark.parametrize("version", ["1", "", "9" * 30])
def test_a_stale_version_keeps_and_shows_both_texts(mine, grant, goal, url, version):
    actions.change_goal(grant, goal, 1, WORDS | {"title": "From the phone"})
    response = mine.post(url, sent(version=version, title="From the laptop"))
    assert response.status_code == 409
    text = shown(response)
    assert "Saved first From the phone" in text
    assert "What you just sent From the laptop" in text
    assert sorted(found.title for found in goals_of(grant)) == ["From the laptop", "From the phone"]


def test_a_stale_form_sent_twice_makes_no_third_goal(mine, grant, goal, url):
    actions.change_goal(grant, goal, 1, WORDS | {"title": "From the phone"})
    for _ in range(3):
        mine.post(url, sent(title="From the laptop"))
    assert len(goals_of(grant)) == 2


def test_nothing_typed_is_lost_on_a_mistake(mine, grant, goal, url):
    response = mine.post(url, sent(title="", why="A new reason"))
    assert response.status_code == 422
    assert "A new reason" in response.content.decode()
    assert fresh(grant, goal).title == "Call my sister"


def test_a_field_that_is_not_the_forms_changes_nothing(mine, grant, goal, url, stranger):
    mine.post(url, sent(status="done", person=stranger.pk, template="time-out-word", local_day="2020-01-01"))
    stored = fresh(grant, goal)
    assert (stored.status, stored.template, stored.person_id) == ("active", "", goal.person_id)
    assert stored.local_day == goal.local_day
