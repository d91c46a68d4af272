"""Reading what happened to an object."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import models

from workflows.models import JournalEntry, StateChange


@dataclass(frozen=True)
class Deed:
    """One entry of the journal with the name of its actor ("" for the system)."""

    who: str
    at: dt.datetime


def history(subject: models.Model) -> models.QuerySet[StateChange]:
    """The changes of `subject`, newest first, with actor and place in the journal: one query."""
    return (
        StateChange.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("by", "entry__link")
        .order_by("-at", "-pk")
    )


def latest_entry(subject: models.Model, action: str) -> Deed | None:
    """The last time `action` was done to `subject`: two queries."""
    return _deed(_entries(subject).filter(action=action).order_by("at").last())


def first_entry(subject: models.Model) -> Deed | None:
    """The first thing that was done to `subject`: its making. Two queries."""
    return _deed(_entries(subject).order_by("at").first())


def _entries(subject: models.Model) -> models.QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def _deed(entry: JournalEntry | None) -> Deed | None:
    if entry is None:
        return None
    kind, _colon, pk = entry.actor.partition(":")
    user = get_user_model()._default_manager.filter(pk=pk).first() if kind == "user" else None
    return Deed(str(user) if user else "", entry.at)
