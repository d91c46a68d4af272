from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from experts.actions.assignment import decline
from experts.conflicts import codes
from experts.models import ExpertProfile
from experts.plan import shortages
from experts.queries.seats import seats
from tests.factories.directory import officer
from tests.factories.experts import expert_user, handed_in, invited, profile_of, running

pytestmark = pytest.mark.django_db


def test_a_free_seat_says_who_could_take_it_and_which_rule_keeps_whom_out() -> None:
    boss, kept, free = officer(), expert_user(), expert_user()
    dossier = handed_in(1, boss, kept_away_people=(profile_of(kept).person_id,))
    review_round = running(boss, dossier)
    short = shortages(review_round, seats(review_round, [dossier.pk]))[dossier.pk]
    assert (short.missing, short.free, short.binding) == (1, 1, (("PERSON_KEPT_AWAY", 1),))
    assert [(str(rule), number) for rule, number in short.told] == [("团队成员", 1)]
    assert ExpertProfile.objects.get(pk=profile_of(free).pk).state == "admitted"


def test_where_a_seat_was_given_back_those_who_fit_best_are_proposed_but_never_who_gave_it_back() -> None:
    boss, gone = officer(), expert_user()
    near = [expert_user(keywords=["储能"]) for _number in range(2)]
    far = [expert_user(keywords=["蒙医药"]) for _number in range(2)]
    seat = invited(boss, gone)
    rows = seats(seat.round, [seat.dossier_id])
    assert shortages(seat.round, rows) == {}
    decline(assignment=seat, by=gone, note="出差")
    short = shortages(seat.round, seats(seat.round, [seat.dossier_id]))[seat.dossier_id]
    assert short.best == tuple(profile_of(user) for user in (*near, far[0]))


def test_a_free_seat_that_nobody_gave_back_proposes_nobody() -> None:
    boss = officer()
    expert_user()
    review_round = running(boss)
    dossier = review_round.dossiers.get()
    assert shortages(review_round, seats(review_round, [dossier.pk]))[dossier.pk].best == ()


def test_every_rule_has_a_name_for_officers() -> None:
    named = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str)}
    assert set(codes.LABELS) == named


def test_the_pool_is_filtered_by_kind(client: Client, settings: Settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    lawyer, engineer = expert_user(kinds=["law"]), expert_user()
    client.force_login(officer())
    page = client.get("/bench/experts/?kind=law").content.decode()
    names = [profile_of(one).person.name + "</a>" in page for one in (lawyer, engineer)]
    assert names == [True, False]
