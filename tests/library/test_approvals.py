"""Pages and help lines a life may hang on go live by two approvals, from two people, and by nothing else."""

import html
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import WorkflowState

from library.approvals import CLINICAL, LIVED, TWICE, approvals
from library.models import HelpLine, TopicPage
from library.shelf import shelf
from tests.conftest import make_person
from tests.library.test_editors import form_of, staff

NEW = "A promise nobody approved yet"
ADDRESS = "/learn/overdose-safety/"


@pytest.fixture
def page(db):
    return TopicPage.objects.get(code="P12")


@pytest.fixture
def visitors(db, client_of):
    """A client for each role."""
    both = staff("both", CLINICAL)
    both.groups.add(Group.objects.get(name=LIVED))
    admin = make_person("chief", is_superuser=True, is_staff=True)
    TOTP.activate(admin, generate_totp_secret())
    named = {"editor": "Editors", "reviewer": "Reviewers", "clinician": CLINICAL, "lived": LIVED}
    found = {name: client_of(staff(name, group)) for name, group in named.items()}
    return found | {"both": client_of(both), "admin": client_of(admin)}


def edit(client, page, action, **changes):
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(client, page) | {"promise": NEW} | changes | {action: "1"}
    )


def decide(client, page, what="approve"):
    state = WorkflowState.objects.get(status__in=("in_progress", "needs_changes")).current_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, what, state.pk]), {"comment": ""})


def given():
    """The approvals of the latest edit."""
    return approvals(TopicPage.objects.get(code="P12").get_latest_revision())


def is_live(client):
    return NEW in html.unescape(client.get(ADDRESS).content.decode())


@pytest.mark.parametrize("who", ["editor", "reviewer", "clinician", "lived", "both", "admin"])
def test_nobody_publishes_at_a_press(page, visitors, client, who):
    edit(visitors[who], page, "action-publish")
    assert not is_live(client)


def test_both_approvals_put_it_live_and_say_who_gave_them(page, visitors, client):
    edit(visitors["editor"], page, "action-submit")
    decide(visitors["lived"], page)
    assert given() == {}, "the clinician comes first"
    decide(visitors["clinician"], page)
    assert not is_live(client)
    decide(visitors["lived"], page)
    assert is_live(client)
    assert set(approvals(TopicPage.objects.get(code="P12").live_revision)) == {CLINICAL, LIVED}


@pytest.mark.parametrize("who", ["admin", "reviewer", "editor"])
def test_only_members_of_the_group_approve(page, visitors, who):
    edit(visitors["editor"], page, "action-submit")
    decide(visitors[who], page)
    assert given() == {}


def test_one_person_in_both_groups_gives_one_approval(page, visitors, client):
    edit(visitors["editor"], page, "action-submit")
    decide(visitors["both"], page)
    assert set(given()) == {CLINICAL}
    decide(visitors["both"], page)
    assert set(given()) == {CLINICAL} and not is_live(client)


def test_an_edit_after_the_first_approval_needs_both_again(page, visitors, client):
    edit(visitors["editor"], page, "action-submit")
    decide(visitors["clinician"], page)
    edit(visitors["lived"], page, "action-save", promise=f"{NEW}, and then changed")
    decide(visitors["lived"], page)
    assert not is_live(client)


def test_sent_back_is_not_live(page, visitors, client):
    edit(visitors["editor"], page, "action-submit")
    decide(visitors["clinician"], page, "reject")
    assert not is_live(client)
    assert WorkflowState.objects.get().status == "needs_changes"


def test_another_code_is_no_way_around(page, visitors, client):
    """A draft with another code first, and then a press on Publish."""
    for who in ("reviewer", "admin"):
        edit(visitors[who], page, "action-save", code="P99")
        edit(visitors[who], page, "action-publish", code="P99")
        assert not is_live(client)
    changed = TopicPage.objects.get(pk=page.pk)
    changed.code = "P99"
    with pytest.raises(PublishPermissionError):
        changed.save_revision(user=staff("wren", "Editors")).publish()
    assert TopicPage.objects.get(pk=page.pk).code == "P12"


def test_ordinary_pages_keep_one_approval(visitors, client):
    page = TopicPage.objects.get(code="P13")
    edit(visitors["reviewer"], page, "action-publish")
    assert NEW in html.unescape(client.get("/learn/craving/").content.decode())
    assert "P13" not in TWICE


def line_form(client, line):
    url = reverse("wagtailsnippets_library_helpline:edit", args=[line.pk])
    form = client.get(url).context["form"]
    data = {field.html_name: field.value() for field in form if field.name != "channels" and field.value() is not None}
    return url, {name: str(value) for name, value in data.items() if value is not False} | {"channels-count": "0"}


@pytest.mark.parametrize("who", ["editor", "admin"])
def test_a_help_line_changes_by_two_approvals(visitors, client, who):
    line = HelpLine.objects.filter(active=True, country="US").first()
    url, data = line_form(visitors[who], line)
    visitors[who].post(url, data | {"name": "A new number", "action-publish": "1"})
    assert "A new number" not in client.get("/sos/").content.decode()
    visitors[who].post(url, data | {"name": "A new number", "action-submit": "1"})
    for reviewer in ("clinician", "lived"):
        state = WorkflowState.objects.get(status="in_progress").current_task_state
        address = reverse("wagtailsnippets_library_helpline:workflow_action", args=[line.pk, "approve", state.pk])
        assert "A new number" not in client.get("/sos/").content.decode()
        visitors[reviewer].post(address, {"comment": ""})
    assert "A new number" in client.get("/sos/").content.decode()


def test_a_dead_number_is_withdrawn_at_once(visitors, client):
    line = HelpLine.objects.filter(active=True, live=True, country="US").first()
    assert line.name in html.unescape(client.get("/sos/").content.decode())
    visitors["editor"].post(reverse("wagtailsnippets_library_helpline:unpublish", args=[line.pk]))
    assert HelpLine.objects.get(pk=line.pk).live is False
    assert not any(held.slug == line.slug for held in shelf().help_lines)


def test_pressing_publish_on_a_help_line_says_what_to_do(visitors):
    line = HelpLine.objects.filter(active=True, country="US").first()
    url, data = line_form(visitors["editor"], line)
    answer = visitors["editor"].post(url, data | {"name": "A new number", "action-publish": "1"})
    assert "Two people must approve this first" in html.unescape(answer.content.decode())
    assert "A new number" in answer.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "clinician", "admin"])
def test_a_new_help_line_waits_as_well(visitors, client, who):
    data = {
        "slug": "new-line", "country": "US", "kind": "crisis", "name": "A brand new line", "what": "Talks",
        "currency": "CUR-1", "checked_on": "2026-11-01", "position": "0", "active": "on", "channels-count": "0",
    }  # fmt: skip
    visitors[who].post(reverse("wagtailsnippets_library_helpline:add"), data | {"action-publish": "1"})
    assert not HelpLine.objects.filter(slug="new-line").exists()
    visitors[who].post(reverse("wagtailsnippets_library_helpline:add"), data)
    assert HelpLine.objects.get(slug="new-line").live is False
    assert "A brand new line" not in client.get("/sos/").content.decode()


@pytest.mark.parametrize("who", ["reviewer", "admin"])
def test_publishing_many_at_once_or_later_is_no_way_around(page, visitors, client, who):
    edit(visitors[who], page, "action-save")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    visitors[who].post(f"{url}?id={page.pk}", {"next": "/cms/"})
    front = page.get_parent()
    visitors[who].post(f"{url}?id={front.pk}", {"next": "/cms/", "include_descendants": "on"})
    edit(visitors[who], page, "action-publish", go_live_at="2027-01-01 09:00")
    assert not page.revisions.exclude(approved_go_live_at=None).exists()
    assert not is_live(client)


@pytest.mark.parametrize("row", [lambda: TopicPage.objects.get(code="P12"), lambda: HelpLine.objects.first()])
def test_a_draft_without_an_author_needs_both_as_well(db, row):
    """One that came in by a file, or whose author closed the account."""
    draft = row().save_revision()
    with pytest.raises(PublishPermissionError):
        draft.publish()


def test_the_workflows_stand_where_they_belong(db):
    assert {page.code for page in TopicPage.objects.all() if page.get_workflow().name == "Two approvals"} == TWICE
    assert re.match("Two approvals", HelpLine.objects.first().get_workflow().name)
