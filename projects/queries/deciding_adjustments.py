"""Who decides on a change of a budget, whose turn it is, and what stands against it by now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from directory.queries.standing import standing
from projects.enums import AdjustmentRoute, AdjustmentState
from projects.models import Adjustment, LedgerLine
from projects.queries.ledger import decision_on, ledger
from projects.queries.payments import below_paid
from workflows.errors import Reason
from workflows.models import Route, RouteStep
from workflows.routes import open_route, open_step

KIND = "adjustment"
WAITS_FOR = {
    AdjustmentRoute.ORGANISATION: AdjustmentState.WITH_ORGANISATION,
    AdjustmentRoute.DEPARTMENT: AdjustmentState.WITH_DEPARTMENT,
}


def may_decide(user: Any, step: RouteStep, adjustment: Adjustment) -> bool:
    """Whether `user` is who the step asks for; an investigator never decides on the own budget."""
    who = standing(user)
    if who.person_id is None or who.person_id == adjustment.project.investigator_id:
        return False
    if step.role == Role.ORGANISATION_ADMIN:
        return step.scope in {str(pk) for pk in who.admin_of}
    return who.has(Role.DECISION_MAKER)


def step_for(adjustment: Adjustment, user: Any) -> RouteStep | None:
    """The step at which `user` can decide now; None for who cannot, or has already."""
    route = open_route(adjustment, KIND)
    step = open_step(route) if route else None
    if step is None or not may_decide(user, step, adjustment):
        return None
    return None if step.decisions.filter(by=user, void=False).exists() else step


def deciders(adjustment: Adjustment) -> list[User]:
    """The accounts that can decide now."""
    organisation = adjustment.project.organisation_id
    if adjustment.state == AdjustmentState.WITH_DEPARTMENT:
        found = holders(Role.DECISION_MAKER)
    else:
        found = holders(Role.ORGANISATION_ADMIN, organisation)
    return list(found.exclude(person=adjustment.project.investigator_id))


def routes_of(adjustment: Adjustment) -> list[Route]:
    """The approvals with steps and what was said: three queries."""
    rows = Route.objects.filter(kind=KIND, subject_type=adjustment._meta.label_lower, subject_id=adjustment.pk)
    return list(rows.prefetch_related("steps__decisions__by__person").order_by("-pk"))


def against(adjustment: Adjustment, lines: Sequence[LedgerLine] | None = None) -> list[Reason]:
    """Why the change cannot be applied to the ledger as it stands now, though it could when it was asked for.

    lines -- the ledger where the caller holds it under its locks.
    """
    changes = dict(adjustment.lines.values_list("line_id", "change"))
    held = list(ledger(adjustment.project)) if lines is None else lines
    asked_on = timezone.localdate(adjustment.asked_at)
    decision = decision_on(adjustment.project, held, changes, on=asked_on)
    if decision.route != AdjustmentRoute.REFUSED:
        return below_paid(adjustment.project, held, changes)
    mend = _("Reject it with this reason; the investigator can ask for another change.")
    return [Reason(decision.rules[0], decision.because, mend)]
