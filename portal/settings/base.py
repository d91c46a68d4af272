"""What every way of running Tala shares. Every secret and address comes from the environment."""

from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from django.utils.translation import gettext_lazy as _

django_stubs_ext.monkeypatch()

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("TALA_VAR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
# Keys of encrypted fields, newest first; each 32 bytes in URL-safe base64 (Fernet).
FIELD_KEYS: list[str] = env.list("TALA_FIELD_KEYS", default=[])
# Ed25519 private key (PEM file) that signs the checkpoints of the journal.
CHECKPOINT_KEY_FILE = Path(env.str("TALA_CHECKPOINT_KEY", default=str(VAR_DIR / "checkpoint.pem")))
CHECKPOINT_DIR = Path(env.str("TALA_CHECKPOINT_DIR", default=str(VAR_DIR / "checkpoints")))
# A key is made on first use, but never in production, where it must come from elsewhere.
CHECKPOINT_KEY_MADE_HERE = True
RELEASE = env.str("TALA_RELEASE", default="0.1.0")
DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "workflows",
    "directory",
    "experts",
    "projects",
    "labs",
    "cms",
    "portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "portal.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "workflows.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "portal.middleware.PolicyMiddleware",
    "cms.middleware.EditorialMiddleware",
    "workflows.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "portal.templatetags.look"],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tala.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so that a
    # transaction that reads first never fails with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}
}

# Accounts
AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# The owner is mailed about a changed password or second factor.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "directory.adapters.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tala"
USERSESSIONS_TRACK_ACTIVITY = False
USERSESSIONS_ADAPTER = "directory.adapters.SessionsAdapter"
# Staff roles must have a second factor before they reach the workbench.
MFA_REQUIRED_FOR_STAFF = True
# How long an invitation to an organisation can be answered.
INVITATION_DAYS = env.int("TALA_INVITATION_DAYS", default=14)
# For how many years after it common work or former employment keeps an expert away; the age from which experts are
# not assigned any more (0: no limit). The region's own figures are not published: neighbours' are the default.
RECUSAL_YEARS = env.int("TALA_RECUSAL_YEARS", default=3)
DRAW_OUTSIDE_PERCENT = env.int("TALA_DRAW_OUTSIDE_PERCENT", default=50)
EXPERT_MOST_AGE = env.int("TALA_EXPERT_MOST_AGE", default=65)
# The most reviews of one expert in one round and in one calendar year (0: no limit; Qingdao's is 10 a year), and how
# many days before scores are due an expert must be there (periods away count against it).
EXPERT_ROUND_LOAD = env.int("TALA_EXPERT_ROUND_LOAD", default=0)
EXPERT_YEAR_LOAD = env.int("TALA_EXPERT_YEAR_LOAD", default=0)
EXPERT_LIST_ROWS = env.int("TALA_EXPERT_LIST_ROWS", default=5000)
DISCIPLINES_FILE = env.str("TALA_DISCIPLINES", default="")
EXPERT_LEAST_DAYS = env.int("TALA_EXPERT_LEAST_DAYS", default=5)
# What rounds and calls begin with until an officer says otherwise: days to answer an invitation, the spread of scores
# (points) that is flagged, whether one more expert is proposed there.
ANSWER_DAYS = env.int("TALA_ANSWER_DAYS", default=5)
DIVERGENCE = env.int("TALA_DIVERGENCE", default=25)
EXTRA_EXPERT = env.bool("TALA_EXTRA_EXPERT", default=False)
# Panel meetings: the fewest members, the share of them who must attend (percent), and how many of those who may vote
# on an item must vote for or against it (percent) so that it is decided.
MEETING_LEAST_MEMBERS = env.int("TALA_MEETING_LEAST_MEMBERS", default=3)
MEETING_QUORUM_PERCENT = env.int("TALA_MEETING_QUORUM_PERCENT", default=66)
MEETING_VOTES_PERCENT = env.int("TALA_MEETING_VOTES_PERCENT", default=50)
# Review: from how many scores on the trimmed mean leaves out the highest and the lowest; how many times the usual
# deviation within a dossier an expert's score must lie from its mean to be flagged.
TRIM_FROM = env.int("TALA_TRIM_FROM", default=5)
EXTREME_DEVIATIONS = env.float("TALA_EXTREME_DEVIATIONS", default=2.0)
# What an expert's credit is made up of (experts/credit.py), and how many characters a full opinion has on average.
EXPERT_CREDIT = {
    "punctuality": env.int("TALA_CREDIT_PUNCTUALITY", default=30),
    "agreement": env.int("TALA_CREDIT_AGREEMENT", default=30),
    "opinion": env.int("TALA_CREDIT_OPINION", default=20),
    "rating": env.int("TALA_CREDIT_RATING", default=20),
}
CREDIT_OPINION = env.int("TALA_CREDIT_FULL_OPINION", default=200)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["portal.formats"]

# Static files; uploads are private and live outside of any served folder.
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("TALA_STATIC", default=str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# How many proxies of ours stand before the application and append to X-Forwarded-For; 0 believes nobody.
TRUSTED_PROXIES = env.int("TALA_TRUSTED_PROXIES", default=0)
# Only where the proxy sets X-Request-Start itself and overwrites what it was sent.
TRUST_REQUEST_START = env.bool("TALA_TRUST_REQUEST_START", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# What fields may accept at most, and the virus scanner's unix socket ("" for none).
UPLOAD_EXTENSIONS = ["pdf", "docx", "xlsx", "png", "jpg", "jpeg"]
# How many days before an instant people are reminded of it, by what it ends.
REMIND_DAYS: dict[str, tuple[int, ...]] = {
    "filing": (7, 3, 1),
    "endorsement": (3, 1),
    "recommendation": (3, 1),
    "contract": (7, 3, 1),
    "invitation": (1,),
    "review": (3, 1),
}
CLAMD_SOCKET = env.str("TALA_CLAMD_SOCKET", default="")
UPLOAD_MAX_BYTES = 50 * 1024 * 1024
# What the files of one proposal, and of all proposals of one organisation, may take up together; 0 for no limit.
UPLOAD_PROPOSAL_BYTES = env.int("TALA_UPLOAD_PROPOSAL_MB", default=300) * 1024 * 1024
UPLOAD_ORGANISATION_BYTES = env.int("TALA_UPLOAD_ORGANISATION_MB", default=20_000) * 1024 * 1024
# Days after which the bytes of removed files are deleted.
UPLOAD_GRACE_DAYS = env.int("TALA_UPLOAD_GRACE_DAYS", default=30)

# Tasks: with a broker on workers, without one in the relay of the server's process.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Who hands over gives up soon and tries again later; without this it waits for the broker for ever.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2, "interval_max": 1}
# Shorter than the lease of an effect on a broker (workflows.relay), so that none runs twice at once.
CELERY_TASK_TIME_LIMIT = 25 * 60
RELAY_IN_PROCESS = not CELERY_BROKER_URL

EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Tala <noreply@tala.example>")

# Strict policy everywhere; the Wagtail admin gets its own in cms.middleware.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

WAGTAIL_SITE_NAME = "Tala"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_PAGE_MODEL = "wagtailcore.Page"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# Saving decides who is an author and starts an approval again, so nothing is saved but by pressing the button. Besides,
# a new page's first saving by itself collides with the one by its button.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.actions.publication.publish_approved"
# The admin searches titles by part of the text, which finds Chinese words too and needs no index; the public site has
# an index of its own (cms.search).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback", "AUTO_UPDATE": False}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.files.KeptImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.files.KeptDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
