"""The demo: one process on loopback, SQLite, keys made once and kept in var/."""

import secrets

from cryptography.fernet import Fernet

from portal.settings.base import *

DEMO = True
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _kept(name: str, fresh: str) -> str:
    """The secret in var/NAME, written with `fresh` when the file is not there yet."""
    path = VAR_DIR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(fresh)
    return path.read_text().strip()


SECRET_KEY = SECRET_KEY or _kept("secret-key", secrets.token_urlsafe(48))
FIELD_KEYS = FIELD_KEYS or [_kept("field-key", Fernet.generate_key().decode())]
MFA_REQUIRED_FOR_STAFF = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Files are served as they stand in the rooms: nothing is collected or hashed before the demo starts.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


class _WithoutMigrations(dict[str, None]):
    """Tables are made from the models in seconds; a demo database is rebuilt, never migrated."""

    def __contains__(self, _app: object) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


MIGRATION_MODULES = _WithoutMigrations()
