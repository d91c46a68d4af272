"""Fields encrypted at rest, and the keyed index that makes them unique without being readable."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("TALA_FIELD_KEYS is empty: personal data cannot be stored")
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher of the configured keys: the newest encrypts, all of them decrypt."""
    return _cipher(tuple(settings.FIELD_KEYS))


def blind_index(value: str) -> str:
    """A keyed fingerprint of `value`: equal values have equal ones, nobody without the key can test a guess.

    The oldest key is used, so that adding a key does not change the index.
    """
    if not value:
        return ""
    key = settings.FIELD_KEYS[-1].encode()
    return hmac.new(key, value.strip().upper().encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField[str, str]):
    """Text that is ciphertext in the database. It cannot be filtered or ordered by; only loaded."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt; the empty string stays empty."""
        if value in (None, ""):
            return value
        return cipher().encrypt(str(value).encode()).decode()

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """Decrypt. Raises InvalidToken when no configured key opens it."""
        if value in (None, ""):
            return value
        return cipher().decrypt(value.encode()).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every lookup but isnull and the test for emptiness: ciphertext never compares."""
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}")
        return super().get_lookup(lookup_name)


__all__ = ["EncryptedTextField", "InvalidToken", "blind_index", "cipher"]
