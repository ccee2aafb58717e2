"""`/insights/` as a person meets it: with nothing, with a little, with much, and never with anybody else's logs."""

import csv
import html
import io
import re

import pytest
import time_machine

from accounts.ids import new_id
from journal.models import CheckIn, Marker, OwnWord
from tests.goals.rows import begin, shown
from tests.recovery_site.logging import at, check_in, craving, ninety_days

KEYS = ["craving", "coping", "named", "time", "days", "together", "steps", "year", "scores", "built"]


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(at(0, 22), tick=False):
        yield


@pytest.fixture
def logged(grant, person):
    ninety_days(grant, person)
    begin(grant, person)


def section(answer, key):
    """The markup of one insight."""
    page = html.unescape(answer.content.decode())
    return re.search(rf'<section class="card insight" id="{key}">.*?</section>', page, re.DOTALL)[0]


def cells(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_with_nothing_each_question_says_what_it_needs_and_shows_an_example(mine):
    answer = mine.get("/insights/")
    for key in KEYS:
        found = section(answer, key)
        assert "You have 0." in found or key == "year", key
        assert "Example, not your data" in found and "<svg" in found, key
        assert "table.csv" not in found


def test_with_much_each_question_has_a_sentence_a_picture_a_table_and_a_way_on(mine, logged):
    answer = mine.get("/insights/")
    assert re.findall(r'<section class="card insight" id="(\w+)"', answer.content.decode()) == KEYS
    for key in set(KEYS) - {"scores", "steps"}:
        found = section(answer, key)
        assert f'aria-labelledby="{key}-says"' in found and f'<p id="{key}-says">' in found, key
        assert "<figcaption>" in found and "<table>" in found and f"/insights/{key}/table.csv?p=90" in found, key
        assert "What can I do with this?" in found and "Example" not in found, key


@pytest.mark.parametrize(
    ("choice", "days"),
    [
        ("?p=7", "14 November 2026 to 20 November 2026"),
        ("?p=30", "22 October 2026 to 20 November 2026"),
        ("", "23 August 2026 to 20 November 2026"),
        ("?p=nonsense", "23 August 2026 to 20 November 2026"),
        ("?p=year", "21 November 2025 to 20 November 2026"),
        ("?p=all", "23 August 2026 to 20 November 2026"),
        ("?p=own&from=2026-10-01&to=2026-10-31", "1 October 2026 to 31 October 2026"),
        ("?p=own&from=2026-10-01&to=2027-10-31", "1 October 2026 to 20 November 2026"),
    ],
)
def test_the_days_looked_at_are_said(mine, logged, choice, days):
    assert days in shown(mine.get(f"/insights/{choice}"))


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("", "2026-10-01", "Choose a first and a last day."),
        ("1 October", "2026-10-31", "Choose a first and a last day."),
        ("2026-10-31", "2026-10-01", "The first day comes after the last one."),
        ("2027-10-01", "2027-10-31", "These days have not come yet."),
        ("0001-01-01", "0001-01-01", "Check the year of these days."),
        ("1949-12-31", "2026-11-20", "Check the year of these days."),
    ],
)
def test_a_range_that_cannot_be_is_explained_and_stays_typed(mine, first, last, message):
    answer = mine.get("/insights/", {"p": "own", "from": first, "to": last})
    assert answer.status_code == 422 and message in shown(answer)
    assert f'value="{first}"' in answer.content.decode() and f'value="{last}"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/insights/", "/insights/ask/"])
@pytest.mark.parametrize("days", [("1950-01-01", "1950-01-01"), ("1950-01-01", "9999-12-31")])
def test_the_longest_ranges_there_are_can_be_asked_for(mine, logged, path, days):
    asked = {"p": "own", "from": days[0], "to": days[1], "with": "before"}
    assert mine.get(path, asked).status_code == 200


def test_only_the_days_chosen_count(mine, grant, person):
    for ago in (3, 40):
        check_in(grant, person, ago, mood=3)
    assert "1 check-in" in section(mine.get("/insights/?p=7"), "built")
    assert "2 check-ins" in section(mine.get("/insights/?p=90"), "built")


def test_a_stranger_changes_nothing_on_my_page(mine, logged, stranger, grant_of):
    before = [mine.get(path).content for path in ("/insights/", "/insights/?p=all", "/insights/letter/", "/history/2026/")]
    ninety_days(grant_of(stranger), stranger)
    clear = [re.sub(rb'(csrf\w*|nonce|token)"?[^>]+', b"", page) for page in before]
    after = [mine.get(path).content for path in ("/insights/", "/insights/?p=all", "/insights/letter/", "/history/2026/")]
    assert [re.sub(rb'(csrf\w*|nonce|token)"?[^>]+', b"", page) for page in after] == clear


def test_what_is_in_the_bin_does_not_count(mine, grant, person, logged):
    CheckIn.objects.for_grant(grant).update(deleted_at=at(0))
    assert "check-ins with a craving rating. You have 0." in section(mine.get("/insights/"), "craving")


def test_a_marker_stands_on_the_axis_and_is_named_beside_it(mine, grant, person, logged):
    mine.post("/insights/markers/new/", {"id": str(new_id()), "label": "moved <b>in</b>", "day": "2026-10-05"})
    for key in ("craving", "together"):
        found = section(mine.get("/insights/"), key)
        assert "5 October 2026: moved <b>in</b>" in found and ">a</text>" in found.replace(" ", "")
    assert "moved &lt;b&gt;in" in mine.get("/insights/").content.decode()
    assert "moved" not in section(mine.get("/insights/?p=7"), "craving")


def test_two_scores_are_drawn(mine, grant):
    for day, score in (("2026-10-05", "14"), ("2026-11-05", "9")):
        mine.post("/insights/markers/new/?kind=score", {"id": str(new_id()), "instrument": "phq-9", "score": score, "day": day})
    assert Marker.objects.for_grant(grant).count() == 2
    found = section(mine.get("/insights/"), "scores")
    assert "14" in found and "9" in found and "Example" not in found


def test_a_word_of_ones_own_is_shown_as_it_was_written(mine, grant, person):
    mine.post("/log/craving/", {"id": str(new_id()), "intensity": "5", "own_trigger": "<i>his</i> & her street"})
    key = str(OwnWord.objects.for_grant(grant).get().pk)
    for ago in range(1, 12):
        craving(grant, person, ago, triggers=[key])
    page = mine.get("/insights/").content.decode()
    assert "&lt;i&gt;his&lt;/i&gt; &amp; her street" in page and "<i>his" not in page


def test_the_table_as_csv_is_the_table_of_the_page(mine, logged):
    answer = mine.get("/insights/named/table.csv?p=90")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="named-2026-08-23-2026-11-20.csv"'
    assert answer["Cache-Control"] == "no-store, private" or "no-store" in answer["Cache-Control"]
    rows = re.findall(r"<tr>(.*?)</tr>", section(mine.get("/insights/"), "named"))
    assert [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows] == cells(answer)


def test_no_cell_can_start_a_formula(mine, grant, person):
    mine.post("/log/craving/", {"id": str(new_id()), "intensity": "5", "own_trigger": "=1+1"})
    key = str(OwnWord.objects.for_grant(grant).get().pk)
    for ago in range(1, 12):
        craving(grant, person, ago, triggers=[key])
    assert any("'=1+1" in row[0] for row in cells(mine.get("/insights/named/table.csv")))


@pytest.mark.parametrize("path", ["/insights/nothing/table.csv", "/insights/craving/"])
def test_what_there_is_not_is_absent(mine, path):
    assert mine.get(path).status_code == 404


def test_the_best_supported_way_can_be_done_at_once(mine, logged):
    found = section(mine.get("/insights/"), "coping")
    assert "Do this now: Call or text my person" in found and "/coping/call-my-person/" in found
