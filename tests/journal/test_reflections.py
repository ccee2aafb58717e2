"""Guided reflections: paced, skippable, kept sealed, saved as one entry."""

import html
import re
import uuid

import pytest
from django.db import connection

from journal.models import Draft, Entry
from library.models import Cause
from library.shelf import forget, shelf

TYPED = "The mornings are heavy, and the radio helps 🌊"


@pytest.fixture
def reflection(db):
    return shelf().reflections["depression"]


@pytest.fixture
def row_id():
    return uuid.UUID("019aaaaa-0000-7000-8000-00000000cafe")


@pytest.fixture
def step(mine, reflection, row_id):
    """Post one question's form; returns the answer."""

    def post(number, go="next", **data):
        return mine.post(f"/reflections/{reflection.slug}/{row_id}/{number}/", {"go": go} | data)

    return post


def said(answer):
    return html.unescape(answer.content.decode())


def walk(step, reflection, **first):
    step(1, **first)
    for number in range(2, len(reflection.steps) + 2):
        answer = step(number)
    return answer


def test_there_is_one_for_each_cause(mine):
    page = said(mine.get("/reflections/"))
    assert [cause.name for cause in Cause.objects.all() if cause.name not in page] == []
    assert len(shelf().reflections) == 13
    assert {len(one.steps) for one in shelf().reflections.values()} == {4}


def test_the_start_says_that_it_may_be_left_and_that_care_does_not_wait(mine):
    page = said(mine.get("/reflections/depression/"))
    assert "You can stop on every page" in page and "do not wait for this" in page
    assert page.index("reach a person now") < page.index("Begin")


def test_every_page_offers_skip_stop_grounding_and_help(mine, reflection, row_id):
    for number in range(1, len(reflection.steps) + 2):
        page = said(mine.get(f"/reflections/{reflection.slug}/{row_id}/{number}/"))
        assert 'value="stop"' in page and "/sos/#lines" in page and "If it gets too much" in page
        assert ('value="skip"' in page) == (number <= len(reflection.steps))
    assert mine.get(f"/reflections/{reflection.slug}/{row_id}/{len(reflection.steps) + 2}/").status_code == 404


def test_the_whole_way_ends_in_one_sealed_entry_with_its_questions(mine, grant, step, reflection, row_id):
    step(1, text=TYPED)
    step(2, "skip")
    step(3, words=list(reflection.steps[2].words[:2]))
    step(4)
    answer = step(5, text="The kettle.")
    assert answer.url == f"/reflections/{reflection.slug}/{row_id}/done/"
    [entry] = grant.open(Entry.objects.for_grant(grant))
    assert (entry.pk, entry.title, entry.prompt) == (row_id, reflection.name, "reflection-depression")
    assert entry.body == "\n\n".join(
        [
            f"{reflection.steps[0].question}\n{TYPED}",
            f"{reflection.steps[2].question}\n{', '.join(reflection.steps[2].words[:2])}",
            f"{reflection.close}\nThe kettle.",
        ]
    )
    assert not Draft.objects.for_grant(grant).exists()
    done = said(mine.get(answer.url))
    assert "/goals/new/?template=" in done and "/coping/" in done


def test_sending_the_last_page_twice_saves_once(grant, step, reflection):
    walk(step, reflection, text=TYPED)
    again = step(5, text="a second press")
    assert again.url.endswith("/done/")
    assert Entry.objects.for_grant(grant).count() == 1 and not Draft.objects.for_grant(grant).exists()


def test_nothing_answered_saves_nothing_and_says_so(mine, grant, step, reflection):
    answer = walk(step, reflection)
    assert "You answered nothing this time" in said(mine.get(answer.url))
    assert not Entry.objects.for_grant(grant).exists() and not Draft.objects.for_grant(grant).exists()


def test_stopping_keeps_what_was_written_and_it_goes_on_there(mine, grant, step, reflection, row_id):
    answer = step(1, "stop", text=TYPED)
    page = said(mine.get(answer.url))
    assert "You stopped, and that is fine" in page
    on = f"/reflections/{reflection.slug}/{row_id}/2/"
    assert on in page and on in said(mine.get("/journal/new/"))
    assert TYPED in said(mine.get(f"/reflections/{reflection.slug}/{row_id}/1/"))


def test_back_shows_the_answer_and_changes_it(mine, step, reflection, row_id):
    step(1, text=TYPED)
    assert step(2, "back", text="half a thought").url.endswith("/1/")
    step(1, text="changed")
    assert "half a thought" in said(mine.get(f"/reflections/{reflection.slug}/{row_id}/2/"))
    assert "changed" in said(mine.get(f"/reflections/{reflection.slug}/{row_id}/1/"))


def test_words_stay_sealed_between_the_pages(step):
    step(1, text=TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM journal_draft")
        [[stored]] = cursor.fetchall()
    assert stored and b"heavy" not in bytes(stored)


def test_another_persons_reflection_stays_theirs(mine, grant, step, reflection, row_id, stranger, client_of, grant_of):
    step(1, text=TYPED)
    other = client_of(stranger)
    address = f"/reflections/{reflection.slug}/{row_id}/1/"
    assert TYPED not in said(other.get(address))
    refused = other.post(address, {"go": "next", "text": "not mine"})
    assert (refused.status_code, "not mine" in said(refused)) == (503, True)
    [draft] = grant.open(Draft.objects.for_grant(grant))
    assert "heavy" in draft.fields and not Draft.objects.for_grant(grant_of(stranger)).exists()
    assert other.get(f"/reflections/{reflection.slug}/{row_id}/done/").status_code == 404


def test_a_text_too_long_comes_back_with_a_message(step, grant):
    answer = step(1, text="x" * 20_000)
    assert answer.status_code == 422 and "The most we can keep is 18,000" in said(answer)
    assert "x" * 20_000 in said(answer) and not Draft.objects.for_grant(grant).exists()


def test_an_expired_sign_in_keeps_the_text(client, person, reflection, row_id):
    page = client.post(f"/reflections/{reflection.slug}/{row_id}/1/", {"go": "next", "text": TYPED})
    assert "still here" in said(page) and "heavy" in said(page)


def test_a_retired_or_unknown_cause_is_absent(mine, reflection, row_id):
    assert mine.get("/reflections/no-such/").status_code == 404
    Cause.objects.filter(slug="depression").update(retired_at="2026-01-01T00:00Z")
    forget()
    assert mine.get("/reflections/depression/").status_code == 404
    assert "depression" not in said(mine.get("/reflections/"))


def test_topic_pages_lead_to_the_reflections_of_their_causes(db, client):
    assert re.search(r'href="/reflections/[a-z-]+/"', said(client.get("/learn/underlying-causes/")))
