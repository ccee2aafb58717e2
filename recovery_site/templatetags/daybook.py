"""How the crispy pack draws fields, and small filters for plain words."""

from typing import Any

from django import forms, template

from journal.forms.logs import MOODS, SLEEPS
from recovery_site.offline.keys import owner_of

register = template.Library()


@register.filter
def look(field: Any) -> str:
    """How a field is drawn: its widget's data-look, or what fits the widget."""
    widget = field.field.widget
    asked = widget.attrs.get("data-look")
    if asked:
        return asked
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "chips"
    return "stack" if isinstance(widget, forms.RadioSelect) else "plain"


@register.inclusion_tag("daybook/tiles.html")
def tiles(field: Any, how: str) -> dict[str, Any]:
    """Radio buttons or checkboxes as tiles. Flat on purpose: a form may hold sixty of them."""
    attrs = field.field.widget.attrs
    several = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    value = field.value()
    chosen = {str(v) for v in (value or [])} if several else {"" if value is None else str(value)}
    options = [
        {"value": v, "label": label, "id": f"{field.auto_id}_{place}", "checked": str(v) in chosen}
        for place, (v, label) in enumerate(field.field.choices)
    ]
    first = int(attrs.get("data-first", 0)) or len(options)
    return {
        "look": how,
        "kind": "checkbox" if several else "radio",
        "name": field.html_name,
        "first": options[:first],
        "more": options[first:],
        "more_open": any(option["checked"] for option in options[first:]),
        "low": attrs.get("data-low"),
        "high": attrs.get("data-high"),
        "disabled": field.field.disabled,
    }


@register.filter
def dictget(mapping: Any, key: Any) -> Any:
    """The value for a key that a template knows only by name."""
    return mapping.get(key)


@register.filter
def mood_word(mood: int) -> str:
    """The word for a mood from 1 to 5."""
    return str(MOODS[mood - 1]).lower()


@register.filter
def sleep_word(sleep: int) -> str:
    """The word for a night from 1 to 3."""
    return str(SLEEPS[sleep - 1]).lower()


@register.filter
def owner(person: Any) -> str:
    """How a phone knows whose its logs are (a keyed hash)."""
    return owner_of(person.pk)
