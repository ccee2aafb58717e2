"""A line of days: only for those who want one, and nothing ever resets it."""

from datetime import date

import pytest
import time_machine

from journal.models import Lapse, Since

NOON = "2026-11-20T17:00:00Z"


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(NOON, tick=False):
        yield


def make(mine, name="since I came home", start="2026-10-09", **more):
    return mine.post("/since/new/", {"name": name, "start_on": start, "on_today": "on", **more})


def only(grant):
    return grant.open_one(Since.objects.for_grant(grant).get())


def text_of(answer):
    return answer.content.decode()


def lapse(mine, grant):
    mine.post("/log/use/", {})
    return Lapse.objects.for_grant(grant).newest_first().first()


def test_nobody_counts_anything_unless_they_begin_a_line(mine):
    assert "none is needed" in text_of(mine.get("/since/"))
    assert "/since/" not in text_of(mine.get("/today/"))


def test_a_line_says_its_days_here_and_on_today(mine, grant):
    make(mine)
    assert "42 days" in text_of(mine.get("/since/")) and "42 days" in text_of(mine.get("/today/"))
    mine.post(f"/since/{only(grant).pk}/hide/")
    assert "since I came home" not in text_of(mine.get("/today/")) and "42 days" in text_of(mine.get("/since/"))


def test_a_resting_line_stands_still_and_goes_on_from_its_first_day(mine, grant):
    make(mine)
    pk = only(grant).pk
    mine.post(f"/since/{pk}/pause/")
    with time_machine.travel("2026-11-30T17:00:00Z", tick=False):
        assert "42 days" in text_of(mine.get("/since/"))
        mine.post(f"/since/{pk}/go-on/")
        assert "52 days" in text_of(mine.get("/since/"))


def test_an_ended_line_stays_with_its_dates_and_can_go_on(mine, grant):
    make(mine)
    mine.post(f"/since/{only(grant).pk}/end/")
    page = text_of(mine.get("/since/"))
    assert "Ended, and kept" in page and "9 October 2026 – 20 November 2026" in page.replace("October 9, 2026", "9 October 2026")
    mine.post(f"/since/{only(grant).pk}/go-on/")
    assert only(grant).ended_on is None


@pytest.mark.parametrize(
    "answer, paused, ended, lines",
    [
        ("", None, None, 1),
        ("keep", None, None, 1),
        ("pause", date(2026, 11, 20), None, 1),
        ("new", None, date(2026, 11, 20), 2),
        ("nonsense", None, None, 1),
    ],
)
def test_after_a_return_to_use_the_line_does_what_it_is_asked(mine, grant, answer, paused, ended, lines):
    make(mine)
    first, row = only(grant), lapse(mine, grant)
    seen = f"/log/use/{row.pk}/seen/"
    assert "These days stay yours" in text_of(mine.get(seen))
    for _ in range(2):  # sent twice changes nothing more
        mine.post(seen, {f"since-{first.pk}": answer} if answer else {})
    kept = grant.open(Since.objects.for_grant(grant).order_by("start_on", "pk"))
    assert len(kept) == lines
    old = next(line for line in kept if line.pk == first.pk)
    assert (old.start_on, old.paused_on, old.ended_on) == (date(2026, 10, 9), paused, ended)
    assert {line.name for line in kept} == {"since I came home"}


def test_nothing_is_asked_where_no_line_is(mine, grant):
    assert "Your line" not in text_of(mine.get(f"/log/use/{lapse(mine, grant).pk}/seen/"))


@pytest.mark.parametrize(
    "name, start, said",
    [
        ("", "2026-10-09", "Give it a name"),
        ("x" * 101, "2026-10-09", "The most we can keep is 100"),
        ("home", "2026-11-22", "still to come"),
        ("home", "1890-01-01", "Check the year"),
        ("home", "", "Choose the first day"),
        ("home", "yesterday", "year-month-day"),
    ],
)
def test_bad_input_gets_a_plain_message_and_keeps_what_was_typed(mine, name, start, said):
    answer = make(mine, name, start)
    assert answer.status_code == 422 and said in text_of(answer) and (not name or name in text_of(answer))


def test_moving_the_first_day_past_a_pause_moves_the_pause(mine, grant):
    make(mine)
    row = only(grant)
    mine.post(f"/since/{row.pk}/pause/")
    with time_machine.travel("2026-12-10T17:00:00Z", tick=False):
        mine.post(f"/since/{row.pk}/edit/", {"name": "home", "start_on": "2026-12-01", "version": row.version})
    assert (only(grant).start_on, only(grant).paused_on) == (date(2026, 12, 1), date(2026, 12, 1))


def test_a_change_from_two_places_keeps_both(mine, grant):
    make(mine)
    row = only(grant)
    for name in ("one", "two"):
        answer = mine.post(f"/since/{row.pk}/edit/", {"name": name, "start_on": "2026-10-09", "version": row.version})
    assert "/versions/" in answer.url and "Both are kept" in text_of(mine.get(answer.url))
    assert {line.name for line in grant.open(Since.objects.for_grant(grant).kept())} == {"one", "two"}


def test_it_goes_into_the_bin_and_comes_back(mine, grant):
    make(mine, "my own day")
    pk = only(grant).pk
    mine.post(f"/log/since/{pk}/remove/")
    assert "my own day" not in text_of(mine.get("/since/")) and "my own day" in text_of(mine.get("/bin/"))
    mine.post(f"/log/since/{pk}/restore/")
    assert "my own day" in text_of(mine.get("/since/"))


def test_a_stranger_sees_and_changes_nothing(mine, grant, stranger, client_of):
    make(mine)
    pk, theirs = only(grant).pk, client_of(stranger)
    assert theirs.get(f"/since/{pk}/edit/").status_code == 404
    for act in ("pause", "end", "hide"):
        assert theirs.post(f"/since/{pk}/{act}/").status_code == 404
    assert only(grant).paused_on is None
