"""One question of a guided reflection."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import WordsField

# Five answers of this length fit into one entry.
ANSWER_LENGTH = 18_000


class AnswerForm(forms.Form):
    """Words to tap, and room to write. Both may stay empty."""

    words = forms.MultipleChoiceField(
        label=gettext_lazy("Words that fit, if any"), widget=forms.CheckboxSelectMultiple, required=False
    )
    text = WordsField(most=ANSWER_LENGTH, lines=5, label=gettext_lazy("In your own words, if you like"))

    def __init__(self, *args, choices: tuple[str, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].choices = [(word, word) for word in choices]
        if not choices:
            del self.fields["words"]
        self.fields["text"].widget.attrs.update({"data-look": "caret"})
