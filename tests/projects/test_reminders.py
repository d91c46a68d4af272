from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from directory.models import User
from projects.actions.contract import sign_contract, start_signing
from projects.actions.expiry import warn_before_expiry
from projects.actions.funding import confirm_list
from projects.models import Call, Contract, Proposal
from tests.factories import way
from tests.factories.projects import days
from tests.projects.actions.test_funding import on_notice
from workflows.actions.deadlines import remind_due
from workflows.models import Message, OutboxMessage

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def told(user: User) -> int:
    return Message.objects.filter(to=user).count()


def every_half_day(until: dt.datetime, *users: User) -> list[tuple[int, ...]]:
    """How often each was told, day by day, when the job runs twice a day up to `until`."""
    counts = []
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        while timezone.now() < until:
            remind_due()
            counts.append(tuple(told(user) for user in users))
            clock.shift(DAY / 2)
    return counts


def test_a_draft_is_reminded_of_seven_three_and_one_day_before_filing_ends_once_each() -> None:
    cast = way.Cast()
    deadline = days(9)
    call = way.call(filing_deadline=deadline, recommendation_deadline=days(12))
    way.proposal(cast, call, state="draft")
    counts = [count for (count,) in every_half_day(deadline, cast.applicant)]
    assert counts == [0] * 4 + [1] * 8 + [2] * 4 + [3] * 2
    assert OutboxMessage.objects.filter(kind="mail.send").count() == 3


def test_only_those_who_have_something_to_file_are_reminded() -> None:
    cast = way.Cast()
    call = way.call(filing_deadline=days(2), recommendation_deadline=days(12))
    for state in ("submitted", "endorsed", "withdrawn", "expired"):
        way.proposal(cast, call, state=state)
    way.proposal(way.Cast(), way.call(state="concluded", published_at=days(-9), filing_deadline=days(2)), state="draft")
    remind_due()
    assert Message.objects.count() == 0


def test_a_deadline_that_is_moved_is_reminded_of_again() -> None:
    cast = way.Cast()
    call = way.call(filing_deadline=days(2), recommendation_deadline=days(40))
    way.proposal(cast, call, state="draft")
    remind_due()
    Call.objects.update(filing_deadline=days(20))
    remind_due()
    assert told(cast.applicant) == 1
    remind_due(at=days(18))
    assert told(cast.applicant) == 2


def test_what_was_returned_has_its_own_deadline() -> None:
    cast = way.Cast()
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-3))
    way.proposal(cast, call, state="returned", returned_to_deadline=days(2))
    remind_due()
    message = Message.objects.get()
    assert (message.to, message.title.startswith("尚未提交，申报截止时间为")) == (cast.applicant, True)


def test_a_host_is_reminded_of_its_internal_deadline_once_for_all_proposals() -> None:
    cast = way.Cast()
    cast.host.internal_lead_days = 4
    cast.host.save()
    call = way.call(opens_at=days(-40), filing_deadline=days(-1), recommendation_deadline=days(6))
    for _number in range(3):
        way.proposal(cast, call)
    remind_due()
    remind_due()
    message = Message.objects.get()
    assert (message.to, message.body.count("\n"), call.title in message.title) == (cast.admin, 2, True)
    assert Proposal.objects.filter(state="submitted").count() == 3


def test_the_days_are_settings(settings: Any) -> None:
    settings.REMIND_DAYS = {"recommendation": (10,)}
    cast = way.Cast()
    call = way.call(opens_at=days(-40), filing_deadline=days(1), recommendation_deadline=days(9))
    way.proposal(cast, call, state="draft")
    way.proposal(cast, call, state="endorsed")
    assert (remind_due(), warn_before_expiry(at=timezone.now())) == (0, 1)
    assert [message.to for message in Message.objects.all()] == [cast.recommender]


def test_a_contract_is_reminded_of_to_the_investigator_and_whoever_signs_next() -> None:
    cast = way.Cast()
    funding_list = on_notice(cast, 90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        confirm_list(funding_list=funding_list, by=cast.decision_maker)
        contract = Contract.objects.get()
        start_signing(contract=contract, by=cast.applicant)
        sign_contract(contract=contract, by=cast.applicant, sha256=contract.sha256)
        Message.objects.all().delete()
        assert contract.sign_by is not None
        remind_due(at=contract.sign_by - 2 * DAY)
        remind_due(at=contract.sign_by - 2 * DAY)
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted([cast.applicant.pk, cast.admin.pk])
