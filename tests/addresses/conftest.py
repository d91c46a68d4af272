"""One department for all tests of this folder: the demo, built once and never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client

from directory.models import User
from portal.demo.build import build_demo
from tests.addresses.expected import ANYBODY, NEWCOMER
from tests.factories.directory import UserFactory

Open = Callable[..., Client]


@pytest.fixture(scope="package")
def department(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo inside a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        asked = project.MFA_REQUIRED_FOR_STAFF
        project.MFA_REQUIRED_FOR_STAFF = False
        build_demo(lambda _line: None)
        UserFactory.create(email=f"{NEWCOMER}@demo.tala.example")
        yield
        project.MFA_REQUIRED_FOR_STAFF = asked
        transaction.set_rollback(True)


@pytest.fixture
def sign_in(department: None, db: None, settings: Any) -> Open:
    """A client of a person of the demo by key; `ANYBODY` for nobody."""
    settings.MFA_REQUIRED_FOR_STAFF = False

    def sign_in(key: str, **options: Any) -> Client:
        client = Client(raise_request_exception=False, **options)
        if key != ANYBODY:
            client.force_login(User.objects.get(email=f"{key}@demo.tala.example"))
        return client

    return sign_in
