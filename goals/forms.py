"""Goals, steps and the weekly look back."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import IdField, WordsField, cleaned_copy
from goals.models import MOST, LookBack
from library.shelf import shelf

TITLE_LENGTH, WHY_LENGTH, PART_LENGTH = 200, 2_000, 300


class KindForm(forms.Form):
    """A form that gives text back without characters that cannot be shown."""

    free_text: tuple[str, ...] = ()

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, self.free_text)


class GoalForm(KindForm):
    """What, why, a first small step, and an if-then plan. Only the first is needed."""

    title = WordsField(most=TITLE_LENGTH, lines=2, required=True, label=gettext_lazy("What do you want to do?"))
    life_skill = forms.ChoiceField(label=gettext_lazy("Part of life"))
    why = WordsField(most=WHY_LENGTH, lines=3, label=gettext_lazy("Why does it matter to you?"))
    first_step = WordsField(
        most=TITLE_LENGTH,
        lines=2,
        label=gettext_lazy("A first small step"),
        help_text=gettext_lazy("Under 15 minutes, for this week."),
    )
    if_part = WordsField(most=PART_LENGTH, lines=2, label=gettext_lazy("If …"))
    then_part = WordsField(most=PART_LENGTH, lines=2, label=gettext_lazy("… then I …"))
    target_on = forms.DateField(
        label=gettext_lazy("A day to look at it, if you like"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-12-24.")},
    )
    counts_target = forms.IntegerField(
        label=gettext_lazy("How many times?"),
        required=False,
        min_value=1,
        max_value=MOST,
        error_messages={
            "min_value": gettext_lazy("Write a number from 1 to 999, or leave it empty."),
            "max_value": gettext_lazy("Write a number from 1 to 999, or leave it empty."),
            "invalid": gettext_lazy("Write a number from 1 to 999, or leave it empty."),
        },
    )
    template = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput)
    id = IdField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    free_text = ("title", "why", "first_step", "if_part", "then_part")

    def __init__(self, data=None, *, today: date, is_edit: bool = False, **kwargs):
        super().__init__(data, **kwargs)
        self.today = today
        skills = [skill for skill in shelf().life_skills.values() if not skill.is_retired]
        self.fields["life_skill"].choices = [(skill.slug, skill.name) for skill in skills]
        if is_edit:
            del self.fields["first_step"]

    def clean_target_on(self):
        """Not in the past, unless it already was."""
        day = self.cleaned_data["target_on"]
        if day and day < self.today and day != self.initial.get("target_on"):
            raise ValidationError(_("This day has passed. Choose today or a later day, or leave it empty."))
        return day

    def clean_template(self) -> str:
        """One of the library's, or none."""
        slug = self.cleaned_data["template"]
        return slug if slug in shelf().templates else ""

    def words(self) -> dict[str, str]:
        """The sealed fields."""
        return {name: self.cleaned_data.get(name, "") for name in ("title", "why", "if_part", "then_part")}


class StepForm(KindForm):
    """One more step."""

    id = IdField()
    wording = WordsField(most=TITLE_LENGTH, required=True, label=gettext_lazy("A next small step"))
    free_text = ("wording",)


class LookBackForm(KindForm):
    """Adjust, keep or let go."""

    id = IdField()
    choice = forms.ChoiceField(
        label=gettext_lazy("What now?"),
        choices=LookBack.Choice,
        widget=forms.RadioSelect(attrs={"data-look": "stack"}),
        error_messages={"required": gettext_lazy("Choose one. All three are fine.")},
    )
    note = WordsField(most=WHY_LENGTH, lines=3, label=gettext_lazy("How did it go? If you like"))
    free_text = ("note",)
