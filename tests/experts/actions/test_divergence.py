from __future__ import annotations

import pytest

from directory.models import User
from experts.actions.assignment import invite, propose_seat
from experts.actions.divergence import propose_one_more
from experts.models import Assignment, ReviewRound
from experts.plan import candidates
from tests.factories.directory import auditor, officer
from tests.factories.experts import expert_user, scored
from workflows.errors import NotAllowed
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def apart(boss: User, *, rule: bool = True, totals: tuple[int, int] = (60, 95)) -> ReviewRound:
    """One dossier, two experts, and a third in the pool."""
    users = expert_user(), expert_user()
    return scored(boss, [dict(zip(users, totals, strict=True))], extra_expert=rule)


def drain() -> None:
    while run_once():
        pass


def test_one_more_expert_is_proposed_by_the_rule_and_invited_by_the_officer() -> None:
    boss = officer()
    review_round = apart(boss)
    third = expert_user()
    drain()
    seat = Assignment.objects.get(round=review_round, state="drawn")
    assert (seat.expert.person, seat.assigned_by, seat.invited_at) == (third.person, None, None)
    assert propose_one_more(dossier=seat.dossier) is None
    invite(assignment=seat, by=boss)
    assert Assignment.objects.get(pk=seat.pk).state == "invited"


@pytest.mark.parametrize(("rule", "totals"), [(False, (60, 95)), (True, (80, 82))])
def test_nobody_is_proposed_without_the_rule_or_the_divergence(rule: bool, totals: tuple[int, int]) -> None:  # noqa: FBT001
    review_round = apart(officer(), rule=rule, totals=totals)
    expert_user()
    drain()
    assert Assignment.objects.filter(round=review_round).count() == 2


def test_nobody_left_in_the_pool_leaves_the_flag_to_the_officer() -> None:
    review_round = apart(officer())
    drain()
    assert propose_one_more(dossier=review_round.dossiers.get()) is None


def test_only_officers_and_the_system_propose() -> None:
    review_round = apart(officer(), rule=False)
    expert_user()
    dossier = review_round.dossiers.get()
    best = candidates(review_round, dossier)[0]
    with pytest.raises(NotAllowed):
        propose_seat(dossier=dossier, expert=best.expert, found=best.match, by=auditor())
