"""Deciding on a change of a project: by each hand in turn; the last approval puts it in force in the same unit."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects.actions import change_clock as clock
from projects.actions.change import locked_project
from projects.actions.change_effects import put_in_force
from projects.actions.change_route import pass_on
from projects.models import ProjectChange
from projects.notices_of_changes import tell_in_force, tell_rejected
from projects.queries.deciding_changes import KIND, against, may_decide
from workflows.actions.perform import perform
from workflows.actions.routes import decide
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import Route, RouteDecision
from workflows.routes import open_route, open_step, subject_of


def decide_change(*, change: ProjectChange, verdict: Verdict, by: User, note: str = "") -> ProjectChange:
    """Approve or refuse at one's turn. The last approval puts the change in force, a refusal (with a reason) ends it.

    NotAllowed for who never decides this; Refused when it is not open, and to approve what cannot be any more.
    """
    with unit():
        locked_project(change.project_id)
        row = ProjectChange.objects.select_for_update(of=("self",)).select_related("project").get(pk=change.pk)
        route = open_route(row, KIND)
        step = open_step(route) if route else None
        if step is None:
            raise Refused(Reason("wrong_state", _("Nothing is to be decided here now."), _("Look at the record.")))
        if not may_decide(by, step, row):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        reasons = against(row) if verdict == Verdict.APPROVE else []
        if reasons:
            raise Refused(*reasons)
        decide(step=step, verdict=verdict, by=by, note=note)
        pass_on(row)
    change.refresh_from_db()
    return change


def applied(route: Route) -> None:
    """All have approved. The hook of an approved route."""
    change: ProjectChange = subject_of(route)
    with perform(change, "apply", by=SYSTEM) as row:
        row.decided_at = timezone.now()
    clock.stop(change)
    put_in_force(change)
    tell_in_force(change, "apply")


def rejected(route: Route) -> None:
    """Somebody refused. The hook of a refused or returned route."""
    change: ProjectChange = subject_of(route)
    said = RouteDecision.objects.filter(step__route=route).exclude(verdict=Verdict.APPROVE).latest("at")
    with perform(change, "reject", by=SYSTEM, note=said.note) as row:
        row.decided_at = timezone.now()
    clock.stop(change)
    tell_rejected(change, note=said.note)
