"""A page's words without markup, for reading grades and for the words to think about."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText, get_text_for_indexing

NOT_TEXT = ("sources", "certainty", "strategy", "figure", "image", "kind", "correct", "page", "address")
HEADINGS = ("heading",)


def prose(page: Any) -> str:
    """The running text of the body, a block a line: no headings, no questions."""
    return "\n".join(text for block in page.body if block.block_type != "figure" for text in texts(block.value, HEADINGS))


def everything(row: Any) -> str:
    """Every word a reader may see of a page or a snippet: its text fields and its streams."""
    found: list[str] = []
    for field in row._meta.concrete_fields:
        value = None if field.is_relation else getattr(row, field.name)
        if isinstance(value, StreamValue):
            found += [text for block in value for text in texts(block.value)]
        elif isinstance(value, str) and field.get_internal_type() in ("CharField", "TextField") and not field.choices:
            found.append(value)
    return "\n".join(found)


def texts(value: Any, left_out: tuple[str, ...] = ()) -> Iterator[str]:
    """The texts in a block's value, in order."""
    if isinstance(value, RichText):
        yield get_text_for_indexing(value.source)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, StructValue):
        names = [name for name in value if name not in NOT_TEXT and name not in left_out]
        yield from (text for name in names for text in texts(value[name], left_out))
    elif isinstance(value, (ListValue, list)):
        yield from (text for item in value for text in texts(item, left_out))
