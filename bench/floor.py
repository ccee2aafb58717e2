"""The floor: a bare Django project with the stock middleware and login-required views. Run as `gunicorn bench.floor:application`.

GET costs the session and the person SELECT; POST adds one durable INSERT. Database as the real site's (DATABASE_URL or SQLite).
"""

import os
import sys
from pathlib import Path

from recovery_site import sqlite_library

sqlite_library.install()

import django  # noqa: E402 - the SQLite library must be in place first
from django.conf import settings  # noqa: E402

from recovery_site.environment import env  # noqa: E402

VAR = Path(os.environ["VAR_DIR"])
SQLITE = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"

database = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR}/floor.sqlite3") | {
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
}
if database["ENGINE"].endswith("sqlite3"):
    database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE}
settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bench.floor",
    DATABASES={"default": database},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402


@login_required
def page(request):
    """Two SELECTs; with POST one durable INSERT as well."""
    if request.method == "POST":
        Group.objects.create(name=os.urandom(8).hex())
    return HttpResponse(f"<p>{request.user.username} {get_token(request)}</p>")


urlpatterns = [path("", page)]
application = get_wsgi_application()


def session() -> str:
    """Tables, one person, and their session key."""
    call_command("migrate", verbosity=0)
    person, _made = User.objects.get_or_create(username="floor")
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    sys.stdout.write(session())
