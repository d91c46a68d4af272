from __future__ import annotations

import pytest

from experts import invariants
from experts.actions.assignment import assign_expert
from experts.actions.draw import propose
from experts.actions.sheet import submit_score_sheet
from experts.models import Assignment, Departure, Dossier, DrawRules, ScoreSheet
from tests.factories.directory import officer
from tests.factories.experts import accepted, answers, expert_user, profile_of, running

pytestmark = pytest.mark.django_db


def test_a_changed_dossier_and_a_changed_total_are_found() -> None:
    user = expert_user()
    submit_score_sheet(assignment=accepted(officer(), user), answers=answers(), by=user)
    assert [list(invariants.dossiers_are_frozen()), list(invariants.totals_add_up())] == [[], []]
    Dossier.objects.update(title="改过的题目")
    ScoreSheet.objects.update(total=99)
    assert len(list(invariants.dossiers_are_frozen())) == 1
    assert len(list(invariants.totals_add_up())) == 1
    ScoreSheet.objects.update(total="86.00")


@pytest.mark.tampers
def test_a_seat_given_by_hand_without_its_reason_and_a_seat_that_was_not_drawn_are_found() -> None:
    boss = officer()
    user, other = expert_user(), expert_user()
    review_round = running(boss)
    DrawRules.objects.create(round=review_round, mode="drawn")
    (seat,) = propose(review_round=review_round, by=boss)
    free = next(one for one in (user, other) if profile_of(one).pk != seat.expert_id)
    by_hand = assign_expert(dossier=seat.dossier, expert=profile_of(free), by=boss, reason="缺少财务专家")
    assert [list(invariants.hand_given_seats_are_told()), list(invariants.confirmed_draws_are_kept())] == [[], []]
    Departure.objects.all().delete()
    assert list(invariants.hand_given_seats_are_told()) == [f"assignment {by_hand.pk}"]
    Assignment.objects.filter(pk=by_hand.pk).update(draw=seat.draw)
    assert list(invariants.confirmed_draws_are_kept()) == [f"draw {seat.draw_id}"]
