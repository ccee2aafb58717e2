"""My data: everything a person wrote, in open formats, as one ZIP."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.actions import owned_models
from accounts.days import wall_clock
from accounts.grants import Grant, sealed_fields
from accounts.models import AccessRecord
from accounts.people import person_of, today_of
from accounts.records import record
from care.export import consents_of, shown_entries_of
from journal.models import Entry

FORMAT, VERSION = "daybook", 1
SETTINGS = ("username", "email", "tz", "day_start", "lapse_word", "theme", "quick_exit", "country", "language")
# A spreadsheet reads a cell that begins with one of these as a formula (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
README = """Daybook: your records, exported on {day}.

data.json    everything, without loss. "format" and "version" say how to read it. "consents" are what you signed, "record" is
             every line of what was done with your records.
*.csv        one table for each kind of record, for a spreadsheet (UTF-8). A cell that would start a formula has a ' before it.
journal.md   your journal entries as plain text, newest last.

Moments are in UTC; "tz" is the time zone you wrote in, "local_day" the day it counts to.
Rows with a "deleted_at" were in your bin. Keep this file where only you can open it: nothing in it is sealed any more.
"""


@reauthentication_required
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """`/data/export/`: explains, then builds the ZIP after a fresh sign-in."""
    if request.method != "POST":
        return render(request, "recovery_site/export.html")
    person, today = person_of(request), today_of(request)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it, and with that it is gone
    write_zip(file, Grant.own(request), person, today)
    record(action=AccessRecord.Action.EXPORTED, person_id=person.id, by=person.id)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"daybook-{today}.zip", content_type="application/zip")


def write_zip(file: Any, grant: Grant, person: Any, today: date) -> None:
    """Write the whole export into `file`; rows are opened one at a time."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(day=today))
        with archive.open("data.json", "w") as raw:
            write_json(io.TextIOWrapper(raw, "utf-8", write_through=True), grant, person)
        for model in owned_models():
            with archive.open(f"{table_name(model)}.csv", "w") as raw:
                write_csv(io.TextIOWrapper(raw, "utf-8-sig", newline="", write_through=True), grant, model)
        archive.writestr("journal.md", "".join(entry_texts(grant)))


def table_name(model: Any) -> str:
    """The stable name of a table in the export."""
    return model._meta.model_name


def rows_of(grant: Grant, model: Any) -> Iterator[dict[str, Any]]:
    """Every row of a person as plain values, words opened, oldest first; the bin included."""
    sealed = {f.attname for f in sealed_fields(model)}
    names = [f.attname for f in model._meta.concrete_fields if f.name != "person"]
    rows = model.objects.for_grant(grant).order_by("occurred_at", "pk")
    for row in rows.iterator(chunk_size=500):
        opened = grant.open_one(row)
        yield {name: opened.words[name] if name in sealed else plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | list | dict | type(None)) else str(value)


def write_json(out: Any, grant: Grant, person: Any) -> None:
    """data.json, a table at a time."""
    head = {"format": FORMAT, "version": VERSION, "settings": {name: plain(getattr(person, name)) for name in SETTINGS}}
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": {')
    for place, model in enumerate(owned_models()):
        out.write(f"{', ' if place else ''}{json.dumps(table_name(model))}: [")
        for number, row in enumerate(rows_of(grant, model)):
            out.write((",\n" if number else "\n") + json.dumps(row, ensure_ascii=False))
        out.write("]")
    out.write("}")
    record_lines = AccessRecord.objects.about(grant.person_id).values()
    for name, lines in (("consents", consents_of(grant)), ("shown_entries", shown_entries_of(grant)), ("record", record_lines)):
        write_lines(out, name, lines)
    out.write("}\n")
    out.flush()


def write_lines(out: Any, name: str, lines: Iterable[dict[str, Any]]) -> None:
    """A further list of data.json, a line at a time."""
    out.write(f", {json.dumps(name)}: [")
    for number, line in enumerate(lines):
        values = {key: plain(value) for key, value in line.items()}
        out.write((",\n" if number else "\n") + json.dumps(values, ensure_ascii=False))
    out.write("]")


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet reads as a formula."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_csv(out: Any, grant: Grant, model: Any) -> None:
    """One table; a header also where there is no row."""
    names = [f.attname for f in model._meta.concrete_fields if f.name != "person"]
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([safe_cell(row[name]) for name in names] for row in rows_of(grant, model))
    out.flush()


def entry_texts(grant: Grant) -> Iterable[str]:
    """The journal as Markdown."""
    yield "# Journal\n"
    for row in Entry.objects.for_grant(grant).kept().order_by("occurred_at", "pk").iterator(chunk_size=500):
        entry = grant.open_one(row)
        when = wall_clock(row.occurred_at, row.tz)
        yield f"\n## {when:%Y-%m-%d %H:%M} {entry.title}".rstrip() + "\n"
        for heading, text in (("What went well", entry.went_well), ("What is next", entry.what_next), ("", entry.body)):
            if text:
                yield (f"\n### {heading}\n" if heading else "") + f"\n{text}\n"
