"""Settings, read from the environment. With neither DATABASE_URL nor REDIS_URL everything is embedded."""

import sys
from pathlib import Path
from typing import Any

import environ

from invoker import limits
from playground import embedded, production
from playground.limit_settings import *  # noqa: F403 - Django looks for every setting here

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where state is kept, and which parts are real servers
PLAYGROUND_STATE = Path(env.str("PLAYGROUND_STATE", str(BASE_DIR / ".state"))).resolve()
PLAYGROUND_RUNTIME = Path(env.str("PLAYGROUND_RUNTIME", str(PLAYGROUND_STATE / "runtime"))).resolve()
EMBEDDED = not env.str("DATABASE_URL", "") and not env.str("REDIS_URL", "")
REDIS_URL = env.str("REDIS_URL", "") or f"unix://{embedded.socket_path(PLAYGROUND_STATE)}"
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)

# The engine
SANDBOX = env.str("SANDBOX", "auto")
BASE_IMAGE = env.str("BASE_IMAGE", "auto")
OCI_RUNTIME = env.str("OCI_RUNTIME", "")
WAITING_SANDBOXES = env.int("WAITING_SANDBOXES", limits.WAITING_SANDBOXES)
WARM_ENVIRONMENTS_MAX = env.int("WARM_ENVIRONMENTS_MAX", limits.WARM_ENVIRONMENTS_MAX)
WARM_IDLE_SECONDS = env.float("WARM_IDLE_SECONDS", limits.WARM_IDLE_S)
# esbuild, where it is not the one that set-up has installed
COMPILER = env.str("COMPILER", "")
CPU_SHARE = env.bool("CPU_SHARE", True)
LOCAL_SANDBOX_ACCEPT_UNENFORCED = env.list("LOCAL_SANDBOX_ACCEPT_UNENFORCED", default=[])

# The Lambda API
LAMBDA_API_QUEUE_WAIT_SECONDS = env.float("LAMBDA_API_QUEUE_WAIT_SECONDS", 30.0)
LAMBDA_API_ANY_CREDENTIALS = env.bool("LAMBDA_API_ANY_CREDENTIALS", EMBEDDED)

# Days after which the bin is emptied, and what somebody without an account left unused is removed (0: never)
BIN_DAYS = env.int("BIN_DAYS", 30)
RETENTION_DAYS = env.int("RETENTION_DAYS", 0 if EMBEDDED else 90)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
# For secrets at rest: the first one encrypts, every one decrypts.
ENCRYPTION_KEYS = [key for given in env.list("ENCRYPTION_KEYS", default=[]) if (key := given.strip())]
if EMBEDDED:
    SECRET_KEY = SECRET_KEY or embedded.secret_key(PLAYGROUND_STATE)
    ENCRYPTION_KEYS = ENCRYPTION_KEYS or embedded.encryption_keys(PLAYGROUND_STATE)
elif fault := production.secret_key_fault(SECRET_KEY):
    sys.exit(fault)
if fault := production.encryption_keys_fault(ENCRYPTION_KEYS):
    sys.exit(fault)
# The loopback names always work: the supervisor asks for the health page by them.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
if HOST not in {"0.0.0.0", "::", ""}:  # noqa: S104 - compared, not bound
    ALLOWED_HOSTS.append(f"[{HOST}]" if ":" in HOST else HOST)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", False)

# E-mail, which only the reset of a password needs. Links in it never follow the Host of a request.
PUBLIC_URL = env.str("PUBLIC_URL", "").rstrip("/") or production.public_url(
    env.list("ALLOWED_HOSTS", default=[]), HTTPS, HOST, PORT
)
if fault := production.public_url_fault(PUBLIC_URL):
    sys.exit(fault)
EMAIL_URL = env.str("EMAIL_URL", "") or (
    embedded.mail_url(PLAYGROUND_STATE) if EMBEDDED else "consolemail://"
)
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 20
PASSWORD_RESET_TIMEOUT = 4 * 3_600
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "Lambda playground <playground@localhost>")

INSTALLED_APPS = [
    # Before the admin, whose base template it extends
    "playground",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "channels",
    "django_vite",
    "ninja",
    "playground.access_keys",
    "playground.snippets",
    "playground.invocations",
    "playground.sharing",
    "playground.run_pages",
    "playground.snippet_pages",
    "playground.accounts",
    "playground.workshops",
]

MIDDLEWARE = [
    "playground.in_loop.Security",
    "playground.security.ContentSecurityPolicy",
    "playground.json_errors.JsonErrors",
    # Before whatever looks at cookies, which count for nothing beside a key
    "playground.access_keys.bearer.BearerKeys",
    "playground.static_files.StaticFiles",
    "playground.in_loop.Sessions",
    "playground.in_loop.Common",
    "playground.in_loop.Csrf",
    "playground.in_loop.Authentication",
    "playground.in_loop.Messages",
    "playground.in_loop.FrameOptions",
    "axes.middleware.AxesMiddleware",
    "playground.owner.OwnerMiddleware",
]

ROOT_URLCONF = "playground.urls"
ASGI_APPLICATION = "playground.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


CONNECTION_KEPT_S = 600


def _database() -> dict[str, Any]:
    if env.str("DATABASE_URL", ""):
        database: dict[str, Any] = env.db("DATABASE_URL")
    else:
        PLAYGROUND_STATE.mkdir(parents=True, exist_ok=True)
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(PLAYGROUND_STATE / "db.sqlite3")}
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Readers never wait for a writer in WAL, and IMMEDIATE makes a writer wait for its turn at the
        # beginning of its transaction instead of failing in the middle.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Each thread of a worker has a connection: with 2 MB of pages each, SQLite's own default, the
            # worker grew with every thread. The system keeps the pages of the file for all of them.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-256;",
        }
    # A connection that outlived its server is found out before it is used.
    # Threads are kept, and to open a connection anew takes longer than most of what is asked on it.
    return {"CONN_MAX_AGE": CONNECTION_KEPT_S, **database, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

AUTHENTICATION_BACKENDS = [
    # Asks the guard before a password is looked at
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "playground.accounts.guard.Guard"
AXES_LOCKOUT_CALLABLE = "playground.accounts.guard.locked"
AXES_CLIENT_IP_CALLABLE = "playground.client_address.client_address"
# An attempt while it is locked neither counts nor makes it longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The guard counts in Redis; the tables of axes stay empty.
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "my_snippets"
# In a cookie of their own, so that whoever has no session gets none for a message.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True
DATETIME_FORMAT = "Y-m-d H:i:s e"

# The page, as Vite builds it
STATIC_URL = "/static/"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Vite's own form of a hashed name; whitenoise knows Django's alone.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[0-9A-Za-z_-]{8}\.\w+(\.map)?$"
FRONTEND_MANIFEST = FRONTEND_DIST / "manifest.json"
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": FRONTEND_MANIFEST}}

# What a browser may do with the page
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    # The middlewares are there, under the names of playground.in_loop.
    *("security.W001", "security.W002", "security.W003"),
    # Whether HSTS holds for every subdomain, and in browsers' lists, is for the owner of the domain to say.
    *("security.W005", "security.W021"),
]

# A part that the supervisor started writes to its own file, and to stderr only what somebody should see.
LOG_FILE = env.str("PLAYGROUND_LOG_FILE", "")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": "ERROR" if LOG_FILE else "INFO",
        },
    },
    # A 503 is what the health page says on purpose, and often while parts start.
    "filters": {
        "but_503": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", None) != 503,
        },
    },
    "loggers": {
        "django.request": {"filters": ["but_503"]},
        # Two lines an invocation, which its row tells as well (0.3 ms of CPU).
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
if LOG_FILE:
    LOGGING["handlers"]["file"] = {
        "class": "logging.handlers.RotatingFileHandler",
        "filename": LOG_FILE,
        "maxBytes": 5 * 1024 * 1024,
        "backupCount": 2,
        "formatter": "line",
        "delay": True,
    }
    LOGGING["root"]["handlers"].append("file")
