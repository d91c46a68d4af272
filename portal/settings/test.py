"""Tests: fast hashing, mail kept in memory, tasks run by the relay when a test asks for it."""

import tempfile
from pathlib import Path

from portal.settings.base import *

SECRET_KEY = "test-only-" + "k" * 50
FIELD_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
_ROOT = Path(tempfile.mkdtemp(prefix="tala-test-"))
CHECKPOINT_DIR = _ROOT / "checkpoints"
CHECKPOINT_KEY_FILE = _ROOT / "checkpoint.pem"
MEDIA_ROOT = _ROOT / "media"
PRIVATE_ROOT = _ROOT / "private"
STORAGES = STORAGES | {
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MFA_REQUIRED_FOR_STAFF = True
RELAY_IN_PROCESS = False
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory, so that threads of a race share it.
    DATABASES["default"]["NAME"] = str(_ROOT / "tala.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(_ROOT / "test.sqlite3")}
