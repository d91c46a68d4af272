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
