from __future__ import annotations

import datetime as dt

import pytest

from projects.actions.endorsement import (
    endorse_batch,
    endorse_proposal,
    refuse_endorsement,
    return_by_organisation,
)
from projects.models import Call, Proposal
from tests.factories import directory, way
from tests.factories.projects import days
from workflows.errors import NotAllowed, Refused, Stale
from workflows.models import JournalEntry, JournalLink, Message, StateChange
from workflows.queries.history import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_an_endorsed_proposal_waits_for_the_recommendation(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    endorse_proposal(proposal=row, by=cast.admin, note="同意推荐")
    assert row.state == "endorsed"
    assert [(one.transition, one.by_id, one.note) for one in history(row)] == [("endorse", cast.admin.pk, "同意推荐")]


def test_a_call_without_recommendation_passes_the_proposal_on_at_once(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(recommendation=False))
    endorse_proposal(proposal=row, by=cast.admin)
    assert row.state == "recommended"
    assert [(one.transition, one.by_id) for one in history(row)] == [("pass_on", None), ("endorse", cast.admin.pk)]


def test_a_host_without_an_authority_is_passed_on_at_once() -> None:
    cast = way.Cast()
    cast.host.authority = None
    cast.host.save(update_fields=["authority"])
    row = way.proposal(cast, way.call())
    endorse_proposal(proposal=row, by=cast.admin)
    assert row.state == "recommended"


def test_the_applicant_is_told_once_in_their_language(cast: way.Cast) -> None:
    cast.applicant.language = "en"
    cast.applicant.save(update_fields=["language"])
    row = way.proposal(cast, way.call())
    endorse_proposal(proposal=row, by=cast.admin, note="fine")
    assert list(Message.objects.values_list("to", "title", "body", "url")) == [
        (
            cast.applicant.pk,
            "Your organisation has endorsed the proposal.",
            f"{row.number} {row.title}\nfine",
            f"/bench/proposals/{row.uid}/",
        )
    ]


def test_nobody_else_may_endorse_and_nothing_is_changed(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    for name, user in cast.everybody().items():
        if name != "admin":
            with pytest.raises(NotAllowed):
                endorse_proposal(proposal=row, by=user)
    row.refresh_from_db()
    assert (row.state, row.version, StateChange.objects.count(), JournalEntry.objects.count()) == ("submitted", 0, 0, 0)


def test_an_administrator_does_not_endorse_their_own_proposal(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), applicant=cast.admin.person)
    with pytest.raises(NotAllowed):
        endorse_proposal(proposal=row, by=cast.admin)


def test_endorsing_after_the_recommendation_deadline_is_refused(cast: way.Cast) -> None:
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    with pytest.raises(Refused) as refused:
        endorse_proposal(proposal=way.proposal(cast, call), by=cast.admin)
    assert refused.value.codes == ["recommendation_deadline_passed"]


def test_a_deadline_given_with_a_return_moves_the_recommendation_deadline_too(cast: way.Cast) -> None:
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    row = way.proposal(cast, call, returned_to_deadline=days(3))
    endorse_proposal(proposal=row, by=cast.admin)
    assert row.state == "endorsed"


def test_a_return_needs_a_reason(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    with pytest.raises(Refused) as refused:
        return_by_organisation(proposal=row, by=cast.admin, note="  ")
    assert refused.value.codes == ["note_required"]
    return_by_organisation(proposal=row, by=cast.admin, note="缺伦理审查意见")
    assert row.state == "returned"


def test_a_return_is_refused_when_the_proposal_could_not_come_back(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(opens_at=days(-40), filing_deadline=days(-1), recommendation_deadline=days(2)))
    with pytest.raises(Refused) as refused:
        return_by_organisation(proposal=row, by=cast.admin, note="缺附件")
    assert refused.value.codes == ["cannot_come_back"]


def test_a_refused_endorsement_ends_the_proposal(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    refuse_endorsement(proposal=row, by=cast.admin, note="与在研项目重复")
    assert row.state == "not_endorsed"
    with pytest.raises(Refused) as refused:
        endorse_proposal(proposal=row, by=cast.admin)
    assert refused.value.codes == ["wrong_state"]


def test_a_stale_page_cannot_endorse(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    with pytest.raises(Stale):
        endorse_proposal(proposal=row, by=cast.admin, expected_version=7)


def test_a_batch_does_what_can_be_done_and_says_why_not_of_the_rest(cast: way.Cast) -> None:
    call = way.call()
    late: Call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    rows = [way.proposal(cast, call), way.proposal(cast, late), way.proposal(cast, call)]
    outcomes = endorse_batch(proposals=rows, by=cast.admin, note="同意")
    assert [[reason.code for reason in one.reasons] for one in outcomes] == [[], ["recommendation_deadline_passed"], []]
    states = Proposal.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["endorsed", "submitted", "endorsed"]
    assert JournalLink.objects.count() == 2


def test_the_team_is_told_once_confirmed_and_not_before(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call())
    member, invited = directory.applicant(), directory.applicant()
    row.participants.create(name="成员", person=member.person, state="confirmed")
    row.participants.create(name="受邀", person=invited.person, state="invited")
    endorse_proposal(proposal=row, by=cast.admin)
    assert set(Message.objects.values_list("to", flat=True)) == {cast.applicant.pk, member.pk}


def test_limits_keep_the_hosts_own_days_before_the_departments() -> None:
    from projects.queries.limits import organisation_limit, recommendation_limit

    cast = way.Cast()
    cast.host.internal_lead_days = 3
    cast.host.save(update_fields=["internal_lead_days"])
    row = way.proposal(cast, way.call())
    limit, own = recommendation_limit(row), organisation_limit(row)
    assert limit is not None
    assert own == limit - dt.timedelta(days=3)
