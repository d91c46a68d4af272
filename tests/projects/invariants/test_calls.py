from __future__ import annotations

import pytest

from projects.actions.call import ask_approval, publish_call
from projects.invariants import calls
from projects.models import Call
from tests.factories.directory import FocusAreaFactory, officer
from tests.factories.projects import CallFactory, DirectionFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def published() -> Call:
    by = officer()
    call: Call = CallFactory.create(officer=by, focus_areas=[FocusAreaFactory.create()])
    ask_approval(call=call, by=by)
    return publish_call(call=call, by=officer())


def test_a_call_published_through_its_actions_violates_nothing() -> None:
    published()
    checks = (calls.changed_after_publishing, calls.approved_by_drafter, calls.frozen_weights, calls.imported_open)
    assert [line for check in checks for line in check()] == []


@pytest.mark.tampers
def test_a_change_after_publishing_is_found() -> None:
    call = published()
    Call.objects.filter(pk=call.pk).update(rules=[], scoring={"criteria": []}, approved_by=call.officer)
    assert len(list(calls.changed_after_publishing())) == 1
    assert len(list(calls.frozen_weights())) == 1
    assert list(calls.approved_by_drafter()) == [f"call {call.pk}"]


@pytest.mark.tampers
def test_a_direction_of_another_call_is_found() -> None:
    proposal = ProposalFactory.create(direction=DirectionFactory.create())
    assert list(calls.foreign_directions()) == [f"proposal {proposal.pk}"]


@pytest.mark.tampers
def test_an_imported_call_in_draft_is_found() -> None:
    call = CallFactory.create(imported_key="x")
    assert list(calls.imported_open()) == [f"call {call.pk}"]
