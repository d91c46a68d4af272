"""The contract (任务书): completed by the investigator, signed in order, or lapsed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from projects import notices, notices_of_contracts
from projects import rules as who
from projects.actions import contract_clock as clock
from projects.actions.contract_version import keep_version
from projects.actions.running import begin_running
from projects.actions.signing import turn_of
from projects.enums import ContractState, ContractText
from projects.models import Contract
from projects.queries.signatures import KIND, delay_counts, open_route, signers
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.routes import StepPlan, cancel_route, decide, start_route
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.digest import digest
from workflows.enums import Verdict
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import Route, RouteDecision, RouteStep
from workflows.routes import subject_of


def edit_contract(
    *,
    contract: Contract,
    goals: str,
    milestones: list[dict[str, Any]],
    equipment: list[dict[str, Any]] | None = None,
    by: User,
    expected_version: int | None = None,
) -> Contract:
    """Complete goals and milestones; money, team and term are as approved. Refused once signing has begun.

    equipment -- the list of equipment where the text has one (prices in yuan as text), None leaves it.
    """
    if not who.is_investigator(contract, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if row.state != ContractState.DRAFT:
            raise Refused(Reason("wrong_state", _("Signing has begun: the text is fixed."), _("Ask for it back.")))
        row.content = {**row.content, "goals": goals.strip(), "milestones": milestones}
        if equipment is not None and "equipment" in row.content:
            row.content["equipment"] = equipment
        row.version += 1
        row.save()
        journal.append(
            action="projects.contract.edit",
            subject=row,
            by=by,
            data={"sha256": digest(row.content), "version": row.version},
        )
    contract.refresh_from_db()
    return contract


def start_signing(*, contract: Contract, by: User, note: str = "") -> Contract:
    """Fix the text by its digest and begin to collect signatures in order."""
    with unit():
        with perform(contract, "start_signing", by=by, note=note) as row:
            row.sha256 = digest(row.content)
            keep_version(contract=row, kind=ContractText.FOR_SIGNATURE, content=row.content)
        steps = [StepPlan(role=one.role, label=str(one.label), scope=one.scope) for one in signers(contract)]
        start_route(subject=contract, kind=KIND, steps=steps, by=by)
        clock.start_turn(contract)
    return contract


def sign_contract(*, contract: Contract, by: User, sha256: str) -> Contract:
    """Sign the text whose digest is `sha256` at one's turn. The last signature begins the project.

    NotAllowed for who never signs this; Refused when it is not their turn or the text is another one.
    """
    with unit():
        row, step = _turn(contract, by)
        if row.sha256 != sha256:
            raise Refused(Reason("other_text", _("The text has changed since you opened it."), _("Read it again.")))
        journal.append(
            action="projects.contract.sign",
            subject=row,
            by=by,
            data={"sha256": sha256, "step": step.order, "role": step.role},
        )
        decide(step=step, verdict=Verdict.APPROVE, by=by)
        clock.start_turn(row)
    contract.refresh_from_db()
    return contract


def return_contract(*, contract: Contract, by: User, note: str) -> Contract:
    """At one's turn, send the text back to the investigator with a reason: all signatures so far are void."""
    if not note.strip():
        raise Refused(Reason("note_required", _("A reason is required."), _("Write what is to be corrected.")))
    with unit():
        row, step = _turn(contract, by)
        journal.append(action="projects.contract.return", subject=row, by=by, data={"step": step.order})
        decide(step=step, verdict=Verdict.RETURN, by=by, note=note)
        clock.stop(row)
    contract.refresh_from_db()
    return contract


def lapse_due(*, at: dt.datetime) -> list[Contract]:
    """Lapse the contracts not signed in time, with their projects. A second run finds nothing more to do.

    What waits for a signature whose delay the rules do not lay on the project stays open.
    """
    late = Contract.objects.filter(state__in=[ContractState.DRAFT, ContractState.SIGNING], sign_by__lte=at)
    rows = late.select_related("project__proposal").order_by("pk")
    return [lapse(contract=contract) for contract in rows if delay_counts(contract)]


def lapse(*, contract: Contract) -> Contract:
    """Not signed in time counts as given up (domain 2.4)."""
    with unit():
        with perform(contract, "lapse", by=SYSTEM):
            pass
        route = open_route(contract)
        if route is not None:
            cancel_route(route=route, by=SYSTEM)
        clock.stop(contract)
        with perform(contract.project, "lapse_project", by=SYSTEM):
            pass
        notices_of_contracts.tell_lapsed(contract)
    return contract


def _turn(contract: Contract, by: User) -> tuple[Contract, RouteStep]:
    """The locked contract and the step that it is `by`'s turn to take."""
    row = Contract.objects.select_for_update(of=("self",)).select_related("project").get(pk=contract.pk)
    return row, turn_of(row, by)


def finish_signing(route: Route) -> None:
    """All have signed: the contract is signed and its project begins. The hook of an approved route."""
    contract: Contract = subject_of(route)
    with perform(contract, "finish_signing", by=SYSTEM) as row:
        row.signed_at = timezone.now()
    with perform(contract.project, "begin", by=SYSTEM):
        pass
    begin_running(project=contract.project)
    notices.tell_investigator(contract, "signed")


def take_back_text(route: Route) -> None:
    """Somebody returned it: the text is open again. The hook of a returned route."""
    contract: Contract = subject_of(route)
    said = RouteDecision.objects.filter(step__route=route).exclude(verdict=Verdict.APPROVE).latest("at")
    with perform(contract, "return_contract", by=SYSTEM, note=said.note) as row:
        row.sha256 = ""
    notices.tell_investigator(contract, "return", note=said.note)
