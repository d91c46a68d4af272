"""Acceptances that wait for somebody: the sources of the inbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.queries.standing import standing
from projects.definitions.acceptance import acceptance_rules
from projects.enums import AcceptanceState, AppealState, Organiser, ProjectState
from projects.models import Acceptance, AcceptanceAppeal
from projects.queries.in_charge import cared_for
from workflows.inbox import Row, Source, Waiting

S = AcceptanceState


def to_file(user: Any) -> QuerySet[Acceptance]:
    """What an investigator files soon, and what was returned or is to be rectified."""
    ahead = timezone.now() + dt.timedelta(days=acceptance_rules().open_days_before_end)
    mine = Q(state=S.DRAFT, due_at__lte=ahead) | Q(state__in=(S.RETURNED, S.RECTIFYING))
    rows = Acceptance.objects.filter(mine, project__state=ProjectState.ACTIVE)
    return rows.filter(project__investigator_id=standing(user).person_id or 0)


def to_confirm(user: Any) -> QuerySet[Acceptance]:
    """Filed ones of the organisations of an administrator, and those to hear experts for; the own projects left out."""
    who = standing(user)
    turn = Q(state=S.FILED) | Q(state=S.CHECKED, organiser=Organiser.ORGANISATION)
    rows = Acceptance.objects.filter(turn, project__organisation_id__in=who.admin_of)
    return rows.exclude(project__investigator_id=who.person_id)


def to_hear(user: Any) -> QuerySet[Acceptance]:
    """Checked ones that an authority organises."""
    who = standing(user)
    rows = Acceptance.objects.filter(state=S.CHECKED, organiser=Organiser.AUTHORITY)
    return rows.filter(project__organisation__authority_id__in=who.recommends_for)


def to_check(user: Any) -> QuerySet[Acceptance]:
    """Confirmed ones, those that the department organises, and those whose experts were heard, for the officer."""
    turn = Q(state__in=(S.CONFIRMED, S.OPINED)) | Q(state=S.CHECKED, organiser=Organiser.DEPARTMENT)
    return Acceptance.objects.filter(turn & cared_for(user))


def to_answer(user: Any) -> QuerySet[AcceptanceAppeal]:
    """Appeals in whose outcome the user had no hand."""
    rows = AcceptanceAppeal.objects.filter(state=AppealState.MADE)
    return rows.exclude(acceptance__proposed_by=user.pk).exclude(acceptance__decided_by=user.pk)


def to_approve(user: Any) -> QuerySet[Acceptance]:
    """Proposed outcomes that others than the user proposed."""
    return Acceptance.objects.filter(state=S.PROPOSED).exclude(proposed_by=user.pk)


def _file(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · write and file the acceptance"))


def _confirm(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · confirm the acceptance, or hear its experts"))


def _hear(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · hear the experts and enter their opinion"))


def _check(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · check the papers, have experts hear it, or propose the outcome"))


def _answer(row: Row) -> Waiting:
    why = _("%(what)s · an appeal against the outcome of an acceptance waits for its answer")
    url = reverse("appeal", args=[row.uid])
    return Waiting(row.title, why % {"what": row.about}, url, row.due, _("appeal"), "warn")


def _approve(row: Row) -> Waiting:
    return _waiting(row, _("%(what)s · an outcome of an acceptance is proposed"))


def _waiting(row: Row, why: str) -> Waiting:
    url = reverse("acceptance", args=[row.uid])
    return Waiting(row.title, why % {"what": row.about}, url, row.due, _("acceptance"))


OF_PROJECT: dict[str, Any] = {"title": "project__title", "about": "project__number"}
SOURCES = (
    Source(
        "projects.acceptances_to_file",
        lambda user: standing(user).person_id is not None,
        to_file,
        _file,
        due="due_at",
        **OF_PROJECT,
    ),
    Source(
        "projects.acceptances_to_confirm",
        lambda user: bool(standing(user).admin_of),
        to_confirm,
        _confirm,
        **OF_PROJECT,
    ),
    Source(
        "projects.acceptances_to_hear",
        lambda user: bool(standing(user).recommends_for),
        to_hear,
        _hear,
        **OF_PROJECT,
    ),
    Source(
        "projects.acceptances_to_check",
        lambda user: standing(user).has(Role.PROGRAMME_OFFICER),
        to_check,
        _check,
        **OF_PROJECT,
    ),
    Source(
        "projects.acceptances_to_approve",
        lambda user: standing(user).has(Role.DECISION_MAKER),
        to_approve,
        _approve,
        **OF_PROJECT,
    ),
    Source(
        "projects.appeals_to_answer",
        lambda user: standing(user).has(Role.INTEGRITY_OFFICER),
        to_answer,
        _answer,
        title="acceptance__project__title",
        about="acceptance__project__number",
        due="due_at",
    ),
)
