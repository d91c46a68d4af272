"""The dates of the projects that somebody leads, for their calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from directory.queries.standing import standing
from projects.enums import OPEN_ACCEPTANCES, OPEN_REPORTS, MilestoneState, ProjectState
from projects.models import Acceptance, Milestone, Project, Report
from workflows.calendar import Dated


def own_dates(user: Any) -> Iterator[Dated]:
    """Milestones, reports and acceptances ahead, and the ends of the running projects that the user leads."""
    person = standing(user).person_id
    if person is None:
        return
    led = Project.objects.filter(investigator_id=person, state=ProjectState.ACTIVE)
    for project in led:
        yield Dated(project.ends_on, project.title, _("the term ends"), project.get_absolute_url())
    for row in Milestone.objects.filter(project__in=led, state=MilestoneState.AHEAD).select_related("project"):
        why = _("milestone %(number)d is due") % {"number": row.number}
        yield Dated(row.due_on, row.project.title, why, row.get_absolute_url())
    for one in Acceptance.objects.filter(project__in=led, state__in=OPEN_ACCEPTANCES).select_related("project"):
        yield Dated(one.due_at, one.project.title, _("the acceptance is due"), one.get_absolute_url())
    for report in Report.objects.filter(project__in=led, state__in=OPEN_REPORTS).select_related("project"):
        yield Dated(report.due_at, report.project.title, str(report.get_kind_display()), report.get_absolute_url())
