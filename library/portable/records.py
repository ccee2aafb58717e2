"""Rows as the file holds them."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from library.editing import message, slurs
from library.models import (
    Cause,
    CopingStrategy,
    GoalTemplate,
    HelpLine,
    LearnIndex,
    LifeSkill,
    Reflection,
    Source,
    Term,
    TopicPage,
    Trigger,
)
from library.portable.values import Names, Unreadable, block_in, block_out, same_names

FORMAT, VERSION = "daybook-library", 1
# In the order in which they link.
WORDS: dict[str, Any] = {
    "sources": Source,
    "life_skills": LifeSkill,
    "strategies": CopingStrategy,
    "templates": GoalTemplate,
    "triggers": Trigger,
    "causes": Cause,
    "terms": Term,
    "reflections": Reflection,
}
DRAFTED: dict[str, Any] = {"help_lines": HelpLine, "pages": TopicPage}
PUBLISHED = "published"
# What the database and Wagtail keep for themselves.
LEFT_OUT = frozenset(
    {
        "id", "page_ptr", "latest_revision", "live_revision", "starter_hash", "live", "has_unpublished_changes", "expired",
        "first_published_at", "last_published_at", "go_live_at", "expire_at",
    }
)  # fmt: skip
OF_PAGES = ("title", "slug", "seo_title", "search_description")
OF_FRONT = ("title", "intro", "needs")


def key_of(model: Any) -> str:
    """The field that names a row for good."""
    return "code" if model is TopicPage else "slug"


def fields_of(model: Any) -> list[Any]:
    """The columns that the file holds."""
    if model is LearnIndex:
        return [model._meta.get_field(name) for name in OF_FRONT]
    own = [field for field in model._meta.local_concrete_fields if field.name not in LEFT_OUT]
    return [*([model._meta.get_field(name) for name in OF_PAGES] if issubclass(model, Page) else []), *own]


def links_of(model: Any) -> list[Any]:
    """The many-to-many links that the file holds."""
    return [] if model is LearnIndex else list(model._meta.local_many_to_many)


def record_of(row: Any, names: Names) -> dict[str, Any]:
    """A row as the file holds it."""
    found = {field.name: _value_out(field, row, names) for field in fields_of(type(row))}
    for link in links_of(type(row)):
        found[link.name] = sorted(linked.slug for linked in getattr(row, link.name).all())
    return found


def _value_out(field: Any, row: Any, names: Names) -> Any:
    if field.many_to_one or field.one_to_one:
        return names.key(field.related_model, getattr(row, field.attname))
    value = getattr(row, field.name)
    if isinstance(field, StreamField):
        return block_out(field.stream_block, value, names)
    return value.isoformat() if isinstance(value, date | datetime) else value


def fill(row: Any, record: dict[str, Any], names: Names) -> dict[str, list[Any]]:
    """Set a row's values from its record; returns its links as rows. Raises Unreadable, and saves nothing."""
    fields, links = fields_of(type(row)), links_of(type(row))
    same_names(record, [part.name for part in (*fields, *links)])
    for field in fields:
        _value_in(field, row, record[field.name], names)
    return {link.name: _linked(link, record[link.name]) for link in links}


def _value_in(field: Any, row: Any, value: Any, names: Names) -> None:
    if isinstance(field, StreamField):
        setattr(row, field.name, field.stream_block.to_python(block_in(field.stream_block, value, names)))
    elif not isinstance(value, str | int | None):
        raise Unreadable(_("has something else than words or a number as %(name)s") % {"name": field.name})
    elif field.many_to_one or field.one_to_one:
        setattr(row, field.attname, names.pk(field.related_model, value if value is None else str(value)))
    else:
        setattr(row, field.name, field.to_python(value))


def _linked(link: Any, slugs: Any) -> list[Any]:
    if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
        raise Unreadable(_("has something else than a list of names as %(name)s") % {"name": link.name})
    found = {row.slug: row for row in link.related_model.objects.filter(slug__in=slugs)}
    gone = sorted(set(slugs) - set(found))
    if gone:
        raise Unreadable(_("links to “%(key)s”, which does not exist") % {"key": "”, “".join(gone)})
    return [found[slug] for slug in slugs]


def checked(row: Any) -> None:
    """Raise Unreadable where the editors' own forms would refuse the row."""
    found = slurs(row)
    if found:
        raise Unreadable(message(found))
    for field in row._meta.concrete_fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(row, field.name))
            except ValidationError as error:
                raise Unreadable(f"{field.name}: {_first(error)}") from error
    try:
        row.full_clean(exclude=["path", "depth"] if isinstance(row, Page) else [])
    except ValidationError as error:
        raise Unreadable("; ".join(_said(error))) from error


def _said(error: ValidationError) -> list[str]:
    return [
        text if name == NON_FIELD_ERRORS else f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts
    ]


def _first(error: Any) -> str:
    """The first plain message inside a block's errors."""
    inner = getattr(error, "block_errors", None)
    for one in inner.values() if isinstance(inner, dict) else [one for one in inner or [] if one]:
        return _first(one)
    return " ".join(str(text) for text in error.messages) or str(error)


def ordered(model: Any) -> models.QuerySet:
    """Every row of a kind, by the name that it has for good."""
    links = [link.name for link in links_of(model)]
    return model.objects.order_by(key_of(model)).prefetch_related(*links)
