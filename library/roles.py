"""Who may do what on the editors' side: Editors write and submit, Reviewers also publish. Nobody deletes a name."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupPagePermission, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from library.approvals import CLINICAL, LIVED, TWICE
from library.models import (
    Cause,
    CopingStrategy,
    GoalTemplate,
    HelpLine,
    LearnIndex,
    LifeSkill,
    OneApproval,
    Reflection,
    Source,
    Term,
    TopicPage,
    Trigger,
)

SNIPPETS = (Cause, CopingStrategy, GoalTemplate, HelpLine, LifeSkill, Reflection, Source, Term, Trigger)
WRITE = ["add_page", "change_page"]
ROLES = {"Editors": WRITE, "Reviewers": [*WRITE, "publish_page"], CLINICAL: WRITE, LIVED: WRITE}


def make_roles() -> None:
    """The two groups with their permissions, and the review workflow on the library; safe to run again."""
    front = LearnIndex.objects.first()
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, page_permissions in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(access, *_snippet_permissions())
        for codename in page_permissions:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=front, permission=permission)
    _review_workflow(front)
    _two_approvals()


def _snippet_permissions() -> list[Permission]:
    types = ContentType.objects.get_for_models(*SNIPPETS).values()
    return list(Permission.objects.filter(content_type__in=types).exclude(codename__startswith="delete"))


def _review_workflow(front: LearnIndex) -> None:
    """Wagtail's own approval workflow, decided by Reviewers, for every page of the library."""
    workflow = Workflow.objects.active().first()
    if workflow is None:
        return
    for task in workflow.tasks:
        task.specific.groups.add(Group.objects.get(name="Reviewers"))
    WorkflowPage.objects.get_or_create(page=front, defaults={"workflow": workflow})


def _two_approvals() -> None:
    """A clinician first, then a person with lived experience, for the pages of `TWICE` and every help line."""
    workflow, _made = Workflow.objects.get_or_create(name="Two approvals")
    for place, name in enumerate((CLINICAL, LIVED)):
        task, _made = OneApproval.objects.get_or_create(name=name)
        task.groups.set([Group.objects.get(name=name)])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    for page in TopicPage.objects.filter(code__in=TWICE):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    kind = ContentType.objects.get_for_model(HelpLine)
    WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
