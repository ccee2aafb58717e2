"""The banner of a page that shows somebody's records."""

from django import template

from care.access import Reading
from care.disclosure import Disclosure
from care.disclosure import disclosure as of

register = template.Library()


@register.simple_tag
def disclosure(reading: Reading) -> Disclosure:
    """What a reading rests on; no query."""
    return of(reading)
