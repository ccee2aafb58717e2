"""What every request passes: private by default, a second factor for staff, and an honest "not saved"."""

import logging

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect

from recovery_site.carrying import text_back

NO_STORE = "no-store, private"
STAFF_PREFIXES = ("/cms/", "/admin/")
CMS_CSP = {"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"], "img-src": ["blob:"]}
CMS_CSP_REPLACE = {"frame-src": ["'self'"], "frame-ancestors": ["'self'"]}


class PrivateByDefault:
    """Every answer is `no-store` unless its view said otherwise; the editors' screens get the policy they need."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = NO_STORE
        if request.path.startswith("/cms/"):
            # Wagtail's date pickers and editor set inline scripts and styles (its tickets 1288 and 12940).
            response["X-Frame-Options"] = "SAMEORIGIN"
            # A preview went through every middleware once as the page itself, and carries that page's "no frames".
            is_preview = response.headers.pop("Content-Security-Policy", None) is not None
            response._csp_update = None if is_preview else CMS_CSP
            response._csp_replace = CMS_CSP_REPLACE
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class StaffSecondFactor:
    """Editors and admins reach their screens only with a second factor; without one they are led to set it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(STAFF_PREFIXES) or settings.DEBUG:
            return self.get_response(request)
        if request.user.is_authenticated and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return self.get_response(request)


class NotSaved:
    """A locked or full database answers a form with "not saved" and gives the text back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error) -> HttpResponse | None:
        """A plain 503 page with the typed fields for a failed write; None for everything else."""
        if request.method != "POST" or not isinstance(error, DatabaseError | OSError):
            return None
        logging.getLogger("daybook.notsaved").error("a write failed", exc_info=error, extra={"status_code": 503})
        return text_back(request, "not_saved.html", 503)
