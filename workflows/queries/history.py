"""Reading what happened to an object."""

from __future__ import annotations

from django.db import models

from workflows.models import StateChange


def history(subject: models.Model) -> models.QuerySet[StateChange]:
    """The changes of `subject`, newest first, with actor and place in the journal: one query."""
    return (
        StateChange.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("by", "entry__link")
        .order_by("-at", "-pk")
    )
