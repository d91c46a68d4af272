"""The machines of this room: every state × transition × role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import F

from projects.machines.acceptance import ACCEPTANCE, ACCEPTANCE_APPEAL
from projects.machines.adjustment import ADJUSTMENT
from projects.machines.call import CALL_EXTENSION
from projects.machines.contract import CONTRACT, PROJECT
from projects.machines.decision import FUNDING_LIST, OBJECTION, PUBLIC_NOTICE
from projects.machines.payment import INSTALMENT, MILESTONE, REPAYMENT
from projects.machines.proposal import PROPOSAL
from projects.machines.report import REPORT
from projects.models import (
    Acceptance,
    AcceptanceAppeal,
    Adjustment,
    CallExtension,
    Contract,
    FundingList,
    Instalment,
    Milestone,
    Objection,
    Project,
    PublicNotice,
    Repayment,
    Report,
)
from tests import machines
from tests.factories import way
from tests.factories.projects import days
from tests.machines import World

# Bare transitions, without the actions that keep the records beside each other in step.
pytestmark = [pytest.mark.django_db, pytest.mark.tampers]

HOST, AUTHORITY = {"admin"}, {"recommender"}


def make_proposal(cast: way.Cast, state: str) -> Any:
    return way.proposal(cast, way.call(), state=state)


def make_extension(cast: way.Cast, state: str) -> Any:
    call = way.call(filing_deadline=days(9), recommendation_deadline=None)
    return CallExtension.objects.create(
        call=call,
        filing_before=call.filing_deadline or days(9),
        filing_deadline=days(19),
        reason="系统检修",
        proposed_by=cast.officer,
        state=state,
    )


def make_list(cast: way.Cast, state: str) -> Any:
    return FundingList.objects.create(call=way.call(), drafted_by=cast.officer, state=state)


def make_notice(cast: way.Cast, state: str) -> Any:
    dates = {"published_at": days(-3), "closes_at": days(3)}
    return PublicNotice.objects.create(funding_list=make_list(cast, "on_notice"), title="公示", state=state, **dates)


def make_objection(cast: way.Cast, state: str) -> Any:
    Objection.objects.update(query_code=F("pk"))  # the code below is this one's
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


def make_adjustment(cast: way.Cast, state: str) -> Any:
    return Adjustment.objects.create(
        project=make_project(cast, "active"),
        number=1,
        asked_by=cast.applicant,
        reason="补充测试",
        route="recorded" if state == "recorded" else "department",
        because="合计不变",
        rules_from=dt.date(2021, 8, 13),
        moved=10_000,
        decided_at=days(0),
        state=state,
    )


def make_milestone(cast: way.Cast, state: str) -> Any:
    project = make_project(cast, "active")
    return Milestone.objects.create(project=project, number=1, due_on=project.ends_on, text="完成中试", state=state)


def make_instalment(cast: way.Cast, state: str) -> Any:
    project = make_project(cast, "active")
    return Instalment.objects.create(
        project=project,
        number=1,
        amount=100_000,
        condition="signature",
        due_on=project.starts_on,
        paid_on=project.starts_on,
        arrived_on=project.starts_on,
        state=state,
    )


def make_repayment(cast: way.Cast, state: str) -> Any:
    project = make_project(cast, "terminated")
    facts = {"amount": 100, "paid_on": project.starts_on, "voucher": "1", "by": cast.admin}
    return Repayment.objects.create(project=project, state=state, **facts)


def make_acceptance(cast: way.Cast, state: str) -> Any:
    project = make_project(cast, "active")
    Contract.objects.create(project=project, state="signed", signed_at=days(0))
    return Acceptance.objects.create(
        project=project,
        due_at=days(30),
        state=state,
        summary="完成全部任务。",
        organiser="organisation",
        suggested="concluded",
        experts="\n".join("甲乙丙丁戊"),
        outcome="concluded",
        reason="经复核",
        decided_by=cast.decision_maker,
        decided_at=days(0),
    )


def make_appeal(cast: way.Cast, state: str) -> Any:
    acceptance = make_acceptance(cast, "decided")
    return AcceptanceAppeal.objects.create(
        acceptance=acceptance,
        outcome="failed",
        reason="证据未采信",
        made_by=cast.applicant,
        due_at=days(9),
        state=state,
    )


def make_report(cast: way.Cast, state: str) -> Any:
    project = make_project(cast, "active")
    texts = {"progress": "完成小试", "next_steps": "开展中试"}
    return Report.objects.create(project=project, kind="annual", year=2027, due_at=days(30), state=state, **texts)


WORLDS = (
    World(
        PROPOSAL,
        make_proposal,
        {
            "submit": {"applicant"},
            "take_back": {"applicant"},
            "withdraw": {"applicant"},
            "endorse": HOST,
            "return_by_organisation": HOST,
            "refuse_endorsement": HOST,
            "recommend": AUTHORITY,
            "return_by_authority": AUTHORITY,
            "refuse_recommendation": AUTHORITY,
            "find_eligible": {"officer"},
            "find_ineligible": {"officer"},
            "return_by_department": {"officer"},
            "send_to_review": {"officer"},
        },
    ),
    World(
        CALL_EXTENSION,
        make_extension,
        {
            "approve_extension": {"decision_maker"},
            "refuse_extension": {"decision_maker"},
            "withdraw_extension": {"officer"},
        },
    ),
    World(
        FUNDING_LIST,
        make_list,
        {
            "ask_approval": {"officer"},
            "return_list": {"decision_maker"},
            "approve_list": {"decision_maker"},
            "confirm": {"decision_maker"},
            "cancel_list": {"officer"},
        },
    ),
    World(
        PUBLIC_NOTICE,
        make_notice,
        {},
    ),
    World(
        OBJECTION,
        make_objection,
        {
            "uphold": {"integrity"},
            "dismiss": {"integrity"},
            "not_accept": {"integrity"},
        },
    ),
    World(
        CONTRACT,
        make_contract,
        {
            "start_signing": {"applicant"},
        },
        unmade=frozenset({"cancelled"}),
    ),
    World(
        PROJECT,
        make_project,
        {},
    ),
    World(
        ADJUSTMENT,
        make_adjustment,
        {"record": {"applicant"}, "send": {"applicant"}, "withdraw": {"applicant"}},
    ),
    World(MILESTONE, make_milestone, {"claim": {"applicant"}, "reach": {"officer"}, "send_back": {"officer"}}),
    World(REPAYMENT, make_repayment, {"confirm": {"officer"}, "reject": {"officer"}}),
    World(INSTALMENT, make_instalment, {"pay": {"officer"}, "take_back": {"officer"}, "arrive": HOST}),
    World(
        ACCEPTANCE,
        make_acceptance,
        {
            "file": {"applicant"},
            "confirm": HOST,
            "return_by_organisation": HOST,
            "check": {"officer"},
            "return_by_department": {"officer"},
            "opine": HOST,
            "send_to_experts": set(),
            "propose": {"officer"},
            "send_back": {"decision_maker"},
            "approve": {"decision_maker"},
            "ask_rectification": set(),  # an end is proposed here
        },
    ),
    World(ACCEPTANCE_APPEAL, make_appeal, {"uphold": {"integrity"}, "grant": {"integrity"}}),
    World(
        REPORT,
        make_report,
        {
            "submit": {"applicant"},
            "endorse": HOST,
            "return_by_organisation": HOST,
            "accept": {"officer"},
            "return_by_department": {"officer"},
        },
    ),
)


@pytest.mark.parametrize(("world", "state"), machines.each_state(WORLDS))
def test_a_transition_is_taken_exactly_where_the_table_says(world: World, state: str) -> None:
    machines.check_state(world, way.Cast(), state)


@pytest.mark.parametrize("world", machines.each(WORLDS))
def test_a_note_that_is_required_is_demanded(world: World) -> None:
    machines.check_notes(world, way.Cast())


@pytest.mark.parametrize("world", machines.each(WORLDS))
def test_every_transition_leads_between_known_states_and_every_state_is_reached(world: World) -> None:
    machines.check_table(world)
