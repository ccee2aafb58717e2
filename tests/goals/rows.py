"""Goals that tests share, made by the same actions as the pages use."""

import html
import re
from datetime import UTC, datetime, timedelta

from accounts.ids import new_id
from goals.actions import add_step, start_goal
from goals.models import Goal, Step
from journal.actions import save_new
from journal.models import Craving

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)  # a Friday, noon in New York
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORDS = {"title": "Call my sister", "why": "She was there.", "if_part": "it is late", "then_part": "I write to her."}


def begin(grant, person, *, steps=("Find her number", "Call"), at=NOON, words=WORDS, **values):
    """A goal as the form would start it."""
    goal = Goal(**{"pk": new_id(), "life_skill": "relationships"} | values)
    return start_goal(grant, person, goal, words, steps, at)


def steps_of(grant, goal):
    """Opened steps of a goal outside the bin, in order."""
    return grant.open(Step.objects.for_grant(grant).kept().of_goal(goal))


def wordings(grant, goal):
    return [step.wording for step in steps_of(grant, goal)]


def fresh(grant, row):
    """The row as it is stored now, opened."""
    return grant.open_one(type(row).objects.for_grant(grant).one(row.pk))


def goals_of(grant):
    return grant.open(Goal.objects.for_grant(grant).kept().order_by("created_at"))


def craving(grant, person, *, at=NOON, strategies=("call-my-person",), **values):
    row = Craving(**{"intensity": 7, "triggers": ["argument"], "strategies": list(strategies)} | values)
    return save_new(grant, row, person, at, {"note": ""}).row


def many(grant, person, number):
    """So many goals with three steps each, and one closed for every three."""
    for place in range(number):
        goal = begin(grant, person, words=WORDS | {"title": f"Goal {place}"})
        add_step(grant, person, goal, new_id(), "One more", NOON)
        if place % 3 == 2:
            Goal.objects.for_grant(grant).filter(pk=goal.pk).update(status="done", closed_at=NOON)


def shown(response):
    """What can be read on a page: text without tags, in single spaces."""
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))
