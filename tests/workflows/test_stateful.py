"""The state field: protected in use, a plain column to the migrations."""

from __future__ import annotations

import pytest
from django.db import models

from workflows.models.stateful import state_field


class Colour(models.TextChoices):
    RED = "red", "red"


def test_migrations_see_a_plain_column() -> None:
    field = state_field(Colour, "red")
    assert field.deconstruct()[1:] == (
        "django.db.models.CharField",
        [],
        {"choices": [("red", "red")], "db_index": True, "default": "red", "max_length": 24},
    )
    assert field.protected is field.clone().protected is True


@pytest.mark.django_db
def test_a_state_cannot_be_written_by_hand() -> None:
    from tests.factories.projects import CallFactory

    with pytest.raises(AttributeError, match="Direct state modification is not allowed"):
        CallFactory.create().state = "published"
