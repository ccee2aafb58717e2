"""What a counselor proposes: one of the library's things, or a goal in words, always with a reason."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WordsField
from care.models import Proposal
from goals.forms import TITLE_LENGTH, WritingForm
from library.models import TopicPage
from library.shelf import shelf

Kind = Proposal.Kind
WHY_LENGTH, MOST_DAYS = 1_000, 366
CHOOSE: Mapping[str, Any] = {
    Kind.PAGE: gettext_lazy("Which page?"),
    Kind.STRATEGY: gettext_lazy("Which way to cope?"),
    Kind.TEMPLATE: gettext_lazy("Which goal?"),
}


class ProposalForm(WritingForm):
    """One kind of proposal. `today` is the counselor's own day."""

    kind = forms.CharField(widget=forms.HiddenInput)
    key = forms.ChoiceField(
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose one from the list.")),
    )
    title = WordsField(
        most=TITLE_LENGTH,
        required=True,
        label=gettext_lazy("The goal, in a few words"),
        help_text=gettext_lazy("Small and doable. The person can change every word."),
        error_messages={"required": gettext_lazy("Write the goal. A few words are enough.")},
    )
    why = WordsField(
        most=WHY_LENGTH,
        required=True,
        lines=3,
        label=gettext_lazy("Why do you propose it?"),
        help_text=gettext_lazy("The person reads this beside it."),
        error_messages={"required": gettext_lazy("Write why. The person decides by it.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Until when, if it helps"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-12-24.")},
    )
    free_text = ("title", "why")
    field_order = ["kind", "key", "title", "why", "due_on"]

    def __init__(self, data: Any = None, *, kind: str, today: date, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.of_kind, self.today = kind, today
        self.initial.setdefault("kind", kind)
        if kind == Kind.GOAL:
            del self.fields["key"]
            return
        del self.fields["title"]
        self.fields["key"].label = CHOOSE[kind]
        self.fields["key"].choices = [("", _("Choose …")), *offered(kind)]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        """A day to come, within a year."""
        day = self.cleaned_data["due_on"]
        if day and day < self.today:
            raise ValidationError(_("This day has passed. Choose today or a later day, or leave it empty."))
        if day and day > self.today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("A year is the most. Choose an earlier day, or leave it empty."))
        return day

    def proposal(self, connection_id: Any) -> Proposal:
        """What is proposed."""
        values = self.cleaned_data
        key, due_on = values.get("key", ""), values["due_on"]
        return Proposal(pk=values["id"], connection_id=connection_id, kind=self.of_kind, key=key, due_on=due_on)

    @property
    def named(self) -> str:
        """How it is called: its name in the library, or the words of the goal."""
        if self.of_kind == Kind.GOAL:
            return " ".join(self.cleaned_data["title"].split())
        return names(self.of_kind)[self.cleaned_data["key"]]


def names(kind: str) -> dict[str, str]:
    """What of a kind can be proposed, by key: pages go by code, the rest by slug."""
    held = shelf()
    if kind == Kind.PAGE:
        return {code: page.title for code, page in held.pages.items()}
    if kind == Kind.STRATEGY:
        return {slug: word.name for slug, word in held.strategies.items() if not word.is_retired}
    return {slug: word.plain_name for slug, word in held.templates.items() if not word.is_retired}


def offered(kind: str) -> Iterable[tuple[str, Any]]:
    """Choices, in groups where there are many: pages by section, goals by part of life."""
    held, known = shelf(), names(kind)
    if kind == Kind.STRATEGY:
        return sorted(known.items(), key=lambda pair: pair[1].casefold())
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, name in known.items():
        groups.setdefault(_group(held, kind, key), []).append((key, name))
    return list(groups.items())


def _group(held: Any, kind: str, key: str) -> str:
    if kind == Kind.PAGE:
        return str(TopicPage.Section(held.pages[key].section).label)
    skill = held.life_skills.get(held.templates[key].life_skill)
    return skill.name if skill else _("Other")
