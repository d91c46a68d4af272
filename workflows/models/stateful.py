"""The base of every model that has a machine."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import django_fsm
from django.db import models
from django.utils import timezone


class Stateful(models.Model):
    """State, since when, version. `perform` alone changes `state`; `version` grows with each change.

    A subclass declares its own `state = state_field(…)` and
    `state_constraint(…)` in its Meta.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Reload. A protected field cannot be overwritten, so it is dropped first.

        (django-fsm's own mixin lifts the protection for the whole class meanwhile, which is not safe
        with threads.)
        """
        wanted = set(fields) if fields is not None else None
        for field in self._meta.concrete_fields:
            if getattr(field, "protected", False) and (wanted is None or field.attname in wanted):
                self.__dict__.pop(field.attname, None)
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)


class StateField(django_fsm.FSMField):
    """A protected state. Migrations see the plain column.

    A field of django-fsm listens for every class that is prepared; migrating prepares thousands of them, each with
    state fields of its own, and half of the time went into that listening.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("protected", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """A CharField for the migrations; what they render has no machine."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


def state_field(states: type[models.TextChoices], default: str, max_length: int = 24) -> Any:
    """A protected state field over `states`."""
    return StateField(choices=states.choices, default=default, max_length=max_length, db_index=True)


def state_constraint(states: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The database's own refusal of a state that the machine does not know."""
    return models.CheckConstraint(condition=models.Q(state__in=states.values), name=name)
