"""Who may do what on the editors' side: Editors write and submit, Reviewers also publish. Nobody deletes a name."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from library.models import Cause, CopingStrategy, GoalTemplate, HelpLine, LearnIndex, LifeSkill, Reflection, Source, Term, Trigger

SNIPPETS = (Cause, CopingStrategy, GoalTemplate, HelpLine, LifeSkill, Reflection, Source, Term, Trigger)
ROLES = {"Editors": ["add_page", "change_page"], "Reviewers": ["add_page", "change_page", "publish_page"]}


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
