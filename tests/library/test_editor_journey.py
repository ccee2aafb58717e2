"""An editor's longest way: a new trigger with its page and goal, two approvals, a set time, the craving form, and undo."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from library.approvals import CLINICAL, LIVED
from library.models import GoalTemplate, LearnIndex, LifeSkill, TopicPage, Trigger
from tests.library.test_editors import form_of, staff

TRIGGER = {
    "code": "T90",
    "slug": "rainy-sundays",
    "name": "Rainy Sundays",
    "category": "money-time",
    "description": "Long wet afternoons.",
}
TEMPLATE = {
    "code": "TIM-90",
    "slug": "sunday-plan",
    "name": "Plan {2} rainy Sundays",
    "why": "A plan keeps you company.",
    "weeks": "2",
}


@pytest.fixture
def editor(db, client_of):
    return client_of(staff("wren", "Editors"))


@pytest.fixture
def approvers(db, client_of):
    return [client_of(staff("clinician", CLINICAL)), client_of(staff("lived", LIVED))]


def text(answer):
    return html.unescape(answer.content.decode())


def add(editor, model, **data):
    """Fill in a snippet's add form; raises when it is refused."""
    url = reverse(f"wagtailsnippets_library_{model}:add")
    form = editor.get(url).context["form"]
    blank = {field.html_name: field.value() for field in form if field.value() not in (None, False, [])}
    answer = editor.post(url, {n: v for n, v in blank.items() if isinstance(v, (str, int))} | data)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_a_new_trigger_is_everywhere_at_once(editor, mine, client):
    skill = LifeSkill.objects.get(code="TIM")
    add(editor, "goaltemplate", **TEMPLATE, life_skill=str(skill.pk), position="99", **{"steps-count": "0"})
    template = GoalTemplate.objects.get(slug="sunday-plan")
    add(editor, "trigger", **TRIGGER, page_code="P13", position="99", templates=[template.pk], first_template=template.pk)
    assert "Rainy Sundays" in text(mine.get("/log/craving/"))
    assert "Rainy Sundays" in text(client.post("/learn/search/", {"words": "sundays"}))
    saved = mine.post(
        "/log/craving/", {"id": "019aaaaa-0000-7000-8000-00000000beef", "intensity": "5", "triggers": ["rainy-sundays"]}
    )
    card = text(mine.get(saved.url))
    assert "Rainy Sundays" in card and "Craving: a wave you can ride" in card and "Plan 2 rainy Sundays" in card
    assert "Plan 2 rainy Sundays" in text(mine.get("/triggers/rainy-sundays/"))


def test_a_strategy_and_a_cause_are_offered_at_once(editor, mine):
    strategy = {"code": "S90", "slug": "feed-birds", "name": "Feed the birds", "summary": "A handful of seed.", "certainty": "D"}
    add(editor, "copingstrategy", **strategy, position="99", minutes_min="1", minutes_max="5", **{"steps-count": "0"})
    assert "Feed the birds" in text(mine.get("/log/craving/"))
    assert mine.get("/coping/feed-birds/").status_code == 200
    add(editor, "cause", code="C90", slug="long-winters", name="Long winters", description="Dark months.", position="99")
    page = TopicPage.objects.get(code="P13")
    page.causes.add(page.causes.model.objects.get(slug="long-winters"))
    page.save()
    call_command("load_starter_library", verbosity=0)
    assert page.causes.filter(slug="long-winters").exists(), "a newer load leaves an editor's link alone"


def test_a_page_goes_through_two_approvals_waits_for_its_hour_and_can_be_undone(editor, approvers, client):
    page = TopicPage.objects.get(code="P12")
    before, hour = page.promise, timezone.now() + timedelta(hours=3)
    form = form_of(editor, page) | {"promise": "In three hours", "go_live_at": f"{hour:%Y-%m-%d %H:%M}", "action-submit": "1"}
    editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    for approver in approvers:
        state = WorkflowState.objects.get(status="in_progress").current_task_state
        approver.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {"comment": ""})
    assert "In three hours" not in text(client.get("/learn/overdose-safety/"))
    with time_machine.travel(hour + timedelta(minutes=5)):
        call_command("publish_scheduled", verbosity=0)
        assert "In three hours" in text(client.get("/learn/overdose-safety/"))
    first = page.revisions.order_by("created_at").first()
    shown = editor.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]))
    assert before in text(shown), "the earlier text is back in the form, to be approved again"


def test_a_new_page_for_a_new_trigger_leaves_the_report_once_it_is_live(editor, client_of):
    Trigger.objects.create(**TRIGGER, page_code="P90")
    report = "/cms/reports/completeness/"
    assert "Rainy Sundays" in text(editor.get(report))
    fresh = TopicPage(
        title="Rainy days", slug="rainy-days", code="P90", section="skills", promise="You get through them.", minutes=2
    )
    LearnIndex.objects.get().add_child(instance=fresh)
    assert "Rainy Sundays" not in text(editor.get(report))


def test_two_pages_for_one_address_are_refused_with_a_message(editor):
    front = LearnIndex.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["library", "topicpage", front.pk])
    form = {"title": "Another", "slug": "craving", "code": "P91", "section": "skills", "promise": "x", "minutes": "3"}
    form |= {f"{name}-count": "0" for name in ("key_points", "body", "questions")}
    answer = editor.post(url, form | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})
    assert "The slug 'craving' is already in use" in text(answer) and "Another" in text(answer)
    assert not TopicPage.objects.filter(code="P91").exists()
