"""The monthly letter counts what a person did, and takes nothing away."""

import pytest
import time_machine

from tests.goals.rows import begin, shown, steps_of
from tests.recovery_site.logging import at, check_in, craving


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(at(0, 22), tick=False):
        yield


def test_an_empty_letter_says_how_it_fills(mine):
    page = shown(mine.get("/insights/letter/"))
    assert "This page fills by itself" in page and "Since you began" not in page


def test_a_month_is_told_in_sentences(mine, grant, person):
    for ago in (1, 2, 2):
        check_in(grant, person, ago, mood=3)
    craving(grant, person, 3, strategies=["slow-breathing"])
    craving(grant, person, 4)
    goal = begin(grant, person)
    mine.post(f"/goals/steps/{steps_of(grant, goal)[0].pk}/", {"act": "done"})
    page = shown(mine.get("/insights/letter/"))
    assert "You checked in on 2 days. You noticed 2 cravings, and did something 1 time." in page
    assert "November 2026, so far" in page


def test_each_time_something_was_done_is_said_so(mine, grant, person):
    craving(grant, person, 3, strategies=["slow-breathing"])
    assert "You noticed 1 craving, and did something each time." in shown(mine.get("/insights/letter/"))


def test_a_quiet_month_takes_nothing_away(mine, grant, person):
    check_in(grant, person, 50, mood=3)
    page = shown(mine.get("/insights/letter/"))
    assert "A quiet month here" in page and "it takes nothing away" in page and "1 check-in" in page
    assert "You checked in on 1 day." in shown(mine.get("/insights/letter/2026/10/"))


def test_months_lead_to_each_other_from_the_first_log_on(mine, grant, person):
    check_in(grant, person, 50, mood=3)
    assert "October 2026" in shown(mine.get("/insights/letter/"))
    october = mine.get("/insights/letter/2026/10/").content.decode()
    assert "/insights/letter/2026/11/" in october and "/insights/letter/2026/9/" not in october


def test_a_letter_of_an_old_month_counts_up_to_its_end(mine, grant, person):
    check_in(grant, person, 50, mood=3)
    check_in(grant, person, 1, mood=3)
    assert "1 check-in " in shown(mine.get("/insights/letter/2026/10/")).replace("1 Check-in", "1 check-in")


@pytest.mark.parametrize("month", ["2026/12", "2026/13", "2026/0", "9999/12", "0/5"])
def test_a_month_there_is_not_is_absent(mine, month):
    assert mine.get(f"/insights/letter/{month}/").status_code == 404


@pytest.mark.parametrize(("tz", "start"), [("America/New_York", 2), ("Africa/Cairo", 0), ("Asia/Beirut", 0)])
@pytest.mark.parametrize("first", ["2026-03-08", "2026-03-29", "2026-04-24"])
def test_a_period_that_begins_in_a_skipped_hour_is_counted(mine, person, tz, start, first):
    type(person).objects.filter(pk=person.pk).update(tz=tz, day_start=start)
    assert mine.get(f"/insights/?p=own&from={first}&to=2026-05-01").status_code == 200
