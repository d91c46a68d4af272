from __future__ import annotations

import pytest

from projects.actions.draft import start_proposal
from projects.models import Call, Proposal
from tests.factories.projects import CallFactory, DirectionFactory
from tests.projects.writing import host, user_of
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalLink

pytestmark = pytest.mark.django_db


def published() -> Call:
    call: Call = CallFactory.create(published=True)
    return call


def test_a_member_of_a_verified_organisation_starts_a_draft_as_its_investigator() -> None:
    organisation = host()
    user = user_of("苏日娜", organisation)
    proposal = start_proposal(call=published(), by=user, organisation=organisation)
    assert (proposal.state, proposal.applicant, proposal.number) == ("draft", user.person, "")
    assert list(proposal.participants.values_list("name", "role", "state")) == [("苏日娜", "investigator", "confirmed")]
    assert JournalLink.objects.get().entry.action == "projects.proposal.start"


def test_somebody_of_another_organisation_may_not_start() -> None:
    user = user_of("苏日娜", host("甲"))
    with pytest.raises(NotAllowed):
        start_proposal(call=published(), by=user, organisation=host("乙"))
    assert Proposal.objects.count() == 0


def test_a_second_proposal_under_the_same_call_is_refused_and_under_another_is_not() -> None:
    organisation = host()
    user = user_of("苏日娜", organisation)
    call = published()
    start_proposal(call=call, by=user, organisation=organisation)
    with pytest.raises(Refused) as refused:
        start_proposal(call=call, by=user, organisation=organisation)
    assert refused.value.codes == ["has_proposal"]
    start_proposal(call=published(), by=user, organisation=organisation)
    assert Proposal.objects.count() == 2


def test_every_reason_against_starting_is_named_at_once() -> None:
    organisation = host(state="registered")
    user = user_of("苏日娜", organisation)
    with pytest.raises(Refused) as refused:
        start_proposal(
            call=CallFactory.create(closed=True),
            by=user,
            organisation=organisation,
            direction=DirectionFactory.create(),
        )
    assert refused.value.codes == ["call_not_open", "organisation_not_verified", "foreign_direction"]
