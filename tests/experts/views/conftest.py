from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def without_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
