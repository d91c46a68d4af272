"""Calls of published lists: known by title, programme and dates alone.

They get no page in Wagtail's tree. Nobody writes or approves them, so there is nothing to seal, and 14,000 pages with
their revisions would say no more than the record does: their page is computed from the record when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cms.models import ColumnPage
from projects.models import Call


@dataclass
class ArchivedCall:
    """An imported call as a page of the column of calls."""

    call: Call
    column: ColumnPage

    @property
    def title(self) -> str:
        """The title as the list had it."""
        return self.call.title


def archived_calls() -> QuerySet[Any]:
    """The imported calls that anybody may read; all have a date of publication."""
    return Call.objects.public().exclude(imported_key="")


def archive_folder() -> str:
    """The path that the pages of imported calls stand under, each by its code: asked once for many."""
    return reverse("archived_call", args=["-"]).removesuffix("-/")


def archive_path(code: str) -> str:
    """The path of the page of the imported call with this code."""
    return f"{archive_folder()}{code}/"
