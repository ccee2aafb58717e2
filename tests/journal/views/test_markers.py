"""Markers: add, mend, remove, put back; bad input explained, nothing lost, nobody else's."""

import pytest
import time_machine

from accounts.ids import new_id
from journal.models import Marker
from tests.goals.rows import shown

NEW, LIST = "/insights/markers/new/", "/insights/markers/"


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel("2026-11-20T22:00:00Z", tick=False):
        yield


def add(client, label="New medicine", day="2026-10-05", **more):
    return client.post(NEW, {"id": str(new_id()), "label": label, "day": day} | more)


def score(client, value="9", instrument="phq-9", day="2026-10-05"):
    return client.post(f"{NEW}?kind=score", {"id": str(new_id()), "instrument": instrument, "score": value, "day": day})


def only(grant):
    return grant.open_one(Marker.objects.for_grant(grant).get())


def test_an_empty_list_says_what_a_marker_is_for(mine):
    page = shown(mine.get(LIST))
    assert "None yet" in page and "It does not show why." in page


def test_a_change_is_saved_and_said_to_be(mine, grant):
    page = shown(mine.get(add(mine).url))
    assert "Saved" in page and "5 October 2026 New medicine" in page
    assert only(grant).local_day.isoformat() == "2026-10-05"


def test_the_same_form_sent_twice_is_one_marker(mine, grant):
    data = {"id": str(new_id()), "label": "Moved", "day": "2026-10-05"}
    assert [mine.post(NEW, data).status_code for _ in range(2)] == [302, 302]
    assert only(grant).label == "Moved"


def test_today_before_noon_is_not_a_moment_to_come(mine, grant):
    with time_machine.travel("2026-11-20T13:00:00Z", tick=False):
        add(mine, day="2026-11-20")
    assert only(grant).local_day.isoformat() == "2026-11-20" and only(grant).row.occurred_at.hour == 13


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"label": ""}, "Write a few words about what changed."),
        ({"label": "x" * 61}, "60"),
        ({"day": ""}, "Choose the day."),
        ({"day": "5 October"}, "Write the day as year-month-day"),
        ({"day": "2026-11-21"}, "This day is still to come."),
        ({"day": "1949-12-31"}, "Check the year"),
    ],
)
def test_what_cannot_be_saved_is_explained_and_stays_typed(mine, grant, data, message):
    typed = {"label": "Moved to my aunt", "day": "2026-10-05"} | data
    answer = add(mine, **typed)
    assert answer.status_code == 422 and message in shown(answer)
    for text in typed.values():
        assert text in answer.content.decode()
    assert not Marker.objects.for_grant(grant).exists()


@pytest.mark.parametrize(
    ("value", "instrument", "message"),
    [
        ("28", "phq-9", "PHQ-9 goes from 0 to 27."),
        ("-1", "gad-7", "GAD-7 goes from 0 to 21."),
        ("9.5", "phq-9", "Write the total as a whole number."),
        ("many", "phq-9", "Write the total as a whole number."),
        ("9", "", "Choose the questionnaire."),
    ],
)
def test_a_score_stays_on_its_scale(mine, grant, value, instrument, message):
    answer = score(mine, value, instrument)
    assert answer.status_code == 422 and message in shown(answer) and f'value="{value}"' in answer.content.decode()
    assert not Marker.objects.for_grant(grant).exists()


def test_a_score_form_offers_help(mine):
    assert "/sos/#lines" in mine.get(f"{NEW}?kind=score").content.decode()


def test_a_score_is_listed_by_its_name(mine, grant):
    assert "PHQ-9: 9" in shown(mine.get(score(mine).url))
    edit = mine.get(f"{LIST}{only(grant).pk}/edit/").content.decode()
    assert "Its total" in edit and 'value="9"' in edit


def test_a_marker_is_mended(mine, grant):
    add(mine)
    edit = f"{LIST}{only(grant).pk}/edit/"
    assert 'value="New medicine"' in mine.get(edit).content.decode()
    mine.post(edit, {"id": str(only(grant).pk), "version": "1", "label": "New dose", "day": "2026-10-07"})
    assert (only(grant).label, only(grant).local_day.isoformat()) == ("New dose", "2026-10-07")


def test_two_tabs_keep_both_texts(mine, grant):
    add(mine)
    edit = f"{LIST}{only(grant).pk}/edit/"
    for label in ("first tab", "second tab"):
        answer = mine.post(edit, {"id": str(only(grant).pk), "version": "1", "label": label, "day": "2026-10-05"}, follow=True)
    page = shown(answer)
    assert "first tab" in page and "second tab" in page


def test_a_removed_marker_can_be_put_back(mine, grant):
    add(mine)
    removed = mine.post(f"/log/marker/{only(grant).pk}/remove/", follow=True)
    assert "Undo" in shown(removed) and "New medicine" not in shown(mine.get(LIST))
    assert "New medicine" in shown(mine.get("/bin/"))
    mine.post(f"/log/marker/{only(grant).pk}/restore/")
    assert "New medicine" in shown(mine.get(LIST))


def test_somebody_elses_marker_is_absent(mine, grant, stranger, client_of):
    add(mine)
    other, edit = client_of(stranger), f"{LIST}{only(grant).pk}/edit/"
    for answer in (other.get(edit), other.post(edit, {"label": "x", "day": "2026-10-05", "version": "1"})):
        assert answer.status_code == 404
    assert "New medicine" not in shown(other.get(LIST)) and only(grant).label == "New medicine"


def test_a_label_is_text_and_never_markup(mine):
    add(mine, label="<script>alert(1)</script>")
    assert "<script>alert" not in mine.get(LIST).content.decode()
