from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from projects.actions.section import save_section
from projects.actions.submission import submit_proposal, take_back, withdraw_proposal
from projects.models import Call, Proposal, ProposalVersion
from tests.factories.projects import CallFactory, days
from tests.projects.writing import draft, filled, host, user_of
from workflows.digest import digest
from workflows.errors import NotAllowed, Refused
from workflows.models import Message

pytestmark = pytest.mark.django_db


def test_submitting_freezes_the_content_and_gives_a_number_and_a_receipt() -> None:
    proposal, user = filled()
    version = submit_proposal(proposal=proposal, by=user, key="k1")
    assert (proposal.state, proposal.number, proposal.current_version) == (
        "submitted",
        f"{proposal.call.code}-0001",
        version,
    )
    assert version.sha256 == digest(ProposalVersion.objects.get().content)
    assert version.entry is not None
    assert version.entry.action == "projects.proposal.submit"
    assert version.entry.link.seq > 0
    assert version.content["team"][0]["name"] == "苏日娜"
    assert version.content["requested"] == "260000.00"


def test_the_same_key_and_any_other_key_give_the_first_receipt() -> None:
    proposal, user = filled()
    first = submit_proposal(proposal=proposal, by=user, key="k1")
    assert submit_proposal(proposal=proposal, by=user, key="k1") == first
    assert submit_proposal(proposal=proposal, by=user, key="k2") == first
    assert ProposalVersion.objects.count() == 1


def test_an_incomplete_draft_is_refused_with_every_problem_and_gets_no_number() -> None:
    proposal, user = draft()
    with pytest.raises(Refused) as refused:
        submit_proposal(proposal=proposal, by=user, key="k")
    assert "missing" in refused.value.codes
    assert Call.objects.get().last_number == 0
    assert ProposalVersion.objects.count() == 0


def test_nobody_but_the_applicant_submits() -> None:
    proposal, _user = filled()
    with pytest.raises(NotAllowed):
        submit_proposal(proposal=proposal, by=user_of("韩磊", host()), key="k")


def test_what_arrives_after_the_deadline_and_its_grace_does_not_count() -> None:
    limit = days(20)
    call = CallFactory.create(published=True, filing_deadline=limit, grace_seconds=60)
    proposal, user = filled(call)
    with pytest.raises(Refused) as refused:
        submit_proposal(proposal=proposal, by=user, key="k", arrived_at=limit + dt.timedelta(seconds=61))
    assert refused.value.codes == ["deadline_passed"]
    submit_proposal(proposal=proposal, by=user, key="k", arrived_at=limit + dt.timedelta(seconds=59))
    assert proposal.state == "submitted"


def test_taking_back_opens_the_draft_and_the_next_version_keeps_the_number() -> None:
    proposal, user = filled()
    first = submit_proposal(proposal=proposal, by=user, key="k1")
    take_back(proposal=proposal, by=user)
    assert (proposal.state, proposal.current_version) == ("draft", None)
    first.refresh_from_db()
    assert first.taken_back_at is not None
    save_section(proposal=proposal, section="content", data={"goals": "新目标"}, expected_version=1, by=user)
    second = submit_proposal(proposal=proposal, by=user, key="k2")
    assert (second.number, proposal.number) == (2, f"{proposal.call.code}-0001")
    assert second.sha256 != first.sha256


def test_the_team_hears_that_the_proposal_was_taken_back() -> None:
    proposal, user = filled()
    colleague = user_of("韩磊", host())
    proposal.participants.create(person=colleague.person, name="韩磊", state="confirmed", months_per_year=3)
    submit_proposal(proposal=proposal, by=user, key="k1")
    Message.objects.all().delete()
    take_back(proposal=proposal, by=user)
    assert set(Message.objects.values_list("to", flat=True)) == {user.pk, colleague.pk}


def test_after_the_deadline_nothing_is_taken_back() -> None:
    proposal, user = filled()
    submit_proposal(proposal=proposal, by=user, key="k1")
    Call.objects.update(filing_deadline=days(-1))
    with pytest.raises(Refused) as refused:
        take_back(proposal=Proposal.objects.get(), by=user)
    assert refused.value.codes == ["deadline_passed"]


def test_a_returned_proposal_is_submitted_until_the_deadline_given_with_it() -> None:
    proposal, user = filled()
    Call.objects.update(filing_deadline=days(-1))
    Proposal.objects.update(returned_to_deadline=days(3))
    proposal = Proposal.objects.get()
    with pytest.raises(Refused):
        submit_proposal(proposal=proposal, by=user, key="late", arrived_at=days(4))
    submit_proposal(proposal=proposal, by=user, key="k", arrived_at=timezone.now())
    assert proposal.state == "submitted"


def test_a_withdrawn_proposal_keeps_its_version() -> None:
    proposal, user = filled()
    version = submit_proposal(proposal=proposal, by=user, key="k1")
    withdraw_proposal(proposal=proposal, by=user, note="另有安排")
    assert (proposal.state, proposal.current_version) == ("withdrawn", version)


def test_the_administrators_of_the_host_are_told_once_per_version() -> None:
    proposal, user = filled()
    admin = user_of("高娃", proposal.organisation, role="organisation_admin")
    user_of("韩磊", host(), role="organisation_admin")
    submit_proposal(proposal=proposal, by=user, key="k1")
    submit_proposal(proposal=proposal, by=user, key="k1")
    assert list(Message.objects.values_list("to", "url")) == [(admin.pk, f"/bench/proposals/{proposal.uid}/")]
