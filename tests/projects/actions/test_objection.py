from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from projects.actions.funding import confirm_list
from projects.actions.objection import Objector, dismiss, file_objection, look_at_objector, not_accept, uphold
from projects.models import FundingList, Objection, Proposal, PublicNotice
from tests.factories import way
from tests.projects.actions.test_funding import item, on_notice
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, Message, StateChange

pytestmark = pytest.mark.django_db
WHO = Objector("王小明", "13800000000")


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def funding_list(cast: way.Cast) -> FundingList:
    return on_notice(cast, 90, 80)


def file(funding_list: FundingList, place: int = 0) -> Objection:
    notice = PublicNotice.objects.get(funding_list=funding_list)
    return file_objection(
        notice=notice,
        proposal=item(funding_list, place).proposal,
        objector=WHO,
        text="该项目与2023年已立项项目内容重复。",
        evidence="见2023年立项公告第12项。",
    )


def test_an_objection_holds_the_item_and_gives_a_code(cast: way.Cast, funding_list: FundingList) -> None:
    objection = file(funding_list)
    assert (objection.state, len(objection.query_code)) == ("received", 12)
    assert item(funding_list, 0).proposal.state == "on_hold"
    assert list(Message.objects.values_list("to", flat=True)) == [cast.integrity.pk]


def test_the_objector_is_nowhere_in_clear(funding_list: FundingList) -> None:
    objection = file(funding_list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM projects_objection")
        stored = cursor.fetchone()
    assert WHO.name not in stored[0]
    assert WHO.contact not in stored[1]
    told = [f"{one.data}" for one in JournalEntry.objects.all()] + [
        f"{m.title} {m.body}" for m in Message.objects.all()
    ]
    assert [text for text in told if WHO.name in text or WHO.contact in text] == []
    assert Objection.objects.get().name == objection.name == WHO.name


def test_nothing_can_be_objected_to_that_is_not_on_notice(funding_list: FundingList) -> None:
    with pytest.raises(Refused) as refused:
        file(funding_list, place=1)
    assert refused.value.codes == ["not_on_notice"]


def test_no_objection_after_the_last_day(funding_list: FundingList) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)), pytest.raises(Refused) as refused:
        file(funding_list)
    assert refused.value.codes == ["notice_over"]


def test_an_upheld_objection_declines_and_tells_no_name(cast: way.Cast, funding_list: FundingList) -> None:
    objection = file(funding_list)
    uphold(objection=objection, by=cast.integrity, note="经核实，内容重复。谢谢王小明的来信。")
    proposal = item(funding_list, 0).proposal
    assert (objection.state, objection.answer[:5], proposal.state) == ("upheld", "经核实，内", "declined")
    said = [one.note for one in StateChange.objects.filter(subject_type="projects.proposal")]
    assert [note for note in said if "王小明" in note] == []
    assert [one.body for one in Message.objects.all() if "王小明" in one.body] == []


def test_a_dismissed_objection_releases_when_no_other_is_open(cast: way.Cast, funding_list: FundingList) -> None:
    first, second = file(funding_list), file(funding_list)
    dismiss(objection=first, by=cast.integrity, note="经核实不属实。")
    assert item(funding_list, 0).proposal.state == "on_hold"
    not_accept(objection=second, by=cast.integrity, note="未提供事实。")
    assert item(funding_list, 0).proposal.state == "on_notice"


def test_the_list_is_not_confirmed_while_an_objection_is_open(cast: way.Cast, funding_list: FundingList) -> None:
    objection = file(funding_list)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        with pytest.raises(Refused) as refused:
            confirm_list(funding_list=funding_list, by=cast.decision_maker)
        assert refused.value.codes == ["objections_open"]
        uphold(objection=objection, by=cast.integrity, note="属实")
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == ["declined", "declined"]


def test_only_integrity_officers_decide_and_look_and_each_look_is_journaled(
    cast: way.Cast, funding_list: FundingList
) -> None:
    objection = file(funding_list)
    for name, user in cast.everybody().items():
        if name != "integrity":
            for act in (uphold, dismiss, not_accept):
                with pytest.raises(NotAllowed):
                    act(objection=objection, by=user, note="x")
            with pytest.raises(NotAllowed):
                look_at_objector(objection=objection, by=user)
    assert look_at_objector(objection=objection, by=cast.integrity) == WHO
    looks = JournalEntry.objects.filter(action="projects.objection.look")
    assert [one.actor for one in looks] == [f"user:{cast.integrity.pk}"]
