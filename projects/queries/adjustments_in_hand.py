"""Changes of budgets that wait for somebody, and the projects whose budget somebody may change."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.queries.standing import Standing, standing
from projects.enums import OPEN_ADJUSTMENTS, ProjectState
from projects.models import Adjustment, LedgerLine, PreparedAdjustment, Project
from projects.queries.deciding_adjustments import KIND
from workflows.inbox import Row, Source, Waiting
from workflows.routes import open_steps

SHOWN = 10


def to_decide(who: Standing) -> QuerySet[Adjustment]:
    """The changes that `who` can decide on now: not of the own budget, not those they have decided on."""
    places = Q(role=Role.ORGANISATION_ADMIN, scope__in=[str(pk) for pk in who.admin_of])
    if who.has(Role.DECISION_MAKER):
        places |= Q(role=Role.DECISION_MAKER)
    steps = open_steps(KIND).filter(places).exclude(decisions__by__person=who.person_id, decisions__void=False)
    rows = Adjustment.objects.filter(state__in=OPEN_ADJUSTMENTS, pk__in=steps.values("route__subject_id"))
    return rows.exclude(project__investigator=who.person_id)


def led_projects(user: Any) -> list[Project]:
    """The projects under way that `user` leads and that have an itemised budget, the newest first: one query."""
    person = standing(user).person_id
    budget = LedgerLine.objects.filter(project=OuterRef("pk"))
    rows = Project.objects.filter(Exists(budget), investigator=person, state=ProjectState.ACTIVE)
    return list(rows.order_by("-pk")[:SHOWN])


def _decides(user: Any) -> bool:
    who = standing(user)
    return bool(who.admin_of) or who.has(Role.DECISION_MAKER)


def _decide(row: Row) -> Waiting:
    why = _("%(what)s · approve or reject the change of the budget") % {"what": row.about}
    return Waiting(row.title, why, reverse("adjustment", args=[row.uid]), row.due, _("budget change"))


def _prepared(user: Any) -> QuerySet[PreparedAdjustment]:
    return PreparedAdjustment.objects.filter(
        project__investigator=standing(user).person_id or 0, project__state=ProjectState.ACTIVE
    )


def _look(row: Row) -> Waiting:
    url = f"{reverse('adjust', args=[row.uid])}?prepared=1"
    why = _("%(what)s · a change of the budget was prepared for you: look at it, then send it") % {"what": row.about}
    return Waiting(row.title, why, url, None, _("budget change"))


SOURCES = (
    Source(
        "projects.prepared_adjustments",
        lambda user: standing(user).person_id is not None,
        _prepared,
        _look,
        title="project__title",
        key="project__uid",
        about="project__number",
    ),
    Source(
        "projects.adjustments",
        _decides,
        lambda user: to_decide(standing(user)),
        _decide,
        title="project__title",
        about=Concat("project__number", Value(" · "), Cast("number", CharField()), output_field=CharField()),
        due="due_at",
    ),
)
