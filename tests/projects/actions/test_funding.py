from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from experts.models import Dossier, Meeting, MeetingItem, MeetingMember
from projects.actions.funding import (
    approve_list,
    ask_approval,
    cancel_list,
    confirm_list,
    edit_item,
    make_funding_list,
    return_list,
    take_panel_decisions,
)
from projects.actions.notice import close_due_notices
from projects.models import Call, Contract, FundingItem, FundingList, Letter, Project, Proposal, PublicNotice
from projects.queries.departures import departures
from projects.queries.panel import refills, seal_of
from tests.factories import directory, experts, way
from workflows.digest import digest
from workflows.errors import NotAllowed, Refused
from workflows.models import Message, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def ranked_call(cast: way.Cast, *scores: int, places: int = 2) -> Call:
    call = way.with_plan(way.call(), places=places)
    for score in scores:
        way.reviewed(cast, call, score)
    return call


def item(funding_list: FundingList, place: int) -> FundingItem:
    return list(funding_list.items.order_by("rank", "pk"))[place]


def lines(funding_list: FundingList) -> list[tuple[int, bool, str]]:
    return [(one.rank, one.funded, f"{one.amount:.0f}") for one in funding_list.items.order_by("rank", "pk")]


def on_notice(cast: way.Cast, *scores: int, places: int = 1) -> FundingList:
    made = make_funding_list(call=ranked_call(cast, *scores, places=places), by=cast.officer)
    ask_approval(funding_list=made, by=cast.officer)
    return approve_list(funding_list=made, by=cast.decision_maker)


def decided_by_a_panel(proposal: Proposal, outcome: str, reason: str = "", *, confirmed: bool = True) -> None:
    """A meeting decided about the proposal, its minutes confirmed or not."""
    boss = directory.officer()
    review_round = experts.planned(boss)
    dossier = experts.handed_in(subject_id=str(proposal.pk))
    Dossier.objects.filter(pk=dossier.pk).update(round=review_round)
    text = "纪要"
    meeting = Meeting.objects.create(
        round=review_round,
        title="会议评审",
        starts_at=timezone.now(),
        organised_by=boss,
        state="confirmed" if confirmed else "closed",
        minutes=text,
        minutes_sha256=digest(text),
    )
    MeetingMember.objects.create(meeting=meeting, expert=experts.ExpertProfileFactory.create(), is_chair=True)
    facts = {"state": "decided", "outcome": outcome, "reason": reason, "decided_at": timezone.now()}
    MeetingItem.objects.create(meeting=meeting, dossier=dossier, number=1, **facts)


def test_what_a_panel_decided_goes_before_the_ranking_with_its_reason(cast: way.Cast, settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    call = ranked_call(cast, 70, 90, 80, 60)
    third, first, second, fourth = call.proposals.order_by("pk")
    decided_by_a_panel(first, "fund", "与排名一致，无须理由")
    decided_by_a_panel(second, "refuse", "指标不可考核")
    decided_by_a_panel(third, "fund")
    decided_by_a_panel(fourth, "fund", "尚未确认的纪要", confirmed=False)
    made = make_funding_list(call=call, by=cast.officer)
    rows = made.items.order_by("rank", "pk").values_list("proposal", "funded", "reason")
    assert list(rows) == [
        (first.pk, True, ""),
        (second.pk, False, "指标不可考核"),
        (third.pk, True, "会议评审“会议评审”的决定"),
        (fourth.pk, False, ""),
    ]
    assert {one.proposal_id for one in departures(made)} == {second.pk, third.pk}
    client = Client()
    client.force_login(cast.officer)
    page = client.get(made.get_absolute_url()).content.decode()
    assert ("不推荐</b>" in page, "指标不可考核" in page, "尚未确认的纪要" in page) == (True, True, False)


def test_minutes_confirmed_after_the_list_are_offered_and_taken_over_row_by_row(
    cast: way.Cast, settings: Settings
) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    call = ranked_call(cast, 70, 90, 80, 60)
    third, first, second, _fourth = call.proposals.order_by("pk")
    made = make_funding_list(call=call, by=cast.officer)
    client = Client()
    client.force_login(cast.officer)
    page = reverse("funding-refill", args=[made.uid])
    assert page not in client.get(made.get_absolute_url()).content.decode()
    edit_item(item=item(made, 0), funded=True, amount=Decimal(300_000), reason="核减设备费", by=cast.officer)
    edit_item(item=item(made, 1), funded=True, amount=Decimal(400_000), reason="厅长办公会意见", by=cast.officer)
    for proposal, outcome, reason in ((first, "fund", ""), (second, "refuse", "指标不可考核"), (third, "fund", "")):
        decided_by_a_panel(proposal, outcome, reason)
    assert page in client.get(made.get_absolute_url()).content.decode()
    rows = refills(made)
    assert [(one.item.proposal_id, one.funded, one.amount, one.replaces) for one in rows] == [
        (second.pk, False, Decimal(0), True),
        (third.pk, True, Decimal(400_000), False),
    ]
    shown = client.get(page).content.decode()
    assert ("指标不可考核" in shown, "厅长办公会意见" in shown, shown.count(" checked")) == (True, True, 1)
    typed = {"seal": seal_of(rows), "take": [one.item.pk for one in rows[1:]]}
    for wrong in ({**typed, "seal": "x"}, {**typed, "take": []}, {**typed, "take": ["9" * 30, "x"]}):
        assert client.post(page, wrong).status_code == 409
    assert client.post(page, typed).status_code == 302
    made.refresh_from_db()
    assert lines(made) == [(1, True, "300000"), (2, True, "400000"), (3, True, "400000"), (4, False, "0")]
    assert [one.reason for one in made.items.order_by("rank")][:3] == [
        "核减设备费",
        "厅长办公会意见",
        "会议评审“会议评审”的决定",
    ]
    assert made.total == Decimal(1_100_000)
    _taken_by_the_officer_alone(cast, made)
    assert "已按评审会议决定" in client.get(page).content.decode()


def _taken_by_the_officer_alone(cast: way.Cast, made: FundingList) -> None:
    rows = refills(made)
    asked: dict[str, Any] = {"funding_list": made, "chosen": [rows[0].item.pk], "seal": seal_of(rows)}
    with pytest.raises(NotAllowed):
        take_panel_decisions(**asked, by=cast.decision_maker)
    taken = take_panel_decisions(**asked, by=cast.officer)
    assert (refills(taken), taken.total) == ([], Decimal(700_000))
    ask_approval(funding_list=made, by=cast.officer)
    with pytest.raises(Refused, match="wrong_state"):
        take_panel_decisions(**asked, by=cast.officer)


def test_the_list_follows_the_ranking_up_to_the_places(cast: way.Cast) -> None:
    made = make_funding_list(call=ranked_call(cast, 70, 90, 80), by=cast.officer)
    assert lines(made) == [(1, True, "400000"), (2, True, "400000"), (3, False, "0")]
    assert made.total == Decimal(800_000)


def test_equal_scores_share_a_rank(cast: way.Cast) -> None:
    made = make_funding_list(call=ranked_call(cast, 80, 90, 80, 70, places=0), by=cast.officer)
    assert [one.rank for one in made.items.order_by("rank", "pk")] == [1, 2, 2, 4]


def test_a_call_has_one_list_at_a_time(cast: way.Cast) -> None:
    call = ranked_call(cast, 80)
    first = make_funding_list(call=call, by=cast.officer)
    assert make_funding_list(call=call, by=directory.officer()) == first
    cancel_list(funding_list=first, by=cast.officer, note="重做")
    assert make_funding_list(call=call, by=cast.officer) != first


def test_no_list_while_reviews_run_or_without_any(cast: way.Cast) -> None:
    call = way.call()
    with pytest.raises(Refused) as refused:
        make_funding_list(call=call, by=cast.officer)
    assert refused.value.codes == ["nothing_reviewed"]
    way.reviewed(cast, call, 80)
    way.proposal(cast, call, state="in_review")
    with pytest.raises(Refused) as refused:
        make_funding_list(call=call, by=cast.officer)
    assert refused.value.codes == ["review_running"]


def test_a_departure_from_ranking_or_amount_needs_its_reason(cast: way.Cast) -> None:
    made = make_funding_list(call=ranked_call(cast, 90, 80, 70), by=cast.officer)
    edit_item(item=item(made, 1), funded=False, amount=Decimal(0), reason="", by=cast.officer)
    edit_item(item=item(made, 2), funded=True, amount=Decimal(300_000), reason="", by=cast.officer)
    made.refresh_from_db()
    assert made.total == Decimal(700_000)
    assert [one.rank for one in departures(made)] == [2, 3]
    with pytest.raises(Refused) as refused:
        ask_approval(funding_list=made, by=cast.officer)
    assert refused.value.codes == ["departure_without_reason"] * 2
    edit_item(item=item(made, 1), funded=False, amount=Decimal(0), reason="与在研项目重复", by=cast.officer)
    edit_item(item=item(made, 2), funded=True, amount=Decimal(300_000), reason="核减设备费", by=cast.officer)
    ask_approval(funding_list=made, by=cast.officer)
    assert made.state == "in_approval"


@pytest.mark.parametrize("amount", [0, -1, 400_001])
def test_an_amount_lies_between_nothing_and_what_was_asked(cast: way.Cast, amount: int) -> None:
    made = make_funding_list(call=ranked_call(cast, 90), by=cast.officer)
    with pytest.raises(Refused) as refused:
        edit_item(item=item(made, 0), funded=True, amount=Decimal(amount), reason="x", by=cast.officer)
    assert refused.value.codes == ["amount_out_of_range"]


def test_a_list_that_funds_nothing_is_not_sent(cast: way.Cast) -> None:
    made = make_funding_list(call=ranked_call(cast, 90, places=0), by=cast.officer)
    with pytest.raises(Refused) as refused:
        ask_approval(funding_list=made, by=cast.officer)
    assert refused.value.codes == ["nothing_funded"]


def test_asking_proposes_and_returning_takes_back(cast: way.Cast) -> None:
    made = make_funding_list(call=ranked_call(cast, 90, 80, 70), by=cast.officer)
    ask_approval(funding_list=made, by=cast.officer)
    assert [item(made, place).proposal.state for place in range(3)] == ["proposed", "proposed", "reviewed"]
    with pytest.raises(Refused) as refused:
        edit_item(item=item(made, 0), funded=True, amount=Decimal(1), reason="x", by=cast.officer)
    assert refused.value.codes == ["wrong_state"]
    return_list(funding_list=made, by=cast.decision_maker, note="请核第2项")
    assert [item(made, place).proposal.state for place in range(3)] == ["reviewed"] * 3


def test_who_drafted_does_not_approve(cast: way.Cast) -> None:
    both = cast.officer
    directory.RoleGrantFactory.create(person=both.person, role="decision_maker")
    made = make_funding_list(call=ranked_call(cast, 90), by=both)
    ask_approval(funding_list=made, by=both)
    with pytest.raises(NotAllowed):
        approve_list(funding_list=made, by=both)
    approve_list(funding_list=made, by=cast.decision_maker)
    assert (made.state, made.approved_by) == ("on_notice", cast.decision_maker)


def test_approval_opens_the_notice_for_working_days(cast: way.Cast) -> None:
    call = way.with_plan(ranked_call(cast, 90, 80, places=1), notice_working_days=5)
    made = make_funding_list(call=call, by=cast.officer)
    ask_approval(funding_list=made, by=cast.officer)
    with time_machine.travel(dt.datetime(2027, 6, 16, 2, 0, tzinfo=dt.UTC), tick=False):  # a Wednesday
        approve_list(funding_list=made, by=cast.decision_maker)
    notice = PublicNotice.objects.get()
    assert notice.state == "published"
    assert timezone.localtime(notice.closes_at).isoformat() == "2027-06-24T00:00:00+08:00"
    assert [item(made, place).proposal.state for place in range(2)] == ["on_notice", "reviewed"]
    queued = OutboxMessage.objects.get(kind="notice.published")
    assert queued.payload == {"notice_id": notice.pk}


def test_confirming_waits_for_the_end_of_the_notice(cast: way.Cast) -> None:
    made = on_notice(cast, 90, 80)
    with pytest.raises(Refused) as refused:
        confirm_list(funding_list=made, by=cast.decision_maker)
    assert refused.value.codes == ["notice_running"]


def test_confirming_approves_declines_writes_letters_and_begins_projects(cast: way.Cast) -> None:
    made = on_notice(cast, 90, 80)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=made, by=cast.decision_maker)
    best, other = item(made, 0).proposal, item(made, 1).proposal
    assert (best.state, other.state, made.state) == ("approved", "declined", "confirmed")
    assert [(one.proposal_id, one.kind) for one in Letter.objects.order_by("pk")] == [
        (best.pk, "approval"),
        (other.pk, "refusal"),
    ]
    assert "支持经费：40.00万元" in best.letters.get().body
    project = Project.objects.get()
    assert (project.proposal, project.grant, project.state) == (best, Decimal(400_000), "contract")
    assert Contract.objects.get().project == project
    assert PublicNotice.objects.get().state == "closed"
    assert Message.objects.filter(to=cast.applicant).count() == 3


def test_notices_close_by_the_clock_once(cast: way.Cast) -> None:
    on_notice(cast, 90)
    assert close_due_notices(at=timezone.now()) == 0
    later = timezone.now() + dt.timedelta(days=20)
    assert (close_due_notices(at=later), close_due_notices(at=later)) == (1, 0)


def test_only_an_officer_makes_and_edits(cast: way.Cast) -> None:
    call = ranked_call(cast, 90)
    made = make_funding_list(call=call, by=cast.officer)
    for name, user in cast.everybody().items():
        if name != "officer":
            with pytest.raises(NotAllowed):
                make_funding_list(call=call, by=user)
            with pytest.raises(NotAllowed):
                edit_item(item=item(made, 0), funded=False, amount=Decimal(0), reason="x", by=user)
