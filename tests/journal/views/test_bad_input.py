"""Bad input gets a plain message that says what to do, and what was typed is still there."""

import html
import uuid
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.db import DatabaseError, OperationalError

from journal.models import CheckIn, Craving, Draft, Entry, OwnWord, Tagging

TYPED = "The river was high. שלום 🌊"


def new_id():
    return str(uuid.uuid4())


def post(client, path, **data):
    return client.post(path, {"id": new_id()} | data)


def text_of(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("/log/craving/", {"intensity": "11"}, "Choose a number from 0 to 10."),
        ("/log/craving/", {"intensity": "-1"}, "Choose a number from 0 to 10."),
        ("/log/craving/", {"intensity": "five"}, "Choose a number from 0 to 10."),
        ("/log/craving/", {}, "Choose a number from 0 to 10."),
        ("/log/craving/", {"intensity": "5", "triggers": ["nonsense"]}, "is not on your list"),
        ("/log/craving/", {"intensity": "5", "triggers": [new_id()]}, "is not on your list"),
        ("/log/check-in/", {}, "Choose at least one answer."),
        ("/log/check-in/", {"mood": "6"}, "Choose a number from 1 to 5."),
        ("/log/check-in/", {"mood": "3", "when": "other", "day": "2999-01-01"}, "still to come"),
        ("/log/check-in/", {"mood": "3", "when": "other", "day": "2026-03-08", "at": "02:30"}, "clocks went forward"),
        ("/journal/new/", {"body": "", "title": ""}, "Write a few words first."),
        ("/journal/new/", {"body": "a\x00b\x07c"}, "cannot be shown"),
        ("/journal/new/", {"body": "x" * 200_000}, "The most we can keep is 100,000"),
        ("/journal/new/", {"body": "🌊" * 200_000}, "This has 200,000 characters"),
    ],
)
def test_each_gets_its_message_and_saves_nothing(mine, grant, path, data, message):
    answer = post(mine, path, note=TYPED, title=data.get("title", TYPED), **{k: v for k, v in data.items() if k != "title"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert message in page
    assert "There is a problem. Nothing is lost." in page
    assert TYPED in page or data.get("body") == "" or "title" in data
    assert not any(model.objects.for_grant(grant).exists() for model in (CheckIn, Craving, Entry))


def test_control_characters_are_taken_out_of_what_is_given_back(mine, grant):
    answer = post(mine, "/journal/new/", body="one\x00two\x1bthree")
    assert "onetwothree" in text_of(answer)
    assert post(mine, "/journal/new/", body="onetwothree").status_code == 302


def test_emoji_and_right_to_left_text_come_back_as_they_were(mine, grant):
    words = "שלום\nעולם 👩🏽‍🚀 \u202babc\u202c naïve"
    answer = post(mine, "/journal/new/", body=words)
    (entry,) = grant.open(Entry.objects.for_grant(grant))
    assert entry.body == words
    assert words in text_of(mine.get(answer.url.split("?")[0].replace("/saved/entry", "/journal")))


def test_a_double_submit_saves_once_and_says_so(mine, grant):
    data = {"id": new_id(), "intensity": "5", "triggers": ["argument"]}
    urls = [mine.post("/log/craving/", data).url for _ in range(3)]
    assert Craving.objects.for_grant(grant).count() == 1
    assert Tagging.objects.filter(person_id=grant.person_id).count() == 1
    assert [url.split("?s=")[1] for url in urls] == ["new", "same", "same"]
    assert "there is one of it" in text_of(mine.get(urls[1]))


def test_the_same_id_with_other_content_keeps_both(mine, grant):
    one = new_id()
    for body in ("first", "second"):
        url = mine.post("/journal/new/", {"id": one, "body": body}).url
    assert sorted(e.body for e in grant.open(Entry.objects.for_grant(grant))) == ["first", "second"]
    assert "Both are kept" in text_of(mine.get(url))


def test_another_persons_id_is_an_ordinary_not_found(mine, stranger, client_of, grant, grant_of):
    one = new_id()
    client_of(stranger).post("/journal/new/", {"id": one, "body": "theirs"})
    answer = mine.post("/journal/new/", {"id": one, "body": "mine"})
    assert answer.status_code == 404
    assert [e.body for e in grant_of(stranger).open(Entry.objects.for_grant(grant_of(stranger)))] == ["theirs"]


def test_a_stale_edit_keeps_and_shows_both_texts(mine, grant):
    one = new_id()
    mine.post("/journal/new/", {"id": one, "body": "before"})
    for body in ("from the phone", "from the laptop"):
        answer = mine.post(f"/journal/{one}/edit/", {"id": one, "version": "1", "body": body, "when": "now"})
    page = text_of(mine.get(answer.url))
    assert "from the phone" in page and "from the laptop" in page
    assert Entry.objects.for_grant(grant).count() == 2


@pytest.mark.parametrize("error", [OperationalError("database is locked"), DatabaseError("full"), OSError("No space left")])
def test_a_locked_or_full_database_says_not_saved_and_gives_the_text_back(mine, error):
    # The disk and the lock are the two things that cannot be had for real within one process of the suite.
    with patch("journal.actions.insert_once", side_effect=error):
        answer = post(mine, "/journal/new/", body=TYPED * 9, title="t")
    assert answer.status_code == 503
    page = text_of(answer)
    assert "Not saved" in page and TYPED * 9 in page and 'action="/journal/new/"' in page


def test_a_draft_survives_and_goes_with_its_entry(mine, grant):
    one = new_id()
    assert mine.post(f"/journal/draft/{one}/", {"body": TYPED}).json() == {"kept": True}
    assert "There is writing you did not save" in text_of(mine.get("/journal/new/"))
    assert TYPED in text_of(mine.get(f"/journal/new/?draft={one}"))
    mine.post("/journal/new/", {"id": one, "body": TYPED})
    assert not Draft.objects.for_grant(grant).exists()


def test_a_draft_after_the_sign_in_expired_is_401_and_not_a_page(client):
    answer = client.post(f"/journal/draft/{new_id()}/", {"body": TYPED}, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_discarded_draft_can_be_taken_back(mine, grant):
    one = new_id()
    mine.post(f"/journal/draft/{one}/", {"body": TYPED})
    removed = mine.post(f"/journal/draft/{one}/discard/").url
    assert "Undo" in text_of(mine.get(removed))
    mine.post(f"/log/draft/{one}/restore/")
    assert TYPED in text_of(mine.get(f"/journal/new/?draft={one}"))


def test_remove_and_undo(mine, grant):
    one = new_id()
    mine.post("/journal/new/", {"id": one, "body": TYPED})
    removed = mine.post(f"/log/entry/{one}/remove/").url
    assert mine.get("/journal/").content.decode().count('data-kind="entry"') == 0
    assert "Undo" in text_of(mine.get(removed))
    assert TYPED in text_of(mine.get("/bin/"))
    mine.post(f"/log/entry/{one}/restore/")
    assert mine.get("/journal/").content.decode().count('data-kind="entry"') == 1


def test_own_words_are_one_whatever_their_case_and_can_be_put_away(mine, grant):
    for name in ("The bus stop", "the BUS stop", "The bus stop"):
        post(mine, "/log/craving/", intensity="4", own_trigger=name)
    (word,) = OwnWord.objects.for_grant(grant)
    page = text_of(mine.get(f"/triggers/{word.pk}/"))
    assert "The bus stop" in page and "You logged this 3 times" in page
    mine.post(f"/words/{word.pk}/retire/")
    assert "The bus stop" not in text_of(mine.get("/log/craving/"))
    assert "The bus stop" in text_of(mine.get("/history/"))


def test_a_second_check_in_is_shown_and_the_first_is_its_history(mine):
    with time_machine.travel(datetime(2026, 11, 23, 19, tzinfo=UTC), tick=False):
        post(mine, "/log/check-in/", mood="2", note="sunrise words", when="earlier", at="08:00")
        post(mine, "/log/check-in/", mood="4", note="later")
        today, day = text_of(mine.get("/today/")), text_of(mine.get("/history/"))
    assert "later" in today and "1 earlier today" in today and "sunrise words" not in today
    assert "earlier that day" in day and "sunrise words" in day


def test_search_finds_every_word_and_only_in_ones_own_text(mine, stranger, client_of):
    post(mine, "/journal/new/", body="A heron stood in the Straße.")
    post(mine, "/log/craving/", intensity="3", note="heron again")
    post(client_of(stranger), "/journal/new/", body="heron of somebody else")
    found = mine.post("/journal/search/", {"words": "HERON"})
    assert "2 found" in text_of(found) and "somebody else" not in text_of(found)
    assert "1 found" in text_of(mine.post("/journal/search/", {"words": "heron stood"}))
    assert "Nothing found" in text_of(mine.post("/journal/search/", {"words": "heron swan"}))
    assert found["Cache-Control"] == "no-store, private"


def test_moving_settings_does_not_move_old_days(mine, person, grant):
    one = new_id()
    mine.post("/journal/new/", {"id": one, "body": "x"})
    row = Entry.objects.for_grant(grant).one(one)
    mine.post("/settings/clock/", {"tz": "Pacific/Kiritimati", "day_start": "12", "country": ""})
    mine.post(f"/journal/{one}/edit/", {"id": one, "version": "1", "body": "y"} | shown_time(mine, one))
    after = Entry.objects.for_grant(grant).one(one)
    assert (after.local_day, after.tz, after.occurred_at) == (row.local_day, "America/New_York", row.occurred_at)
    assert after.occurred_at - row.occurred_at == timedelta()


def shown_time(client, one):
    """The time fields as the edit form shows them."""
    form = client.get(f"/journal/{one}/edit/").context["form"]
    return {name: str(form[name].value()) for name in ("when", "day", "at")}
