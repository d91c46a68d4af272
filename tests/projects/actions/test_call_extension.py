from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.actions.call_extension import (
    approve_extension,
    propose_extension,
    refuse_extension,
    withdraw_extension,
)
from projects.models import Call, CallExtension, Proposal
from projects.queries.limits import filing_limit, organisation_limit
from tests.factories import way
from tests.factories.directory import officer
from tests.factories.projects import days
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import JournalEntry, Message, OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def call(cast: way.Cast) -> Call:
    return way.call(officer=cast.officer, filing_deadline=days(2), recommendation_deadline=days(5))


def propose(call: Call, cast: way.Cast, **changes: Any) -> CallExtension:
    fields = {"filing_deadline": days(12), "recommendation_deadline": days(15), "reason": "系统检修", **changes}
    return propose_extension(call=call, by=cast.officer, **fields)


def test_nothing_moves_before_a_second_person_approves(call: Call, cast: way.Cast) -> None:
    before = call.filing_deadline
    extension = propose(call, cast)
    call.refresh_from_db()
    assert (call.filing_deadline, Message.objects.count()) == (before, 0)
    for who in (cast.officer, cast.applicant, cast.auditor):
        with pytest.raises(NotAllowed):
            approve_extension(extension=extension, by=who)
    approve_extension(extension=extension, by=officer())
    call.refresh_from_db()
    assert (call.filing_deadline, call.recommendation_deadline) == (
        extension.filing_deadline,
        extension.recommendation_deadline,
    )
    assert (extension.state, call.version) == ("approved", 1)


def test_it_is_journaled_and_the_public_page_follows(call: Call, cast: way.Cast) -> None:
    before = call.filing_deadline
    assert before is not None
    extension = propose(call, cast)
    approve_extension(extension=extension, by=cast.decision_maker)
    entry = JournalEntry.objects.get(action="projects.call.extend")
    assert entry.subject_id == str(call.pk)
    assert dt.datetime.fromisoformat(entry.data["from"]) == before
    assert dt.datetime.fromisoformat(entry.data["to"]) == extension.filing_deadline
    assert OutboxMessage.objects.get(kind="call.changed").payload == {"call_id": call.pk}


@pytest.mark.tampers  # the factory's states
def test_everybody_concerned_is_told_once(call: Call, cast: way.Cast) -> None:
    for state in ("draft", "submitted", "endorsed", "withdrawn"):
        way.proposal(cast, call, state=state)
    way.proposal(way.Cast(), way.call(), state="draft")
    approve_extension(extension=propose(call, cast), by=cast.decision_maker)
    told = sorted(Message.objects.values_list("to", flat=True))
    assert told == sorted([cast.applicant.pk, cast.admin.pk, cast.recommender.pk])
    assert Message.objects.filter(body__startswith="系统检修").count() == 3


@pytest.mark.tampers  # the factory's states
def test_what_was_about_to_expire_gets_the_later_limit(call: Call, cast: way.Cast) -> None:
    draft = way.proposal(cast, call, state="draft")
    extension = propose(call, cast)
    approve_extension(extension=extension, by=cast.decision_maker)
    draft.refresh_from_db()
    assert filing_limit(draft) == extension.filing_deadline


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"filing_deadline": days(1)}, ["not_later"]),
        ({"recommendation_deadline": days(11)}, ["recommendation_early"]),
        ({"recommendation_deadline": days(14)}, ["less_time"]),
        ({"filing_deadline": days(1), "reason": " "}, ["not_later", "no_reason"]),
    ],
)
def test_deadlines_only_move_to_later_days_with_a_reason(
    call: Call, cast: way.Cast, changes: dict[str, Any], codes: list[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        propose(call, cast, **changes)
    assert (refusal.value.codes, CallExtension.objects.count()) == (codes, 0)


def test_recommendation_and_the_organisations_own_limit_move_along_with_filing(call: Call, cast: way.Cast) -> None:
    filing, recommendation = call.filing_deadline, call.recommendation_deadline
    proposal = way.proposal(cast, call, state="submitted")
    own = organisation_limit(proposal)
    assert filing is not None
    assert recommendation is not None
    assert own is not None
    later = filing + dt.timedelta(days=10)
    extension = propose(call, cast, filing_deadline=later, recommendation_deadline=None)
    assert extension.recommendation_deadline == recommendation + dt.timedelta(days=10)
    approve_extension(extension=extension, by=cast.decision_maker)
    moved = Proposal.objects.select_related("call", "organisation").get(pk=proposal.pk)
    assert organisation_limit(moved) == own + dt.timedelta(days=10)
    until = f"{timezone.localtime(extension.recommendation_deadline):%Y-%m-%d %H:%M}"
    bodies = dict(Message.objects.values_list("to", "body"))
    assert [until in bodies[one.pk] for one in (cast.applicant, cast.admin, cast.recommender)] == [False, True, True]


def test_less_time_after_filing_has_to_be_meant(call: Call, cast: way.Cast) -> None:
    with pytest.raises(Refused) as refusal:
        propose(call, cast, recommendation_deadline=days(13))
    assert refusal.value.codes == ["less_time"]
    assert propose(call, cast, recommendation_deadline=days(13), less_time=True).recommendation_before


def test_a_call_without_recommendation_gets_none(cast: way.Cast) -> None:
    plain = way.call(officer=cast.officer, filing_deadline=days(2), recommendation_deadline=None)
    assert propose(plain, cast, recommendation_deadline=None).recommendation_deadline is None


def test_the_page_asks_before_less_time_is_left(call: Call, cast: way.Cast, client: Client) -> None:
    client.force_login(cast.officer)
    url = reverse("call_extend", args=[call.uid])
    assert 'type="checkbox"' not in client.get(url).content.decode()
    sent = {"filing_deadline": "2099-06-18T18:00", "recommendation_deadline": "2099-06-19T18:00", "reason": "检修"}
    asked = client.post(url, sent)
    assert (asked.status_code, CallExtension.objects.count()) == (409, 0)
    assert '<input type="checkbox" name="less_time"' in asked.content.decode()
    assert client.post(url, sent | {"less_time": "on"}).status_code == 302
    assert CallExtension.objects.get().recommendation_deadline == dt.datetime(2099, 6, 19, 10, 0, tzinfo=dt.UTC)


def test_only_officers_propose_one_at_a_time_while_filing_runs(call: Call, cast: way.Cast) -> None:
    for who in (cast.applicant, cast.decision_maker, cast.auditor):
        with pytest.raises(NotAllowed):
            propose_extension(
                call=call, filing_deadline=days(9), recommendation_deadline=days(9), reason="检修", by=who
            )
    propose(call, cast)
    with pytest.raises(Refused) as second:
        propose(call, cast)
    assert second.value.codes == ["extension_waits"]
    over = way.call(opens_at=days(-9), filing_deadline=days(-1), recommendation_deadline=days(5))
    for closed in (over, way.call(state="draft", published_at=None)):
        with pytest.raises(Refused) as refusal:
            propose(closed, cast)
        assert refusal.value.codes == ["filing_over"]


def test_an_approval_that_comes_too_late_or_after_another_move_changes_nothing(call: Call, cast: way.Cast) -> None:
    extension = propose(call, cast)
    Call.objects.filter(pk=call.pk).update(filing_deadline=days(4))
    with pytest.raises(Refused) as moved:
        approve_extension(extension=extension, by=cast.decision_maker)
    with time_machine.travel(timezone.now() + dt.timedelta(days=6)), pytest.raises(Refused) as late:
        approve_extension(extension=extension, by=cast.decision_maker)
    assert (moved.value.codes, late.value.codes) == (["moved_already"], ["filing_over"])
    assert Message.objects.count() == 0


def test_it_can_be_refused_by_the_second_and_withdrawn_by_the_first(call: Call, cast: way.Cast) -> None:
    refused = propose(call, cast)
    refuse_extension(extension=refused, by=cast.decision_maker, note="无须延期")
    withdrawn = propose(call, cast)
    withdraw_extension(extension=withdrawn, by=cast.officer)
    assert (refused.state, withdrawn.state) == ("refused", "withdrawn")


def test_the_page_takes_deadlines_in_the_zone_of_the_call_and_the_second_finds_it_in_the_inbox(
    call: Call, cast: way.Cast, client: Client
) -> None:
    Call.objects.filter(pk=call.pk).update(zone="Asia/Urumqi")
    client.force_login(cast.officer)
    url = reverse("call_extend", args=[call.uid])
    bad = client.post(url, {"filing_deadline": "2020-01-01T10:00", "reason": "检修"})
    assert (bad.status_code, "2020-01-01T10:00" in bad.content.decode()) == (409, True)
    sent = {"filing_deadline": "2099-06-18T18:00", "recommendation_deadline": "2099-06-21T18:00", "reason": "检修"}
    assert client.post(url, sent).status_code == 302
    extension = CallExtension.objects.get()
    assert extension.filing_deadline.isoformat() == "2099-06-18T12:00:00+00:00"
    assert [one.url for one in waiting_for(cast.decision_maker) if str(call.uid) in one.url] == [
        extension.get_absolute_url()
    ]
    client.force_login(cast.decision_maker)
    verb = reverse("transition", args=["projects.callextension", extension.uid, "approve_extension"])
    assert verb in client.get(extension.get_absolute_url()).content.decode()
    assert client.post(verb, {"version": "0", "note": ""}).status_code == 302
    extension.refresh_from_db()
    assert extension.state == "approved"
    client.force_login(cast.applicant)
    assert (client.get(url).status_code, client.get(verb).status_code) == (404, 404)
