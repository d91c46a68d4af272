from __future__ import annotations

from collections.abc import Iterator

import pytest

from directory.models import User
from tests.factories.workflows import toy_machine
from workflows.machine import Machine


@pytest.fixture
def machine() -> Iterator[Machine]:
    with toy_machine() as bound:
        yield bound


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("somebody@example.org")
