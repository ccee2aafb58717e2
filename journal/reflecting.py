"""A guided reflection while it is under way: its answers live sealed in a draft, and become one entry at the end."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.grants import Grant
from accounts.writing import Written
from journal import actions
from journal.models import Draft, Entry
from library.words import ReflectionWord

PROMPT = "reflection-"
CLOSE = "close"


@dataclass
class Answers:
    """What was written so far: question number (from 1, the close after the last) -> text and tapped words."""

    slug: str
    given: dict[str, dict[str, Any]] = field(default_factory=dict)

    def text(self, number: int) -> str:
        """What was written to a question."""
        return self.given.get(str(number), {}).get("text", "")

    def words(self, number: int) -> list[str]:
        """What was tapped."""
        return self.given.get(str(number), {}).get("words", [])

    def put(self, number: int, text: str, words: list[str]) -> None:
        """Write an answer; an empty one is taken out."""
        self.given.pop(str(number), None)
        if text or words:
            self.given[str(number)] = {"text": text, "words": words}

    def as_json(self) -> str:
        """For the sealed draft."""
        return json.dumps({"reflection": self.slug, "answers": self.given})


def answers_in(text: str) -> Answers | None:
    """The answers in a draft's words; None when the draft is not a reflection."""
    held = json.loads(text or "{}")
    return Answers(held["reflection"], held["answers"]) if "reflection" in held else None


def begun(grant: Grant, reflection: ReflectionWord, draft_id: Any) -> Answers:
    """The answers kept under this id so far."""
    draft = Draft.objects.for_grant(grant).filter(pk=draft_id).first()
    kept = answers_in(grant.open_one(draft).fields) if draft else None
    return kept if kept and kept.slug == reflection.slug else Answers(reflection.slug)


def questions(reflection: ReflectionWord) -> list[tuple[str, str, tuple[str, ...]]]:
    """(question, hint, words) of every page, the close last."""
    return [(step.question, step.hint, step.words) for step in reflection.steps] + [(reflection.close, "", ())]


def as_text(reflection: ReflectionWord, answers: Answers) -> str:
    """The questions that were answered, with their answers, as one plain text."""
    parts = []
    for number, (question, _hint, _words) in enumerate(questions(reflection), start=1):
        said = "\n".join(part for part in (", ".join(answers.words(number)), answers.text(number)) if part)
        if said:
            parts.append(f"{question}\n{said}")
    return "\n\n".join(parts)


def keep(grant: Grant, person: Any, draft_id: Any, answers: Answers, now: datetime) -> None:
    """Keep what is there, sealed."""
    actions.keep_draft(grant, draft_id, person, answers.as_json(), now)


def finish(grant: Grant, person: Any, draft_id: Any, reflection: ReflectionWord, now: datetime) -> Written | None:
    """Save everything as one entry; None when nothing was answered, and then nothing is saved."""
    body = as_text(reflection, begun(grant, reflection, draft_id))
    if not body:
        return None
    entry = Entry(pk=draft_id, prompt=f"{PROMPT}{reflection.slug}")
    return actions.save_entry(grant, entry, person, now, {"title": reflection.name, "body": body})
