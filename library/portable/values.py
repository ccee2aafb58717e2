"""Rich text and blocks as the file holds them: links by code or slug, no ids."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images.models import Image
from wagtail.models import Page

from library.models import LearnIndex, TopicPage

OPENING = re.compile(r"<a\b[^>]*>")
PAGE_ID, PAGE_CODE = re.compile(r'\bid="(\d+)"'), re.compile(r'\bcode="(\w+)"')
FRONT, GONE = "front", "gone"
PLAIN_TAGS = frozenset({"p", "b", "strong", "i", "em", "ul", "ol", "li", "br"})
LINK_ATTRIBUTES = frozenset({"linktype", "code", "href", "data-block-key"})
LINK_STARTS = ("/", "#", "https://", "http://", "mailto:", "tel:")


class Unreadable(ValueError):
    """Something in the file that cannot be taken in; its text says what, in plain words."""


class Names:
    """Codes and slugs for ids, and ids for codes and slugs; read once for each kind."""

    def __init__(self) -> None:
        self._keys: dict[Any, dict[int, str]] = {}

    def key(self, model: Any, pk: int | None) -> str | None:
        """What the file calls a row."""
        return None if pk is None else self._of(model).get(pk, GONE)

    def pk(self, model: Any, key: str | None) -> int | None:
        """The row that the file names; raises Unreadable where there is none."""
        if key is None:
            return None
        found = [pk for pk, name in self._of(model).items() if name == key]
        if not found:
            raise Unreadable(_("links to “%(key)s”, which does not exist") % {"key": key})
        return found[0]

    def forget(self) -> None:
        """Read again: there are new rows."""
        self._keys.clear()

    def _of(self, model: Any) -> dict[int, str]:
        if model not in self._keys:
            self._keys[model] = self._read(model)
        return self._keys[model]

    def _read(self, model: Any) -> dict[int, str]:
        if issubclass(model, Page):
            fronts = LearnIndex.objects.values_list("pk", flat=True)
            return dict(TopicPage.objects.values_list("pk", "code")) | dict.fromkeys(fronts, FRONT)
        if model is Image:
            return {image.pk: image.get_file_hash() for image in Image.objects.order_by("-pk")}
        return dict(model.objects.values_list("pk", "slug"))


def rich_out(source: str, names: Names) -> str:
    """Stored HTML with page ids as codes."""

    def name(link: re.Match[str]) -> str:
        if 'linktype="page"' not in link[0]:
            return link[0]
        return PAGE_ID.sub(lambda found: f'code="{names.key(Page, int(found[1]))}"', link[0])

    return OPENING.sub(name, source)


def rich_in(text: str, names: Names) -> str:
    """HTML from the file as it is stored; raises Unreadable for a dead link or for markup that editors cannot make."""
    checker = _Allowed(convert_charrefs=False)
    checker.feed(text)
    checker.close()

    def number(link: re.Match[str]) -> str:
        if 'linktype="page"' not in link[0]:
            return link[0]
        return PAGE_CODE.sub(lambda found: f'id="{names.pk(Page, found[1])}"', link[0])

    return OPENING.sub(number, text)


class _Allowed(HTMLParser):
    """Raises Unreadable for anything that the editors' own fields would not keep."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = LINK_ATTRIBUTES if tag == "a" else {"data-block-key"} if tag in PLAIN_TAGS else None
        names = {name for name, _value in attrs}
        if allowed is None or not names <= allowed:
            self._refuse(self.get_starttag_text() or tag)
        href = dict(attrs).get("href")
        if "href" in names and not (href or "").startswith(LINK_STARTS):
            self._refuse(href or "")

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self._refuse(data)

    def handle_comment(self, data: str) -> None:
        self._refuse(data)

    def handle_decl(self, decl: str) -> None:
        self._refuse(decl)

    def handle_pi(self, data: str) -> None:
        self._refuse(data)

    def unknown_decl(self, data: str) -> None:
        self._refuse(data)

    def _refuse(self, what: str) -> None:
        raise Unreadable(_("has markup that is not allowed: %(what)s") % {"what": what[:80]})


def target_of(block: blocks.ChooserBlock) -> Any:
    """What a chooser chooses from."""
    return Page if isinstance(block, blocks.PageChooserBlock) else block.model_class


def block_out(block: blocks.Block, value: Any, names: Names) -> Any:
    """A block's value as JSON, without ids."""
    if isinstance(block, blocks.StreamBlock):
        return [{"type": child.block_type, "value": block_out(child.block, child.value, names)} for child in value]
    if isinstance(block, blocks.StructBlock):
        return {name: block_out(child, value.get(name), names) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        found = [block_out(block.child_block, item, names) for item in value or []]
        return [item for item in found if item is not None]
    if isinstance(block, blocks.RichTextBlock):
        return rich_out(value.source if value else "", names)
    if isinstance(block, blocks.ChooserBlock):
        return names.key(target_of(block), value.pk if value else None)
    return block.get_prep_value(value)


def block_in(block: blocks.Block, value: Any, names: Names) -> Any:
    """The stored form of a block's value from the file; raises Unreadable."""
    if isinstance(block, blocks.StreamBlock):
        return [_child_in(block, _kept(child, dict), names) for child in _kept(value, list)]
    if isinstance(block, blocks.StructBlock):
        same_names(_kept(value, dict), block.child_blocks)
        return {name: block_in(child, value[name], names) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [block_in(block.child_block, item, names) for item in _kept(value, list)]
    if isinstance(block, blocks.RichTextBlock):
        return rich_in(_kept(value, str), names)
    if isinstance(block, blocks.ChooserBlock):
        return names.pk(target_of(block), _kept(value, str | None))
    return _kept(value, str | int | float | None)


def _child_in(block: blocks.StreamBlock, child: dict[str, Any], names: Names) -> dict[str, Any]:
    same_names(child, ("type", "value"))
    if child["type"] not in block.child_blocks:
        raise Unreadable(_("has an unknown kind of block: %(kind)s") % {"kind": child["type"]})
    return {"type": child["type"], "value": block_in(block.child_blocks[child["type"]], child["value"], names)}


def _kept(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise Unreadable(_("has %(value)s where something else belongs") % {"value": repr(value)[:60]})
    return value


def same_names(given: Any, wanted: Any, word: Callable[[str], str] = _) -> None:
    """Raise Unreadable unless a record has exactly the wanted names."""
    missing, unknown = sorted(set(wanted) - set(given)), sorted(set(given) - set(wanted))
    if missing:
        raise Unreadable(word("lacks %(names)s") % {"names": ", ".join(missing)})
    if unknown:
        raise Unreadable(word("has something unknown: %(names)s") % {"names": ", ".join(unknown)})
