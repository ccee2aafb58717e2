"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.owned import GrantNeeded
from goals.models import Goal, LookBack, Step
from tests.goals.rows import NOON, begin


@pytest.mark.parametrize(("status", "closed_at"), [("active", NOON), ("done", None), ("let_go", None)])
def test_closed_and_its_moment_belong_together(grant, goal, status, closed_at):
    with pytest.raises(IntegrityError, match="goals_goal_closed_has_a_moment"), transaction.atomic():
        Goal.objects.for_grant(grant).filter(pk=goal.pk).update(status=status, closed_at=closed_at)


@pytest.mark.parametrize("target", [0, 1000])
def test_a_number_stays_within_reason(grant, goal, target):
    with pytest.raises(IntegrityError, match="goals_goal_target_in_range"), transaction.atomic():
        Goal.objects.for_grant(grant).filter(pk=goal.pk).update(counts_target=target)


@pytest.mark.parametrize("model", [Goal, Step, LookBack])
def test_rows_are_reached_only_through_a_grant(db, model):
    with pytest.raises(GrantNeeded):
        model.objects.all()


def test_words_are_stored_sealed(grant, goal, steps):
    assert b"sister" not in goal.title.data
    assert "sister" not in str(goal)
    assert b"number" not in steps[0].row.wording.data


def test_a_goal_begins_on_the_persons_day(grant, person):
    early = NOON.replace(hour=8)  # 3 in the morning in New York: still Thursday
    assert begin(grant, person, at=early).local_day == date(2026, 11, 19)


def test_a_look_back_knows_its_week():
    assert LookBack(local_day=date(2026, 11, 22)).week == date(2026, 11, 16)


def test_the_labels_of_sealed_fields_are_frozen():
    labels = {f.label for model in (Goal, Step, LookBack) for f in model._meta.fields if hasattr(f, "label")}
    expected = {"goal.title", "goal.why", "goal.if_part", "goal.then_part", "step.wording", "lookback.note"}
    assert labels == expected
