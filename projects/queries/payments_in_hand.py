"""Payments and milestones that wait for somebody: the sources of the inbox."""

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
from projects.enums import InstalmentState, MilestoneState, ProjectState
from projects.models import Instalment, Milestone
from projects.queries.due_days import EndOfDay
from projects.queries.in_charge import cared_for
from projects.queries.repayments import to_check, to_return
from workflows.inbox import Row, Source, Waiting

AHEAD = dt.timedelta(days=30)


def to_pay(user: Any) -> QuerySet[Instalment]:
    """Instalments that can be paid and are due within 30 days, for the officer in charge."""
    met = Q(milestone=None) | Q(milestone__state=MilestoneState.REACHED)
    soon = timezone.localdate() + AHEAD
    rows = Instalment.objects.filter(cared_for(user), met, state=InstalmentState.PLANNED, due_on__lte=soon)
    return rows.filter(project__state=ProjectState.ACTIVE)


def to_confirm(user: Any) -> QuerySet[Instalment]:
    """Paid instalments of the organisations of an administrator, the own projects left out."""
    who = standing(user)
    rows = Instalment.objects.filter(state=InstalmentState.PAID, project__organisation_id__in=who.admin_of)
    return rows.exclude(project__investigator_id=who.person_id)


def milestones_to_reach(user: Any) -> QuerySet[Milestone]:
    """Milestones that an investigator is to reach within 30 days."""
    soon = timezone.localdate() + AHEAD
    rows = Milestone.objects.filter(state=MilestoneState.AHEAD, due_on__lte=soon)
    return rows.filter(project__investigator_id=standing(user).person_id or 0, project__state=ProjectState.ACTIVE)


def milestones_to_confirm(user: Any) -> QuerySet[Milestone]:
    """Milestones that investigators say are reached, for the officer in charge."""
    return Milestone.objects.filter(cared_for(user), state=MilestoneState.CLAIMED)


def _pay(row: Row) -> Waiting:
    return _money(row, _("%(what)s · an instalment is to be paid"), _("payment"))


def _confirm(row: Row) -> Waiting:
    return _money(row, _("%(what)s · confirm that the instalment has arrived"), _("arrival"))


def _return(row: Row) -> Waiting:
    return _money(row, _("%(what)s · fiscal money is to be returned"), _("repayment"))


def _check(row: Row) -> Waiting:
    return _money(row, _("%(what)s · money was returned: confirm that it is there"), _("repayment"))


def _money(row: Row, why: str, badge: str) -> Waiting:
    return Waiting(row.title, why % {"what": row.about}, reverse("money", args=[row.uid]), row.due, badge)


def _reach(row: Row) -> Waiting:
    return _milestone(row, _("%(what)s · a milestone is due: say what was reached"))


def _agree(row: Row) -> Waiting:
    return _milestone(row, _("%(what)s · a milestone is said to be reached: confirm or send back"))


def _milestone(row: Row, why: str) -> Waiting:
    url = reverse("milestone", args=[row.uid])
    return Waiting(row.title, why % {"what": row.about}, url, row.due, _("milestone"))


def _officer(user: Any) -> bool:
    return standing(user).has(Role.PROGRAMME_OFFICER)


NUMBER = Concat("project__number", Value(" · "), Cast("number", CharField()), output_field=CharField())
OF_PROJECT: dict[str, Any] = {"title": "project__title", "about": NUMBER}
SOURCES = (
    Source(
        "projects.to_pay",
        _officer,
        to_pay,
        _pay,
        key="project__uid",
        due=EndOfDay("due_on"),
        **OF_PROJECT,
    ),
    Source(
        "projects.to_confirm",
        lambda user: bool(standing(user).admin_of),
        to_confirm,
        _confirm,
        key="project__uid",
        **OF_PROJECT,
    ),
    Source(
        "projects.milestones",
        lambda user: standing(user).person_id is not None,
        milestones_to_reach,
        _reach,
        due=EndOfDay("due_on"),
        **OF_PROJECT,
    ),
    Source(
        "projects.to_return",
        lambda user: bool(standing(user).admin_of),
        to_return,
        _return,
        title="title",
        about="number",
    ),
    Source(
        "projects.repayments_to_check",
        _officer,
        to_check,
        _check,
        key="project__uid",
        title="project__title",
        about="project__number",
    ),
    Source("projects.milestones_claimed", _officer, milestones_to_confirm, _agree, **OF_PROJECT),
)
