"""Putting the starter pages into Wagtail's tree, with the same promise: never over what an editor changed."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, Site

from library.approvals import starter_texts
from library.markup import rich_text
from library.models import Cause, CopingStrategy, GoalTemplate, LearnIndex, Source, TopicPage, Trigger
from library.starter.files import Record, pages, print_of, records
from library.starter.loading import Report

TEXTED = {"paragraph", "try_this", "safety", "uncertain"}
CLAIMED = {*TEXTED, "steps"}
LINKS = {"triggers": Trigger, "causes": Cause, "strategies": CopingStrategy, "templates": GoalTemplate}


def index_page() -> LearnIndex:
    """The library's front, made with the site on the first load."""
    found = LearnIndex.objects.first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    front = LearnIndex(
        title="Learn",
        slug="library",
        intro="Short pages on what happens, why, and what helps.",
        locale=Locale.get_default(),
    )
    root.add_child(instance=front)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": front, "site_name": "Daybook"}
    )
    for welcome in root.get_children().exclude(pk=front.pk).filter(content_type=ContentType.objects.get_for_model(Page)):
        welcome.delete()
    return front


def load_pages(report: Report) -> None:
    """Every title as a page first, so that texts can link; then the texts, published."""
    front = index_page()
    known = dict(TopicPage.objects.values_list("code", "pk"))
    for record in pages():
        if record["code"] not in known:
            known[record["code"]] = _new_page(front, record).pk
    sources = {source.slug: source.pk for source in Source.objects.all()}
    for record in pages():
        _put(report, known[record["code"]], record, known, sources)
    _put_needs(report, front.pk, known)


def _put_needs(report: Report, pk: int, ids: dict[str, int]) -> None:
    """What brings a reader here, on the library's front; left alone once an editor changed it."""
    front, wanted = LearnIndex.objects.get(pk=pk), records("needs", "need")
    if front.starter_hash == f"{_needs_print(front)}:{print_of(wanted)}":
        report.same += 1
        return
    if front.needs and front.starter_hash.split(":")[0] != _needs_print(front):
        report.left.append(front.title)
        return
    raw = [{"words": n["words"], "page": ids.get(n.get("page", "")), "address": n.get("address", "")} for n in wanted]
    block = LearnIndex._meta.get_field("needs").stream_block.child_blocks["need"]
    front.needs = [("need", block.to_python(value)) for value in raw]
    front.save_revision().publish()
    stored = LearnIndex.objects.get(pk=pk)
    LearnIndex.objects.filter(pk=pk).update(starter_hash=f"{_needs_print(stored)}:{print_of(wanted)}")
    report.updated += 1


def _needs_print(front: LearnIndex) -> str:
    return print_of(
        [[need.value["words"], need.value["page"] and need.value["page"].pk, need.value["address"]] for need in front.needs]
    )


def content_print(page: TopicPage) -> str:
    """A hash of what a page says: its own fields and its links."""
    own = {
        f.name: f.value_to_string(page) for f in page._meta.local_concrete_fields if f.name not in ("page_ptr", "starter_hash")
    }
    links = {name: sorted(getattr(page, name).values_list("code", flat=True)) for name in LINKS}
    return print_of(own | links | {"title": page.title, "slug": page.slug, "live": page.live})


def _new_page(front: LearnIndex, record: Record) -> TopicPage:
    page = TopicPage(
        title=record["title"], slug=record["slug"], code=record["code"], section=record["section"],
        promise=record["promise"], live=False, is_starter=True,
    )  # fmt: skip
    front.add_child(instance=page)
    page = TopicPage.objects.get(pk=page.pk)
    TopicPage.objects.filter(pk=page.pk).update(starter_hash=content_print(page))
    return page


def _put(report: Report, pk: int, record: Record, ids: dict[str, int], sources: dict[str, int]) -> None:
    page = TopicPage.objects.get(pk=pk)
    wanted = print_of([record, _known(record)])
    if page.starter_hash.split(":")[-1] == wanted:
        report.same += 1
        return
    if page.starter_hash.split(":")[0] != content_print(page) or (page.has_unpublished_changes and page.live):
        report.left.append(page.title)
        return
    _fill(page, record, ids, sources)
    revision = page.save_revision(clean=True)
    with starter_texts():
        revision.publish()
    stored = TopicPage.objects.get(pk=pk)
    TopicPage.objects.filter(pk=pk).update(starter_hash=f"{content_print(stored)}:{wanted}")
    report.made += 1


def _known(record: Record) -> list[str]:
    """The names a page links to that exist by now: a name that came later makes the page worth loading again."""
    codes = {name: record.get(name, []) for name in LINKS}
    return sorted(
        code
        for name, model in LINKS.items()
        for code in model.objects.filter(code__in=codes[name]).values_list("code", flat=True)
    )


def _fill(page: TopicPage, record: Record, ids: dict[str, int], sources: dict[str, int]) -> None:
    for name in ("title", "slug", "section", "promise"):
        setattr(page, name, record[name])
    for name in ("summary", "reflection", "certainty"):
        setattr(page, name, record.get(name, ""))
    page.minutes = record.get("minutes", 3)
    page.key_points = [("point", text) for text in record.get("key_points", [])]
    page.checked_on = record.get("checked_on")
    page.review_by = _review_by(record)
    page.body = [_block(block, ids, sources) for block in record.get("block", [])]
    page.questions = [("question", _question(q)) for q in record.get("question", [])]
    page.next_page_id = ids.get(record.get("next", ""))
    for name, model in LINKS.items():
        setattr(page, name, list(model.objects.filter(code__in=record.get(name, []))))


def _review_by(record: Record) -> date | None:
    checked = record.get("checked_on")
    if checked is None:
        return None
    months = checked.month - 1 + record.get("review_months", 12)
    return date(checked.year + months // 12, months % 12 + 1, min(checked.day, 28))


def _block(block: Record, ids: dict[str, int], sources: dict[str, int]) -> tuple[str, dict[str, Any]]:
    kind = block["kind"]
    value: dict[str, Any] = {name: block[name] for name in ("heading", "alt", "caption", "figure") if name in block}
    if kind in TEXTED:
        value["text"] = rich_text(block["text"], ids)
    elif "text" in block:
        value["text"] = block["text"]
    if kind == "steps":
        value["points"] = list(block["items"])
    if kind in CLAIMED:
        value["sources"] = [sources[slug] for slug in block.get("sources", [])]
        value["certainty"] = block.get("certainty", "")
    if kind == "try_this":
        strategy = CopingStrategy.objects.filter(code=block.get("strategy", "")).first()
        value["strategy"] = strategy.pk if strategy else None
    return kind, _native(kind, value)


def _native(kind: str, value: dict[str, Any]) -> Any:
    """The raw value as the block itself reads it."""
    return TopicPage._meta.get_field("body").stream_block.child_blocks[kind].to_python(value)


def _question(question: Record) -> Any:
    raw = {"text": question["text"], "answers": [{"correct": False, **answer} for answer in question["answer"]]}
    return TopicPage._meta.get_field("questions").stream_block.child_blocks["question"].to_python(raw)
