"""Deciding on a change of a budget: by the organisation, then by the department where the rules ask for it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.models import User
from projects.actions import adjustment_clock as clock
from projects.actions.adjustment import changes_of
from projects.actions.ledger import apply_changes, locked_ledger
from projects.actions.payment_plan import keep_in_step
from projects.models import Adjustment
from projects.notices_of_adjustments import tell_decided
from projects.queries.deciding_adjustments import KIND, against, may_decide
from workflows.actions.perform import perform
from workflows.actions.routes import cancel_route, decide
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import Route, RouteDecision
from workflows.routes import open_route, open_step, subject_of


def decide_adjustment(*, adjustment: Adjustment, verdict: Verdict, by: User, note: str = "") -> Adjustment:
    """Approve or refuse at one's turn. The last approval applies the change, a refusal (with a reason) ends it.

    NotAllowed for who never decides this; Refused when it is not open, and to approve what the budget, as it
    stands now, does not allow any more.
    """
    with unit():
        row = Adjustment.objects.select_for_update(of=("self",)).select_related("project").get(pk=adjustment.pk)
        route = open_route(row, KIND)
        step = open_step(route) if route else None
        if step is None:
            raise Refused(Reason("wrong_state", _("Nothing is to be decided here now."), _("Look at the record.")))
        if not may_decide(by, step, row):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        if verdict == Verdict.APPROVE:
            _still_allowed(row)
        decide(step=step, verdict=verdict, by=by, note=note)
        _pass_on(row)
    adjustment.refresh_from_db()
    return adjustment


def consent_by_silence(*, adjustment: Adjustment) -> bool:
    """Apply what the organisation left undecided, where a rule row says that silence is consent; whether it could.

    What the budget does not allow any more stays for people to decide.
    """
    with unit():
        Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
        lines = locked_ledger(project_id=adjustment.project_id)
        route = open_route(adjustment, KIND)
        if route is None or against(adjustment, lines):
            return False
        cancel_route(route=route, by=SYSTEM)
        _apply(adjustment, silent=True)
    return True


def applied(route: Route) -> None:
    """All have approved. The hook of an approved route."""
    _apply(subject_of(route), silent=False)


def rejected(route: Route) -> None:
    """Somebody refused. The hook of a refused or returned route."""
    adjustment: Adjustment = subject_of(route)
    said = RouteDecision.objects.filter(step__route=route).exclude(verdict=Verdict.APPROVE).latest("at")
    with perform(adjustment, "reject", by=SYSTEM, note=said.note) as row:
        row.decided_at = timezone.now()
    clock.stop(adjustment)
    tell_decided(adjustment, "reject", note=said.note)


def _apply(adjustment: Adjustment, *, silent: bool) -> None:
    data = {"changes": changes_of(adjustment), "silent": silent}
    with perform(adjustment, "apply", by=SYSTEM, data=data) as row:
        row.decided_at = timezone.now()
        apply_changes(adjustment=row)
        keep_in_step(project=row.project)
    clock.stop(adjustment)
    tell_decided(adjustment, "apply")


def _still_allowed(adjustment: Adjustment) -> None:
    reasons = against(adjustment, locked_ledger(project_id=adjustment.project_id))
    if reasons:
        raise Refused(*reasons)


def _pass_on(adjustment: Adjustment) -> None:
    """The organisation has approved and the department's step is next: the clock starts anew."""
    route = open_route(adjustment, KIND)
    step = open_step(route) if route else None
    if step is None or step.role != Role.DECISION_MAKER:
        return
    with perform(adjustment, "pass_on", by=SYSTEM):
        pass
    clock.start(adjustment)
