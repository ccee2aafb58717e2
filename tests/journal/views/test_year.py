"""The year, day by day: symbols with words, links by keyboard, gaps that say nothing."""

import html
import re

import pytest
import time_machine

from tests.goals.rows import shown
from tests.recovery_site.logging import check_in


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel("2026-11-20T22:00:00Z", tick=False):
        yield


def cell(answer, day):
    """The link of a day: what it says, and its symbol."""
    page = html.unescape(answer.content.decode())
    found = re.search(rf'<a href="/history/\?d={day}" aria-label="([^"]+)">(.*?)</a>', page)
    box = re.search(r"#(box\d)", found[2])
    return found[1], box[1] if box else None


def test_each_level_has_its_own_symbol_and_word(mine, grant, person):
    for ago, mood in enumerate((1, 2, 3, 4, 5)):
        check_in(grant, person, ago, mood=mood)
    page = mine.get("/history/2026/")
    cells = [cell(page, f"2026-11-{20 - ago}") for ago in range(5)]
    assert [box for _, box in cells] == ["box0", "box1", "box2", "box3", "box4"]
    assert len({said.split(": ")[1] for said, _ in cells}) == 5
    assert "5 days of 2026 have an answer" in shown(page)


@pytest.mark.parametrize(("show", "value"), [("mood", 5), ("sleep", 3), ("craving", 10)])
def test_another_rating_can_be_shown(mine, grant, person, show, value):
    check_in(grant, person, 3, **{show: value})
    page = mine.get(f"/history/2026/?show={show}")
    assert cell(page, "2026-11-17")[1] == "box4"
    others = {"mood", "sleep", "craving"} - {show}
    assert all(cell(mine.get(f"/history/2026/?show={other}"), "2026-11-17")[1] is None for other in others)


def test_a_day_without_a_log_says_so_and_still_leads_there(mine, grant, person):
    assert cell(mine.get("/history/2026/"), "2026-03-01") == ("1 March: nothing noted", None)


def test_days_to_come_are_no_links(mine):
    page = mine.get("/history/2026/").content.decode()
    assert "d=2026-11-20" in page and "d=2026-11-21" not in page


def test_a_leap_day_has_its_place(mine, grant, person):
    page = mine.get("/history/2024/").content.decode()
    assert "d=2024-02-29" in page and len(re.findall(r"\?d=2024-", page)) == 366


def test_years_lead_to_the_nearest_with_a_check_in(mine, grant, person):
    check_in(grant, person, 0, mood=3)
    check_in(grant, person, 3 * 365, mood=3)
    now, then = (mine.get(f"/history/{year}/").content.decode() for year in (2026, 2023))
    assert "/history/2023/?show=mood" in now and "/history/2025/" not in now
    assert "/history/2026/?show=mood" in then


def test_an_empty_year_is_a_quiet_one(mine):
    assert "A quiet year so far" in shown(mine.get("/history/2026/"))


def test_unknown_kinds_show_mood(mine, grant, person):
    check_in(grant, person, 1, mood=5)
    assert cell(mine.get("/history/2026/?show=nothing"), "2026-11-19")[1] == "box4"


@pytest.mark.parametrize("year", [0, 1949, 2027, 99999])
def test_a_year_there_is_not_is_absent(mine, year):
    assert mine.get(f"/history/{year}/").status_code == 404
