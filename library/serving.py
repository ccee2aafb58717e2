"""Serving the library: the same bytes for everybody, without cookies, from a page cache that costs no query."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.images.models import Image
from wagtail.signals import page_published, page_unpublished, published, unpublished

from library.models import LearnIndex, TopicPage
from library.shelf import touch_stamp

MAX_AGE = 300
RENDITION = "max-900x900|format-webp"


@login_not_required
@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A published page. Query strings change nothing and are not cached apart."""
    held = caches["pages"]
    key = hashlib.sha256(request.path.encode()).hexdigest()
    content = held.get(key)
    if content is None:
        content = _page(path).serve(request).render().content
        held.set(key, content)
    return _answer(request, content)


def _page(path: str) -> LearnIndex | TopicPage:
    """The published page at a path below the library's front, in one query; raises Http404."""
    language = {"locale__language_code": get_language()}
    slug = path.strip("/")
    rows = TopicPage.objects.filter(slug=slug, **language) if slug else LearnIndex.objects.filter(**language)
    page = rows.live().first()
    if page is None:
        raise Http404
    return page


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["X-Robots-Tag"] = "all"
    return get_conditional_response(request, etag=etag, response=response) or response


@login_not_required
@require_safe
def picture(request: HttpRequest, image_id: int) -> FileResponse:
    """An editor's picture, only as a re-encoded rendition, never the uploaded file."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None:
        raise Http404
    rendition = image.get_rendition(RENDITION)
    response = FileResponse(rendition.file.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def library_changed(**kwargs) -> None:
    """After a page was published or withdrawn."""
    touch_stamp()


def listen() -> None:
    """Hear Wagtail's publish and unpublish, the one exception on signals."""
    page_published.connect(library_changed, dispatch_uid="library_changed")
    page_unpublished.connect(library_changed, dispatch_uid="library_changed")
    # Help lines are published like pages are.
    published.connect(library_changed, dispatch_uid="library_changed")
    unpublished.connect(library_changed, dispatch_uid="library_changed")
    Path(settings.LIBRARY_STAMP).parent.mkdir(parents=True, exist_ok=True)
