"""The starter texts' inline markup (CommonMark) into what the editors' rich text holds."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

PAGE_LINK = re.compile(r'<a href="page:(\w+)">')
SOS_ADDRESS = "/sos/#lines"


def _is_allowed(address: str) -> bool:
    return address.startswith(("page:", "/", "https://"))


_markdown = MarkdownIt("commonmark", {"html": False})
setattr(_markdown, "validateLink", _is_allowed)  # noqa: B010 - the library's own way to narrow links


def rich_text(text: str, page_ids: Mapping[str, int]) -> str:
    """HTML in the editors' dialect: `[words](page:P12)` links a page; one that does not exist becomes plain words."""
    html = _markdown.render(text.strip()).replace("<strong>", "<b>").replace("</strong>", "</b>")
    html = html.replace("<em>", "<i>").replace("</em>", "</i>")
    return PAGE_LINK.sub(lambda found: _opening(found[1], page_ids), html)


def _opening(code: str, page_ids: Mapping[str, int]) -> str:
    if code == "SOS":
        return f'<a href="{SOS_ADDRESS}">'
    return f'<a linktype="page" id="{page_ids[code]}">'
