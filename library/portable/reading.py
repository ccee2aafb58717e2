"""A document into the library: all of it or nothing.

What the file does not name stays as it is. Pages and help lines that need two approvals arrive as drafts; other pages are
published as the file says, and none is withdrawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from library.approvals import TWICE
from library.held import forget_all
from library.models import HelpLine, LearnIndex, TopicPage
from library.portable.records import DRAFTED, FORMAT, PUBLISHED, VERSION, WORDS, checked, fill, key_of, record_of
from library.portable.values import Names, Unreadable, same_names
from library.roles import make_roles
from library.starter.paging import index_page


class Refused(Exception):
    """The file was not taken in, and nothing changed. Its lines say why."""

    def __init__(self, lines: list[str]):
        super().__init__("\n".join(lines))


@dataclass
class Tally:
    """What an import did."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    same: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        waiting = _("; waiting for two approvals: %(names)s") % {"names": ", ".join(self.waiting)} if self.waiting else ""
        counts = {"new": len(self.new), "changed": len(self.changed), "same": self.same}
        return _("%(new)s new, %(changed)s changed, %(same)s unchanged") % counts + waiting


def take_in(document: Any, *, dry_run: bool = False) -> Tally:
    """Import a document in one transaction; raises Refused. A dry run does all of it and takes it back."""
    check_head(document)
    try:
        with transaction.atomic():
            tally = _Import(document).run()
            if tally.faults:
                raise Refused(tally.faults)
            transaction.set_rollback(dry_run)
    except DatabaseError as error:
        raise Refused([_("The database does not take the file: something stands twice in it, or is too long.")]) from error
    finally:
        forget_all()
    return tally


def check_head(document: Any) -> None:
    """Raise Refused unless this is a file of ours, of a version that we know, with all its parts and no name twice."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refused([_("This is not a file of this library.")])
    if document.get("version") != VERSION:
        found = {"found": document.get("version"), "known": VERSION}
        raise Refused([_("This file has version %(found)s; only version %(known)s can be read.") % found])
    kinds = WORDS | DRAFTED
    try:
        same_names(document, ("format", "version", "front", *kinds))
    except Unreadable as error:
        raise Refused([_("The file %(fault)s.") % {"fault": error}]) from error
    for kind, model in kinds.items():
        keys = [_key(record, model) for record in document[kind]] if isinstance(document[kind], list) else [None]
        if None in keys:
            raise Refused([_("In %(kind)s something has no name.") % {"kind": kind}])
        if len(set(keys)) < len(keys):
            raise Refused([_("In %(kind)s something stands twice.") % {"kind": kind}])


def _key(record: Any, model: Any) -> str | None:
    key = record.get(key_of(model)) if isinstance(record, dict) else None
    return key if isinstance(key, str) else None


class _Import:
    def __init__(self, document: dict[str, Any]):
        self.document, self.names, self.tally = document, Names(), Tally()

    def run(self) -> Tally:
        index_page()
        for kind, model in WORDS.items():
            self._each(kind, model, self._word)
            self.names.forget()
        forget_all()
        made: set[str] = set()
        self._each("pages", TopicPage, lambda model, record: self._make_page(record, made))
        self.names.forget()
        self._each("help_lines", HelpLine, self._line)
        self._each("pages", TopicPage, lambda model, record: self._page(record, record["code"] in made))
        if self.document["front"] is not None:
            self._try("front", lambda: self._front(self.document["front"]))
        make_roles()
        return self.tally

    def _each(self, kind: str, model: Any, put: Callable[[Any, dict[str, Any]], None]) -> None:
        for record in self.document[kind]:
            self._try(f"{kind} {record[key_of(model)]}", lambda one=record: put(model, one))

    def _try(self, name: str, put: Callable[[], None]) -> None:
        try:
            put()
        except (Unreadable, ValidationError) as error:
            text = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            line = f"{name} {text}"
            if line not in self.tally.faults:
                self.tally.faults.append(line)

    def _word(self, model: Any, record: dict[str, Any]) -> None:
        row = model.objects.filter(slug=record["slug"]).first()
        if row is not None and record_of(row, self.names) == record:
            self.tally.same += 1
            return
        (self.tally.changed if row else self.tally.new).append(f"{model._meta.verbose_name} {record['slug']}")
        row = row or model()
        links = fill(row, record, self.names)
        checked(row)
        row.save()
        for name, linked in links.items():
            getattr(row, name).set(linked)
        row.save_revision()

    def _line(self, model: Any, record: dict[str, Any]) -> None:
        content = self._content(record)
        line = HelpLine.objects.filter(slug=record["slug"]).first()
        if line is not None and self._is_here(line, content, False):
            self.tally.same += 1
            return
        name = f"help line {record['slug']}"
        (self.tally.changed if line else self.tally.new).append(name)
        self.tally.waiting.append(name)
        line = line or HelpLine(live=False, has_unpublished_changes=True)
        fill(line, content, self.names)
        checked(line)
        if line.pk is None:
            line.save()
        line.save_revision()

    def _make_page(self, record: dict[str, Any], made: set[str]) -> None:
        """A draft with little on it, so that others can link to it."""
        if TopicPage.objects.filter(code=record["code"]).exists():
            return
        page = TopicPage(live=False, has_unpublished_changes=True)
        same_names({"title", "slug"} & set(record), ("title", "slug"))
        for name in ("title", "slug", "code"):
            setattr(page, name, page._meta.get_field(name).clean(str(record[name]), page))
        index_page().add_child(instance=page)
        made.add(record["code"])

    def _page(self, record: dict[str, Any], is_new: bool) -> None:
        content, code = self._content(record), record["code"]
        page = TopicPage.objects.filter(code=code).first()
        if page is None:
            return  # it could not be made, which is said already
        publish = bool(record[PUBLISHED]) and code not in TWICE
        if not is_new and self._is_here(page, content, publish):
            self.tally.same += 1
            return
        (self.tally.new if is_new else self.tally.changed).append(f"page {code}")
        if code in TWICE:
            self.tally.waiting.append(f"page {code}")
        for name, linked in fill(page, content, self.names).items():
            setattr(page, name, linked)
        checked(page)
        revision = page.save_revision()
        if publish:
            revision.publish()
        elif is_new:
            page.save()

    def _front(self, record: Any) -> None:
        front = LearnIndex.objects.get()
        if record_of(front, self.names) == record:
            self.tally.same += 1
            return
        self.tally.changed.append("front")
        fill(front, record, self.names)
        checked(front)
        front.save_revision().publish()

    def _content(self, record: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(record.get(PUBLISHED), bool):
            raise Unreadable(_("does not say whether it is published"))
        return {name: value for name, value in record.items() if name != PUBLISHED}

    def _is_here(self, row: Any, content: dict[str, Any], publish: bool) -> bool:
        """Whether readers see it already or, where it is not to be published, a draft with it waits."""
        if row.live and record_of(row, self.names) == content:
            return True
        if publish or not row.latest_revision_id:
            return False
        return record_of(row.get_latest_revision_as_object(), self.names) == content
