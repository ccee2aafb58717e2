"""The questions of a page, with the answers a person picked. Nothing is scored."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from library.words import QuestionWord


@dataclass(frozen=True)
class Answered:
    """One question as it is shown again: the picked answer's text, what there is to learn, and the answer that fits."""

    text: str
    picked: str
    why: str
    fits: bool
    better: str


class QuestionsForm(forms.Form):
    """Every question of a page as radio buttons; each may be left out."""

    def __init__(self, *args, questions: tuple[QuestionWord, ...], **kwargs):
        super().__init__(*args, **kwargs)
        for number, question in enumerate(questions):
            choices = [(str(place), answer.text) for place, answer in enumerate(question.answers)]
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=question.text, choices=choices, widget=forms.RadioSelect, required=False
            )

    def picked(self) -> dict[str, int]:
        """Question number -> answer number, as kept."""
        return {name[1:]: int(value) for name, value in self.cleaned_data.items() if value != ""}


def answered(questions: tuple[QuestionWord, ...], answers: Mapping[str, int]) -> list[Answered]:
    """What a person picked, for the questions as they are now; answers to questions that are gone are left out."""
    found = []
    for number, question in enumerate(questions):
        place = answers.get(str(number))
        if place is None or not 0 <= place < len(question.answers):
            continue
        mine = question.answers[place]
        better = next((answer for answer in question.answers if answer.correct), mine)
        found.append(Answered(question.text, mine.text, mine.why, mine.correct, "" if mine.correct else better.text))
    return found
