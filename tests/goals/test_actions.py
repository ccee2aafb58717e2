"""Starting, changing and closing goals."""

from datetime import date

import pytest
from django.http import Http404

from accounts.ids import new_id
from accounts.writing import Stale, into_bin, out_of_bin
from goals import actions
from goals.models import Goal, LookBack, Step
from library.shelf import shelf
from tests.goals.rows import DAY, NOON, WEEK, WORDS, begin, fresh, goals_of, steps_of, wordings

TEMPLATE = "time-out-word"


def test_a_goal_starts_with_its_steps_and_the_first_is_for_this_week(grant, goal):
    assert dict(fresh(grant, goal).words) == WORDS
    found = [(step.wording, step.position, step.planned_week) for step in steps_of(grant, goal)]
    assert found == [("Find her number", 0, date(2026, 11, 16)), ("Call", 1, None)]


def test_empty_steps_are_left_out(grant, person):
    goal = begin(grant, person, steps=("", "Call", ""))
    assert wordings(grant, goal) == ["Call"]


def test_starting_twice_is_one_goal_even_seconds_later(grant, person, goal):
    again = begin(grant, person, pk=goal.pk, at=NOON + DAY)
    assert (again.pk, len(goals_of(grant))) == (goal.pk, 1)
    assert wordings(grant, goal) == ["Find her number", "Call"]


def test_starting_again_after_work_was_done_changes_nothing(grant, person, goal, steps):
    actions.set_done(grant, steps[0].row, NOON)
    actions.close(grant, goal, Goal.Status.DONE, NOON)
    begin(grant, person, pk=goal.pk, at=NOON + DAY)
    assert [found.status for found in goals_of(grant)] == ["done"]
    assert [step.done_at for step in steps_of(grant, goal)] == [NOON, None]


def test_the_same_id_with_other_words_keeps_both(grant, person, goal):
    for _ in range(2):
        begin(grant, person, pk=goal.pk, at=NOON + DAY, words=WORDS | {"title": "Call my brother"})
    assert sorted(found.title for found in goals_of(grant)) == ["Call my brother", "Call my sister"]


def test_somebody_elses_id_is_as_absent(grant, person, others_goal, stranger, grant_of):
    with pytest.raises(Http404):
        begin(grant, person, pk=others_goal.pk)
    assert goals_of(grant) == []
    assert fresh(grant_of(stranger), others_goal).title == "Not yours to see"


def test_a_template_fills_goal_steps_and_links(grant, person):
    goal = actions.add_template_goal(grant, person, TEMPLATE, new_id(), NOON)
    template, opened = shelf().templates[TEMPLATE], fresh(grant, goal)
    assert (opened.title, opened.why) == (template.plain_name, template.why)
    assert (opened.if_part, opened.then_part) == ("I notice my voice rising", "I say our word and step outside.")
    assert (goal.triggers, goal.strategies) == (list(template.triggers), list(template.strategies))
    assert (goal.counts_strategy, goal.counts_target) == (template.counts_strategy, template.target)
    assert wordings(grant, goal) == [template.first_step, *template.steps]


def test_adding_a_template_again_gives_the_goal_there_is(grant, person):
    first = actions.add_template_goal(grant, person, TEMPLATE, new_id(), NOON)
    again = actions.add_template_goal(grant, person, TEMPLATE, new_id(), NOON + DAY)
    assert first.pk == again.pk
    assert len(goals_of(grant)) == 1


def test_adding_a_template_whose_goal_is_closed_starts_a_new_one(grant, person):
    first = actions.add_template_goal(grant, person, TEMPLATE, new_id(), NOON)
    actions.close(grant, first, Goal.Status.DONE, NOON)
    assert actions.add_template_goal(grant, person, TEMPLATE, new_id(), NOON).pk != first.pk


def test_the_same_press_again_finds_its_goal_though_it_was_reworded_or_removed(grant, person):
    goal = actions.add_template_goal(grant, person, TEMPLATE, new_id(), NOON)
    actions.change_goal(grant, goal, 1, WORDS)
    into_bin(grant, goal)
    again = actions.add_template_goal(grant, person, TEMPLATE, goal.pk, NOON + DAY)
    assert (again.pk, again.is_binned) == (goal.pk, False)
    assert [found.title for found in goals_of(grant)] == ["Call my sister"]


def test_an_unknown_template_is_a_key_error(grant, person):
    with pytest.raises(KeyError):
        actions.add_template_goal(grant, person, "no-such-template", new_id(), NOON)


def test_a_template_counts_only_what_the_log_can_show(grant, person):
    without = next(t for t in shelf().templates.values() if t.target and not t.counts_strategy)
    goal = actions.add_template_goal(grant, person, without.slug, new_id(), NOON)
    assert (goal.counts_strategy, goal.counts_target) == ("", None)


@pytest.mark.parametrize(
    ("text", "halves"),
    [("If a, then b.", ("a", "b.")), ("Just do it", ("", "Just do it")), ("If a, then b, then c", ("a", "b, then c"))],
)
def test_a_plan_splits_in_two(text, halves):
    assert actions.split_plan(text) == halves


def test_an_edit_is_written(grant, goal):
    actions.change_goal(grant, goal, 1, WORDS | {"title": "Call her"}, counts_target=None, life_skill="money")
    stored = fresh(grant, goal)
    assert (stored.title, stored.life_skill, stored.version) == ("Call her", "money", 2)


def test_an_edit_sent_twice_is_one_edit(grant, goal):
    for _ in range(2):
        result = actions.change_goal(grant, fresh(grant, goal).row, 1, WORDS | {"title": "Call her"})
    assert not isinstance(result, Stale)
    assert [found.title for found in goals_of(grant)] == ["Call her"]


def stale(grant, goal):
    """Two edits from the same version."""
    actions.change_goal(grant, fresh(grant, goal).row, 1, WORDS | {"title": "From the phone"}, life_skill="money")
    return actions.change_goal(grant, fresh(grant, goal).row, 1, WORDS | {"title": "From the laptop"}, life_skill="home")


def test_a_stale_edit_keeps_both_texts(grant, goal):
    result = stale(grant, goal)
    assert isinstance(result, Stale)
    assert sorted(found.title for found in goals_of(grant)) == ["From the laptop", "From the phone"]


@pytest.mark.parametrize(("second", "stays", "binned"), [(False, "phone", "laptop"), (True, "laptop", "phone")])
def test_choosing_a_version_leaves_it_with_the_steps_and_bins_the_other(grant, goal, second, stays, binned):
    result = stale(grant, goal)
    actions.choose_version(grant, result.stored, result.kept, keep_second=second)
    assert [found.title for found in goals_of(grant)] == [f"From the {stays}"]
    assert fresh(grant, goal).life_skill == ("home" if second else "money")
    assert grant.open_one(Goal.objects.for_grant(grant).binned().get()).title == f"From the {binned}"
    assert wordings(grant, goal) == ["Find her number", "Call"]


def test_a_step_is_added_at_the_end_once(grant, person, goal, steps):
    into_bin(grant, steps[0].row)
    key = new_id()
    for later in range(2):
        actions.add_step(grant, person, goal, key, "Write to her", NOON + later * DAY)
    assert wordings(grant, goal) == ["Call", "Write to her"]
    out_of_bin(grant, steps[0].row)
    assert wordings(grant, goal) == ["Find her number", "Call", "Write to her"]


def test_a_step_can_be_reworded_and_two_rewordings_both_stay(grant, goal, steps):
    actions.change_step(grant, steps[0].row, 1, "Ask mother for it")
    result = actions.change_step(grant, fresh(grant, steps[0].row).row, 1, "Look in the old phone")
    assert isinstance(result, Stale)
    assert sorted(wordings(grant, goal)[:2]) == ["Ask mother for it", "Look in the old phone"]
    assert wordings(grant, goal)[2:] == ["Call"]


def test_a_tick_keeps_its_first_moment_and_can_be_taken_back(grant, steps):
    step = steps[0].row
    actions.set_done(grant, step, NOON)
    actions.set_done(grant, fresh(grant, step).row, NOON + DAY)
    assert fresh(grant, step).done_at == NOON
    actions.set_done(grant, fresh(grant, step).row, None)
    assert fresh(grant, step).done_at is None


def test_a_step_is_planned_for_this_week_and_out_again(grant, steps):
    step = steps[1].row
    actions.plan(grant, step, date(2026, 11, 22), planned=True)
    assert fresh(grant, step).planned_week == date(2026, 11, 16)
    actions.plan(grant, step, date(2026, 11, 22), planned=False)
    assert fresh(grant, step).planned_week is None


@pytest.mark.parametrize(
    ("place", "by", "order"),
    [(0, 1, "BAC"), (2, -1, "ACB"), (0, -1, "ABC"), (2, 1, "ABC"), (1, 1, "ACB")],
)
def test_steps_move_by_one_place_and_stop_at_the_ends(grant, person, place, by, order):
    goal = begin(grant, person, steps=tuple("ABC"))
    actions.move_step(grant, steps_of(grant, goal)[place].row, by)
    assert "".join(wordings(grant, goal)) == order


def test_moving_passes_over_steps_in_the_bin(grant, person):
    goal = begin(grant, person, steps=tuple("ABC"))
    into_bin(grant, steps_of(grant, goal)[1].row)
    actions.move_step(grant, steps_of(grant, goal)[1].row, -1)
    assert "".join(wordings(grant, goal)) == "CA"


def test_closing_keeps_its_first_moment_and_a_goal_can_be_taken_up_again(grant, goal):
    actions.close(grant, goal, Goal.Status.DONE, NOON)
    actions.close(grant, fresh(grant, goal).row, Goal.Status.DONE, NOON + DAY)
    assert (fresh(grant, goal).status, fresh(grant, goal).closed_at) == ("done", NOON)
    actions.close(grant, fresh(grant, goal).row, Goal.Status.ACTIVE, NOON)
    assert (fresh(grant, goal).status, fresh(grant, goal).closed_at) == ("active", None)


@pytest.mark.parametrize(("choice", "status"), [("keep", "active"), ("adjust", "active"), ("let_go", "let_go")])
def test_a_look_back_is_kept_once_and_letting_go_closes(grant, person, goal, choice, status):
    key = new_id()
    for later in (WEEK, WEEK + DAY):
        row = LookBack(pk=key, goal=fresh(grant, goal).row, choice=choice)
        actions.look_back(grant, person, row, "It went well.", NOON + later)
    kept = grant.open(LookBack.objects.for_grant(grant).of_goal(goal))
    assert [(row.choice, row.note) for row in kept] == [(choice, "It went well.")]
    assert (fresh(grant, goal).status, fresh(grant, goal).looked_back_on) == (status, date(2026, 11, 27))


def test_steps_go_into_the_bin_with_their_goal_and_come_back_with_it(grant, goal):
    into_bin(grant, goal)
    assert not Step.objects.for_grant(grant).of_goals().exists()
    out_of_bin(grant, goal)
    assert Step.objects.for_grant(grant).of_goals().count() == 2


def test_steps_leave_for_good_with_a_goal_whose_time_in_the_bin_is_over(grant, goal):
    into_bin(grant, goal)
    Goal.objects.empty_bin(NOON + DAY)
    assert not Step.objects.for_grant(grant).exists()
