"""Putting the starter library into the database: as often as you like, never over what an editor changed.

Each object keeps a hash of its own content as it was loaded (`starter_hash`). While its content still has that hash nobody
edited it, and a newer starter text may replace it; otherwise it is left alone and named in the report.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from library.models import Cause, CopingStrategy, GoalTemplate, HelpLine, LifeSkill, Reflection, Source, Term, Trigger
from library.starter.files import Record, print_of, records

SKIPPED = {"id", "starter_hash", "latest_revision", "retired_at", "live", "has_unpublished_changes", "live_revision", "expired"}
SKIPPED |= {"first_published_at", "last_published_at", "go_live_at", "expire_at"}
# It follows from the year; sources loaded before it was there keep their hash.
SKIPPED |= {"year_unknown"}


@dataclass
class Report:
    """What a load did."""

    made: int = 0
    updated: int = 0
    same: int = 0
    left: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        left = f"; left as edited: {', '.join(self.left)}" if self.left else ""
        return f"{self.made} new, {self.updated} updated, {self.same} unchanged{left}"


def content_print(row: models.Model, links: Iterable[str] = ()) -> str:
    """A hash of what an object says now, its links included."""
    fields = [f for f in row._meta.local_concrete_fields if f.name not in SKIPPED]
    plain = {f.name: f.value_to_string(row) for f in fields}
    return print_of(plain | {name: sorted(getattr(row, name).values_list("slug", flat=True)) for name in links})


def put(report: Report, model: type[Any], record: Record, values: dict[str, Any], links: dict[str, list[Any]]) -> None:
    """Make or update one object, unless an editor changed it."""
    row = model.objects.filter(slug=record["slug"]).first()
    wanted = print_of(record)
    if row is not None and row.starter_hash.endswith(wanted):
        report.same += 1
        return
    if row is not None and not row.starter_hash.startswith(content_print(row, links)):
        report.left.append(str(row))
        return
    report.made += row is None
    report.updated += row is not None
    fresh = row or model(slug=record["slug"])
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.full_clean(exclude=["starter_hash"])
    fresh.save()
    for name, linked in links.items():
        getattr(fresh, name).set(linked)
    stored = model.objects.get(pk=fresh.pk)
    model.objects.filter(pk=fresh.pk).update(starter_hash=f"{content_print(stored, links)}:{wanted}")


def stream(name: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    """A stream of one kind of plain block."""
    return [(name, text) for text in texts]


@transaction.atomic
def load_vocabulary(report: Report) -> None:
    """Sources, help lines and all names, in the order in which they link."""
    loaders: list[Callable[[Report], None]] = [_sources, _lines, _skills, _strategies, _templates, _triggers, _causes]
    loaders += [_terms, _reflections]
    for load in loaders:
        load(report)


def _sources(report: Report) -> None:
    names = ("ref", "authors", "title", "publisher", "year", "address")
    for record in records("sources", "source"):
        values = {name: record.get(name, "" if name not in ("ref", "year") else None) for name in names}
        values["year_unknown"] = values["year"] is None
        put(report, Source, record, values, {})


def _lines(report: Report) -> None:
    names = ("country", "kind", "name", "what", "currency", "checked_on")
    for place, record in enumerate(records("help_lines", "line")):
        values = {name: record[name] for name in names} | {"position": place, "active": record.get("active", True)}
        values |= {name: record.get(name, "") for name in ("hours", "languages", "limits")}
        values["channels"] = [("channel", {"say": "", **channel}) for channel in record["channels"]]
        put(report, HelpLine, record, values, {})


def _word(record: Record, place: int) -> dict[str, Any]:
    return {"code": record["code"], "name": record["name"], "page_code": record.get("page", ""), "position": place}


def _coded(model: type[Any], codes: Iterable[str]) -> list[Any]:
    return list(model.objects.filter(code__in=list(codes)))


def _skills(report: Report) -> None:
    for place, record in enumerate(records("life_skills", "life_skill")):
        put(report, LifeSkill, record, _word(record, place) | {"description": record["description"]}, {})


def _strategies(report: Report) -> None:
    names = ("summary", "minutes_min", "minutes_max", "certainty", "evidence")
    for place, record in enumerate(records("strategies", "strategy")):
        values = _word(record, place) | {name: record[name] for name in names}
        values |= {"caution": record.get("caution", ""), "steps": stream("step", record["steps"])}
        values |= {"works_offline": True, "needs_person": record.get("needs_person", False)}
        put(report, CopingStrategy, record, values, {})


def _templates(report: Report) -> None:
    names = ("why", "first_step", "if_then", "measure", "target", "weeks")
    skills = {skill.code: skill for skill in LifeSkill.objects.all()}
    strategies = {strategy.code: strategy for strategy in CopingStrategy.objects.all()}
    for place, record in enumerate(records("templates", "template")):
        values = _word(record, place) | {name: record[name] for name in names}
        values |= {"life_skill": skills[record["life_skill"]], "steps": stream("step", record["steps"])}
        values["counts_strategy"] = strategies.get(record.get("counts_strategy", ""))
        put(report, GoalTemplate, record, values, {"strategies": _coded(CopingStrategy, record["strategies"])})


def _triggers(report: Report) -> None:
    names = ("category", "description")
    for place, record in enumerate(records("triggers", "trigger")):
        values = _word(record, place) | {name: record[name] for name in names} | {"safety": record.get("safety", False)}
        templates = _coded(GoalTemplate, record["templates"])
        values["first_template"] = next((t for t in templates if t.code == record["templates"][0]), None)
        links = {"strategies": _coded(CopingStrategy, record["strategies"]), "templates": templates}
        put(report, Trigger, record, values, links)


def _causes(report: Report) -> None:
    for place, record in enumerate(records("causes", "cause")):
        values = _word(record, place) | {"description": record["description"], "certainty": record["certainty"]}
        put(report, Cause, record, values, {"strategies": _coded(CopingStrategy, record["strategies"])})


def _terms(report: Report) -> None:
    for record in records("terms", "term"):
        values = {"name": record["name"], "also": ", ".join(record.get("also", [])), "meaning": record["meaning"]}
        put(report, Term, record, values, {})


def _reflections(report: Report) -> None:
    coded = {model: {row.code: row for row in model.objects.all()} for model in (Cause, CopingStrategy, GoalTemplate)}
    for record in records("reflections", "reflection"):
        values = {name: record[name] for name in ("minutes", "opening", "close")} | {"safety": record.get("safety", False)}
        values |= {"cause": coded[Cause][record["cause"]], "steady": coded[CopingStrategy][record["steady"]]}
        values["steps"] = [("step", step) for step in record["step"]]
        links = {
            "strategies": _coded(CopingStrategy, record["strategies"]),
            "templates": _coded(GoalTemplate, record["templates"]),
        }
        put(report, Reflection, record, values, links)
