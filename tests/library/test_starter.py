"""The starter library: complete, linked, idempotent, and never over what an editor changed."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from library.completeness import gaps
from library.models import Cause, CopingStrategy, GoalTemplate, HelpLine, LearnIndex, LifeSkill, Source, TopicPage, Trigger
from library.shelf import shelf, touch_stamp
from library.starter.paging import content_print

FOLDER = Path(__file__).resolve().parents[2] / "library" / "starter"


@pytest.mark.parametrize(
    ("model", "count"), [(Trigger, 34), (Cause, 13), (CopingStrategy, 35), (LifeSkill, 11), (GoalTemplate, 66), (TopicPage, 26)]
)
def test_everything_is_there(db, model, count):
    assert model.objects.count() == count


def test_every_page_is_published_and_a_withdrawn_one_is_seen_by_nobody(db, client):
    assert TopicPage.objects.live().count() == 26
    TopicPage.objects.get(code="P20").unpublish()
    assert client.get("/learn/sleep/").status_code == 404


def test_a_page_that_was_only_a_title_gets_its_text_from_a_newer_load(db, client):
    page = TopicPage.objects.get(code="P20")
    page.body, page.questions, page.live = [], [], False
    page.save()
    TopicPage.objects.filter(pk=page.pk).update(starter_hash=content_print(TopicPage.objects.get(pk=page.pk)))
    call_command("load_starter_library", verbosity=0)
    assert "three in the morning" in client.get("/learn/sleep/").content.decode()


def test_every_link_leads_somewhere(db):
    held = shelf()
    triggers = held.triggers.values()
    assert {len(t.strategies) >= 2 and len(t.templates) >= 1 for t in triggers} == {True}
    assert {s for t in triggers for s in t.strategies} <= set(held.strategies)
    assert {t for trigger in triggers for t in trigger.templates} <= set(held.templates)
    assert {c.counts_strategy for c in held.templates.values()} - {""} <= set(held.strategies)
    assert {t.life_skill for t in held.templates.values()} == set(held.life_skills)
    assert {held.page_for_trigger(t.slug) is not None for t in triggers} == {True}
    assert held.page_for_trigger("argument").code == "P21"


def test_loading_again_changes_nothing(db):
    before = dict(TopicPage.objects.values_list("code", "latest_revision_id"))
    call_command("load_starter_library", verbosity=0)
    assert dict(TopicPage.objects.values_list("code", "latest_revision_id")) == before


def test_what_an_editor_changed_is_left_alone(db, monkeypatch):
    Trigger.objects.filter(slug="argument").update(description="An editor's words")
    page = TopicPage.objects.get(code="P13")
    page.promise = "An editor's promise"
    page.save_revision().publish()
    monkeypatch.setattr("library.starter.loading.print_of", lambda record: "a newer starter text" + "x" * 40)
    monkeypatch.setattr("library.starter.paging.print_of", lambda record: "a newer starter text" + "x" * 40)
    call_command("load_starter_library", verbosity=0)
    assert Trigger.objects.get(slug="argument").description == "An editor's words"
    assert TopicPage.objects.get(code="P13").promise == "An editor's promise"


def test_doubtful_help_lines_are_off_and_every_country_has_an_emergency_number(db):
    assert not HelpLine.objects.filter(currency="CUR-3", active=True).exists()
    for country in ("US", "CA", "GB", "AU"):
        assert [line.kind for line in shelf().help_lines if line.country == country].count("emergency") == 1


def test_a_page_says_when_it_was_checked_and_that_nobody_has_reviewed_it(db, client):
    page = client.get("/learn/overdose-safety/").content.decode()
    assert "Checked against its sources on 22 November 2026; not yet reviewed by a clinician." in " ".join(page.split()).replace(
        "; ", "; "
    )


def test_the_same_bytes_for_everybody_and_no_cookie(db, client, mine):
    answers = [client.get("/learn/craving/"), mine.get("/learn/craving/"), mine.get("/learn/craving/?who=me")]
    assert len({answer.content for answer in answers}) == 1
    assert [dict(answer.cookies) for answer in answers] == [{}, {}, {}]
    assert "max-age=300" in answers[0]["Cache-Control"] and "Cookie" not in answers[0].get("Vary", "")
    assert "csrf" not in answers[0].content.decode()
    again = client.get("/learn/craving/", headers={"If-None-Match": answers[0]["ETag"]})
    assert again.status_code == 304


def test_a_reader_sees_a_published_change_at_once(db, client):
    client.get("/learn/craving/")
    page = TopicPage.objects.get(code="P13")
    page.promise = "Freshly said"
    page.save_revision().publish()
    assert "Freshly said" in client.get("/learn/craving/").content.decode()
    assert shelf().pages["P13"].promise == "Freshly said"


def test_a_scheduled_change_appears_when_it_is_due(db, client):
    page = TopicPage.objects.get(code="P13")
    page.promise = "Said tomorrow"
    page.go_live_at = timezone.now() + timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    call_command("publish_scheduled", verbosity=0)
    assert "Said tomorrow" not in client.get("/learn/craving/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        call_command("run_due")
    assert "Said tomorrow" in client.get("/learn/craving/").content.decode()


def test_the_report_names_a_trigger_without_a_page(db):
    Trigger.objects.create(code="T99", slug="new-one", name="A new trigger", category="feelings", description="x")
    today = timezone.localdate()
    found = {(gap.kind, gap.code): gap.missing for gap in gaps(today)}
    assert found["trigger", "T99"] == "no published page"
    assert ("trigger", "T19") not in found
    assert found["page", "P13"] == "starter text, not approved yet"
    later = {gap.code for gap in gaps(today + timedelta(days=3650)) if "review was due" in gap.missing}
    assert len(later) == 26


def test_the_grammar_of_pages(db):
    assert LearnIndex.objects.count() == 1
    assert not LearnIndex.can_create_at(Page.get_first_root_node())
    assert not TopicPage.can_create_at(TopicPage.objects.first())


def test_a_retired_word_is_no_longer_offered_but_old_logs_keep_it(db, mine):
    mine.post("/log/craving/", {"id": "019aaaaa-0000-7000-8000-00000000000a", "intensity": "4", "triggers": ["argument"]})
    Trigger.objects.filter(slug="argument").update(retired_at=timezone.now())
    touch_stamp()
    assert "Argument or conflict" not in mine.get("/log/craving/").content.decode()
    assert "Argument or conflict" in mine.get("/history/").content.decode()


def test_sources_are_only_the_fact_bases(db):
    assert Source.objects.filter(ref=None).count() <= 1
