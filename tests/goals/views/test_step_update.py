"""Other words for a step."""

import pytest
from django.urls import reverse

from accounts.writing import into_bin
from goals import actions
from tests.goals.rows import fresh, shown, wordings


@pytest.fixture
def url(steps):
    return reverse("goals:step-update", args=[steps[0].pk])


def test_needs_login(client, url):
    assert client.get(url).url.startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_gets_404(client_of, stranger, url, method):
    assert getattr(client_of(stranger), method)(url, {"wording": "Mine now", "version": 1}).status_code == 404


def test_shows_what_is_stored(mine, url):
    form = mine.get(url).context["form"]
    assert (form["wording"].value(), form["version"].value()) == ("Find her number", 1)


def test_saves_and_leads_back(mine, grant, goal, url):
    response = mine.post(url, {"wording": "Ask mother for it", "version": 1}, follow=True)
    assert "Ask mother for it" in shown(response)
    assert wordings(grant, goal) == ["Ask mother for it", "Call"]


def test_sending_twice_is_one_edit(mine, grant, goal, url):
    for _ in range(2):
        mine.post(url, {"wording": "Ask mother for it", "version": 1})
    assert wordings(grant, goal) == ["Ask mother for it", "Call"]


def test_a_stale_version_keeps_and_shows_both(mine, grant, steps, url):
    actions.change_step(grant, steps[0].row, 1, "From the phone")
    text = shown(mine.post(url, {"wording": "From the laptop", "version": 1}, follow=True))
    assert "A step was changed in two places." in text
    assert "From the phone" in text
    assert "From the laptop" in text


def test_nothing_typed_is_lost_on_a_mistake(mine, grant, steps, url):
    response = mine.post(url, {"wording": "w" * 201, "version": 1})
    assert response.status_code == 422
    assert "w" * 201 in response.content.decode()
    assert fresh(grant, steps[0].row).wording == "Find her number"


def test_a_step_in_the_bin_or_of_a_goal_there_is_as_absent(mine, grant, goal, steps, url):
    into_bin(grant, goal)
    assert mine.get(url).status_code == 404
    assert mine.get(reverse("goals:step-update", args=[steps[1].pk])).status_code == 404
