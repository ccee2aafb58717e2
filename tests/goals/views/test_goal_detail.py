"""One goal's page: words, steps, what counts, what it goes with."""

import pytest
from django.urls import reverse

from accounts.ids import new_id
from accounts.writing import into_bin
from goals import actions
from goals.models import Goal, LookBack
from library.shelf import shelf
from tests.goals.rows import DAY, NOON, WEEK, begin, craving, shown


@pytest.fixture
def page(goal):
    return reverse("goal-detail", args=[goal.pk])


@pytest.fixture
def calls(grant, person):
    """A goal that counts calls, and its page."""
    goal = begin(grant, person, counts_strategy="call-my-person", counts_target=5, strategies=["call-my-person"])
    return goal, reverse("goal-detail", args=[goal.pk])


def test_needs_login(client, page):
    assert client.get(page).url.startswith("/accounts/login/")


def test_stranger_gets_404(client_of, stranger, page):
    assert client_of(stranger).get(page).status_code == 404


def test_a_goal_in_the_bin_is_as_absent(mine, grant, goal, page):
    into_bin(grant, goal)
    assert mine.get(page).status_code == 404


def test_shows_words_plan_and_steps(mine, page):
    text = shown(mine.get(page))
    assert "Relationships Call my sister She was there." in text
    assert "If it is late, then I write to her." in text
    assert "0 of 2 steps done" in text
    assert text.index("Find her number this week") < text.index("Done : Call")


def test_offers_no_look_back_before_a_week(mine, page, friday_noon):
    friday_noon.move_to(NOON + 6 * DAY)
    assert "Look back" not in shown(mine.get(page))
    friday_noon.move_to(NOON + WEEK)
    assert "Look back" in shown(mine.get(page))


def test_a_passed_day_asks_adjust_keep_or_let_go(mine, grant, person):
    goal = begin(grant, person, target_on=NOON.date().replace(day=3))
    text = shown(mine.get(reverse("goal-detail", args=[goal.pk])))
    assert "You planned this for 3 November. Adjust, keep or let go?" in text


def test_counts_the_log_rows_that_work_towards_it(mine, grant, person, calls):
    _goal, page = calls
    for days in (0, 1, 2):
        craving(grant, person, at=NOON + days * DAY, intensity_after=3)
    craving(grant, person, strategies=["slow-breathing"])
    text = shown(mine.get(page))
    assert "1 of the 5 times you planned: Call or text my person" in text  # tomorrow's do not count yet


def test_all_of_them_count_once_their_day_has_come(mine, grant, person, calls, friday_noon):
    for days in (0, 1, 2):
        craving(grant, person, at=NOON + days * DAY, intensity_after=3)
    friday_noon.move_to(NOON + 2 * DAY)
    response = mine.get(calls[1])
    assert "3 of the 5 times you planned" in shown(response)
    assert "Sunday, 22 November Craving 7 → 3" in shown(response)
    assert 'href="/coping/call-my-person/"' in response.content.decode()


@pytest.mark.parametrize("how", ["before", "removed", "stranger's"])
def test_what_does_not_count(mine, grant, person, calls, how, stranger, grant_of):
    if how == "stranger's":
        craving(grant_of(stranger), stranger)
    else:
        row = craving(grant, person, at=NOON - DAY if how == "before" else NOON)
        if how == "removed":
            into_bin(grant, row)
    assert "0 of the 5 times" in shown(mine.get(calls[1]))


def test_more_than_planned_is_good_news(mine, grant, person, calls):
    for _ in range(7):
        craving(grant, person)
    text = shown(mine.get(calls[1]))
    assert "7 times, more than you planned: Call or text my person" in text
    assert "You did what you set out to do." in text


def test_a_closed_goal_counts_up_to_the_day_it_was_closed(mine, grant, person, calls, friday_noon):
    goal, page = calls
    craving(grant, person)
    actions.close(grant, goal, Goal.Status.DONE, NOON)
    craving(grant, person, at=NOON + DAY)
    friday_noon.move_to(NOON + WEEK)
    text = shown(mine.get(page))
    assert "1 of the 5 times" in text
    assert not [word for word in ("Look back", "Add step", "log a craving") if word in text]


def test_links_to_triggers_strategies_and_the_page(mine, grant, person):
    goal = actions.add_template_goal(grant, person, "ride-three-waves", new_id(), NOON)
    content = mine.get(reverse("goal-detail", args=[goal.pk])).content.decode()
    template = shelf().templates["ride-three-waves"]
    addresses = [f"/triggers/{slug}/" for slug in template.triggers] + [f"/coping/{slug}/" for slug in template.strategies]
    assert [address for address in addresses if f'href="{address}"' not in content] == []
    assert f'href="{shelf().pages[template.page].url}"' in content


def test_arranging_shows_the_other_buttons(mine, page):
    assert "Not this week" not in shown(mine.get(page))
    text = shown(mine.get(page, {"arrange": "1"}))
    assert all(word in text for word in ("Down", "Up", "Not this week", "This week", "Reword", "Remove"))


def test_all_steps_done_is_said_with_a_way_on(mine, grant, goal, steps, page):
    for step in steps:
        actions.set_done(grant, step.row, NOON)
    assert "You did what you set out to do." in shown(mine.get(page))


@pytest.mark.parametrize("number", [1, 30])
def test_costs_eight_queries_whatever_the_number(mine, grant, person, calls, number, django_assert_num_queries):
    goal, page = calls
    for place in range(number):
        actions.add_step(grant, person, goal, new_id(), f"Step {place}", NOON)
        craving(grant, person)
        actions.look_back(grant, person, LookBack(goal=goal, choice="keep"), "Well.", NOON)
    shelf()
    with django_assert_num_queries(8):
        text = shown(mine.get(page))
    assert f"of {number + 2} steps done" in text
