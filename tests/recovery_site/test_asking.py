"""`/insights/ask/`: what one's own logs hold, chosen and compared."""

import re

import pytest
import time_machine

from tests.goals.rows import shown
from tests.recovery_site.logging import at, check_in, craving, ninety_days


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(at(0, 22), tick=False):
        yield


def row(answer, name):
    """The cells of one row of the answer."""
    found = re.search(rf'<tr><th scope="row">{re.escape(name)}</th>(.*?)</tr>', answer.content.decode())
    return re.findall(r"<td>(.*?)</td>", found[1])


def test_with_nothing_logged_the_answer_says_so(mine):
    answer = mine.get("/insights/ask/")
    assert "No craving is logged here." in shown(answer) and row(answer, "Their strength, middle") == ["–"]


def test_a_trigger_a_part_of_the_day_and_a_weekday_choose_among_cravings(mine, grant, person):
    craving(grant, person, 0, 17, triggers=["argument"], intensity=4)  # a Friday noon
    craving(grant, person, 7, 23, triggers=["argument"], intensity=8)  # a Friday evening
    craving(grant, person, 1, 17, triggers=["boredom"], intensity=2)  # a Thursday noon
    counted = {
        asked: row(mine.get(f"/insights/ask/?{asked}"), "Cravings noticed")
        for asked in ("", "trigger=argument", "weekday=4", "weekday=3", "trigger=argument&part=2", "trigger=unknown", "weekday=9")
    }
    assert counted == {
        "": ["3"],
        "trigger=argument": ["2"],
        "weekday=4": ["2"],
        "weekday=3": ["1"],
        "trigger=argument&part=2": ["1"],
        "trigger=unknown": ["3"],
        "weekday=9": ["3"],
    }


def test_what_was_chosen_stays_chosen(mine):
    page = mine.get("/insights/ask/?p=30&trigger=argument&weekday=2&part=1&with=before").content.decode()
    for value in ("30", "argument", "2", "1", "before"):
        assert f'<option value="{value}" selected>' in page


def test_two_periods_stand_beside_each_other(mine, grant, person):
    for ago in range(60):
        check_in(grant, person, ago, craving=2 if ago < 30 else 7)
    answer = mine.get("/insights/ask/?p=30&with=before")
    assert row(answer, "Craving that day, middle") == ["2", "7"]
    assert "Craving was lower in the first: 2 and 7 on average (30 and 30 days). This does not show why." in shown(answer)


def test_too_few_days_are_not_compared(mine, grant, person):
    for ago in range(7):
        check_in(grant, person, ago, craving=9)
    assert "Both need eight days" in shown(mine.get("/insights/ask/?p=30&with=before"))


def test_days_with_a_trigger_are_chosen_by_what_was_noted_that_day(mine, grant, person):
    for ago in range(4):
        check_in(grant, person, ago, craving=9 if ago == 2 else 1)
    craving(grant, person, 2, triggers=["argument"])
    answer = mine.get("/insights/ask/?p=30&trigger=argument")
    assert row(answer, "Days with a check-in") == ["1"] and row(answer, "Craving that day, middle") == ["9"]


def test_a_second_range_that_cannot_be_is_explained_and_stays_typed(mine):
    answer = mine.get("/insights/ask/?with=own&from2=2026-10-31&to2=2026-10-01&trigger=argument")
    assert answer.status_code == 422 and "The first day comes after the last one" in shown(answer)
    page = answer.content.decode()
    assert 'value="2026-10-31"' in page and 'value="2026-10-01"' in page and 'value="argument" selected' in page
    assert 'id="answer"' not in page


def test_what_followed_is_told_for_what_was_chosen(mine, grant, person):
    ninety_days(grant, person)
    assert "Call or text my person" in shown(mine.get("/insights/ask/"))
