"""All goals on one page: this week, goals by life skill, what is done."""

import pytest
from django.urls import reverse

from accounts.writing import into_bin
from goals import actions
from goals.models import Goal
from library.shelf import shelf
from tests.goals.rows import DAY, NOON, WEEK, WORDS, begin, many, shown

URL = reverse("goals:goal-list")


def test_needs_login(client, db):
    assert client.get(URL).url.startswith("/accounts/login/")


def test_shows_only_ones_own(mine, others_goal, goal):
    text = shown(mine.get(URL))
    assert "Call my sister" in text
    assert "Not yours to see" not in text


def test_without_goals_it_offers_three_templates_from_different_parts_of_life(mine):
    response = mine.get(URL)
    assert "Your goals will be here" in shown(response)
    offered = response.context["suggested"]
    assert len({template.life_skill for template in offered}) == 3
    assert all(f"?template={template.slug}" in response.content.decode() for template in offered)


def test_goals_stand_under_their_life_skill_with_their_steps(mine, goal, steps, grant):
    actions.set_done(grant, steps[0].row, NOON)
    text = shown(mine.get(URL))
    assert text.index("Relationships") < text.rindex("Call my sister") < text.index("1 of 2 steps")


def test_a_goal_without_a_part_of_life_is_there_too(mine, person, grant):
    begin(grant, person, life_skill="")
    assert "Other Call my sister" in shown(mine.get(URL))


def test_this_week_holds_what_was_planned_for_it_or_before_without_a_word_of_lateness(mine, grant, person):
    begin(grant, person, at=NOON - 3 * WEEK, steps=("Left from earlier", "Not planned"))
    text = shown(mine.get(URL))
    assert "This week Left from earlier" in text
    assert "Not planned" not in text
    assert not [word for word in ("overdue", "late ", "missed", "failed") if word in text.lower()]


def test_this_weeks_steps_stand_in_the_persons_order(mine, grant, goal, steps):
    actions.plan(grant, steps[1].row, NOON.date(), planned=True)
    actions.move_step(grant, steps[1].row, -1)
    text = shown(mine.get(URL))
    assert text.index("Call Call my sister") < text.index("Find her number")


def test_a_step_planned_for_a_later_week_waits(mine, grant, steps, friday_noon):
    actions.plan(grant, steps[0].row, NOON.date() + WEEK, planned=True)
    assert "Find her number" not in shown(mine.get(URL))


def test_what_was_ticked_today_stays_with_its_undo_and_is_gone_tomorrow(mine, grant, steps, friday_noon):
    actions.set_done(grant, steps[0].row, NOON)
    assert "Find her number Call my sister done Undo" in shown(mine.get(URL))
    friday_noon.move_to(NOON + DAY)
    assert "Find her number" not in shown(mine.get(URL))


def test_after_a_week_a_look_back_is_offered(mine, goal, friday_noon):
    assert "look back" not in shown(mine.get(URL))
    friday_noon.move_to(NOON + WEEK)
    assert "look back" in shown(mine.get(URL))


def test_done_goals_are_folded_and_their_steps_left_out(mine, grant, goal):
    actions.close(grant, goal, Goal.Status.DONE, NOON)
    response = mine.get(URL)
    assert "<details" in response.content.decode()
    assert "Room for a next goal" in shown(response)
    assert "Done, or let go Call my sister Done" in shown(response)
    assert "Find her number" not in shown(response)


def test_older_done_goals_are_one_press_away(mine, grant, person):
    for number in range(23):
        goal = begin(grant, person, words=WORDS | {"title": f"Goal {number:02}"})
        actions.close(grant, goal, Goal.Status.DONE, NOON + number * DAY)
    text = shown(mine.get(URL))
    assert ("Goal 22" in text, "Goal 02" in text, "Show all" in text) == (True, False, True)
    text = shown(mine.get(URL, {"done": "all"}))
    assert ("Goal 22" in text, "Goal 00" in text, "Show all" in text) == (True, True, False)


def test_a_removed_goal_leaves_with_its_steps_and_can_be_taken_back_there(mine, grant, goal):
    into_bin(grant, goal)
    response = mine.get(URL, {"undo": goal.pk})
    assert "Goal removed." in shown(response)
    assert reverse("goals:goal-restore", args=[goal.pk]) in response.content.decode()
    assert "Find her number" not in shown(response)


@pytest.mark.parametrize("key", ["", "not-an-id", "019aaaaa-0000-7000-8000-00000000dead"])
def test_an_undo_for_nothing_shows_nothing(mine, goal, key):
    assert "Undo" not in shown(mine.get(URL, {"undo": key}))


def test_somebody_elses_removed_goal_is_as_absent(mine, others_goal, stranger, grant_of):
    into_bin(grant_of(stranger), others_goal)
    assert "Goal removed." not in shown(mine.get(URL, {"undo": others_goal.pk}))


@pytest.mark.parametrize("number", [1, 30])
def test_costs_five_queries_whatever_the_number(mine, grant, person, number, django_assert_num_queries):
    many(grant, person, number)
    shelf()
    with django_assert_num_queries(5):
        response = mine.get(URL)
    assert shown(response).count("0 of 3 steps") == number - number // 3
