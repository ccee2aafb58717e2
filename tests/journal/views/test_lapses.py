"""A return to use: safety before anything is asked, one button is enough, nothing is reset, nobody is told."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.ids import new_id
from journal.models import Lapse
from reading.models import Suggestion
from recovery_site.exporting import rows_of
from tests.goals.rows import shown
from tests.recovery_site.logging import at, check_in, craving

NOW = at(0, 17)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


def write(client, **more):
    return client.post("/log/use/", {"id": str(new_id())} | more)


def only(grant):
    return grant.open_one(Lapse.objects.for_grant(grant).get())


def test_safety_stands_before_the_button_and_nothing_is_asked(mine):
    page = shown(mine.get("/log/use/"))
    assert page.index("After a break your body may handle much less") < page.index("Save this return to use")
    assert "Nothing here starts again from zero" in page


def test_the_word_is_the_persons_own(mine, person):
    type(person).objects.filter(pk=person.pk).update(lapse_word="slip")
    assert "Save this slip" in shown(mine.get("/log/use/")) and "Write down a slip" in shown(mine.get("/today/"))


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_safety_page_needs_nobody_and_saves_nothing(mine, grant, signed_in):
    answer = (mine if signed_in else Client()).get("/log/use/safety/")
    assert "You do not need an account." in shown(answer) and "public" in answer["Cache-Control"]
    assert not answer.cookies and not Lapse.objects.for_grant(grant).exists()


def test_one_button_saves_it_and_offers_a_choice(mine, grant):
    answer = mine.post("/log/use/", {"id": str(new_id())}, follow=True)
    page = shown(answer)
    assert "Saved" in page and "Undo" in page
    for way in ("Call someone", "Say what happened", "That is enough for now"):
        assert way in page
    assert only(grant).occurred_at == NOW


def test_sent_twice_it_is_one(mine, grant):
    data = {"id": str(new_id())}
    assert mine.post("/log/use/", data).url == mine.post("/log/use/", data).url
    assert Lapse.objects.for_grant(grant).count() == 1


def test_it_can_be_about_yesterday(mine, grant):
    write(mine, when="yesterday")
    assert only(grant).local_day.isoformat() == "2026-11-19"


def test_a_time_to_come_is_explained(mine, grant):
    answer = write(mine, when="other", day="2026-12-24")
    assert answer.status_code == 422 and "still to come" in shown(answer)


def test_what_happened_leads_on_to_who_sees_it(mine, grant):
    write(mine)
    edit = f"/log/use/{only(grant).pk}/edit/?on"
    data = {
        "id": str(only(grant).pk),
        "version": "1",
        "triggers": ["argument"],
        "own_trigger": "the corner",
        "note": "It was late.",
    }
    answer = mine.post(edit, data, follow=True)
    assert "Only you. You share nothing with anybody" in shown(answer)
    assert only(grant).note == "It was late." and len(only(grant).triggers) == 2
    mine.post(answer.request["PATH_INFO"], {"withheld": "on"})
    assert only(grant).withheld is True and only(grant).note == "It was late."
    mine.post(answer.request["PATH_INFO"], {})
    assert only(grant).withheld is False


def test_at_the_end_comes_the_page_after_a_lapse(mine, grant):
    write(mine)
    answer = mine.post(f"/log/use/{only(grant).pk}/seen/", follow=True)
    assert "First, your safety" in shown(answer) and "After a lapse" in shown(answer)
    assert Suggestion.objects.for_grant(grant).get().page == "P24"


def test_it_stands_in_the_day_and_can_be_changed_removed_and_put_back(mine, grant):
    write(mine)
    pk = only(grant).pk
    day = shown(mine.get("/history/"))
    assert "Return to use" in day and "Look back" in day
    assert "Undo" in shown(mine.post(f"/log/use/{pk}/remove/", follow=True))
    assert "Return to use" not in shown(mine.get("/history/")) and "use" in shown(mine.get("/bin/"))
    mine.post(f"/log/use/{pk}/restore/")
    assert "Return to use" in shown(mine.get("/history/"))


def test_a_too_long_note_is_given_back(mine, grant):
    write(mine)
    data = {"id": str(only(grant).pk), "version": "1", "note": "river " * 500}
    answer = mine.post(f"/log/use/{only(grant).pk}/edit/", data)
    assert answer.status_code == 422 and "river river" in answer.content.decode() and "2,000" in shown(answer)


def test_nothing_that_was_built_changes(mine, grant, person):
    for ago in range(1, 6):
        check_in(grant, person, ago, mood=4)
        craving(grant, person, ago, strategies=["slow-breathing"])
    before = mine.get("/insights/letter/").content.split(b"<article")[1].split(b"</article")[0]
    write(mine)
    assert mine.get("/insights/letter/").content.split(b"<article")[1].split(b"</article")[0] == before


@pytest.mark.parametrize(("hours", "offered"), [(1, False), (23, False), (25, True), (71, True), (73, False)])
def test_the_look_back_is_offered_one_to_three_days_later(mine, clock, hours, offered):
    write(mine)
    clock.shift(timedelta(hours=hours))
    assert ("Would you like to look back, gently?" in shown(mine.get("/today/"))) is offered


@pytest.mark.parametrize("answer", ["no", "answers"])
def test_the_look_back_is_offered_once(mine, grant, clock, answer):
    write(mine)
    clock.shift(timedelta(hours=30))
    page = f"/log/use/{only(grant).pk}/look-back/"
    if answer == "no":
        assert mine.post(page, {"go": "no"}).url == "/today/"
    else:
        mine.post(page, {"version": "1", "before": "No sleep.", "helped": "", "next_time": "Call first."})
        assert (only(grant).before, only(grant).next_time) == ("No sleep.", "Call first.")
        assert "No sleep." in mine.get(page).content.decode()
    assert "look back, gently" not in shown(mine.get("/today/"))


def test_a_removed_one_is_not_asked_about(mine, grant, clock):
    write(mine)
    clock.shift(timedelta(hours=30))
    mine.post(f"/log/use/{only(grant).pk}/remove/")
    assert "look back, gently" not in shown(mine.get("/today/"))


def test_two_tabs_looking_back_keep_both(mine, grant):
    write(mine)
    page = f"/log/use/{only(grant).pk}/look-back/"
    mine.post(page, {"version": "1", "before": "first tab"})
    both = shown(mine.post(page, {"version": "1", "before": "second tab"}, follow=True))
    assert "first tab" in both and "second tab" in both


def test_a_craving_that_ended_in_use_leads_here(mine):
    saved = mine.post("/log/craving/", {"id": str(new_id()), "intensity": "8", "outcome": "used"}, follow=True)
    assert "/log/use/" in saved.content.decode()


def test_it_is_in_the_export(mine, grant):
    write(mine)
    assert [row["withheld"] for row in rows_of(grant, Lapse)] == [False]
