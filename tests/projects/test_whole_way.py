"""One call from the first draft to a running project, by actions only, and every ending on the way.

Experts, rounds, outbox and clocks are the real ones; at the end of each story every invariant holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from directory.models import User
from experts.actions.assignment import accept
from experts.actions.draw import propose
from experts.actions.feedback import release_opinions
from experts.actions.round import close_round, open_round, rank_round, send_invitations
from experts.actions.sheet import Answers, submit_score_sheet
from experts.models import Assignment, ExpertProfile, ReviewRound
from experts.scheme import CHECKS, read
from projects.actions.contract import edit_contract, lapse_due, sign_contract, start_signing
from projects.actions.draft import start_proposal
from projects.actions.eligibility import (
    check_call,
    decide_finding,
    find_eligible,
    find_ineligible,
    return_by_department,
)
from projects.actions.endorsement import endorse_proposal, refuse_endorsement, return_by_organisation
from projects.actions.expiry import expire_late
from projects.actions.feedback import send_opinions
from projects.actions.funding import approve_list, ask_approval, confirm_list, make_funding_list
from projects.actions.notice import close_due_notices
from projects.actions.objection import Objector, file_objection, uphold
from projects.actions.recommendation import recommend_proposals, refuse_recommendation
from projects.actions.review import send_call_to_review
from projects.actions.submission import submit_proposal, withdraw_proposal
from projects.models import Call, Contract, FundingList, Letter, Proposal, PublicNotice
from tests.factories import directory, way
from tests.factories.cms import site
from tests.factories.experts import expert_user
from tests.projects.writing import fill
from workflows.errors import Refused
from workflows.invariants import violations
from workflows.models import Message, OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
OPINION = "选题符合指南方向，技术路线清楚，前期基础较好，考核指标可以核对，经费测算依据较为充分，建议支持。"


@pytest.fixture(autouse=True)
def _site() -> None:
    site()


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def call() -> Call:
    return way.with_plan(way.call(), places=1, experts_per_proposal=3)


def fresh(user: User | None) -> User:
    """The account as the next request reads it."""
    assert user is not None
    return User.objects.select_related("person").get(pk=user.pk)


def relay() -> None:
    """Deliver all that waits in the outbox."""
    while run_once():
        pass


def invariants_hold() -> None:
    """Nothing is left in the outbox, be it queued under a later clock; all invariants and the chain are whole."""
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        relay()
    assert set(OutboxMessage.objects.values_list("state", flat=True)) <= {"done"}
    assert list(violations()) == []
    call_command("verify_journal")


def submitted(cast: way.Cast, call: Call, by: User | None = None) -> Proposal:
    """Started, filled and submitted by its applicant."""
    by = by or directory.applicant(cast.host)
    proposal = start_proposal(call=call, by=by, organisation=cast.host, direction=call.directions.first())
    fill(proposal, by)
    submit_proposal(proposal=proposal, by=by, key=f"key-{proposal.pk}")
    return proposal


def endorsed(cast: way.Cast, call: Call, by: User | None = None) -> Proposal:
    return endorse_proposal(proposal=submitted(cast, call, by), by=cast.admin)


def recommended(cast: way.Cast, call: Call, *applicants: User) -> list[Proposal]:
    """One letter for the proposals of all these applicants."""
    rows = [endorsed(cast, call, one) for one in applicants or (None,)]
    number = f"包科函〔2027〕{call.proposals.count()}号"
    recommend_proposals(call=call, authority=cast.authority, proposals=rows, number=number, by=cast.recommender)
    return [Proposal.objects.get(pk=row.pk) for row in rows]


def checked(cast: way.Cast, call: Call) -> None:
    """The machine's check, the officer's decision on each finding, and all found eligible."""
    check_call(call=call, by=cast.officer)
    for row in call.proposals.filter(state="recommended"):
        for finding in row.findings.exclude(level="passed"):
            decide_finding(finding=finding, verdict="overruled", by=cast.officer, reason="已核对原件")
        find_eligible(proposal=row, by=cast.officer)


def score(assignment: Assignment, points: int) -> None:
    user = fresh(assignment.expert.person.user)
    accept(assignment=assignment, by=user, statement=True)
    scheme = read(assignment.round.scheme)
    answers = Answers(
        scores={one.id: f"{points}" for one in scheme.criteria},
        vetoes={one.id: True for one in scheme.vetoes},
        recommendation="B",
        opinion=OPINION * 3,
    )
    submit_score_sheet(assignment=assignment, by=fresh(user), answers=answers, meant=CHECKS)


def reviewed(cast: way.Cast, call: Call, points: Sequence[int]) -> None:
    """A whole expert round; the proposals in order of filing get `points` on every criterion of every sheet."""
    for _seat in range(3):
        expert_user()
    sent = send_call_to_review(call=call, by=cast.officer)
    found = ReviewRound.objects.get(reference=f"projects.call:{call.pk}")
    open_round(review_round=found, by=cast.officer)
    propose(review_round=found, by=cast.officer)
    send_invitations(review_round=found, by=cast.officer)
    given = {f"{row.pk}": one for row, one in zip(sent, points, strict=True)}
    for seat in found.assignments.select_related("expert__person__user", "dossier", "round").order_by("pk"):
        score(seat, given[seat.dossier.subject_id])
    found.refresh_from_db()
    rank_round(review_round=found, by=cast.officer)
    close_round(review_round=found, by=cast.officer)
    relay()


def on_notice(cast: way.Cast, call: Call) -> FundingList:
    made = make_funding_list(call=call, by=cast.officer)
    ask_approval(funding_list=made, by=cast.officer)
    return approve_list(funding_list=made, by=cast.decision_maker, note="同意")


def confirmed(cast: way.Cast, funding_list: FundingList) -> None:
    """The notice runs out by the clock, then the decision maker confirms."""
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        close_due_notices(at=timezone.now())
        confirm_list(funding_list=funding_list, by=cast.decision_maker)


def to_notice(cast: way.Cast, call: Call, *points: int) -> FundingList:
    applicants = [cast.applicant, *(directory.applicant(cast.host) for _other in points[1:])]
    recommended(cast, call, *applicants)
    checked(cast, call)
    reviewed(cast, call, points)
    return on_notice(cast, call)


def ready_to_sign(contract: Contract, by: User) -> None:
    """Goals and a milestone for each year, and the text confirmed."""
    years = [{"year": year, "text": "完成当年观测与试验"} for year in (2027, 2028, 2029)]
    edit_contract(contract=contract, goals="形成可推广的修复技术一套。", milestones=years, by=by)
    start_signing(contract=contract, by=by)


def states(call: Call) -> list[str]:
    return list(call.proposals.order_by("pk").values_list("state", flat=True))


def test_a_call_goes_from_drafts_to_a_running_project(cast: way.Cast, call: Call) -> None:
    funding_list = to_notice(cast, call, 90, 70)
    assert [f"{one.score}" for one in call.proposals.order_by("pk")] == ["90.00", "70.00"]
    assert [(one.rank, one.funded) for one in funding_list.items.order_by("rank")] == [(1, True), (2, False)]
    confirmed(cast, funding_list)
    assert states(call) == ["approved", "declined"]
    contract = Contract.objects.select_related("project").get()
    ready_to_sign(contract, cast.applicant)
    for user in (cast.applicant, cast.admin, cast.recommender, cast.decision_maker):
        sign_contract(contract=contract, by=fresh(user), sha256=contract.sha256)
    contract.project.refresh_from_db()
    assert (contract.state, contract.project.state) == ("signed", "active")
    invariants_hold()


def test_endings_before_the_department(cast: way.Cast, call: Call) -> None:
    refuse_endorsement(proposal=submitted(cast, call), by=cast.admin, note="不符合单位布局")
    refuse_recommendation(proposal=endorsed(cast, call), by=cast.recommender, note="不符合本地布局")
    leaver = directory.applicant(cast.host)
    withdraw_proposal(proposal=submitted(cast, call, leaver), by=leaver, note="负责人调离")
    return_by_organisation(proposal=submitted(cast, call), by=cast.admin, note="补充附件")
    assert states(call) == ["not_endorsed", "not_recommended", "withdrawn", "returned"]
    invariants_hold()


def test_what_is_returned_comes_back_and_what_is_ineligible_ends(cast: way.Cast, call: Call) -> None:
    author = directory.applicant(cast.host)
    back, no = recommended(cast, call, author, directory.applicant(cast.host))
    check_call(call=call, by=cast.officer)
    until = timezone.now() + dt.timedelta(days=5)
    return_by_department(proposal=back, by=cast.officer, note="请补充合作协议", until=until)
    find_ineligible(proposal=no, by=cast.officer, note="协议未盖章")
    assert states(call) == ["returned", "ineligible"]
    submit_proposal(proposal=back, by=author, key="again")
    endorse_proposal(proposal=back, by=cast.admin)
    recommend_proposals(
        call=call, authority=cast.authority, proposals=[back], number="包科函〔2027〕9号", by=cast.recommender
    )
    assert states(call) == ["recommended", "ineligible"]
    assert back.versions.count() == 2
    invariants_hold()


def test_what_nobody_passed_on_expires_by_the_clock(cast: way.Cast, call: Call) -> None:
    submitted(cast, call)
    endorsed(cast, call)
    assert call.recommendation_deadline is not None
    after = call.recommendation_deadline + dt.timedelta(minutes=1)
    with time_machine.travel(after):
        assert [one.done for one in expire_late(at=after)] == [True, True]
        assert expire_late(at=after) == []
    assert states(call) == ["expired", "expired"]
    invariants_hold()


def test_an_upheld_objection_ends_a_proposal_and_the_list_is_confirmed_without_it(cast: way.Cast) -> None:
    call = way.with_plan(way.call(), places=2, experts_per_proposal=3)
    funding_list = to_notice(cast, call, 90, 80)
    objection = file_objection(
        notice=PublicNotice.objects.get(),
        proposal=call.proposals.order_by("pk")[0],
        objector=Objector("王小明", "13800000000"),
        text="该项目与2023年已立项项目内容重复。",
        evidence="见2023年立项公告第12项。",
    )
    assert states(call) == ["on_hold", "on_notice"]
    uphold(objection=objection, by=cast.integrity, note="经核实，内容重复")
    confirmed(cast, funding_list)
    assert states(call) == ["declined", "approved"]
    assert Contract.objects.count() == 1
    invariants_hold()


def test_a_contract_that_is_not_signed_in_time_lapses(cast: way.Cast, call: Call) -> None:
    confirmed(cast, to_notice(cast, call, 90))
    contract = Contract.objects.select_related("project").get()
    ready_to_sign(contract, cast.applicant)
    assert contract.sign_by is not None
    with time_machine.travel(contract.sign_by + dt.timedelta(minutes=1)):
        assert len(lapse_due(at=timezone.now())) == 1
    contract.refresh_from_db()
    contract.project.refresh_from_db()
    assert (contract.state, contract.project.state) == ("lapsed", "lapsed")
    invariants_hold()


def test_applicants_read_the_opinions_after_the_decision_that_the_plan_names(cast: way.Cast) -> None:
    call = way.with_plan(way.call(), places=1, experts_per_proposal=3)
    funding_list = to_notice(cast, call, 90, 80)
    review_round = ReviewRound.objects.get()
    with pytest.raises(Refused) as refused:
        release_opinions(review_round=review_round, by=cast.officer)
    assert refused.value.codes == ["not_decided"]
    confirmed(cast, funding_list)
    release_opinions(review_round=review_round, by=cast.officer)
    relay()
    letters = Letter.objects.filter(kind="opinions").order_by("pk")
    assert [letter.body.count("专家意见之") for letter in letters] == [3, 3]
    names = list(ExpertProfile.objects.values_list("person__name", flat=True))
    assert [name for name in names for letter in letters if name in letter.body] == []
    assert send_opinions(review_round=review_round) == list(letters)
    assert Message.objects.filter(title__contains="评审意见").count() == 2
    invariants_hold()
