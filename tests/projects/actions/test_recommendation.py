from __future__ import annotations

import pytest

from projects.actions.recommendation import recommend_proposals, refuse_recommendation, return_by_authority
from projects.models import RecommendationLetter
from tests.factories import directory, way
from tests.factories.projects import days
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_one_letter_recommends_many(cast: way.Cast) -> None:
    call = way.call()
    rows = [way.proposal(cast, call, state="endorsed") for _place in range(3)]
    letter, outcomes = recommend_proposals(
        call=call, authority=cast.authority, proposals=rows, number=" 包科函〔2027〕15号 ", by=cast.recommender
    )
    assert [one.done for one in outcomes] == [True, True, True]
    assert letter.number == "包科函〔2027〕15号"
    assert [(row.state, row.recommendation_id) for row in rows] == [("recommended", letter.pk)] * 3


def test_what_cannot_be_recommended_stays_out_of_the_letter(cast: way.Cast) -> None:
    call = way.call()
    rows = [way.proposal(cast, call, state="endorsed"), way.proposal(cast, call, state="submitted")]
    letter, outcomes = recommend_proposals(
        call=call, authority=cast.authority, proposals=rows, number="15号", by=cast.recommender
    )
    assert [[reason.code for reason in one.reasons] for one in outcomes] == [[], ["wrong_state"]]
    assert list(letter.proposals.all()) == [rows[0]]


def test_a_letter_that_recommends_nothing_is_not_sent(cast: way.Cast) -> None:
    call = way.call(opens_at=days(-40), filing_deadline=days(-5), recommendation_deadline=days(-1))
    row = way.proposal(cast, call, state="endorsed")
    with pytest.raises(Refused) as refused:
        recommend_proposals(call=call, authority=cast.authority, proposals=[row], number="15号", by=cast.recommender)
    assert refused.value.codes == ["recommendation_deadline_passed"]
    assert (RecommendationLetter.objects.count(), JournalEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(("number", "code"), [("  ", "number_missing"), ("7号", "number_used")])
def test_the_letters_number_is_there_and_new(cast: way.Cast, number: str, code: str) -> None:
    call = way.call()
    RecommendationLetter.objects.create(call=call, authority=cast.authority, number="7号", by=cast.recommender)
    row = way.proposal(cast, call, state="endorsed")
    with pytest.raises(Refused) as refused:
        recommend_proposals(call=call, authority=cast.authority, proposals=[row], number=number, by=cast.recommender)
    assert refused.value.codes == [code]


def test_an_officer_recommends_only_what_is_under_their_authority(cast: way.Cast) -> None:
    call, other = way.call(), way.Cast(officer=cast.officer)
    theirs = way.proposal(other, call, state="endorsed")
    with pytest.raises(NotAllowed):
        recommend_proposals(
            call=call, authority=cast.authority, proposals=[theirs], number="1号", by=cast.other_recommender
        )
    with pytest.raises(Refused) as refused:
        recommend_proposals(call=call, authority=cast.authority, proposals=[theirs], number="1号", by=cast.recommender)
    assert refused.value.codes == ["other_call"]


def test_a_recommender_does_not_pass_on_their_own_proposal(cast: way.Cast) -> None:
    call = way.call()
    row = way.proposal(cast, call, state="endorsed", applicant=cast.recommender.person)
    with pytest.raises(Refused):
        recommend_proposals(call=call, authority=cast.authority, proposals=[row], number="1号", by=cast.recommender)


def test_the_authority_returns_or_refuses_with_reasons(cast: way.Cast) -> None:
    call = way.call()
    back, no = way.proposal(cast, call, state="endorsed"), way.proposal(cast, call, state="endorsed")
    return_by_authority(proposal=back, by=cast.recommender, note="附件不清晰")
    refuse_recommendation(proposal=no, by=cast.recommender, note="不符合本地布局")
    assert (back.state, no.state) == ("returned", "not_recommended")
    with pytest.raises(NotAllowed):
        refuse_recommendation(proposal=no, by=directory.recommending_officer(cast.host), note="x")
