from __future__ import annotations

import json
from decimal import Decimal

import pytest

from experts.actions.round import cancel_round
from experts.models import Dossier, ReviewRound
from projects.actions.review import finish_reviews, send_call_to_review, send_to_review
from projects.models import Proposal
from projects.tasks import take_back_from_review, take_over_results
from tests.factories import way
from workflows.errors import NotAllowed, Refused
from workflows.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def test_all_eligible_proposals_go_into_one_round_without_names(cast: way.Cast) -> None:
    call = way.call()
    rows = [way.proposal(cast, call, state="eligible") for _place in range(2)]
    send_to_review(proposal=rows[0], by=cast.officer)
    rows[1].refresh_from_db()
    assert [row.state for row in rows] == ["in_review", "in_review"]
    review_round = ReviewRound.objects.get()
    assert (review_round.reference, review_round.blind) == (f"projects.call:{call.pk}", True)
    dossiers = list(Dossier.objects.filter(round=review_round).order_by("pk"))
    assert [one.subject_id for one in dossiers] == [str(row.pk) for row in rows]
    text = json.dumps([one.content for one in dossiers], ensure_ascii=False)
    assert [name for name in (cast.applicant.person.name, cast.host.name) if name in text] == []
    assert dossiers[0].kept_away_organisations == [cast.host.pk]


def test_what_comes_late_joins_the_same_round(cast: way.Cast) -> None:
    call = way.call()
    way.proposal(cast, call, state="eligible")
    send_call_to_review(call=call, by=cast.officer)
    late = way.proposal(cast, call, state="eligible")
    assert send_call_to_review(call=call, by=cast.officer) == [late]
    assert (ReviewRound.objects.count(), Dossier.objects.filter(round__isnull=False).count()) == (1, 2)
    with pytest.raises(Refused) as refused:
        send_call_to_review(call=call, by=cast.officer)
    assert refused.value.codes == ["nothing_eligible"]


def test_no_review_while_the_check_runs(cast: way.Cast) -> None:
    call = way.call()
    way.proposal(cast, call, state="eligible")
    way.proposal(cast, call, state="recommended")
    with pytest.raises(Refused) as refused:
        send_call_to_review(call=call, by=cast.officer)
    assert refused.value.codes == ["check_running"]
    assert ReviewRound.objects.count() == 0


def test_only_officers_send_to_review(cast: way.Cast) -> None:
    call = way.call()
    way.proposal(cast, call, state="eligible")
    for name, user in cast.everybody().items():
        if name != "officer":
            with pytest.raises(NotAllowed):
                send_call_to_review(call=call, by=user)


def test_scores_are_taken_over_once(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="in_review")
    assert finish_reviews(scores={row.pk: Decimal("81.456")}) == [row]
    assert finish_reviews(scores={row.pk: Decimal(10)}) == []
    row.refresh_from_db()
    assert (row.state, row.score) == ("reviewed", Decimal("81.46"))


def test_a_cancelled_round_gives_its_proposals_back_to_be_sent_again(cast: way.Cast) -> None:
    row = way.proposal(cast, way.call(), state="eligible")
    first = ReviewRound.objects.get(pk=_sent(row, cast).pk)
    cancel_round(review_round=first, by=cast.officer, note="专家不足")
    take_back_from_review("k", OutboxMessage.objects.get(kind="review.cancelled").payload)
    row.refresh_from_db()
    assert row.state == "eligible"
    assert _sent(row, cast).pk != first.pk


def _sent(row: Proposal, cast: way.Cast) -> ReviewRound:
    send_call_to_review(call=row.call, by=cast.officer)
    found: ReviewRound = ReviewRound.objects.exclude(state="cancelled").get()
    return found


def test_a_round_of_somebody_else_changes_nothing_here() -> None:
    take_over_results("k", {"round_id": 0, "reference": "labs.evaluation:3"})
