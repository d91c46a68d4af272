"""Conditions of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Report


def report_is_written(report: Report) -> list[Reason]:
    """The texts that only people can write are there."""
    found = []
    if not report.progress.strip():
        found.append(Reason("no_progress", _("The report does not say what was done."), _("Write it.")))
    if not report.next_steps.strip():
        found.append(Reason("no_next_steps", _("The report does not say what comes next."), _("Write it.")))
    return found
