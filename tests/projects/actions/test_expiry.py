from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from projects.actions.expiry import expire_late, warn_before_expiry
from projects.models import Proposal
from tests.factories import way
from tests.factories.projects import days
from workflows.models import Message

pytestmark = pytest.mark.django_db
STATES = ("draft", "returned", "submitted", "endorsed", "recommended")


def states() -> list[str]:
    return list(Proposal.objects.order_by("pk").values_list("state", flat=True))


def test_after_the_recommendation_deadline_what_was_not_passed_on_expires() -> None:
    cast = way.Cast()
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    for state in STATES:
        way.proposal(cast, call, state=state)
    outcomes = expire_late(at=timezone.now())
    assert [one.done for one in outcomes] == [True] * 4
    assert states() == ["expired", "expired", "expired", "expired", "recommended"]
    assert expire_late(at=timezone.now()) == []


def test_between_the_deadlines_only_what_is_with_applicants_expires() -> None:
    cast = way.Cast()
    call = way.call(opens_at=days(-40), filing_deadline=days(-1), recommendation_deadline=days(1))
    for state in STATES:
        way.proposal(cast, call, state=state)
    expire_late(at=timezone.now())
    assert states() == ["expired", "expired", "submitted", "endorsed", "recommended"]


def test_a_deadline_given_with_a_return_keeps_the_proposal_alive() -> None:
    cast = way.Cast()
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-3))
    way.proposal(cast, call, state="returned", returned_to_deadline=days(2))
    way.proposal(cast, call, state="submitted", returned_to_deadline=days(-1))
    way.proposal(cast, call, state="submitted", returned_to_deadline=days(-3))
    expire_late(at=timezone.now())
    assert states() == ["returned", "submitted", "expired"]


def test_nothing_expires_before_the_filing_deadline_and_its_margin() -> None:
    call = way.call(opens_at=days(-40), filing_deadline=timezone.now(), recommendation_deadline=days(2))
    way.proposal(way.Cast(), call, state="draft")
    expire_late(at=timezone.now() + dt.timedelta(minutes=30))
    assert states() == ["draft"]
    expire_late(at=timezone.now() + dt.timedelta(minutes=61))
    assert states() == ["expired"]


def test_those_who_hold_proposals_are_warned_once_per_span() -> None:
    cast = way.Cast()
    call = way.call(opens_at=days(-40), filing_deadline=days(-1), recommendation_deadline=days(2))
    way.proposal(cast, call)
    way.proposal(cast, call)
    way.proposal(cast, call, state="endorsed")
    warn_before_expiry(at=timezone.now())
    warn_before_expiry(at=timezone.now())
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted([cast.admin.pk, cast.recommender.pk])
    warn_before_expiry(at=days(1) + dt.timedelta(hours=1))
    assert Message.objects.count() == 4


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    way.proposal(way.Cast(), call)
    call_command("expire_proposals")
    assert capsys.readouterr().out == "expired 1, refused 0, warned 0\n"
