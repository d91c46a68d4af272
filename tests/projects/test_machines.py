"""Every state × transition × role, generated from the machines: allowed exactly where the table says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from directory.models import User
from projects.machines.contract import CONTRACT, PROJECT
from projects.machines.decision import FUNDING_LIST, OBJECTION, PUBLIC_NOTICE
from projects.machines.proposal import PROPOSAL
from projects.models import Contract, FundingList, Objection, Project, PublicNotice
from tests.factories import way
from tests.factories.projects import days
from workflows.actions.perform import perform
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Refused
from workflows.machine import Machine, Transition
from workflows.models import JournalEntry, StateChange

# Bare transitions, without the actions that keep the records beside each other in step.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]

# Who the table lets perform a transition, written out by hand: what a change of the rules must answer to.
HOST, AUTHORITY = {"admin"}, {"recommender"}
MAY: dict[str, set[str]] = {
    "projects.Proposal.submit": {"applicant"},
    "projects.Proposal.take_back": {"applicant"},
    "projects.Proposal.withdraw": {"applicant"},
    "projects.Proposal.endorse": HOST,
    "projects.Proposal.return_by_organisation": HOST,
    "projects.Proposal.refuse_endorsement": HOST,
    "projects.Proposal.recommend": AUTHORITY,
    "projects.Proposal.return_by_authority": AUTHORITY,
    "projects.Proposal.refuse_recommendation": AUTHORITY,
    "projects.Proposal.find_eligible": {"officer"},
    "projects.Proposal.find_ineligible": {"officer"},
    "projects.Proposal.return_by_department": {"officer"},
    "projects.Proposal.send_to_review": {"officer"},
    "projects.FundingList.ask_approval": {"officer"},
    "projects.FundingList.return_list": {"decision_maker"},
    "projects.FundingList.approve_list": {"decision_maker"},
    "projects.FundingList.confirm": {"decision_maker"},
    "projects.FundingList.cancel_list": {"officer"},
    "projects.Objection.uphold": {"integrity"},
    "projects.Objection.dismiss": {"integrity"},
    "projects.Objection.not_accept": {"integrity"},
    "projects.Contract.start_signing": {"applicant"},
}


def allowed(machine: Machine, row: Transition) -> set[str]:
    return {"system"} if row.automatic else MAY[f"{machine.model}.{row.name}"]


def make_proposal(cast: way.Cast, state: str) -> Any:
    return way.proposal(cast, way.call(), state=state)


def make_list(cast: way.Cast, state: str) -> Any:
    return FundingList.objects.create(call=way.call(), drafted_by=cast.officer, state=state)


def make_notice(cast: way.Cast, state: str) -> Any:
    dates = {"published_at": days(-3), "closes_at": days(3)}
    return PublicNotice.objects.create(funding_list=make_list(cast, "on_notice"), title="公示", state=state, **dates)


def make_objection(cast: way.Cast, state: str) -> Any:
    return Objection.objects.create(
        notice=make_notice(cast, "published"),
        proposal=way.proposal(cast, way.call(), state="on_hold"),
        name="王小明",
        contact="13800000000",
        text="异议",
        evidence="依据",
        query_code="ABCDEFGHJKLM",
        state=state,
    )


def make_project(cast: way.Cast, state: str) -> Any:
    proposal = way.proposal(cast, way.call(), state="approved")
    return Project.objects.create(
        proposal=proposal,
        number=f"{proposal.number}-P",
        title=proposal.title,
        investigator=proposal.applicant,
        organisation=cast.host,
        grant=400_000,
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2028, 12, 31),
        state=state,
    )


def make_contract(cast: way.Cast, state: str) -> Any:
    project = make_project(cast, "contract")
    return Contract.objects.create(project=project, sign_by=days(5), signed_at=days(0), state=state)


MAKERS: tuple[tuple[Machine, Callable[[way.Cast, str], Any]], ...] = (
    (PROPOSAL, make_proposal),
    (FUNDING_LIST, make_list),
    (PUBLIC_NOTICE, make_notice),
    (OBJECTION, make_objection),
    (CONTRACT, make_contract),
    (PROJECT, make_project),
)


def outcome(record: Any, row: Transition, actor: Actor, attempt: str) -> str:
    try:
        with perform(record, row.name, by=actor, note=attempt):
            pass
    except NotAllowed:
        return "not allowed"
    except Refused as refused:
        return ",".join(refused.codes)
    return "done"


@pytest.mark.parametrize(
    ("machine", "make", "state"),
    [
        pytest.param(machine, make, state.value, id=f"{machine.model}-{state.value}")
        for machine, make in MAKERS
        for state in machine.states
    ],
)
def test_a_transition_is_taken_exactly_where_the_table_says(
    machine: Machine, make: Callable[[way.Cast, str], Any], state: str
) -> None:
    cast = way.Cast()
    roles: dict[str, User | Any] = {**cast.everybody(), "system": SYSTEM}
    record = make(cast, state)
    for row in machine.transitions:
        before = snapshot(record)
        others = {role: actor for role, actor in roles.items() if role not in allowed(machine, row)}
        got = {role: outcome(record, row, actor, "理由") for role, actor in others.items()}
        assert (row.name, got) == (row.name, dict.fromkeys(others, "not allowed"))
        record.refresh_from_db()
        assert snapshot(record) == before
        for role in allowed(machine, row):
            expected = expectation(record, row, state)
            assert (row.name, role, outcome(record, row, roles[role], "理由")) == (row.name, role, expected)
            if expected == "done":
                assert record.state == row.target
                record = _again(record, make, cast, state)
            else:
                record.refresh_from_db()
                assert snapshot(record) == before


def expectation(record: Any, row: Transition, state: str) -> str:
    """What somebody with the right gets: done, or the reasons of the state or of the conditions."""
    if state not in row.sources:
        return "wrong_state"
    return ",".join(reason.code for reason in row.refusals(record)) or "done"


def snapshot(record: Any) -> tuple[Any, ...]:
    return record.state, record.version, StateChange.objects.count(), JournalEntry.objects.count()


def _again(record: Any, make: Callable[[way.Cast, str], Any], cast: way.Cast, state: str) -> Any:
    """A fresh record in the state under test: the one before has moved on."""
    if isinstance(record, Objection):
        Objection.objects.filter(pk=record.pk).update(query_code=f"x{record.pk}")
    return make(cast, state)


@pytest.mark.parametrize(("machine", "make"), [pytest.param(m, f, id=m.model) for m, f in MAKERS])
def test_a_note_that_is_required_is_demanded(machine: Machine, make: Callable[[way.Cast, str], Any]) -> None:
    cast = way.Cast()
    roles: dict[str, Any] = {**cast.everybody(), "system": SYSTEM}
    for row in machine.transitions:
        if row.note == "required" and not row.conditions:
            actor = roles[min(allowed(machine, row))]
            assert outcome(_fresh(make, cast, row.sources[0]), row, actor, " ") == "note_required"


def _fresh(make: Callable[[way.Cast, str], Any], cast: way.Cast, state: str) -> Any:
    Objection.objects.all().delete()
    return make(cast, state)


def test_every_transition_leads_between_known_states_and_every_state_is_reached() -> None:
    for machine, _make in MAKERS:
        known = {state.value for state in machine.states}
        reached = {row.target for row in machine.transitions} | {machine.states[0].value}
        assert {value for row in machine.transitions for value in (*row.sources, row.target)} <= known
        assert reached | ({"cancelled"} if machine is CONTRACT else set()) == known
        finals = {state.value for state in machine.states if state.final}
        assert [row.name for row in machine.transitions if finals & set(row.sources)] == []
