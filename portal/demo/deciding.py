"""Checks, reviews, funding lists, notices, contracts of the demo: each call as far as its state says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from directory.models import User
from experts.actions.assignment import accept
from experts.actions.draw import propose
from experts.actions.fees import add_standard, confirm_fee_sheet, make_fee_sheet
from experts.actions.round import close_round, open_round, rank_round, send_invitations
from experts.actions.sheet import Answers, submit_score_sheet
from experts.models import Assignment, ReviewRound
from experts.queries.fees import standard_now
from experts.scheme import CHECKS, read
from portal.demo.accepting import accept_projects
from portal.demo.budgets import change_budgets
from portal.demo.calls import DemoCall
from portal.demo.changes import change_projects
from portal.demo.clock import as_of, days
from portal.demo.ground import World
from portal.demo.running import run_projects
from projects.actions import contract as contracts
from projects.actions.eligibility import check_call, decide_finding, find_eligible, find_ineligible
from projects.actions.expiry import expire_late
from projects.actions.funding import approve_list, ask_approval, confirm_list, edit_item, make_funding_list
from projects.actions.objection import Objector, file_objection
from projects.actions.review import send_call_to_review
from projects.enums import FindingLevel, FindingVerdict, ProposalState
from projects.models import Call, Contract, FundingList, Proposal
from projects.queries.signatures import present_step
from workflows.models import Route
from workflows.relay import run_once

FEES = {
    "document": "财科教〔2017〕128号",
    "valid_from": dt.date(2020, 1, 1),
    "senior_day": Decimal(2000),
    "other_day": Decimal(1200),
    "task_share": 25,
}
# Deadlines are in the evening: from whatever hour it is now, so much of a day later they are over.
PAST_EVENING = 0.8
AFTER = ("checking", "reviewing", "deciding", "on_notice", "decided")
OPINION = (
    "选题符合指南方向，研究目标明确，技术路线可行，前期基础较好，考核指标可以核对。"
    "建议进一步说明放大过程中的风险和替代方案，并细化测试费的测算依据，加强与应用单位的衔接。"
)


def decide(world: World, demo: DemoCall, call: Call, made: dict[str, Proposal]) -> None:
    """Everything after the recommendation deadline."""
    if demo.state not in AFTER or not made:
        return
    start = demo.recommendation
    with as_of(days(start + PAST_EVENING)):
        expire_late(at=days(start + PAST_EVENING), call=call)
    with as_of(days(start + 1)):
        _check(world, demo, call, made)
    if demo.state == "checking":
        return
    _review(world, demo, call, start)
    if demo.state == "reviewing":
        return
    funding_list = _fund(world, demo, call, start)
    if demo.state == "decided":
        _confirm(world, funding_list)
        change_budgets(call)
        run_projects(call)
        change_projects(call)
        accept_projects(call)


def _check(world: World, demo: DemoCall, call: Call, made: dict[str, Proposal]) -> None:
    officer = world.user("wulan")
    check_call(call=call, by=officer)
    for way in demo.proposals:
        proposal = made[way.applicant]
        proposal.refresh_from_db()
        if proposal.state != ProposalState.RECOMMENDED or way.until == "recommended":
            continue
        for finding in proposal.findings.exclude(level=FindingLevel.PASSED):
            decide_finding(
                finding=finding, verdict=FindingVerdict.OVERRULED, by=officer, reason="已核对原件，符合申报要求"
            )
        if way.until == "ineligible":
            find_ineligible(proposal=proposal, by=officer, note="合作协议未加盖双方公章，不符合申报通知第四条要求。")
        else:
            find_eligible(proposal=proposal, by=officer)


def _review(world: World, demo: DemoCall, call: Call, start: int) -> None:
    officer = world.user("wulan")
    with as_of(days(start + 3)):
        send_call_to_review(call=call, by=officer)
        review_round = ReviewRound.objects.get(reference=f"projects.call:{call.pk}")
        deadline = days(6) if demo.state == "reviewing" else days(start + 24)
        open_round(review_round=review_round, by=officer, score_deadline=deadline)
        propose(review_round=review_round, by=officer)
        send_invitations(review_round=review_round, by=officer)
    for number, assignment in enumerate(review_round.assignments.select_related("expert__person").order_by("pk")):
        _score(world, demo, assignment, number, start)
    if demo.state == "reviewing":
        return
    with as_of(days(start + 20)):
        review_round.refresh_from_db()
        rank_round(review_round=review_round, by=officer)
        close_round(review_round=review_round, by=officer)
        while run_once():
            pass
    _pay(world, demo, review_round, start)


def _pay(world: World, demo: DemoCall, review_round: ReviewRound, start: int) -> None:
    """The fee sheet: made by one officer, confirmed by the other where the call is decided."""
    officer = world.user("wulan")
    with as_of(days(start + 21)):
        if standard_now() is None:
            add_standard(values=FEES, by=officer)
        sheet = make_fee_sheet(review_round=review_round, by=officer)
        if demo.state == "decided":
            confirm_fee_sheet(fee_sheet=sheet, by=world.user("hasi"))


def _score(world: World, demo: DemoCall, assignment: Assignment, number: int, start: int) -> None:
    """Accept and score; in a running review some have not answered and some have not finished."""
    user = assignment.expert.person.user
    running = demo.state == "reviewing"
    if running and not number % 5:
        return
    with as_of(days(start + 5)):
        accept(assignment=assignment, by=_fresh(user), statement=True)
    if running and number % 2:
        return
    with as_of(days(start + 9)):
        scheme = read(assignment.round.scheme)
        points = {
            one.id: str(70 + (number * 7 + place * 5 + assignment.dossier_id * 3) % 26)
            for place, one in enumerate(scheme.criteria)
        }
        answers = Answers(
            scores=points,
            vetoes={one.id: True for one in scheme.vetoes},
            recommendation="B",
            opinion=OPINION,
        )
        submit_score_sheet(assignment=assignment, by=_fresh(user), answers=answers, meant=CHECKS)


def _fresh(user: User | None) -> User:
    assert user is not None  # noqa: S101 - every expert of the demo has an account
    return User.objects.select_related("person").get(pk=user.pk)


def _fund(world: World, demo: DemoCall, call: Call, start: int) -> FundingList:
    waiting = demo.state == "deciding"
    officer, decider = world.user("wulan"), world.user("bateer")
    with as_of(days(-2) if waiting else days(start + 26)):
        funding_list = make_funding_list(call=call, by=officer)
        if demo.state == "decided":
            _fund_one_more(funding_list, officer)
        ask_approval(funding_list=funding_list, by=officer)
    if waiting:
        return funding_list
    opened = days(-3) if demo.state == "on_notice" else days(start + 30)
    with as_of(opened):
        approve_list(funding_list=funding_list, by=decider, note="同意")
    if demo.state == "on_notice":
        _object(funding_list)
    return funding_list


def _fund_one_more(funding_list: FundingList, officer: User) -> None:
    """The third is funded too, with a smaller amount and the reason that the list demands."""
    item = funding_list.items.filter(rank=3).first()
    if item is None:
        return
    edit_item(
        item=item,
        funded=True,
        amount=item.requested * 9 // 10,
        reason="属自治区急需方向，与前两项互补，经处务会研究建议支持，经费按测算核减一成。",
        by=officer,
    )


def _object(funding_list: FundingList) -> None:
    notice = funding_list.notices.get()
    held = funding_list.items.filter(funded=True).select_related("proposal").order_by("-rank").first()
    assert held is not None  # noqa: S101 - the list on notice funds something
    with as_of(days(-1)):
        file_objection(
            notice=notice,
            proposal=held.proposal,
            objector=Objector(name="某先生", contact="0472-0000000"),
            text="公示项目的部分前期成果与本人单位已验收项目内容相近，请核实来源。",
            evidence="可提供2024年验收材料目录。",
        )


def _confirm(world: World, funding_list: FundingList) -> None:
    with as_of(days(-12)):
        confirm_list(funding_list=funding_list, by=world.user("bateer"), note="公示无异议，同意立项")
    approved = Contract.objects.filter(project__proposal__call=funding_list.call).order_by("pk")
    for number, contract in enumerate(approved):
        with as_of(days(-6 + number)):
            _contract(world, contract, signatures=(9, 2, 0)[number % 3])


def _contract(world: World, contract: Contract, *, signatures: int) -> None:
    """Complete the text and collect up to `signatures` of the signatures in order; 0 leaves a draft."""
    if not signatures:
        return
    investigator = _fresh(contract.project.investigator.user)
    goals = "完成合同约定的中试验证和考核指标，提交检测报告、标准草案和总结报告。"
    content = contract.content
    known = {int(one["year"]): one["text"] for one in content.get("milestones", [])}
    years = range(contract.project.starts_on.year, contract.project.ends_on.year + 1)
    milestones = [{"year": year, "text": known.get(year, "完成工艺方案和小试准备")} for year in years]
    contracts.edit_contract(
        contract=contract,
        goals=content.get("goals") or goals,
        milestones=milestones,
        by=investigator,
    )
    contracts.start_signing(contract=contract, by=investigator)
    for _turn in range(signatures):
        contract.refresh_from_db()
        route = Route.objects.filter(subject_id=contract.pk, subject_type=contract._meta.label_lower).last()
        step = present_step(route) if route else None
        if step is None or contract.state != "signing":
            return
        contracts.sign_contract(contract=contract, by=_signer(world, contract, step.role), sha256=contract.sha256)


def _signer(world: World, contract: Contract, role: str) -> User:
    from directory.enums import Role
    from directory.queries.holders import holders

    host = contract.project.organisation
    if role == Role.ORGANISATION_ADMIN:
        found = holders(Role.ORGANISATION_ADMIN, host.pk).first()
    elif role == Role.RECOMMENDING_OFFICER:
        found = holders(Role.RECOMMENDING_OFFICER, host.authority_id).first()
    elif role in (Role.DECISION_MAKER, Role.PROGRAMME_OFFICER):
        found = holders(Role(role)).first()
    else:
        found = contract.project.investigator.user
    return _fresh(found)
