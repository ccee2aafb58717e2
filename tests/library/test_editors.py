"""An editor's way: change, preview, submit, approve; and what an editor must not do."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import WorkflowState

from library.models import TopicPage, Trigger
from tests.conftest import make_person


def staff(name, group):
    person = make_person(name)
    person.groups.add(Group.objects.get(name=group))
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.fixture
def editor(db, client_of):
    return client_of(staff("wren", "Editors"))


@pytest.fixture
def reviewer(db, client_of):
    return client_of(staff("owl", "Reviewers"))


def form_of(client, page):
    """The edit form's fields as they stand."""
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    form = answer.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, (list, tuple)):
            data[bound.html_name] = [str(getattr(v, "pk", v)) for v in value]
        elif value is not None and not hasattr(value, "stream_block"):
            data[bound.html_name] = str(value)
    for name in ("key_points", "body", "questions"):
        data[f"{name}-count"] = "0"
    return data | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def test_a_change_waits_for_a_reviewer_and_then_the_reader_sees_it(editor, reviewer, client):
    page = TopicPage.objects.get(code="P13")
    data = form_of(editor, page) | {"promise": "An editor's new promise", "action-submit": "1"}
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    assert "An editor's new promise" not in client.get("/learn/craving/").content.decode()
    state = WorkflowState.objects.get(status="in_progress")
    task = state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert editor.post(url, {"comment": ""}).status_code in (302, 403)
    assert "An editor's new promise" not in client.get("/learn/craving/").content.decode()
    reviewer.post(url, {"comment": ""})
    assert "An editor&#x27;s new promise" in client.get("/learn/craving/").content.decode()


def test_an_editor_cannot_publish_alone(editor, client):
    page = TopicPage.objects.get(code="P13")
    editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_of(editor, page) | {"promise": "Past everybody", "action-publish": "1"},
    )
    assert "Past everybody" not in client.get("/learn/craving/").content.decode()


def test_an_editor_previews_a_draft(editor, client):
    page = TopicPage.objects.get(code="P09")
    page.unpublish()
    answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert page.title in answer.content.decode()
    assert client.get("/learn/medicines/").status_code == 404


def test_the_preview_panel_may_frame_the_page_and_runs_no_inline_script(editor):
    page = TopicPage.objects.get(code="P13")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(url, form_of(editor, page) | {"promise": "Seen before it is saved"}).json() == {
        "is_valid": True,
        "is_available": True,
    }
    answer = editor.get(f"{url}?in_preview_panel=true")
    assert "Seen before it is saved" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe-inline" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_report_is_there_for_editors(editor):
    Trigger.objects.create(code="T99", slug="new-one", name="A new trigger", category="feelings", description="x")
    page = editor.get("/cms/reports/completeness/").content.decode()
    assert re.search(r"A new trigger</td>\s*<td>T99</td>\s*<td>no published page", page)


def test_words_are_changed_but_never_deleted(editor):
    trigger = Trigger.objects.get(slug="argument")
    app = "wagtailsnippets_library_trigger"
    assert editor.get(reverse(f"{app}:edit", args=[trigger.pk])).status_code == 200
    editor.post(reverse(f"{app}:delete", args=[trigger.pk]))
    assert Trigger.objects.filter(slug="argument").exists()


def test_the_user_list_shows_staff_and_nobody_else(db, client_of, person):
    admin = make_person("admin", is_superuser=True, is_staff=True)
    TOTP.activate(admin, generate_totp_secret())
    page = client_of(admin).get("/cms/users/").content.decode()
    assert "admin" in page and "river" not in page
    assert client_of(admin).get(f"/cms/users/edit/{person.pk}/").status_code == 404


def test_an_editor_sees_nobodys_records(editor, mine, person):
    mine.post("/journal/new/", {"id": "019aaaaa-0000-7000-8000-0000000000aa", "body": "for nobody"})
    assert editor.get("/journal/019aaaaa-0000-7000-8000-0000000000aa/").status_code == 404
    assert editor.get("/admin/").status_code == 302
