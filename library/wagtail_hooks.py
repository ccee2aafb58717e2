"""The editors' side: the vocabulary group, the report, and telling readers at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from library import reports
from library.editing import bare_pictures, message, slurs
from library.models import (
    Cause,
    CopingStrategy,
    GoalTemplate,
    HelpLine,
    LifeSkill,
    Reflection,
    Source,
    Term,
    TopicPage,
    Trigger,
)
from library.plain_text import everything
from library.shelf import shelf, touch_stamp
from library.wording import findings


class NeverDeleted(ModelPermissionPolicy):
    """Nobody deletes a name: old logs carry it. It is retired instead."""

    refused = ("delete",)

    def user_has_permission(self, user, action) -> bool:
        """Everything but deleting goes by the person's own rights."""
        return action not in self.refused and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user, action, instance) -> bool:
        """The same for one object."""
        return action not in self.refused and super().user_has_permission_for_instance(user, action, instance)


class Kept(SnippetViewSet):
    """A kind of record that is kept for good."""

    list_per_page = 60

    @property
    def permission_policy(self):
        """No deleting."""
        return NeverDeleted(self.model)


class Triggers(Kept):
    """Triggers."""

    model, icon, list_display, list_filter = Trigger, "warning", ["name", "code", "category", "page_code"], ["category"]


class Causes(Kept):
    """Underlying causes."""

    model, icon, list_display = Cause, "help", ["name", "code", "page_code"]


class Strategies(Kept):
    """Coping strategies."""

    model, icon, list_display = CopingStrategy, "pick", ["name", "code", "certainty", "page_code"]


class LifeSkills(Kept):
    """Life skills."""

    model, icon, list_display = LifeSkill, "group", ["name", "code"]


class GoalTemplates(Kept):
    """Goal templates."""

    model, icon, list_display, list_filter = GoalTemplate, "tick", ["name", "code", "life_skill"], ["life_skill"]


class Sources(Kept):
    """Sources."""

    model, icon, list_display = Source, "doc-full", ["title", "year", "slug"]


class Reflections(Kept):
    """Guided reflections."""

    model, icon, list_display = Reflection, "comment", ["cause", "minutes", "safety"]


class Terms(Kept):
    """Glossary terms."""

    model, icon, list_display = Term, "openquote", ["name", "meaning"]


class HelpLines(Kept):
    """Help lines."""

    model, icon, list_display = HelpLine, "mail", ["name", "country", "kind", "currency", "checked_on", "active"]
    list_filter = ["country", "kind", "currency", "active"]


class VocabularyGroup(SnippetViewSetGroup):
    """Everything that pages and logs name."""

    menu_label, menu_icon, menu_order = _("Vocabulary"), "list-ul", 150
    items = (Triggers, Causes, Strategies, LifeSkills, GoalTemplates, Reflections, Sources, Terms, HelpLines)


register_snippet(VocabularyGroup)


@hooks.register("register_admin_urls")
def report_addresses() -> list:
    """`/cms/reports/…`."""
    return reports.ADDRESSES


def _menu_item(place: int) -> None:
    hooks.register("register_reports_menu_item", lambda: reports.menu()[place])


for _place in range(len(reports.ADDRESSES)):
    _menu_item(_place)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def snippet_changed(request: HttpRequest, instance) -> None:
    """Readers see a changed name or help line at once."""
    touch_stamp()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def better_words(request: HttpRequest, row) -> None:
    """After saving: words to think about, with the better ones. Nothing is blocked by it."""
    found = list(findings(everything(row)))
    if found:
        messages.warning(request, _("Words to think about. ") + message(found))


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: HttpRequest, action_type: str, objects: list, action) -> HttpResponse | None:
    """Publishing many drafts at once: say which word or picture stands in the way, publish none of them."""
    if request.method != "POST" or action_type != "publish":
        return None
    drafts = [page.get_latest_revision_as_object() for page in objects]
    faults = [(draft, _fault(draft)) for draft in drafts if _fault(draft)]
    for draft, fault in faults:
        messages.error(request, _("%(page)s was not published. ") % {"page": draft.title} + fault)
    return redirect("wagtailadmin_explore_root") if faults else None


def _fault(draft: Any) -> str:
    return message(slurs(draft)) or (bare_pictures(draft) if isinstance(draft, TopicPage) else "")


class PageLinks(PageLinkHandler):
    """Links between pages by the shelf, without a query; one to a page that is not published is plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """The opening tags."""
        cards = [shelf().page_by_pk(int(attrs["id"])) for attrs in attrs_list]
        return [f'<a href="{card.url}">' if card else "<a>" for card in cards]


@hooks.register("register_rich_text_features", order=100)
def page_links(features) -> None:
    """Readers get our links."""
    features.register_link_type(PageLinks)


@hooks.register("construct_main_menu")
def calm_menu(request: HttpRequest, items: list) -> None:
    """Only what this library uses: no documents."""
    items[:] = [item for item in items if item.name not in ("documents",)]
