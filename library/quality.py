"""How good the pages are, page by page, and which source holds up what."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wagtail.blocks import StructValue

from library.approvals import TWICE
from library.models import CopingStrategy, Feedback, Source, TopicPage, Trigger
from library.plain_text import everything, prose
from library.reading_grade import WANTED, grade
from library.wording import findings

CLAIMS = ("paragraph", "steps", "safety", "uncertain")
OLD_AFTER = 5
PAGE_ID = re.compile(r'linktype="page" id="(\d+)"|id="(\d+)" linktype="page"')
OUR_PATH = re.compile(r'href="/(coping|triggers)/([\w-]+)/')


@dataclass(frozen=True)
class Quality:
    """One page: its figures, and what to mend."""

    page: Any
    grade: float
    words: int
    helpful: int
    not_helpful: int
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ledger:
    """One source: where it is used, as (page, block heading, certainty), and what to look at."""

    source: Source
    uses: list[tuple[Any, str, str]]
    notes: list[str]


def quality(today: date) -> list[Quality]:
    """Every published page."""
    pages = list(TopicPage.objects.live().order_by("code").select_related("live_revision"))
    known = {page.pk for page in pages}
    names = {"coping": set(CopingStrategy.objects.values_list("slug", flat=True)), "triggers": set(_slugs(Trigger))}
    said = Counter(Feedback.objects.values_list("page_code", "helpful"))
    named = _linked_to(pages)
    return [_quality(page, today, known, names, said, named) for page in pages]


def _slugs(model: Any) -> Iterable[str]:
    return model.objects.values_list("slug", flat=True)


def _quality(page: Any, today: date, known: set[int], names: dict[str, set[str]], said: Counter, named: set[int]) -> Quality:
    text = prose(page)
    notes = [*_words(page), *_claims(page), *_links(page, known, names), *_dates(page, today)]
    if page.pk not in named:
        notes.append("no other page leads here")
    score = grade(text)
    if not WANTED[0] <= score <= WANTED[1]:
        notes.append(f"reading grade {score}, wanted {WANTED[0]:.0f} to {WANTED[1]:.0f}")
    return Quality(page, score, len(text.split()), said[page.code, True], said[page.code, False], notes)


def _words(page: Any) -> list[str]:
    return [f"“{found.word}”: {found.better}" for found in findings(everything(page))]


def _claims(page: Any) -> list[str]:
    """Blocks without source or certainty, and pictures without a text that says the same."""
    found = []
    for block in page.body:
        value = block.value
        if (
            block.block_type in CLAIMS
            and not (value["certainty"] and list(value["sources"]))
            and not _only_says_where_help_is(block)
        ):
            found.append(f"no source or certainty: {value.get('heading') or block.block_type}")
        if block.block_type == "figure" and not value["alt"].strip():
            found.append("a picture without a text that says the same")
    return found


def _only_says_where_help_is(block: Any) -> bool:
    """A notice that leads to the help lines and claims nothing."""
    return block.block_type == "safety" and "/sos/" in block.value["text"].source and not block.value["certainty"]


def _links(page: Any, known: set[int], names: dict[str, set[str]]) -> list[str]:
    """Links that lead nowhere."""
    html = str(page.body.get_prep_value())
    dead = [pk for pair in PAGE_ID.findall(html.replace('\\"', '"')) for pk in pair if pk and int(pk) not in known]
    gone = [f"/{kind}/{slug}/" for kind, slug in OUR_PATH.findall(html.replace('\\"', '"')) if slug not in names[kind]]
    return [*(f"a link to page {pk}, which is not published" for pk in dead), *(f"a dead link: {path}" for path in gone)]


def _dates(page: Any, today: date) -> list[str]:
    found = []
    if page.review_by and page.review_by < today:
        found.append(f"review was due on {page.review_by:%Y-%m-%d}")
    if page.is_starter and not page.reviewer:
        found.append("starter text, not approved yet" + (" (two approvals)" if page.code in TWICE else ""))
    return found


def _linked_to(pages: list[Any]) -> set[int]:
    """Pages that some other page leads to."""
    following = {page.next_page_id for page in pages}
    inside = {
        int(pk)
        for page in pages
        for pair in PAGE_ID.findall(str(page.body.get_prep_value()).replace('\\"', '"'))
        for pk in pair
        if pk and int(pk) != page.pk
    }
    codes = {code for model in (Trigger, CopingStrategy) for code in model.objects.values_list("page_code", flat=True)}
    return following | inside | {page.pk for page in pages if page.code in codes}


def ledger(today: date) -> list[Ledger]:
    """Every source, with what rests on it; those used most come first."""
    uses: dict[int, list[tuple[Any, str, str]]] = {}
    for page in TopicPage.objects.live().order_by("code"):
        for block in page.body:
            for source in block.value.get("sources") or [] if isinstance(block.value, StructValue) else []:
                if source is not None:
                    heading = str(block.value.get("heading") or block.block_type)
                    uses.setdefault(source.pk, []).append((page, heading, block.value.get("certainty") or ""))
    rows = [Ledger(source, uses.get(source.pk, []), _age(source, uses, today)) for source in Source.objects.all()]
    return sorted(rows, key=lambda row: (-len(row.uses), row.source.ref or 999, row.source.slug))


def _age(source: Source, uses: dict[int, Any], today: date) -> list[str]:
    notes = [] if source.pk in uses else ["no page rests on it"]
    if source.year is None:
        notes.append("no year known" if source.year_unknown else "no year")
    elif today.year - source.year > OLD_AFTER:
        notes.append(f"older than {OLD_AFTER} years")
    return notes
