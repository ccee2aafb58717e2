"""Every component in every state, for whoever builds or checks a page."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.fields import ChipsField, RatingField, WordsField
from journal.forms.logs import MOODS


class Sample(forms.Form):
    """One field of each look."""

    name = WordsField(most=20, required=True, label="A short text", help_text="With a hint below the label.")
    notes = WordsField(most=200, lines=3, label="A longer text")
    mood = RatingField(1, 5, look="faces", names=MOODS, label="Faces")
    craving = RatingField(0, 10, low="none", high="as strong as it gets", label="A scale")
    kind = forms.ChoiceField(
        label="Segments", choices=[("a", "Yes"), ("b", "No")], widget=forms.RadioSelect(attrs={"data-look": "segment"})
    )
    words = ChipsField(label="Chips")
    place = forms.ChoiceField(label="A list", choices=[("", "Somewhere else"), ("US", "United States")])
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date"}))
    sure = forms.BooleanField(label="A box to tick")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        long = "A very long chip that wraps when the screen is only three hundred and twenty pixels wide"
        self.fields["words"].choices = [(str(n), text) for n, text in enumerate(["Argument", "Poor sleep", "בדידות", long])] + [
            (f"m{n}", f"More {n}") for n in range(5)
        ]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """`/gallery/`: a filled form, and one with mistakes."""
    filled = Sample(initial={"name": "River", "mood": 4, "craving": 3, "kind": "a", "words": ["0", "m2"]})
    wrong = Sample({"name": "x" * 30, "mood": "9"}, auto_id="w_%s")
    return render(request, "gallery.html", {"filled": filled, "wrong": wrong, "figure_text": {"alt": "A sample drawing"}})
