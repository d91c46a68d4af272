"""What the tests of pages share: one factor, a browser per person, a count of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import User


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def browser(user: User | None = None) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text(answer: Any) -> str:
    """The page of an answer."""
    content: bytes = answer.content
    return content.decode()


def queries(user: User, url: str) -> int:
    """How many queries the page takes once the caches are warm."""
    client = browser(user)
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    return len(found)
