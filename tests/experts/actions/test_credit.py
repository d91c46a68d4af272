from __future__ import annotations

from decimal import Decimal

import pytest

from directory.models import User
from experts.actions.credit import rate_expert, update_credit
from experts.actions.round import close_round, rank_round
from experts.models import ExpertCredit, ReviewRound
from experts.queries.credit import credit_of
from tests.factories.directory import auditor, officer
from tests.factories.experts import OPINION, expert_user, profile_of, scored
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def closed(boss: User, *users: User) -> ReviewRound:
    rows = [dict.fromkeys(users, 90), dict.fromkeys(users, 70)]
    review_round = scored(boss, rows)
    rank_round(review_round=review_round, by=boss)
    close_round(review_round=review_round, by=boss)
    while run_once():
        pass
    return review_round


def test_credit_is_computed_when_the_round_is_closed() -> None:
    boss, user = officer(), expert_user()
    closed(boss, user, expert_user())
    row = ExpertCredit.objects.get(expert=profile_of(user))
    length = Decimal(len(OPINION)) / 2
    assert row.parts == {"punctuality": "100.00", "opinion": f"{length:.2f}"}
    assert row.score == ((30 * 100 + 20 * length) / 50).quantize(Decimal("0.01"))
    assert credit_of([row.expert_id]) == {row.expert_id: row.score}
    assert JournalEntry.objects.get(action="experts.credit.update").data["experts"] == 2


def test_the_officers_rating_is_weighed_in_and_stays() -> None:
    boss, user = officer(), expert_user()
    review_round = closed(boss, user)
    before = ExpertCredit.objects.get().score
    row = rate_expert(review_round=review_round, expert=profile_of(user), rating=1, note="意见空泛", by=boss)
    update_credit(review_round=review_round)
    again = ExpertCredit.objects.get()
    assert (row.score < before, again.score, again.rating, again.rated_by) == (True, row.score, 1, boss)


def test_who_may_not_rate_and_what_cannot_be_rated() -> None:
    boss, user = officer(), expert_user()
    review_round = closed(boss, user)
    with pytest.raises(NotAllowed):
        rate_expert(review_round=review_round, expert=profile_of(user), rating=5, by=auditor())
    with pytest.raises(Refused) as refused:
        rate_expert(review_round=review_round, expert=profile_of(user), rating=6, by=boss)
    assert refused.value.codes == ["rating"]
    with pytest.raises(Refused) as refused:
        rate_expert(review_round=review_round, expert=profile_of(expert_user()), rating=3, by=boss)
    assert refused.value.codes == ["no_work"]


def test_a_round_that_is_not_ranked_gives_no_credit() -> None:
    assert update_credit(review_round=scored(officer(), [{expert_user(): 70}])) == []
