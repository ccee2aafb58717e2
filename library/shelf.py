"""The library as one frozen value in the process: no query while it is warm (`library.held` says how long)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.core.cache import caches

from library import held
from library.models import (
    Cause,
    CopingStrategy,
    GoalTemplate,
    HelpLine,
    LearnIndex,
    LifeSkill,
    Reflection,
    Term,
    TopicPage,
    Trigger,
)
from library.words import (
    AnswerWord,
    CauseWord,
    Line,
    PageCard,
    QuestionWord,
    ReflectionWord,
    SkillWord,
    StepWord,
    StrategyWord,
    TemplateWord,
    TermWord,
    TriggerWord,
)

GENERAL_PAGE, SAFETY_PAGE = "P13", "P12"
COUNTRY_NAMES = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "AU": "Australia", "": "Elsewhere"}


@dataclass(frozen=True)
class Shelf:
    """Everything a page may name, by slug (pages by code)."""

    triggers: Mapping[str, TriggerWord]
    causes: Mapping[str, CauseWord]
    strategies: Mapping[str, StrategyWord]
    life_skills: Mapping[str, SkillWord]
    templates: Mapping[str, TemplateWord]
    pages: Mapping[str, PageCard]
    help_lines: tuple[Line, ...]
    terms: tuple[TermWord, ...]
    reflections: Mapping[str, ReflectionWord]

    def page_by_slug(self, slug: str) -> PageCard | None:
        """The published page with this slug."""
        return next((page for page in self.pages.values() if page.slug == slug), None)

    def page_by_pk(self, pk: int) -> PageCard | None:
        """The published page with this database id."""
        return next((page for page in self.pages.values() if page.pk == pk), None)

    def pages_for_trigger(self, slug: str) -> list[PageCard]:
        """Published pages about a trigger: its main page first, for a safety-relevant one then the page on overdose."""
        trigger = self.triggers.get(slug)
        main = [self.pages[trigger.page]] if trigger and trigger.page in self.pages else []
        others = [page for page in self.pages.values() if slug in page.triggers and page not in main]
        if trigger and trigger.safety:
            others.sort(key=lambda page: page.code != SAFETY_PAGE)
        return main + others

    def page_for_trigger(self, slug: str) -> PageCard | None:
        """The best published page about a trigger; the page on craving where there is none."""
        return next(iter(self.pages_for_trigger(slug)), self.pages.get(GENERAL_PAGE))

    def templates_for_trigger(self, slug: str) -> list[TemplateWord]:
        """Goal templates that work on a trigger."""
        trigger = self.triggers.get(slug)
        found = [self.templates.get(name) for name in (trigger.templates if trigger else ())]
        return [template for template in found if template is not None and not template.is_retired]

    def help_lines_by_country(self) -> list[tuple[str, str, list[Line]]]:
        """(code, name, lines) for each country, the unnamed rest of the world last."""
        known = [(code, name, [line for line in self.help_lines if line.country == code]) for code, name in COUNTRY_NAMES.items()]
        return [group for group in known if group[2]]


def forget() -> None:
    """Read everything again at the next question."""
    held.forget_all()


def touch_stamp() -> None:
    """Tell every process that the library changed, and drop the cached pages."""
    held.touch()
    caches["pages"].clear()


def _load() -> Shelf:
    pages = TopicPage.objects.live().order_by("code").prefetch_related("triggers", "causes", "strategies", "templates")
    return Shelf(
        triggers=_by_slug(
            _trigger(t) for t in Trigger.objects.select_related("first_template").prefetch_related("strategies", "templates")
        ),
        causes=_by_slug(_cause(c) for c in Cause.objects.prefetch_related("strategies")),
        strategies=_by_slug(_strategy(s) for s in CopingStrategy.objects.prefetch_related("triggers")),
        life_skills=_by_slug(SkillWord(*_word(s), description=s.description) for s in LifeSkill.objects.all()),
        templates=_by_slug(_template(t) for t in _templates()),
        pages=MappingProxyType({page.code: _page(page) for page in pages}),
        help_lines=tuple(_line(line) for line in HelpLine.objects.filter(active=True, live=True)),
        reflections=_by_slug(_reflection(row) for row in _reflections()),
        terms=tuple(_term(term) for term in Term.objects.filter(retired_at=None)),
    )


shelf = held.Held(_load)


def needs_of(front: LearnIndex, held_now: Shelf) -> list[tuple[str, str]]:
    """A front's needs as (words, address); one whose page is not published is left out."""
    found = []
    for raw in front.needs.raw_data:
        need = raw["value"]
        card = held_now.page_by_pk(need["page"]) if need.get("page") else None
        if need.get("address") or card:
            found.append((need["words"], card.url if card else need["address"]))
    return found


def _by_slug(words) -> Mapping[str, Any]:
    return MappingProxyType({word.slug: word for word in words})


def _slugs(related) -> tuple[str, ...]:
    return tuple(item.slug for item in related.all())


def _texts(stream) -> tuple[str, ...]:
    return tuple(str(block.value) for block in stream)


def _word(row) -> tuple:
    return row.code, row.slug, row.name, row.page_code, row.retired_at is not None


def _trigger(t: Trigger) -> TriggerWord:
    best = t.first_template.slug if t.first_template else ""
    links = _slugs(t.strategies), tuple(sorted(_slugs(t.templates), key=lambda slug: slug != best))
    return TriggerWord(*_word(t), t.category, t.get_category_display(), t.description, t.safety, *links)


def _cause(c: Cause) -> CauseWord:
    return CauseWord(*_word(c), c.description, _slugs(c.strategies))


def _strategy(s: CopingStrategy) -> StrategyWord:
    minutes = s.minutes_min, s.minutes_max
    texts = s.caution, s.evidence, s.certainty
    return StrategyWord(*_word(s), s.summary, _texts(s.steps), *minutes, *texts, s.needs_person, _slugs(s.triggers))


def _templates():
    rows = GoalTemplate.objects.select_related("life_skill", "counts_strategy")
    return rows.prefetch_related("strategies", "triggers")


def _template(t: GoalTemplate) -> TemplateWord:
    return TemplateWord(
        *_word(t), t.life_skill.slug, t.why, t.first_step, _texts(t.steps), t.if_then, t.measure, t.target, t.weeks,
        _slugs(t.strategies), t.counts_strategy.slug if t.counts_strategy else "", _slugs(t.triggers),
    )  # fmt: skip


def _page(p: TopicPage) -> PageCard:
    links = _slugs(p.triggers), _slugs(p.causes), _slugs(p.strategies), _slugs(p.templates)
    return PageCard(p.pk, p.code, p.slug, p.title, p.promise, p.minutes, p.reflection, p.section, *links, _questions(p))


def _questions(p: TopicPage) -> tuple[QuestionWord, ...]:
    return tuple(
        QuestionWord(block.value["text"], tuple(AnswerWord(a["text"], a["correct"], a["why"]) for a in block.value["answers"]))
        for block in p.questions
    )


def _line(row: HelpLine) -> Line:
    channels = tuple((b.value["kind"], b.value["value"], b.value.get("say") or "") for b in row.channels)
    texts = row.hours, row.languages, row.what, row.limits, row.checked_on
    return Line(row.slug, row.country, row.kind, row.name, channels, *texts)


def _term(row: Term) -> TermWord:
    return TermWord(row.slug, row.name, tuple(form.strip() for form in row.also.split(",") if form.strip()), row.meaning)


def _reflections():
    rows = Reflection.objects.filter(cause__retired_at=None).select_related("cause", "steady")
    return rows.prefetch_related("strategies", "templates")


def _reflection(row: Reflection) -> ReflectionWord:
    steps = tuple(StepWord(s["kind"], s["question"], s["hint"] or "", tuple(s["words"])) for s in (b.value for b in row.steps))
    named = row.slug, row.cause.name, row.cause.description, row.cause.page_code
    texts = row.minutes, row.opening, row.close, row.safety
    return ReflectionWord(*named, *texts, row.steady.slug, _slugs(row.strategies), _slugs(row.templates), steps)
