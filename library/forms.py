"""What readers type and choose in the library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from library.models import Feedback


class LibrarySearchForm(forms.Form):
    """Words to look for."""

    words = forms.CharField(
        label=_("What are you looking for?"),
        max_length=100,
        error_messages={
            "required": _("Write a word first, such as sleep."),
            "max_length": _("Use fewer words, at most 100 letters."),
        },
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class FeedbackForm(forms.Form):
    """Was the page helpful, and what was missing? Nothing to write, so that nothing can name anybody."""

    helpful = forms.TypedChoiceField(
        label=_("Was this page helpful?"),
        choices=[("1", _("Yes")), ("0", _("Not really"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or not really.")},
    )
    missing = forms.ChoiceField(
        label=_("What was missing, if anything?"),
        choices=[choice for choice in Feedback.Missing.choices if choice[0]],
        widget=forms.RadioSelect,
        required=False,
    )
