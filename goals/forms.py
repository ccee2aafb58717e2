"""Goals, steps and the weekly look back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import IdField, WordsField, cleaned_copy
from goals.models import MOST, LookBack
from library.shelf import shelf

TITLE_LENGTH, WHY_LENGTH, PART_LENGTH = 200, 2_000, 300
NUMBER_MESSAGE = gettext_lazy("Write a number from 1 to 999, or leave it empty.")


def offered(words: Iterable[Any], chosen: str, empty: Any) -> list[tuple[str, Any]]:
    """Choices from the library: an empty one first, a retired word only where it is already chosen."""
    return [("", empty), *((word.slug, word.name) for word in words if not word.is_retired or word.slug == chosen)]


class WritingForm(forms.Form):
    """A form of one row that gives text back without characters that cannot be shown."""

    id = IdField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    free_text: tuple[str, ...] = ()

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, self.free_text)

    @property
    def known_version(self) -> int:
        """The version this form was filled from; 0 is none, and then nothing is written over."""
        return self.cleaned_data.get("version") or 0


class GoalForm(WritingForm):
    """What, why, a first small step, and an if-then plan. Only the first is needed."""

    title = WordsField(
        most=TITLE_LENGTH,
        required=True,
        label=gettext_lazy("What do you want to do?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write what you want to do. A few words are enough.")},
    )
    life_skill = forms.ChoiceField(
        label=gettext_lazy("Part of life"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a part of life from the list.")},
    )
    why = WordsField(
        most=WHY_LENGTH,
        lines=3,
        label=gettext_lazy("Why does it matter to you?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_step = WordsField(
        most=TITLE_LENGTH,
        label=gettext_lazy("A first small step"),
        help_text=gettext_lazy("Under 15 minutes, for this week."),
    )
    if_part = WordsField(most=PART_LENGTH, label=gettext_lazy("If …"), help_text=gettext_lazy("A moment that gets in the way."))
    then_part = WordsField(most=PART_LENGTH, label=gettext_lazy("… then"), help_text=gettext_lazy("What you do in that moment."))
    target_on = forms.DateField(
        label=gettext_lazy("A day to aim for"),
        help_text=gettext_lazy("If you like. You can always move it."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-12-24.")},
    )
    counts_strategy = forms.ChoiceField(
        label=gettext_lazy("Count from your craving log"),
        help_text=gettext_lazy("Each time you log that you did this, it counts here."),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose something from the list.")},
    )
    counts_target = forms.IntegerField(
        label=gettext_lazy("How many times?"),
        required=False,
        min_value=1,
        max_value=MOST,
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), NUMBER_MESSAGE),
    )
    template = forms.SlugField(
        required=False,
        max_length=60,
        widget=forms.HiddenInput,
        label=gettext_lazy("Template"),
        error_messages=dict.fromkeys(
            ("invalid", "max_length"), gettext_lazy("We do not have this template. Save again to keep the goal as your own.")
        ),
    )

    field_order = ["title", "life_skill", "why", "first_step", "if_part", "then_part", "target_on"]
    free_text = ("title", "why", "first_step", "if_part", "then_part")
    sealed = ("title", "why", "if_part", "then_part")

    def __init__(self, data=None, *, today: date, is_edit: bool = False, **kwargs):
        super().__init__(data, **kwargs)
        self.today = today
        skills, strategies = shelf().life_skills.values(), shelf().strategies.values()
        self.fields["life_skill"].choices = offered(skills, self.initial.get("life_skill", ""), _("Something else"))
        chosen = self.initial.get("counts_strategy", "")
        self.fields["counts_strategy"].choices = offered(strategies, chosen, _("Nothing, steps are enough"))
        if is_edit:
            del self.fields["first_step"]

    def full_clean(self) -> None:
        """Check; a template that is not there is let go of, so that sending again works."""
        super().full_clean()
        if self.is_bound and "template" in self.errors:
            data: Any = cleaned_copy(self.data, ())
            data["template"] = ""
            self.data = data

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_target_on(self):
        """Not in the past, unless it already was."""
        day = self.cleaned_data["target_on"]
        if day and day < self.today and day != self.initial.get("target_on"):
            raise ValidationError(_("This day has passed. Choose today or a later day, or leave it empty."))
        return day

    def clean_template(self) -> str:
        """One of the library's, or none."""
        slug = self.cleaned_data["template"]
        if slug and slug not in shelf().templates:
            raise ValidationError(self.fields["template"].error_messages["invalid"])
        return slug

    def clean(self):
        """A number needs something that is counted."""
        values = super().clean()
        if values.get("counts_target") and values.get("counts_strategy") == "":
            self.add_error("counts_strategy", _("Choose what to count, or leave the number empty."))
        return values

    def words(self) -> dict[str, str]:
        """The sealed fields."""
        return {name: self.cleaned_data.get(name, "") for name in self.sealed}

    def columns(self, strategies: Iterable[str]) -> dict[str, Any]:
        """The plain fields; what is counted also belongs to the goal's strategies."""
        names = ("life_skill", "target_on", "counts_strategy", "counts_target")
        counted = self.cleaned_data["counts_strategy"]
        together = dict.fromkeys([*strategies, counted] if counted else strategies)
        return {name: self.cleaned_data[name] for name in names} | {"strategies": list(together)}


class StepForm(WritingForm):
    """The words of a step."""

    wording = WordsField(
        most=TITLE_LENGTH,
        required=True,
        label=gettext_lazy("A next small step"),
        error_messages={"required": gettext_lazy("Write the step. A few words are enough.")},
    )
    free_text = ("wording",)


class LookBackForm(WritingForm):
    """Adjust, keep or let go."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What now?"),
        choices=LookBack.Choice,
        widget=forms.RadioSelect(attrs={"data-look": "stack"}),
        error_messages={
            "required": gettext_lazy("Choose one. All three are fine."),
            "invalid_choice": gettext_lazy("Choose one of the three."),
        },
    )
    note = WordsField(most=WHY_LENGTH, label=gettext_lazy("How did it go? If you like"), widget=forms.Textarea(attrs={"rows": 4}))
    free_text = ("note",)
    field_order = ["choice", "note"]
