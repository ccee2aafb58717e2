"""The editors' forms: the better word at hand, and no slur goes live."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

from library.plain_text import everything
from library.wording import Finding, findings

GOING_LIVE = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")


class Hurtful(PublishPermissionError):
    """A text with a slur in it."""


def slurs(row: Any) -> list[Finding]:
    """The words in a page or snippet that are never published."""
    return [found for found in findings(everything(row)) if found.is_slur]


def refuse_slurs(row: Any) -> None:
    """Raise Hurtful when the text must not be published."""
    found = slurs(row)
    if found:
        raise Hurtful(message(found))


class Bare(PublishPermissionError):
    """A picture that says nothing to somebody who cannot see it."""


def bare_pictures(page: Any) -> str:
    """What to say of pictures without words; empty where there are none. A draft may hold them."""
    bare = any(block.block_type == "figure" and not (block.value["alt"] or "").strip() for block in page.body)
    return _("A picture needs a text that says the same.") if bare else ""


def refuse_bare_pictures(page: Any) -> None:
    """Raise Bare when a picture has no words."""
    if bare := bare_pictures(page):
        raise Bare(bare)


def message(found: Iterable[Finding]) -> str:
    """Which word, and what to write instead."""
    pairs = dict.fromkeys((one.word.lower(), one.better) for one in found)
    return " ".join(_("Instead of “%(word)s” write: %(better)s.") % {"word": word, "better": better} for word, better in pairs)


class GoesLive:
    """A form that lets a slur be kept as a draft, and says why it is not published."""

    needs_two_approvals = False

    def clean(self):
        """The values; an error names the word and the better one."""
        cleaned = super().clean()  # type: ignore[misc]
        if self.needs_two_approvals and "action-publish" in self.data:  # type: ignore[attr-defined]
            self.add_error(None, _("Two people must approve this first. Choose “Submit” instead of “Publish”."))  # type: ignore[attr-defined]
        if self._goes_live():
            found = [one for one in findings(self._typed(cleaned)) if one.is_slur]
            if found:
                self.add_error(None, _("This cannot be published as it is. ") + message(found))  # type: ignore[attr-defined]
        return cleaned

    def _goes_live(self) -> bool:
        in_progress = getattr(self.instance, "workflow_in_progress", False)  # type: ignore[attr-defined]
        drafts = hasattr(self.instance, "live")  # type: ignore[attr-defined]
        return not drafts or in_progress or any(name in self.data for name in GOING_LIVE)  # type: ignore[attr-defined]

    def _typed(self, cleaned: dict[str, Any]) -> str:
        fresh = type(self.instance)(**{n: v for n, v in cleaned.items() if n in self._plain_names()})  # type: ignore[attr-defined]
        return everything(fresh)

    def _plain_names(self) -> set[str]:
        return {field.name for field in self.instance._meta.concrete_fields if not field.is_relation}  # type: ignore[attr-defined]


class TopicPageForm(GoesLive, WagtailAdminPageForm):
    """Pages."""


class WordForm(GoesLive, WagtailAdminModelForm):
    """Vocabulary and help lines."""


class HelpLineForm(WordForm):
    """Help lines: withdrawn at once, changed by two approvals."""

    needs_two_approvals = True
