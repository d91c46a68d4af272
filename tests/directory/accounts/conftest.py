"""People who sign in as people do: by the pages, with a verified address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from directory.models import User
from tests.factories.directory import PASSWORD

BENCH, LOGIN, SECOND, FACTORS = "/bench/", "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/"
STEP = 30


@pytest.fixture(autouse=True)
def _unlimited() -> Iterator[None]:
    """Rate limits count in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


def verified(user: User) -> User:
    """The same account with its address verified."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    """Post the sign-in form; the answer."""
    verified(user)
    return client.post(LOGIN, {"login": user.email, "password": password})


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in by password."""
    client = Client()
    answer = sign_in(client, user)
    assert (answer.status_code, answer.headers["Location"]) == (302, BENCH)
    return client


def totp(secret: str, at: float | None = None) -> str:
    """The code of RFC 6238 for `secret` (base 32) at an instant (now), reckoned apart from the library's."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // STEP))
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 0xF
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
