"""Random walks: any role tries anything at any time, and what must always be true stays true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.models import User
from projects.actions import (
    contract,
    eligibility,
    endorsement,
    expiry,
    funding,
    notice,
    objection,
    recommendation,
    review,
)
from projects.models import Call, Contract, ContractVersion, FundingItem, FundingList, Objection, Proposal, PublicNotice
from tests.factories import way
from workflows.errors import Refused
from workflows.invariants import INVARIANTS

OURS = [one for code, one in INVARIANTS.items() if code.startswith(("way.", "journal.", "history."))]
ROLES = (
    "applicant",
    "admin",
    "recommender",
    "officer",
    "decision_maker",
    "integrity",
    "stranger",
)
# Who would do it: chosen more often than chance, so that walks get far.
LIKELY = {
    "endorse": "admin",
    "return": "admin",
    "recommend": "recommender",
    "check": "officer",
    "pass": "officer",
    "refuse": "officer",
    "review": "officer",
    "scores": "officer",
    "list": "officer",
    "edit": "officer",
    "ask": "officer",
    "approve": "decision_maker",
    "send_back": "decision_maker",
    "object": "stranger",
    "dismiss": "integrity",
    "uphold": "integrity",
    "confirm": "decision_maker",
    "start": "applicant",
    "sign": "applicant",
    "correct": "admin",
    "clock": "officer",
}


class World:
    """One call with three proposals; `do` tries one verb as one person and swallows refusals only."""

    def __init__(self) -> None:
        self.cast = way.Cast()
        self.call = way.with_plan(way.call(rules=[]), places=2)
        self.rows = [way.proposal(self.cast, self.call) for _place in range(3)]
        self.done = 0

    def do(self, verb: str, place: int, role: str) -> None:
        user = User.objects.get(pk=getattr(self.cast, role).pk)
        proposal = Proposal.objects.select_related("call", "organisation").get(pk=self.rows[place].pk)
        try:
            getattr(self, f"do_{verb}")(proposal, user)
        except (Refused, LookupError):
            return
        self.done += 1

    def do_endorse(self, row: Proposal, by: User) -> None:
        endorsement.endorse_proposal(proposal=row, by=by)

    def do_return(self, row: Proposal, by: User) -> None:
        endorsement.refuse_endorsement(proposal=row, by=by, note="重复")

    def do_recommend(self, row: Proposal, by: User) -> None:
        recommendation.recommend_proposals(
            call=row.call, authority=self.cast.authority, proposals=[row], number=f"{self.done}号", by=by
        )

    def do_check(self, row: Proposal, by: User) -> None:
        eligibility.run_check(proposal=row, by=by)
        way.finding(row, "passed", check_code=f"walk{self.done}")

    def do_pass(self, row: Proposal, by: User) -> None:
        eligibility.find_eligible(proposal=row, by=by)

    def do_refuse(self, row: Proposal, by: User) -> None:
        eligibility.find_ineligible(proposal=row, by=by, note="超龄")

    def do_review(self, row: Proposal, by: User) -> None:
        review.send_call_to_review(call=Call.objects.get(pk=row.call_id), by=by)

    def do_scores(self, _row: Proposal, _by: User) -> None:
        review.finish_reviews(scores={one.pk: Decimal(60 + one.pk % 7) for one in self.rows})

    def do_list(self, row: Proposal, by: User) -> None:
        funding.make_funding_list(call=row.call, by=by)

    def do_edit(self, row: Proposal, by: User) -> None:
        item = _first(FundingItem.objects.filter(proposal=row).select_related("funding_list", "proposal"))
        funding.edit_item(item=item, funded=not item.funded, amount=Decimal(250_000), reason="平衡方向", by=by)

    def do_ask(self, _row: Proposal, by: User) -> None:
        funding.ask_approval(funding_list=_first(FundingList.objects.all()), by=by)

    def do_approve(self, _row: Proposal, by: User) -> None:
        funding.approve_list(funding_list=_first(FundingList.objects.all()), by=by)

    def do_send_back(self, _row: Proposal, by: User) -> None:
        funding.return_list(funding_list=_first(FundingList.objects.all()), by=by, note="核对")

    def do_object(self, row: Proposal, _by: User) -> None:
        who = objection.Objector("王小明", "13800000000")
        shown = _first(PublicNotice.objects.all())
        objection.file_objection(notice=shown, proposal=row, objector=who, text="重复", evidence="公告")

    def do_dismiss(self, row: Proposal, by: User) -> None:
        objection.dismiss(objection=_first(Objection.objects.filter(proposal=row)), by=by, note="不属实")

    def do_uphold(self, row: Proposal, by: User) -> None:
        objection.uphold(objection=_first(Objection.objects.filter(proposal=row)), by=by, note="属实")

    def do_confirm(self, _row: Proposal, by: User) -> None:
        with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
            funding.confirm_list(funding_list=_first(FundingList.objects.all()), by=by)

    def do_start(self, row: Proposal, by: User) -> None:
        contract.start_signing(contract=_contract(row), by=by)

    def do_sign(self, row: Proposal, by: User) -> None:
        found = _contract(row)
        contract.sign_contract(contract=found, by=by, sha256=found.sha256)

    def do_correct(self, row: Proposal, by: User) -> None:
        contract.return_contract(contract=_contract(row), by=by, note="修改")

    def do_clock(self, _row: Proposal, _by: User) -> None:
        far = timezone.now() + dt.timedelta(days=90)
        for job in (expiry.expire_late, notice.close_due_notices, contract.lapse_due):
            job(at=far)


def _first(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise LookupError
    return found


def _contract(row: Proposal) -> Contract:
    found: Contract = _first(Contract.objects.filter(project__proposal=row).select_related("project"))
    return found


def broken() -> list[str]:
    return [f"{one.code}: {what}" for one in OURS for what in one.violations()]


STEP = st.tuples(
    st.sampled_from(sorted(LIKELY)), st.integers(0, 2), st.one_of(st.none(), st.none(), st.sampled_from(ROLES))
)


class RandomWalks(TestCase):
    """Hypothesis shrinks a failing walk to the shortest one."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, min_size=5, max_size=40))
    def test_nothing_that_anybody_tries_breaks_an_invariant(self, steps: list[tuple[str, int, str | None]]) -> None:
        world = World()
        for verb, place, role in steps:
            world.do(verb, place, role or LIKELY[verb])
        assert broken() == []


WAY_TO_THE_END: list[tuple[str, str]] = [
    *[("endorse", "admin")],
    *[("recommend", "recommender"), ("check", "officer"), ("pass", "officer")],
]
AFTER: list[tuple[str, str]] = [
    ("review", "officer"),
    ("scores", "officer"),
    ("list", "officer"),
    ("ask", "officer"),
    ("approve", "decision_maker"),
    ("confirm", "decision_maker"),
    ("start", "applicant"),
    ("sign", "applicant"),
    ("sign", "admin"),
    ("sign", "recommender"),
    ("sign", "decision_maker"),
]


@pytest.mark.django_db
def test_the_whole_way_holds_every_invariant_at_every_step() -> None:
    world = World()
    for place in range(3):
        for verb, role in WAY_TO_THE_END:
            world.do(verb, place, role)
            assert broken() == []
    for verb, role in AFTER:
        for place in (0, 1, 2):
            world.do(verb, place, role)
        assert broken() == []
    states = sorted(Proposal.objects.values_list("state", flat=True))
    assert states == ["approved", "approved", "declined"]
    assert set(Contract.objects.values_list("state", flat=True)) == {"signed"}


def _spoil_total() -> None:
    FundingList.objects.update(total=Decimal(1))


def _spoil_contract() -> None:
    Contract.objects.update(sha256="0" * 64)


def _spoil_text() -> None:
    ContractVersion.objects.update(sha256="0" * 64)


def _spoil_version() -> None:
    Proposal.objects.update(current_version=None)


@pytest.mark.tampers
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_spoil_total, "way.list_total"),
        (_spoil_contract, "way.contract"),
        (_spoil_text, "way.contract_version"),
        (_spoil_version, "way.version"),
    ],
)
def test_a_spoilt_row_is_named(spoil: Callable[[], None], code: str) -> None:
    world = World()
    for place in range(3):
        for verb, role in WAY_TO_THE_END:
            world.do(verb, place, role)
    for verb, role in AFTER:
        for place in range(3):
            world.do(verb, place, role)
    spoil()
    assert {line.split(":")[0] for line in broken()} >= {code}
