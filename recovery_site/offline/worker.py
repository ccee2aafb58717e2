"""The service worker and the manifest: what a phone keeps, and under which version."""

import hashlib
import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.shelf import shelf
from recovery_site.offline.shell import LOGS, PLAIN, shell_html
from recovery_site.sos import sos_html

# Address of a screen -> the page that stands in for it when nothing answers.
STANDS_IN = {
    "/sos/": "/sos/",
    "/outbox/": "/outbox/",
    "/log/use/safety/": "/log/use/safety/",
    "/log/check-in/": "/shell/check-in/",
    "/log/craving/": "/shell/craving/",
    "/log/use/": "/shell/use/",
    "/journal/new/": "/shell/entry/",
    "/plan/": "/shell/plan/",
}
OFFLINE = "/shell/offline/"
MODULES = ("store", "seal", "outbox", "dom", "forms", "status", "leaving", "start", "outbox_page")
SOS_MODULES = ("start", "lines", "pacing", "keeping", "mine")
LOCK_MODULES = ("pin", "lock", "plan")
SCRIPTS = ["page.js", "prefs.js", "draft.js"]
SCRIPTS += [f"offline/{name}.js" for name in MODULES] + [f"sos/{name}.js" for name in SOS_MODULES]
SCRIPTS += [f"lock/{name}.js" for name in LOCK_MODULES]
FILES = ("css/app.css", "icons.svg", "favicon.svg", *(f"js/{name}" for name in SCRIPTS))
_held: list[tuple[Any, str]] = []


def kept() -> dict[str, list[str]]:
    """The addresses a phone keeps: pages, and the files they need."""
    return {"pages": [*dict.fromkeys(STANDS_IN.values()), OFFLINE], "files": [static(name) for name in FILES]}


def version() -> str:
    """Changes when a kept page or file does. Reckoned once for each state of the library."""
    library = shelf()
    if not _held or _held[0][0] is not library:
        texts = [sos_html(), *(shell_html(kind) for kind in (*LOGS, *PLAIN)), json.dumps(kept())]
        texts += [render_to_string(name) for name in ("journal/lapse_safety.html", "recovery_site/outbox.html")]
        _held[:] = [(library, hashlib.sha256("".join(texts).encode()).hexdigest()[:16])]
    return _held[0][1]


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`, asked for anew each time, so that a new version is found."""
    told = {"version": version(), "icon": static("icon-192.png"), "standsIn": STANDS_IN, "offline": OFFLINE, **kept()}
    text = render_to_string("recovery_site/sw.js", {"told": json.dumps(told, sort_keys=True)})
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(text, content_type="text/javascript", headers=headers)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The home screen's entry: a neutral name and icon, and ways straight to what is needed at once."""
    icons = [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    icons += [{"src": static(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    shortcuts = [(_("Help now"), "/sos/"), (_("Check in"), "/log/check-in/"), (_("Note"), "/log/craving/")]
    told = {
        "id": "/",
        "name": "Daybook",
        "short_name": "Daybook",
        "start_url": "/today/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf6ee",
        "theme_color": "#faf6ee",
        "icons": icons,
        "shortcuts": [{"name": name, "url": address} for name, address in shortcuts],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "public, max-age=3600"})
