"""Two decisions at once on one record: one is taken, the other refused; on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from directory.models import User
from projects.actions.endorsement import endorse_proposal, return_by_organisation
from projects.actions.funding import approve_list, ask_approval, make_funding_list
from projects.models import FundingList, Proposal, PublicNotice
from tests.factories import directory, way
from tests.races import race
from workflows.models import JournalLink, StateChange

pytest_plugins = ("tests.postgres",)
ROUNDS = 4


def endorse_against_return() -> list[str]:
    """Endorse and return one proposal at once, in fresh rows and standings."""
    cast = way.Cast()
    row, second = way.proposal(cast, way.call()), directory.organisation_admin(cast.host)

    def endorse() -> None:
        endorse_proposal(proposal=Proposal.objects.get(pk=row.pk), by=User.objects.get(pk=cast.admin.pk))

    def send_back() -> None:
        by = User.objects.get(pk=second.pk)
        return_by_organisation(proposal=Proposal.objects.get(pk=row.pk), by=by, note="补充附件")

    return race([endorse, send_back])


def check_endorse_against_return() -> None:
    for done in range(1, ROUNDS + 1):
        assert sorted(endorse_against_return()) == ["done", "wrong_state"]
        assert StateChange.objects.count() == done
    assert list(JournalLink.objects.values_list("seq", flat=True)) == list(range(1, ROUNDS + 1))


def check_two_approvals() -> None:
    cast = way.Cast()
    call = way.with_plan(way.call(), places=1)
    way.reviewed(cast, call, 90)
    made = make_funding_list(call=call, by=cast.officer)
    ask_approval(funding_list=made, by=cast.officer)
    makers = [cast.decision_maker, directory.decision_maker()]

    def approve(user: User) -> Callable[[], Any]:
        return lambda: approve_list(funding_list=FundingList.objects.get(pk=made.pk), by=User.objects.get(pk=user.pk))

    assert sorted(race([approve(user) for user in makers])) == ["done", "wrong_state"]
    assert PublicNotice.objects.count() == 1
    assert Proposal.objects.get().state == "on_notice"


@pytest.mark.django_db(transaction=True)
def test_of_endorsing_and_returning_at_once_one_is_taken_on_sqlite() -> None:
    check_endorse_against_return()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_of_endorsing_and_returning_at_once_one_is_taken_on_postgresql() -> None:
    check_endorse_against_return()


@pytest.mark.django_db(transaction=True)
def test_of_two_decision_makers_one_approves_on_sqlite() -> None:
    check_two_approvals()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_of_two_decision_makers_one_approves_on_postgresql() -> None:
    check_two_approvals()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_with_the_locks_off_both_decisions_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without row locks the same threads both get through, so the tests above can fail."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    found = [tuple(endorse_against_return()) for _round in range(12)]
    assert [pair for pair in found if "wrong_state" not in pair] != []
