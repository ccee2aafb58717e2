"""Fields that speak plainly."""

import re
import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ids import new_id, parse_id

LINE_ENDS = re.compile(r"\r\n?")
KEPT_CONTROLS = {"\n", "\t"}
# Marks that only steer reading direction, joiners of emoji and scripts: wanted in right-to-left text, never removed.
FORMAT_MARKS = "Cf"
CONTROL, SURROGATE = "Cc", "Cs"


def without_controls(text: str) -> str:
    """The text without characters that cannot be shown; line ends become plain."""
    plain = LINE_ENDS.sub("\n", text)
    return "".join(c for c in plain if c in KEPT_CONTROLS or unicodedata.category(c) not in (CONTROL, SURROGATE))


class WordsField(forms.CharField):
    """Free text of at most `most` characters, in one line or in a box of `lines`."""

    def __init__(self, *, most: int, lines: int = 0, **kwargs):
        self.most = most
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput)
        super().__init__(required=kwargs.pop("required", False), strip=True, **kwargs)
        # Null characters get our message, not Django's.
        self.validators = []

    def clean(self, value) -> str:
        """The text; raises ValidationError when it is too long or holds characters that cannot be shown."""
        text = super().clean(LINE_ENDS.sub("\n", value or ""))
        if len(text) > self.most:
            raise ValidationError(self._too_long(len(text)), code="max_length")
        if without_controls(text) != text:
            raise ValidationError(
                _("Some characters in this text cannot be shown. We took them out. Check the text and save again."),
                code="controls",
            )
        return text

    def _too_long(self, length: int) -> str:
        values = {"length": f"{length:,}", "most": f"{self.most:,}"}
        return _("This has %(length)s characters. The most we can keep is %(most)s. Shorten it or split it in two.") % values


class RatingField(forms.TypedChoiceField):
    """One number of a scale as tiles; nothing preselected, empty allowed unless required."""

    def __init__(self, least: int, most: int, *, look: str = "scale", low: Any = "", high: Any = "", names=None, **kwargs):
        numbers = [(n, names[n - least] if names else str(n)) for n in range(least, most + 1)]
        attrs = {"data-look": look, "data-low": low, "data-high": high}
        message = gettext_lazy("Choose a number from %(least)d to %(most)d.") % {"least": least, "most": most}
        super().__init__(
            choices=numbers,
            coerce=int,
            empty_value=None,
            required=kwargs.pop("required", False),
            widget=forms.RadioSelect(attrs=attrs),
            error_messages={"invalid_choice": message, "required": message},
            **kwargs,
        )


class ChipsField(forms.MultipleChoiceField):
    """Several words as chips."""

    def __init__(self, *, label: Any, help_text: Any = ""):
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips", "data-first": "6"}),
            error_messages={
                "invalid_choice": gettext_lazy("One of the words you chose is not on your list. Choose from the list.")
            },
        )


class IdField(forms.UUIDField):
    """The row's id, made with the form: sending the form twice saves once."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, required=False, initial=new_id)

    def clean(self, value) -> uuid.UUID:
        """The id; a missing or broken one becomes a new one, so that no text is refused over it."""
        return parse_id(value) or new_id()


def cleaned_copy(data, names: Iterable[str]):
    """A copy of submitted data in which the free-text fields hold only characters that can be shown."""
    copy = data.copy()
    for name in names:
        if name in copy:
            copy[name] = without_controls(copy[name])
    return copy
