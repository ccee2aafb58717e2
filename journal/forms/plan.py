"""A line of the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import IdField, WordsField, cleaned_copy
from journal.planning import Section

LINE_LENGTH, PHONE_LENGTH = 500, 40


class PlanLineForm(forms.Form):
    """Some words; for people, a number that is never refused for its shape."""

    id = IdField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    text = WordsField(
        most=LINE_LENGTH,
        required=True,
        lines=2,
        error_messages={"required": gettext_lazy("Write a few words, or skip this part.")},
    )
    phone = WordsField(
        most=PHONE_LENGTH,
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("As you would dial it. It becomes a button on the SOS page."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, data=None, *, section: Section, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["text"].label = section.asks
        if section.is_people:
            self.fields["text"].label = gettext_lazy("Name")
            self.fields["text"].widget = forms.TextInput()
        else:
            del self.fields["phone"]

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("text", "phone"))

    def words(self) -> dict[str, str]:
        """The sealed words."""
        return {name: self.cleaned_data.get(name, "") for name in ("text", "phone")}
