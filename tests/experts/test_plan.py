from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from experts.conflicts import codes
from experts.models import ExpertProfile
from experts.plan import shortages
from experts.queries.seats import seats
from tests.factories.directory import officer
from tests.factories.experts import expert_user, handed_in, profile_of, running

pytestmark = pytest.mark.django_db


def test_a_free_seat_says_who_could_take_it_and_which_rule_keeps_whom_out() -> None:
    boss, kept, free = officer(), expert_user(), expert_user()
    dossier = handed_in(1, boss, kept_away_people=(profile_of(kept).person_id,))
    review_round = running(boss, dossier)
    short = shortages(review_round, seats(review_round, [dossier.pk]))[dossier.pk]
    assert (short.missing, short.free, short.binding) == (1, 1, (("PERSON_KEPT_AWAY", 1),))
    assert [(str(rule), number) for rule, number in short.told] == [("团队成员", 1)]
    assert ExpertProfile.objects.get(pk=profile_of(free).pk).state == "admitted"


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
