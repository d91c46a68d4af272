"""Reports that wait for somebody: the sources of the inbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.queries.standing import standing
from projects.enums import ProjectState, ReportState
from projects.models import Delegation, Report
from projects.queries.in_charge import cared_for
from workflows.inbox import Row, Source, Waiting

AHEAD = dt.timedelta(days=60)


def to_write(user: Any) -> QuerySet[Report]:
    """Reports that an investigator owes within 60 days, and what was returned; for who may write them, too."""
    soon = Q(state=ReportState.DRAFT, due_at__lte=timezone.now() + AHEAD)
    rows = Report.objects.filter(soon | Q(state=ReportState.RETURNED), project__state=ProjectState.ACTIVE)
    person = standing(user).person_id or 0
    given = Delegation.objects.in_force().filter(person=person, reports=True)
    return rows.filter(Q(project__investigator_id=person) | Q(project__in=given.values("project")))


def to_endorse(user: Any) -> QuerySet[Report]:
    """Submitted reports of the organisations of an administrator, the own projects left out."""
    who = standing(user)
    rows = Report.objects.filter(state=ReportState.SUBMITTED, project__organisation_id__in=who.admin_of)
    return rows.exclude(project__investigator_id=who.person_id)


def to_accept(user: Any) -> QuerySet[Report]:
    """Endorsed reports, for the officer in charge."""
    return Report.objects.filter(cared_for(user), state=ReportState.ENDORSED)


def _write(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · write and submit the report"))


def _endorse(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · endorse the report, or return it"))


def _accept(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · accept the report, or return it"))


def _waiting(row: Row, why: str) -> Waiting:
    return Waiting(row.title, why % {"what": row.about}, reverse("report", args=[row.uid]), row.due, _("report"))


ABOUT = Concat("project__number", Value(" · "), Cast("year", CharField()), output_field=CharField())
OF_PROJECT: dict[str, Any] = {"title": "project__title", "about": ABOUT}
SOURCES = (
    Source(
        "projects.reports_to_write",
        lambda user: standing(user).person_id is not None,
        to_write,
        _write,
        due="due_at",
        **OF_PROJECT,
    ),
    Source(
        "projects.reports_to_endorse",
        lambda user: bool(standing(user).admin_of),
        to_endorse,
        _endorse,
        **OF_PROJECT,
    ),
    Source(
        "projects.reports_to_accept",
        lambda user: standing(user).has(Role.PROGRAMME_OFFICER),
        to_accept,
        _accept,
        **OF_PROJECT,
    ),
)
