"""Starting a goal, from a template or in one's own words."""

import pytest
from django.urls import reverse

from accounts.ids import new_id
from accounts.writing import into_bin
from goals.models import Goal
from library.models import GoalTemplate
from library.shelf import forget, shelf
from tests.goals.rows import NOON, WORDS, fresh, goals_of, shown, wordings

URL = reverse("goals:goal-create")
TEMPLATE = "time-out-word"


def sent(**data):
    return {"id": str(new_id()), "first_step": "Find her number", "life_skill": "relationships"} | WORDS | data


def test_needs_login(client, db):
    assert client.get(URL).url.startswith("/accounts/login/")


def test_what_was_typed_before_signing_in_is_carried_along(client, db):
    response = client.post(URL, sent())
    assert "Call my sister" in response.content.decode()
    assert not Goal._base_manager.exists()


def test_offers_every_template_by_life_skill(mine):
    text = shown(mine.get(URL))
    assert all(template.plain_name in text for template in shelf().templates.values())
    assert text.index("Communication") < text.index("Use a time-out word") < text.index("Handling situations")


def test_a_retired_template_is_no_longer_offered(mine):
    GoalTemplate.objects.filter(slug=TEMPLATE).update(retired_at=NOON)
    forget()
    assert "Use a time-out word" not in shown(mine.get(URL))


def test_a_template_fills_the_form_and_every_word_can_be_changed(mine):
    form = mine.get(URL, {"template": TEMPLATE}).context["form"]
    template = shelf().templates[TEMPLATE]
    assert form["title"].value() == template.plain_name
    assert form["first_step"].value() == template.first_step
    assert (form["counts_strategy"].value(), form["counts_target"].value()) == (template.counts_strategy, template.target)
    assert "{" not in form["title"].value()


def test_an_unknown_template_is_as_absent(mine):
    assert "Take one of these" in shown(mine.get(URL, {"template": "no-such-template"}))


def test_own_words_begin_empty_and_nothing_is_chosen(mine):
    form = mine.get(URL, {"own": "1"}).context["form"]
    assert {name: form[name].value() for name in ("title", "life_skill", "target_on", "counts_strategy")} == dict.fromkeys(
        ("title", "life_skill", "target_on", "counts_strategy")
    )


def test_a_goal_in_own_words_is_kept_and_shown(mine, grant):
    response = mine.post(URL, sent(target_on="2026-12-24"), follow=True)
    (goal,) = goals_of(grant)
    assert dict(goal.words) == WORDS
    assert (goal.life_skill, str(goal.target_on), goal.template) == ("relationships", "2026-12-24", "")
    assert wordings(grant, goal.row) == ["Find her number"]
    assert "Aiming for Thursday, 24 December" in shown(response)


def test_a_title_alone_starts_a_goal(mine, grant):
    mine.post(URL, {"title": "Sleep before midnight"})
    assert [goal.title for goal in goals_of(grant)] == ["Sleep before midnight"]


def test_a_goal_from_a_template_brings_its_other_steps_and_links(mine, grant):
    mine.post(URL, sent(template=TEMPLATE, counts_strategy="calm-conflict", counts_target="4"))
    (goal,) = goals_of(grant)
    template = shelf().templates[TEMPLATE]
    assert wordings(grant, goal.row) == ["Find her number", *template.steps]
    assert (goal.triggers, goal.template, goal.counts_target) == (list(template.triggers), TEMPLATE, 4)
    assert set(goal.strategies) == {*template.strategies, "calm-conflict"}


def test_sending_twice_is_one_goal(mine, grant, friday_noon):
    data = sent()
    answers = []
    for _ in range(2):
        answers.append(mine.post(URL, data).url)
        friday_noon.shift(5)
    assert answers[0] == answers[1]
    assert len(goals_of(grant)) == 1


def test_sending_again_what_was_removed_offers_undo(mine, grant):
    data = sent()
    mine.post(URL, data)
    (goal,) = goals_of(grant)
    into_bin(grant, goal.row)
    assert "Goal removed." in shown(mine.post(URL, data, follow=True))


def test_somebody_elses_id_is_not_saved_and_says_nothing_about_it(mine, others_goal, grant, stranger, grant_of):
    assert mine.post(URL, sent(id=others_goal.pk)).status_code == 404
    assert goals_of(grant) == []
    assert fresh(grant_of(stranger), others_goal).title == "Not yours to see"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"target_on": "2020-01-01"},
        {"counts_target": "1000"},
        {"life_skill": "x"},
        {"template": "x"},
        {"why": "\x07"},
    ],
)
def test_nothing_typed_is_lost_on_a_mistake(mine, grant, wrong):
    data = sent(why="Because she laughs.", target_on="2026-12-24", counts_target="5", counts_strategy="call-my-person") | wrong
    response = mine.post(URL, data)
    assert response.status_code == 422
    assert "There is a problem. Nothing is lost." in shown(response)
    form = response.context["form"]
    kept = {name: value for name, value in data.items() if name not in wrong and name != "template"}
    assert {name: str(form[name].value()) for name in kept} == kept
    assert goals_of(grant) == []


def test_200_000_characters_come_back_with_a_message(mine):
    response = mine.post(URL, sent(why="y" * 200_000))
    assert "This has 200,000 characters. The most we can keep is 2,000." in shown(response)
    assert "y" * 200_000 in response.content.decode()


def test_markup_in_a_title_is_only_text(mine):
    response = mine.post(URL, sent(title="<script>alert(1)</script>"), follow=True)
    assert "<script>alert(1)" not in response.content.decode()
    assert "<script>alert(1)</script>" in shown_raw(response)


def shown_raw(response):
    return response.content.decode().replace("&lt;", "<").replace("&gt;", ">")
