"""The better word at hand, and no slur goes live; what was typed stays."""

import html

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState

from library.editing import Hurtful
from library.models import Term, TopicPage, Trigger
from tests.library.test_editors import form_of, staff

SLUR = "What junkies should know"
THINK = "Why he relapsed"


@pytest.fixture
def reviewer(db, client_of):
    return client_of(staff("owl", "Reviewers"))


@pytest.fixture
def page(db):
    return TopicPage.objects.get(code="P13")


def edit(client, page, action, **changes):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(client, page) | changes | {action: "1"}, follow=True
    )


def said(answer):
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_slur_is_not_published_and_the_message_names_the_better_word(reviewer, page, client, action):
    answer = edit(reviewer, page, action, promise=SLUR)
    assert "Instead of “junkies” write: person with opioid use disorder." in said(answer)
    assert SLUR in said(answer), "what was typed is still in the form"
    assert SLUR not in said(client.get("/learn/craving/"))


def test_a_slur_may_wait_in_a_draft_and_still_not_get_out(reviewer, page, client):
    edit(reviewer, page, "action-save", promise=SLUR)
    draft = TopicPage.objects.get(code="P13").get_latest_revision()
    assert draft.as_object().promise == SLUR
    with pytest.raises(Hurtful, match="junkies"):
        draft.publish()
    assert SLUR not in said(client.get("/learn/craving/"))


def test_a_slur_is_not_scheduled(reviewer, page):
    answer = edit(reviewer, page, "action-publish", promise=SLUR, go_live_at="2030-01-01 09:00")
    assert "Instead of “junkies” write" in said(answer) and SLUR in said(answer)
    assert not page.revisions.exclude(approved_go_live_at=None).exists()


def test_a_slur_is_not_published_with_many_others(reviewer, page, client):
    edit(reviewer, page, "action-save", promise=SLUR)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = reviewer.post(f"{url}?id={page.pk}", {"next": "/cms/"}, follow=True)
    assert "Instead of “junkies” write: person with opioid use disorder." in said(answer)
    assert SLUR not in said(client.get("/learn/craving/"))


def test_approving_does_not_publish_a_slur(reviewer, page, client, client_of):
    """A draft that came to the reviewer past the form, such as one from before the rule."""
    page.promise = SLUR
    page.save_revision()
    page.get_workflow().start(page, staff("wren", "Editors"))
    task = WorkflowState.objects.get(status="in_progress").current_task_state
    reviewer.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]), {"comment": ""})
    assert SLUR not in said(client.get("/learn/craving/"))
    assert WorkflowState.objects.get().status == "in_progress", "the draft still waits for a better word"


def test_a_word_to_think_about_is_said_and_does_not_block(reviewer, page, client):
    answer = edit(reviewer, page, "action-publish", promise=THINK)
    assert "relapsed" in said(answer) and "return to use, lapse" in said(answer)
    assert THINK in said(client.get("/learn/craving/"))


def test_quoted_words_are_talked_about_and_pass(reviewer, page, client):
    edit(reviewer, page, "action-publish", promise="Some people still say “junkie”")
    assert "“junkie”" in said(client.get("/learn/craving/"))


def test_a_name_with_a_slur_is_refused(reviewer):
    trigger = Trigger.objects.get(slug="argument")
    url = reverse("wagtailsnippets_library_trigger:edit", args=[trigger.pk])
    form = reviewer.get(url).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    answer = reviewer.post(url, data | {"description": "Fights with other addicts"})
    assert "Instead of “addicts” write" in said(answer)
    trigger.refresh_from_db()
    assert "addicts" not in trigger.description


def test_a_glossary_term_with_a_slur_is_refused(reviewer):
    url = reverse("wagtailsnippets_library_term:add")
    data = {"slug": "new-word", "name": "New word", "also": "", "meaning": "What junkies take"}
    assert "Instead of “junkies” write" in said(reviewer.post(url, data))
    assert not Term.objects.filter(slug="new-word").exists()
    reviewer.post(url, data | {"meaning": "What people take"})
    assert Term.objects.filter(slug="new-word").exists()
