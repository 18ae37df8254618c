"""Settings, all of them from the environment; every variable is described in docs/settings.md."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from provning.accounts.assurance import known_assurance
from provning.accounts.providers import providers
from provning.config.environment import Environment
from provning.operations.logs import FORMATTERS, STDERR
from provning.signing.services import known_service

env = Environment()

PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("PROVNING_DATA_DIR", default="var")).resolve()

DEBUG = env.bool("PROVNING_DEBUG", default=False)
SECRET_KEY = env.str("PROVNING_SECRET_KEY", default="") or "unsafe-key-for-the-demo-and-tests-only"
ALLOWED_HOSTS = env.list("PROVNING_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("PROVNING_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("PROVNING_HTTPS", default=False)

# Electronic signatures: which service makes them, and where the local one keeps its keys.
SIGNING = known_service(env.str("PROVNING_SIGNING", default="local"))
SIGNING_DIR = Path(env.str("PROVNING_SIGNING_DIR", default="") or DATA_DIR / "signing").resolve()

# Backups: where they are written, and the key that seals them ("": not sealed).
BACKUP_DIR = Path(env.str("PROVNING_BACKUP_DIR", default="") or DATA_DIR / "backups").resolve()
BACKUP_KEY = env.str("PROVNING_BACKUP_KEY", default="")

# Who knows this may fetch figures from elsewhere; "": the machine itself alone.
METRICS_TOKEN = env.str("PROVNING_METRICS_TOKEN", default="")

# One JSON object on a line, on standard error, and nothing personal (provning.operations.logs).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": FORMATTERS,
    "handlers": {"stderr": STDERR},
    "root": {
        "handlers": ["stderr"],
        "level": env.str("PROVNING_LOG_LEVEL", default="WARNING").upper(),
    },
    # Django's own handlers would write addresses, and mail whole requests.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Of answers 400-499 our own line tells more: what kind of page, and which answer.
        "django.request": {"level": "ERROR"},
        # What it finds in a signature stands in the report of the verification.
        "pyhanko": {"level": "CRITICAL"},
    },
}

# Machines: a file of those whose tokens are believed beside our own, and the header in which the
# proxy tells of a client's certificate (believed from these addresses alone; empty: never).
TOKEN_ISSUERS = env.str("PROVNING_TOKEN_ISSUERS", default="")
CLIENT_CERTIFICATE_HEADER = env.str("PROVNING_CLIENT_CERTIFICATE_HEADER", default="")
CLIENT_CERTIFICATE_PROXIES = env.list(
    "PROVNING_CLIENT_CERTIFICATE_PROXIES", default=["127.0.0.1", "::1"]
)

# Webhooks go to public https addresses alone; true lets them go anywhere, for a test or demo.
WEBHOOKS_ANYWHERE = env.bool("PROVNING_WEBHOOKS_ANYWHERE", default=False)
# What a prövningsgrupp is called in SS 12000 (groupType).
GROUP_TYPE = env.str("PROVNING_GROUP_TYPE", default="Provgrupp")

# For the demo and for tests: a fixed "today" (ISO date), and sign-ins shown on the sign-in page.
TODAY = env.str("PROVNING_TODAY", default="")
DEMO = env.bool("PROVNING_DEMO", default=False)
DEMO_PASSWORD = env.str("PROVNING_DEMO_PASSWORD", default="prova-provning-2026")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_tasks",
    "django_tasks_db",
    "provning.audit",
    "provning.accounts",
    "provning.clients",
    "provning.organisation",
    "provning.courses",
    "provning.people",
    "provning.access",
    "provning.exams",
    "provning.applications",
    "provning.grading",
    "provning.publishing",
    "provning.catalogues",
    "provning.extracts",
    "provning.reporting",
    "provning.archive",
    "provning.feeds",
    "provning.imports",
    "provning.comparisons",
    "provning.privacy",
    "provning.operations",
    "provning.web",
]

MIDDLEWARE = [
    "provning.web.requests_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "provning.web.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # After the account is known, and still before anything of a request is read.
    "provning.web.middleware.UploadLimitMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "provning.web.middleware.ActorMiddleware",
    "provning.web.access.middleware.AccessLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "provning.config.urls"
WSGI_APPLICATION = "provning.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "provning.web.context.frame",
            ],
            "builtins": ["provning.web.templatetags.components", "django.templatetags.i18n"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]

# SQLite loses most concurrent writes with Django's default options; IMMEDIATE loses none.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-8000;"
        "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'provning.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# A password is judged by accounts.rules; a link to choose a new one holds an hour.
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "sign-in"

# Sign-in: whom we believe, how much an act asks, how many proxies stand before us, and how long a
# sign-in lasts in all and unused.
IDENTITY_PROVIDERS = env.str("PROVNING_IDENTITY_PROVIDERS", default="")
providers(IDENTITY_PROVIDERS)  # A faulty file stops the program, not the first who signs in.
ASSURANCE = known_assurance(env.str("PROVNING_ASSURANCE", default="strong"))
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROVNING_TRUSTED_PROXIES", default=0)
SESSION_ENGINE = "provning.accounts.session_store"
SESSION_COOKIE_AGE = 60 * 60 * env.int("PROVNING_SESSION_HOURS", default=8)
SESSION_IDLE_SECONDS = 60 * env.int("PROVNING_SESSION_IDLE_MINUTES", default=60)

# allauth keeps second factors and speaks with identity providers; no view of its is reachable.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "provning.accounts.factor_secrets.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Prövning"
MFA_TOTP_TOLERANCE = 1
# Counts of failed sign-ins and used codes are the same in every process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "provning_cache",
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "provning_session"
CSRF_COOKIE_NAME = "provning_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "provning.web.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_COOKIE_NAME = "provning_language"
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE_DIR / "web" / "static"]
# `serve` collects the files here, each beside its compressed form, which browsers are sent.
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False

EMAIL_CONFIG = env.email_url("PROVNING_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Where people reach the program: links in e-mail begin with it.
PUBLIC_ADDRESS = env.str("PROVNING_PUBLIC_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
AUDIT_MAIL = env.list("PROVNING_AUDIT_MAIL", default=[])
DEFAULT_FROM_EMAIL = env.str("PROVNING_MAIL_FROM", default="provning@localhost")

# "immediate" runs a job inside the request: for tests and one-process runs.
TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend"
            if env.bool("PROVNING_IMMEDIATE_TASKS", default=False)
            else "django_tasks_db.DatabaseBackend"
        )
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What one request may bring: the largest sheet has a few thousand short fields. A whole request,
# files with it, is never read past the limit.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_LIMIT = env.int("PROVNING_UPLOAD_LIMIT", default=25_000_000)
# Hosts (with port, when one is written) inside the own network, or without TLS, that grades and key
# sets may be fetched from.
FEED_HOSTS = frozenset(each.lower() for each in env.list("PROVNING_FEED_HOSTS", default=[]))
RECONCILIATION_LIMIT = env.int("PROVNING_RECONCILIATION_LIMIT", default=250_000_000)
