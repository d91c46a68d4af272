"""Pilot status and credit grades: proposed, approved by another, counting between two days, told and kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from projects.actions.adjustment import ask_adjustment
from projects.actions.channel_preview import ask_preview
from projects.actions.channel_rules import draft_rules
from projects.actions.standing import (
    Wanted,
    end_standing,
    grant_standing,
    propose_standing,
    refuse_standing,
    withdraw_standing,
)
from projects.channel.rules import channel_rules
from projects.models import ChannelStanding
from projects.queries.standings import standing_on, standings_of
from tests.factories import way
from tests.projects.budgets import running_project, wish
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db
EQUIPMENT = {"equipment__purchase": 20_000, "operating__materials": -20_000}


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def wanted(grade: str = "", **more: Any) -> Wanted:
    kind = "grade" if grade else "pilot"
    return replace(Wanted(kind, grade, timezone.localdate(), None, "内科发〔2027〕3号", "试点"), **more)


def given(cast: way.Cast, grade: str = "", **more: Any) -> ChannelStanding:
    """What the cast's host is given from today on."""
    made = propose_standing(organisation=cast.host, wanted=wanted(grade, **more), by=cast.officer)
    return grant_standing(standing=made, by=cast.decision_maker)


def test_a_pilot_of_good_credit_is_recorded_at_once_until_it_ends(cast: way.Cast) -> None:
    project = running_project(cast)
    pilot = given(cast)
    given(cast, "A")
    assert [one.to for one in Message.objects.filter(key__startswith="standing:")] == [cast.admin] * 2
    first = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    assert (first.route, first.state, first.rules[0]) == (
        "recorded",
        "recorded",
        "pilot_grade_A_B_organisation_recorded",
    )
    end_standing(standing=pilot, by=cast.integrity, note="违规")
    second = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
    assert (pilot.state, second.route) == ("ended", "organisation")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        given(cast, "D")
        third = ask_adjustment(project=project, wish=wish(project, **EQUIPMENT), by=cast.applicant)
        assert (third.route, third.state) == ("department", "with_organisation")
    preview = ask_preview(version=draft_rules(name=channel_rules().name, by=cast.officer), by=cast.officer)
    assert (preview.total, preview.drifted) == (1, 1)  # the pilot ended on the day on which it was asked


def test_two_people_give_it_and_one_of_them_ends_it(cast: way.Cast) -> None:
    made = propose_standing(organisation=cast.host, wanted=wanted("B"), by=cast.integrity)
    for user in (cast.integrity, cast.officer, cast.auditor, cast.admin, cast.applicant):
        with pytest.raises(NotAllowed):
            grant_standing(standing=made, by=user)
    assert [one.url for one in waiting_for(cast.decision_maker)] == [made.get_absolute_url()]
    assert waiting_for(cast.integrity) == []
    refuse_standing(standing=made, by=cast.decision_maker, note="依据不足")
    own = propose_standing(organisation=cast.host, wanted=wanted("B"), by=cast.officer)
    with pytest.raises(NotAllowed):
        withdraw_standing(standing=own, by=cast.integrity)
    withdraw_standing(standing=own, by=cast.officer)
    held = given(cast, "B", valid_to=timezone.localdate())
    with pytest.raises(NotAllowed):
        end_standing(standing=held, by=cast.officer, note="x")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)), pytest.raises(Refused) as refused:
        end_standing(standing=held, by=cast.decision_maker, note="x")
    assert refused.value.codes == ["ended"]
    assert (made.state, own.state, held.holds_today) == ("refused", "withdrawn", True)
    entry = JournalEntry.objects.get(action="projects.channelstanding.grant")
    assert (entry.data["organisation"], entry.data["grade"]) == (cast.host.pk, "B")
    with pytest.raises(NotAllowed):
        propose_standing(organisation=cast.host, wanted=wanted("B"), by=cast.decision_maker)


def test_everything_that_is_wrong_is_said_at_once(cast: way.Cast) -> None:
    today = timezone.localdate()
    propose_standing(organisation=cast.host, wanted=wanted(), by=cast.officer)
    wrong = wanted(
        grade="",
        kind="pilot",
        valid_from=today - dt.timedelta(days=1),
        valid_to=today - dt.timedelta(days=2),
        document=" ",
        reason="",
    )
    with pytest.raises(Refused) as refused:
        propose_standing(organisation=cast.host, wanted=wrong, by=cast.officer)
    assert refused.value.codes == ["days_order", "past", "no_document", "no_reason", "waits"]
    for asked, code in ((wanted(kind="grade"), "no_grade"), (wanted("A", kind="pilot"), "grade_of_pilot")):
        with pytest.raises(Refused) as refused:
            propose_standing(organisation=way.Cast().host, wanted=asked, by=cast.officer)
        assert refused.value.codes == [code]


def test_the_grade_that_began_last_counts_between_its_days(cast: way.Cast) -> None:
    today = timezone.localdate()
    given(cast, "B", valid_to=today + dt.timedelta(days=30))
    given(cast, "C", valid_from=today + dt.timedelta(days=10), valid_to=today + dt.timedelta(days=20))
    rows = standings_of([cast.host.pk])[cast.host.pk]
    found = [standing_on(rows, today + dt.timedelta(days=days)) for days in (-1, 0, 9, 10, 20, 21, 31)]
    assert [one and one.grade for one in found] == [None, "B", "B", "C", "C", "B", None]
