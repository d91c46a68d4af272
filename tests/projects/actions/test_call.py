from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.models import User
from projects.actions.call import (
    ask_approval,
    cancel_call,
    clone_call,
    conclude_call,
    draft_call,
    frozen_digest,
    publish_call,
    return_call,
)
from projects.models import Call
from projects.queries.call_gaps import gaps
from tests.factories.directory import FocusAreaFactory, applicant, auditor, decision_maker, officer
from tests.factories.projects import CallFactory, ProposalFactory, days
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, OutboxMessage

pytestmark = pytest.mark.django_db


def complete(by: User, **fields: Any) -> Call:
    call: Call = CallFactory.create(officer=by, focus_areas=[FocusAreaFactory.create()], **fields)
    return call


def new(by: User, code: str = "2027-XT") -> Call:
    return draft_call(code=code, title="能源专项", kind="project", programme="重点研发", budget_mode="itemised", by=by)


def test_a_new_draft_has_the_standard_form_and_says_what_it_lacks() -> None:
    call = new(officer())
    assert len(call.form["sections"]) == 9
    assert [gap.code for gap in gaps(call)] == ["no_focus_area", "no_deadline", "no_direction", "no_contact"]


def test_drafting_is_journaled() -> None:
    call = new(officer())
    entry = JournalEntry.objects.get(action="projects.call.draft")
    assert (entry.subject_id, entry.data) == (str(call.pk), {"code": "2027-XT", "kind": "project"})


def test_a_code_is_given_once() -> None:
    by = officer()
    new(by)
    with pytest.raises(Refused) as refusal:
        new(by)
    assert refusal.value.codes == ["code_taken"]


@pytest.mark.parametrize("who", [applicant, auditor, decision_maker])
def test_only_officers_draft(who: Any) -> None:
    with pytest.raises(NotAllowed):
        new(who())


def test_an_incomplete_call_cannot_go_to_approval() -> None:
    by = officer()
    with pytest.raises(Refused) as refusal:
        ask_approval(call=new(by), by=by)
    assert refusal.value.codes == ["no_focus_area", "no_deadline", "no_direction", "no_contact"]


def test_a_second_person_publishes_and_the_definitions_are_frozen() -> None:
    by, second = officer(), decision_maker()
    call = complete(by)
    ask_approval(call=call, by=by)
    publish_call(call=call, by=second)
    assert (call.state, call.approved_by, call.frozen_sha256) == ("published", second, frozen_digest(call))
    assert call.published_at is not None


def test_publishing_queues_the_page_once() -> None:
    by = officer()
    call = complete(by)
    ask_approval(call=call, by=by)
    publish_call(call=call, by=officer())
    message = OutboxMessage.objects.get(kind="call.published")
    assert message.payload == {"call_id": call.pk}


def test_the_officer_who_drafts_cannot_approve() -> None:
    by = officer()
    call = complete(by)
    ask_approval(call=call, by=by)
    with pytest.raises(NotAllowed):
        publish_call(call=call, by=by)
    assert Call.objects.get(pk=call.pk).state == "in_approval"


def test_a_deadline_that_passes_in_approval_stops_publishing() -> None:
    by = officer()
    call = complete(by)
    ask_approval(call=call, by=by)
    with time_machine.travel(timezone.now() + dt.timedelta(days=21)), pytest.raises(Refused) as refusal:
        publish_call(call=call, by=officer())
    assert refusal.value.codes == ["deadline_passed"]
    assert OutboxMessage.objects.count() == 0


def test_returning_needs_a_reason() -> None:
    by, second = officer(), officer()
    call = complete(by)
    ask_approval(call=call, by=by)
    with pytest.raises(Refused) as refusal:
        return_call(call=call, by=second)
    assert refusal.value.codes == ["note_required"]
    return_call(call=call, by=second, note="请补充指南方向二的经费上限")
    assert call.state == "draft"


def test_a_published_call_cannot_be_cancelled() -> None:
    by = officer()
    with pytest.raises(Refused) as refusal:
        cancel_call(call=complete(by, published=True), by=by, note="误操作")
    assert refusal.value.codes == ["wrong_state"]


def test_a_draft_is_cancelled_with_a_reason() -> None:
    by = officer()
    call = complete(by)
    cancel_call(call=call, by=by, note="计划调整")
    assert call.state == "cancelled"


def test_a_call_is_concluded_when_its_proposals_have_ended() -> None:
    by = officer()
    call = complete(by, closed=True)
    proposal = ProposalFactory.create(call=call, submitted=True)
    with pytest.raises(Refused) as refusal:
        conclude_call(call=call, by=by)
    assert refusal.value.codes == ["proposals_under_way"]
    type(proposal).objects.filter(pk=proposal.pk).update(state="declined")
    conclude_call(call=call, by=by)
    assert call.state == "concluded"


def test_a_clone_has_everything_but_code_dates_and_state() -> None:
    by = officer()
    old = complete(by, concluded=True, directions=2)
    call = clone_call(call=old, code="2028-XT", by=by)
    assert (call.state, call.code, call.filing_deadline, call.published_at, call.frozen_sha256) == (
        "draft",
        "2028-XT",
        None,
        None,
        "",
    )
    assert [one.code for one in call.directions.all()] == [one.code for one in old.directions.all()]
    assert (call.contacts.count(), call.focus_areas.count()) == (1, 1)
    assert (call.form, call.rules, call.scoring, call.plan) == (old.form, old.rules, old.scoring, old.plan)
    assert call.cloned_from == old
    assert (old.directions.count(), old.contacts.count()) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"title": " "}, ["no_title"]),
        ({"programme": ""}, ["no_programme"]),
        ({"directions": 0}, ["no_direction"]),
        ({"contacts": 0}, ["no_contact"]),
        ({"filing_deadline": None, "recommendation_deadline": None}, ["no_deadline"]),
        ({"recommendation_deadline": None}, ["no_recommendation_deadline"]),
        ({"recommendation_deadline": None, "plan": {"recommendation": False}}, []),
        ({"opens_at": days(30)}, ["opens_late"]),
        ({"scoring": {"criteria": [{"id": "a", "name": "甲", "weight": "60"}]}}, ["weights"]),
        ({"scoring": {"criteria": 5}}, ["scoring_broken"]),
        ({"form": {"sections": []}}, ["form_without_title", "form_without_team", "form_without_budget"]),
        ({"form": {"sections": 1}}, ["form_broken"]),
        ({"rules": [{"id": "a", "subject": "applicant.age", "comparison": "one_of", "value": 3}]}, ["rule_invalid"]),
        ({"rules": [{"id": "a", "subject": "applicant.age", "comparison": "at_most", "value": "x"}]}, ["rule_invalid"]),
        ({"rules": [{"id": "a"}]}, ["rules_broken"]),
        ({"plan": {"places": -1}}, ["plan_broken"]),
    ],
)
def test_each_gap_is_named(fields: dict[str, Any], codes: list[str]) -> None:
    assert [gap.code for gap in gaps(complete(officer(), **fields))] == codes


def test_a_call_without_a_focus_area_has_a_gap() -> None:
    assert [gap.code for gap in gaps(CallFactory.create())] == ["no_focus_area"]


@pytest.mark.parametrize("kind", ["key_lab", "base"])
def test_a_platform_call_needs_no_budget(kind: str) -> None:
    assert gaps(complete(officer(), kind=kind)) == []
