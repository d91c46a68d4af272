"""Starting approval routes and deciding at their steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.enums import RouteState, Verdict
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import Route, RouteDecision, RouteStep
from workflows.routes import KINDS, open_route, open_step, subject_of


@dataclass(frozen=True)
class StepPlan:
    """One step to be: who has a voice (role and scope, read by the kind), how many approvals pass it, until when."""

    role: str
    label: str
    scope: str = ""
    quorum: int = 1
    due_at: dt.datetime | None = None


def start_route(*, subject: models.Model, kind: str, steps: Sequence[StepPlan], by: Actor) -> Route:
    """Begin a run of approvals over `subject`. Raises Refused while one is under way, ValueError without steps."""
    KINDS[kind]
    if not steps:
        raise ValueError("a route has at least one step")
    with unit():
        type(subject)._base_manager.select_for_update().get(pk=subject.pk)
        if open_route(subject, kind):
            raise Refused(Reason("route_open", _("An approval is under way already."), _("Wait for its end.")))
        route = Route.objects.create(
            kind=kind, subject_type=subject._meta.label_lower, subject_id=subject.pk, started_by_id=by.pk
        )
        RouteStep.objects.bulk_create(
            RouteStep(route=route, order=order, **vars(plan)) for order, plan in enumerate(steps, start=1)
        )
        _note("start", route, by, {"steps": len(steps)})
    return route


def decide(*, step: RouteStep, verdict: Verdict, by: Actor, note: str = "") -> Route:
    """Give one voice at the step under way. Raises NotAllowed, Refused (all reasons at once).

    Enough approvals pass the step, the last step approves the route. One refusal ends it; one return ends it
    too and voids every approval of the run, so that the corrected subject goes through all hands again.
    """
    with unit():
        route = Route.objects.select_for_update().get(pk=step.route_id)
        step = RouteStep.objects.get(pk=step.pk)
        _admit(route, step, verdict, by, note)
        RouteDecision.objects.create(step=step, by_id=by.pk, verdict=verdict, note=note)
        _note(f"decide.{verdict}", route, by, {"step": step.order, "note": digest(note) if note else ""})
        _follow(route, step, verdict)
    return route


def cancel_route(*, route: Route, by: Actor) -> None:
    """End an open route without a decision, because its subject went away. No hook runs."""
    with unit():
        row = Route.objects.select_for_update().get(pk=route.pk)
        if row.state == RouteState.OPEN:
            _close(row, RouteState.CANCELLED)
            _note("cancel", row, by, {})


def _admit(route: Route, step: RouteStep, verdict: Verdict, by: Actor, note: str) -> None:
    if not KINDS[route.kind].may(by, step, subject_of(route)):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    reasons = []
    if open_step(route) != step:
        reasons.append(Reason("wrong_step", _("This step is not under way."), _("Look at the present record.")))
    if step.decisions.filter(by_id=by.pk, void=False).exists():
        reasons.append(Reason("one_voice", _("You have decided at this step already.")))
    if verdict != Verdict.APPROVE and not note.strip():
        reasons.append(
            Reason("note_required", _("A reason is required."), _("Write what has to be said and send again."))
        )
    if reasons:
        raise Refused(*reasons)


def _follow(route: Route, step: RouteStep, verdict: Verdict) -> None:
    kind = KINDS[route.kind]
    if verdict == Verdict.REFUSE:
        _close(route, RouteState.REFUSED)
        kind.on_refused(route)
    elif verdict == Verdict.RETURN:
        RouteDecision.objects.filter(step__route=route, verdict=Verdict.APPROVE).update(void=True)
        _close(route, RouteState.RETURNED)
        kind.on_returned(route)
    elif step.decisions.filter(verdict=Verdict.APPROVE, void=False).count() >= step.quorum:
        step.passed_at = timezone.now()
        step.save()
        if open_step(route) is None:
            _close(route, RouteState.APPROVED)
            kind.on_approved(route)


def _close(route: Route, state: RouteState) -> None:
    route.state, route.closed_at = state, timezone.now()
    route.save()


def _note(what: str, route: Route, by: Actor, data: dict[str, object]) -> None:
    facts = {"kind": route.kind, "subject": f"{route.subject_type}:{route.subject_id}", "state": route.state, **data}
    journal.append(action=f"workflows.route.{what}", subject=route, by=by, data=facts)
