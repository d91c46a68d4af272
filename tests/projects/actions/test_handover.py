"""Projects pass from one officer to another: at once or later, for good or for a time, and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.models import RoleGrant, User
from projects.actions.handover import Handing, cancel_handover, hand_back, hand_over
from projects.models import Handover, Project, Report
from projects.queries.in_charge import officers_of
from tests.factories import way
from tests.factories.directory import officer
from tests.projects.budgets import again, running_project
from workflows.actions.deadlines import fire_deadlines
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    made = running_project(cast)
    Project.objects.filter(pk=made.pk).update(officer=cast.officer)
    made.refresh_from_db()
    return made


def handing(project: Project, receiver: User, **more: Any) -> Handing:
    return replace(Handing((project.pk,), receiver, "轮岗", timezone.localdate()), **more)


def in_charge(project: Project) -> User | None:
    project.refresh_from_db()
    return project.officer


@pytest.mark.tampers  # the state of a report
def test_inbox_and_messages_follow_the_hand_over_and_come_back(cast: way.Cast, project: Project) -> None:
    receiver = officer()
    Report.objects.filter(project=project).update(state="endorsed")
    waits = [len(waiting_for(again(user))) for user in (cast.officer, receiver)]
    assert waits[0] > waits[1]
    made = hand_over(giver=cast.officer, handing=handing(project, receiver), by=cast.officer)
    assert (made.state, in_charge(project), officers_of(project)) == ("running", receiver, [receiver])
    assert [len(waiting_for(again(user))) for user in (receiver, cast.officer)] == waits
    assert {one.to for one in Message.objects.filter(key__startswith="handover:")} == {cast.officer, receiver}
    for user in (cast.auditor, cast.admin, officer()):
        with pytest.raises(NotAllowed):
            hand_back(handover=made, by=user)
    hand_back(handover=made, by=receiver, note="已返岗")
    assert (made.state, in_charge(project)) == ("ended", cast.officer)
    names = set(JournalEntry.objects.filter(subject_type="projects.handover").values_list("action", flat=True))
    assert names == {f"projects.handover.{one}" for one in ("make", "begin", "move", "hand_back")}


def test_a_deputy_has_them_from_the_first_day_to_the_last(cast: way.Cast, project: Project) -> None:
    deputy, start = officer(), timezone.now()
    days = {
        "starts_on": timezone.localdate() + dt.timedelta(days=2),
        "ends_on": timezone.localdate() + dt.timedelta(days=4),
    }
    made = hand_over(giver=cast.officer, handing=handing(project, deputy, **days), by=cast.decision_maker)
    found = []
    for day in range(7):
        with time_machine.travel(start + dt.timedelta(days=day)):
            fire_deadlines()
            found.append(in_charge(project) == deputy)
    made.refresh_from_db()
    assert (found, made.state) == ([False, False, True, True, True, False, False], "ended")
    later = hand_over(
        giver=cast.officer,
        handing=handing(project, deputy, starts_on=timezone.localdate() + dt.timedelta(days=2)),
        by=cast.officer,
    )
    cancel_handover(handover=later, by=cast.officer)
    with time_machine.travel(start + dt.timedelta(days=3)):
        fire_deadlines()
    assert (later.state, in_charge(project)) == ("cancelled", cast.officer)


def test_what_was_handed_on_stays_where_it_is_when_the_first_is_handed_back(cast: way.Cast, project: Project) -> None:
    second, third = officer(), officer()
    first = hand_over(giver=cast.officer, handing=handing(project, second), by=cast.officer)
    hand_over(giver=second, handing=handing(project, third), by=second)
    hand_back(handover=first, by=cast.officer)
    assert in_charge(project) == third


def test_who_is_no_officer_any_more_leaves_it_to_all(cast: way.Cast, project: Project) -> None:
    other = officer()
    RoleGrant.objects.filter(person=cast.officer.person).delete()
    assert officers_of(project) == [other]


def test_only_the_own_are_handed_over_and_all_faults_are_said(cast: way.Cast, project: Project) -> None:
    receiver = officer()
    for user in (receiver, cast.auditor, cast.applicant):
        with pytest.raises(NotAllowed):
            hand_over(giver=cast.officer, handing=handing(project, receiver), by=user)
    today = timezone.localdate()
    wrong = Handing((), cast.auditor, " ", today - dt.timedelta(days=1), today - dt.timedelta(days=2))
    with pytest.raises(Refused) as refused:
        hand_over(giver=cast.officer, handing=wrong, by=cast.officer)
    assert refused.value.codes == ["no_projects", "receiver", "no_reason", "past", "days_order"]
    with pytest.raises(Refused) as refused:
        hand_over(giver=receiver, handing=handing(project, cast.officer), by=receiver)
    assert refused.value.codes == ["foreign_project"]
    assert Handover.objects.count() == 0
