"""Goals as a person works on them."""

import html
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from goals.actions import add_template_goal
from goals.models import Goal, LookBack, Step
from journal import actions as journal_actions
from journal.models import Craving


def text_of(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def new_id():
    return str(uuid.uuid4())


@pytest.fixture
def goal(person, grant):
    return add_template_goal(grant, person, "time-out-word", uuid.uuid4(), timezone.now())


def steps_of(grant, goal):
    return grant.open(Step.objects.for_grant(grant).kept().filter(goal=goal).order_by("position"))


def test_a_goal_in_own_words(mine, grant):
    data = {"id": new_id(), "title": "Walk by the canal", "life_skill": "leisure", "first_step": "Find my shoes", "why": "Air"}
    answer = mine.post("/goals/new/", data)
    page = text_of(mine.get(answer.url))
    assert "Walk by the canal" in page and "Find my shoes" in page and "0 of 1 done" in page
    assert mine.post("/goals/new/", data).url == answer.url
    assert Goal.objects.for_grant(grant).count() == Step.objects.for_grant(grant).count() == 1
    assert "Find my shoes" in text_of(mine.get("/today/"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"title": ""}, "required"),
        ({"title": "x" * 201}, "The most we can keep is 200"),
        ({"title": "ok", "target_on": "2020-01-01"}, "This day has passed"),
        ({"title": "ok", "target_on": "soon"}, "year-month-day"),
        ({"title": "ok", "life_skill": "flying"}, "valid choice"),
        ({"title": "ok", "counts_target": "0"}, "from 1 to 999"),
    ],
)
def test_mistakes_get_a_message_and_nothing_is_lost(mine, grant, data, message):
    answer = mine.post("/goals/new/", {"id": new_id(), "life_skill": "leisure", "why": "Because of the river"} | data)
    assert answer.status_code == 422
    assert message in text_of(answer) and "Because of the river" in text_of(answer)
    assert not Goal.objects.for_grant(grant).exists()


def test_a_template_fills_the_form_and_links_the_goal(mine, grant):
    page = text_of(mine.get("/goals/new/?template=time-out-word"))
    assert "time-out word" in page and "{" not in page.split("<main")[1]
    mine.post("/goals/new/", {"id": new_id(), "title": "Our word", "life_skill": "communication", "template": "time-out-word"})
    (goal,) = grant.open(Goal.objects.for_grant(grant))
    assert (goal.title, goal.counts_strategy, "argument" in goal.triggers) == ("Our word", "calm-conflict", True)


def test_adding_the_same_template_again_gives_the_goal_there_is(person, grant, goal):
    again = add_template_goal(grant, person, "time-out-word", uuid.uuid4(), timezone.now())
    assert again.pk == goal.pk


def test_tick_untick_plan_move_remove_undo(mine, grant, goal):
    first, second = steps_of(grant, goal)[:2]
    mine.post(f"/goals/steps/{first.pk}/tick/")
    assert "1 of" in text_of(mine.get(f"/goals/{goal.pk}/"))
    mine.post(f"/goals/steps/{first.pk}/untick/")
    mine.post(f"/goals/steps/{second.pk}/up/")
    assert steps_of(grant, goal)[0].pk == second.pk
    mine.post(f"/goals/steps/{second.pk}/plan/")
    assert second.wording in text_of(mine.get("/goals/")).split("This week")[1]
    removed = mine.post(f"/goals/steps/{second.pk}/remove/").url
    assert "Step removed." in text_of(mine.get(removed))
    mine.post(f"/goals/steps/{second.pk}/restore/")
    assert second.pk in {step.pk for step in steps_of(grant, goal)}


def test_an_unknown_act_is_absent(mine, grant, goal):
    step = steps_of(grant, goal)[0]
    assert mine.post(f"/goals/steps/{step.pk}/burn/").status_code == 404


def test_logs_count_towards_the_goal(mine, person, grant, goal):
    for strategies in (["calm-conflict"], ["calm-conflict", "slow-breathing"], ["slow-breathing"]):
        journal_actions.save_new(grant, Craving(intensity=5, strategies=strategies), person, timezone.now(), {})
    page = text_of(mine.get(f"/goals/{goal.pk}/"))
    assert '<span class="stat">2</span> of 3 times' in page


@pytest.mark.parametrize(("choice", "status"), [("keep", "active"), ("let_go", "let_go"), ("adjust", "active")])
def test_looking_back_is_a_choice_of_three_good_ones(mine, grant, goal, choice, status):
    Goal.objects.for_grant(grant).filter(pk=goal.pk).update(local_day=timezone.now().date() - timedelta(days=9))
    assert "A week has gone by" in text_of(mine.get(f"/goals/{goal.pk}/"))
    answer = mine.post(f"/goals/{goal.pk}/look-back/", {"id": new_id(), "choice": choice, "note": "fine"})
    assert answer.url == (f"/goals/{goal.pk}/edit/" if choice == "adjust" else f"/goals/{goal.pk}/")
    assert Goal.objects.for_grant(grant).one(goal.pk).status == status
    assert [row.note for row in grant.open(LookBack.objects.for_grant(grant))] == ["fine"]
    assert "A week has gone by" not in text_of(mine.get(f"/goals/{goal.pk}/"))


def test_a_passed_day_asks_and_never_says_overdue(mine, grant, goal):
    Goal.objects.for_grant(grant).filter(pk=goal.pk).update(target_on="2026-05-03")
    page = text_of(mine.get(f"/goals/{goal.pk}/"))
    assert "You planned this for 3 May. Adjust, keep or let go?" in page
    assert "overdue" not in page.lower()


def test_a_stale_edit_keeps_and_shows_both(mine, grant, goal):
    for title in ("From the phone", "From the laptop"):
        answer = mine.post(f"/goals/{goal.pk}/edit/", {"version": "1", "title": title, "life_skill": "communication"})
    assert answer.status_code == 409
    assert "From the phone" in text_of(answer) and "From the laptop" in text_of(answer)


def test_remove_and_undo_a_goal(mine, grant, goal):
    removed = mine.post(f"/goals/{goal.pk}/remove/").url
    assert mine.get(f"/goals/{goal.pk}/").status_code == 404
    assert "Agree on" not in text_of(mine.get("/today/"))
    assert "Undo" in text_of(mine.get(removed))
    mine.post(f"/goals/{goal.pk}/restore/")
    assert mine.get(f"/goals/{goal.pk}/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_button_leads_back_only_to_our_own_pages(mine, grant, goal, wanted):
    step = steps_of(grant, goal)[0]
    assert mine.post(f"/goals/steps/{step.pk}/tick/", {"next": wanted}).url == f"/goals/{goal.pk}/"
    assert mine.post(f"/goals/steps/{step.pk}/untick/", {"next": "/today/"}).url == "/today/"
