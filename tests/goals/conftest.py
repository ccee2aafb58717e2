"""A goal of the person's, and one of the stranger's. Every test here runs on a Friday noon in New York."""

import pytest
import time_machine

from tests.goals.rows import NOON, WORDS, begin, steps_of


@pytest.fixture(autouse=True)
def friday_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def goal(grant, person):
    """In the person's own words, with two steps, the first of them for this week."""
    return begin(grant, person)


@pytest.fixture
def steps(grant, goal):
    return steps_of(grant, goal)


@pytest.fixture
def others_goal(stranger, grant_of):
    """Somebody else's."""
    return begin(grant_of(stranger), stranger, words=WORDS | {"title": "Not yours to see"})
