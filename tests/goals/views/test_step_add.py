"""One more step."""

import pytest
from django.urls import reverse

from accounts.ids import new_id
from accounts.writing import into_bin
from tests.goals.rows import fresh, wordings


@pytest.fixture
def url(goal):
    return reverse("goals:step-add", args=[goal.pk])


def test_needs_login(client, url):
    assert "Write to her" in client.post(url, {"wording": "Write to her"}).content.decode()


def test_stranger_gets_404(client_of, stranger, url, grant, goal):
    assert client_of(stranger).post(url, {"wording": "Mine now"}).status_code == 404
    assert wordings(grant, goal) == ["Find her number", "Call"]


def test_rejects_get(mine, url):
    assert mine.get(url).status_code == 405


def test_stands_at_the_end(mine, grant, goal, url):
    response = mine.post(url, {"id": new_id(), "wording": "Write to her"})
    assert response.url == reverse("goal-detail", args=[goal.pk]) + "#steps"
    assert wordings(grant, goal) == ["Find her number", "Call", "Write to her"]


def test_sending_twice_is_one_step(mine, grant, goal, url, friday_noon):
    data = {"id": new_id(), "wording": "Write to her"}
    for _ in range(2):
        mine.post(url, data)
        friday_noon.shift(5)
    assert wordings(grant, goal).count("Write to her") == 1


@pytest.mark.parametrize(
    ("text", "said"), [("", "Write the step."), ("x" * 201, "The most we can keep is 200"), ("a\x00b", "ab")]
)
def test_nothing_typed_is_lost_on_a_mistake(mine, grant, goal, url, text, said):
    response = mine.post(url, {"wording": text})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert text.replace("\x00", "") in response.content.decode()
    assert len(wordings(grant, goal)) == 2


def test_somebody_elses_step_id_is_not_saved(client_of, stranger, others_goal, steps, grant):
    url = reverse("goals:step-add", args=[others_goal.pk])
    response = client_of(stranger).post(url, {"id": steps[0].pk, "wording": "Mine now"})
    assert response.status_code == 404
    assert fresh(grant, steps[0].row).wording == "Find her number"


def test_a_goal_in_the_bin_is_as_absent(mine, grant, goal, url):
    into_bin(grant, goal)
    assert mine.post(url, {"wording": "Write"}).status_code == 404
