"""One settings file: a clone runs with nothing set; production refuses to start half-configured."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from recovery_site import sqlite_library
from recovery_site.environment import env, flag, number, optional_secret, secret, words
from recovery_site.logs import LOGGING as LOGGING

sqlite_library.install()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
PRODUCTION = flag("PRODUCTION", default=False)
DEBUG = flag("DEBUG", default=False)
TESTING = flag("TESTING", default=False)
# --- secrets and hosts ---
FIRST_RUN_SECRETS = None if PRODUCTION else VAR_DIR / "secrets"
SECRET_KEY = secret("SECRET_KEY", FIRST_RUN_SECRETS)
SEALING_KEYS = [key.strip() for key in secret("SEALING_KEYS", FIRST_RUN_SECRETS).split(",") if key.strip()]
# Without a key there are no notifications; e-mail reminders work all the same.
VAPID_PRIVATE_KEY = optional_secret("VAPID_PRIVATE_KEY", FIRST_RUN_SECRETS)
PUSH_HOSTS = words("PUSH_HOSTS")  # makers of phones beside the known ones
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or ([] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="" if PRODUCTION else "http://127.0.0.1:8000")
if PRODUCTION:
    if DEBUG or TESTING:
        raise ImproperlyConfigured("PRODUCTION=1 does not go with DEBUG or TESTING.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("PRODUCTION=1 needs ALLOWED_HOSTS, a list of host names without *.")
    if not SITE_ADDRESS.startswith("https://"):
        raise ImproperlyConfigured("PRODUCTION=1 needs SITE_ADDRESS, starting with https://.")
# --- apps ---
INSTALLED_APPS = [
    "recovery_site",
    "accounts",
    "library",
    "journal",
    "goals",
    "reading",
    "notify",
    "care",
    "crispy_forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.simple_translation",
    "library.apps.EditorsConfig",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "recovery_site.middleware.PrivateByDefault",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "care.middleware.CareSession",
    "recovery_site.carrying.LoginRequiredKeepingText",
    "recovery_site.middleware.StaffSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "recovery_site.middleware.NotSaved",
]
ROOT_URLCONF = "recovery_site.urls"
WSGI_APPLICATION = "recovery_site.wsgi.application"
# Wagtail reads the messages; ours are on the pages themselves.
CONTEXT = ["template.context_processors.request", "contrib.auth.context_processors.auth"]
CONTEXT += ["contrib.messages.context_processors.messages"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [f"django.{name}" for name in CONTEXT]},
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["daybook"]
CRISPY_TEMPLATE_PACK = "daybook"
# --- databases, cache, jobs ---
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/daybook.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = number("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    if TESTING:
        # A file, so that WAL and locks are the real ones.
        DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "page-cache",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
LIBRARY_STAMP = VAR_DIR / "library.stamp"
TASKS = {
    # Wagtail's own tasks run at once (a published page is searchable immediately); ours wait for `run_due`.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []},
}
BIN_DAYS = 30
# Where published heads of the access record are appended; the file is shipped to another host (SECURITY.md).
RECORD_HEADS = Path(env.str("RECORD_HEADS", default=str(VAR_DIR / "record-heads.jsonl")))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # a 200,000-character entry must reach its form to get a message
# --- who you are ---
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.PlainSimilarity"},
    {"NAME": "accounts.passwords.PlainLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.passwords.PlainCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "accounts.adapter.PersonAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_SIGNUP_REDIRECT_URL = "recovery-code-new"
ACCOUNT_LOGOUT_REDIRECT_URL = "front-door"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "signup": "accounts.forms.SignupForm"}
ACCOUNT_RATE_LIMITS = {"recover": "20/m/ip,5/10m/key", "sync": "60/m/user", "invite": "10/10m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "accounts.adapter.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# --- sessions, cookies, headers ---
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would sign a person out when they open the site from a link in an e-mail
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "recovery_site.carrying.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the editors' preview is opened to its own site in PrivateByDefault
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "connect", "font", "manifest", "worker")},
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}
# --- language and time ---
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True
# --- static files, pictures, mail ---
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/pictures/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "recovery_site.static_storage.GzipManifestStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default="Daybook <daybook@localhost>")
# --- Wagtail ---
WAGTAIL_SITE_NAME = MFA_TOTP_ISSUER = "Daybook"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_I18N_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "library.finishing.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "library.rich_text.TextArea"}}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
