"""What the library names, as frozen values. Links are slugs; pages go by code."""

import re
from dataclasses import dataclass
from typing import Any

SLOT = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class Word:
    """A name of the vocabulary. Links are slugs; `page` is a page code."""

    code: str
    slug: str
    name: str
    page: str
    is_retired: bool


@dataclass(frozen=True)
class TriggerWord(Word):
    """A trigger."""

    category: str
    category_name: str
    description: str
    safety: bool
    strategies: tuple[str, ...]
    templates: tuple[str, ...]


@dataclass(frozen=True)
class CauseWord(Word):
    """An underlying cause."""

    description: str
    strategies: tuple[str, ...]


@dataclass(frozen=True)
class StrategyWord(Word):
    """A coping strategy."""

    summary: str
    steps: tuple[str, ...]
    minutes_min: int
    minutes_max: int
    caution: str
    evidence: str
    certainty: str
    needs_person: bool
    triggers: tuple[str, ...]


@dataclass(frozen=True)
class SkillWord(Word):
    """A life-skill domain."""

    description: str


@dataclass(frozen=True)
class TemplateWord(Word):
    """A goal template."""

    life_skill: str
    why: str
    first_step: str
    steps: tuple[str, ...]
    if_then: str
    measure: str
    target: int | None
    weeks: int
    strategies: tuple[str, ...]
    counts_strategy: str
    triggers: tuple[str, ...]

    @property
    def plain_name(self) -> str:
        """The name with its places filled by their defaults."""
        return SLOT.sub(r"\1", self.name)


@dataclass(frozen=True)
class AnswerWord:
    """One answer of a check question, with what there is to learn from it."""

    text: str
    correct: bool
    why: str


@dataclass(frozen=True)
class QuestionWord:
    """A check question."""

    text: str
    answers: tuple[AnswerWord, ...]


@dataclass(frozen=True)
class PageCard:
    """A published page, as a card; `pk` is for links inside the library alone."""

    pk: int
    code: str
    slug: str
    title: str
    promise: str
    minutes: int
    reflection: str
    section: str
    triggers: tuple[str, ...]
    causes: tuple[str, ...]
    strategies: tuple[str, ...]
    templates: tuple[str, ...]
    questions: tuple[QuestionWord, ...]

    @property
    def url(self) -> str:
        """Its address."""
        return f"/learn/{self.slug}/"


@dataclass(frozen=True)
class StepWord:
    """One question of a guided reflection."""

    kind: str
    question: str
    hint: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ReflectionWord:
    """A guided reflection on an underlying cause; links are slugs, `page` is a page code."""

    slug: str
    name: str
    description: str
    page: str
    minutes: int
    opening: str
    close: str
    safety: bool
    steady: str
    strategies: tuple[str, ...]
    templates: tuple[str, ...]
    steps: tuple[StepWord, ...]


@dataclass(frozen=True)
class TermWord:
    """A glossary term: its name, other forms of it, and what it means."""

    slug: str
    name: str
    also: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Line:
    """A help line with its channels as (kind, value, say)."""

    slug: str
    country: str
    kind: str
    name: str
    channels: tuple[tuple[str, str, str], ...]
    hours: str
    languages: str
    what: str
    limits: str
    checked_on: Any
