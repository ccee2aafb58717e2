"""The library's front, its search, its glossary, and saying what a page lacks."""

import gzip
import html

import pytest
from django.core.management import call_command
from django.utils import timezone

from library.models import Feedback, LearnIndex, TopicPage
from library.shelf import shelf
from library.views import MOST_A_DAY


def text(answer):
    return html.unescape(answer.content.decode())


def look_for(client, words):
    return client.post("/learn/search/", {"words": words})


def test_the_front_is_sorted_by_need_and_by_topic_and_is_the_same_for_all(client, mine):
    page = client.get("/learn/")
    assert "I’m craving right now" in text(page) and "I had an argument" in text(page)
    assert "Staying safe" in text(page)
    assert not page.cookies and page["Cache-Control"].startswith("public")
    assert mine.get("/learn/").content == page.content


def test_a_need_without_a_published_page_is_not_shown(db, client):
    TopicPage.objects.get(code="P21").unpublish()
    assert "I had an argument" not in text(client.get("/learn/"))


def test_a_misspelled_word_finds_the_page_the_trigger_and_what_to_try(db, client):
    page = text(look_for(client, "arguement"))
    assert "Relationships and talking" in page and "Argument or conflict" in page
    assert "Nothing found" not in page


def test_full_text_finds_what_stands_only_inside_a_page(db, client):
    assert "“Detox” and drug residues" in text(look_for(client, "Norwegian"))


def test_nothing_found_offers_words_and_needs(db, client):
    page = text(look_for(client, "brethin zzzz"))
    assert "Nothing found for" in page and "Did you mean" in page and "What brings you here?" in page


@pytest.mark.parametrize(("words", "said"), [("", "Write a word first"), ("x" * 101, "Use fewer words")])
def test_what_cannot_be_looked_for_is_said_plainly(db, client, words, said):
    answer = look_for(client, words)
    assert answer.status_code == 422 and said in text(answer)


def test_what_is_looked_for_stands_in_no_address_and_is_not_cached(db, client):
    answer = look_for(client, "overdose")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert 'method="post"' in text(answer)


def test_words_are_shown_back_as_text(db, client):
    assert b"<script>alert" not in look_for(client, "<script>alert(1)</script>").content


def test_the_glossary_explains_and_pages_open_it_in_place(db, client):
    assert "falls within days of stopping" in text(client.get("/learn/glossary/"))
    page = text(client.get("/learn/overdose-safety/"))
    assert page.count('popovertarget="g-tolerance"') == 1 and 'id="g-tolerance"' in page


def test_feedback_is_kept_without_anybody(mine):
    answer = mine.post("/learn/feedback/craving/", {"helpful": "0", "missing": "cold"})
    assert "Thank you" in text(mine.get(answer.url))
    [row] = Feedback.objects.values()
    assert row == {"id": row["id"], "page_code": "P13", "helpful": False, "missing": "cold", "day": timezone.now().date()}


def test_feedback_without_a_choice_asks_for_one(db, client):
    answer = client.post("/learn/feedback/craving/", {"missing": "long"})
    assert answer.status_code == 422 and "Choose yes or not really." in text(answer)
    assert client.post("/learn/feedback/no-page/", {"helpful": "1"}).status_code == 404


def test_a_script_cannot_fill_the_table(db, client):
    today = timezone.now().date()
    Feedback.objects.bulk_create(Feedback(page_code="P13", helpful=True, day=today) for _ in range(MOST_A_DAY))
    assert client.post("/learn/feedback/craving/", {"helpful": "1"}).status_code == 302
    assert Feedback.objects.count() == MOST_A_DAY


def test_needs_an_editor_changed_are_left_alone(db, client, monkeypatch):
    front = LearnIndex.objects.get()
    front.needs = [("need", {"words": "An editor's need", "page": None, "address": "/sos/"})]
    front.save_revision().publish()
    monkeypatch.setattr("library.starter.paging.records", lambda name, key: [{"words": "Newer", "address": "/sos/"}])
    call_command("load_starter_library", verbosity=0)
    assert "An editor's need" in text(client.get("/learn/"))


def test_a_link_to_a_page_that_is_withdrawn_becomes_plain_words(db, client):
    assert 'href="/learn/why-not-just-stop/"' in text(client.get("/learn/relationships/"))
    TopicPage.objects.get(code="P03").unpublish()
    page = text(client.get("/learn/relationships/"))
    assert 'href="/learn/why-not-just-stop/"' not in page and "Why stopping is not just a choice" in page


def test_every_page_is_light_cookieless_and_cached_for_anybody(db, client, mine):
    for card in shelf().pages.values():
        answer = client.get(card.url)
        assert answer.status_code == 200 and not answer.cookies, card.code
        assert answer["Cache-Control"] == "public, max-age=300" and "Cookie" not in answer.get("Vary", ""), card.code
        assert len(gzip.compress(answer.content)) <= 40 * 1024, card.code
        assert mine.get(card.url).content == answer.content, card.code
        assert "csrfmiddlewaretoken" not in text(answer), card.code
