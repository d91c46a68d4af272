from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from experts.actions.assignment import assign_expert
from experts.actions.ties import pin_conflict
from experts.draw.reading import problem_of
from experts.enums import PinVerdict
from experts.models import DrawRules
from experts.planning.inputs import gather
from experts.planning.rules import frozen, rules_of
from tests.factories.directory import OrganisationFactory, RegionFactory, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running

pytestmark = pytest.mark.django_db


def gathered(review_round: Any, **rules: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        gather(review_round, frozen(DrawRules(round=review_round, **rules))).inputs.decode()
    )
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_costs_the_same_for_one_dossier_and_expert_as_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    boss = officer()
    for _number in range(count):
        expert_user()
    review_round = running(boss, *(handed_in(number, boss) for number in range(1, count + 1)))
    rules = frozen(rules_of(review_round))
    with django_assert_num_queries(17):
        assert len(gather(review_round, rules).experts) == count


def test_the_bytes_are_a_problem_and_the_same_twice() -> None:
    boss = officer()
    for _number in range(3):
        expert_user()
    review_round = running(boss, handed_in(1, boss), handed_in(2, boss), experts_per_dossier=2)
    rules = frozen(rules_of(review_round))
    first = gather(review_round, rules)
    problem = problem_of(first.inputs)
    assert first.inputs == gather(review_round, rules).inputs
    assert (problem.need.tolist(), len(problem.pairs), problem.mode) == ([2, 2], 6, "best")


def test_a_share_from_outside_is_a_limit_to_those_from_the_home_league() -> None:
    boss, league = officer(), RegionFactory.create(level="league")
    banner = RegionFactory.create(level="banner", parent=league)
    host = OrganisationFactory.create(region=banner)
    near = profile_of(expert_user())
    unit = near.person.memberships.get().organisation
    unit.region = league
    unit.save()
    dossier = handed_in(1, boss, kept_away_organisations=(host.pk,))
    found = gathered(running(boss, dossier, experts_per_dossier=5), outside_percent=50, most_per_organisation=2)
    assert found["proposals"][0]["home_region"] == found["experts"][0]["region"] == league.code
    rules = {"max_per_institution": 2, "max_home_region": 2, "even_load": 0.05, "least_of_kind": None}
    assert found["rules"] == rules


def test_loads_elsewhere_lessen_what_may_be_drawn_and_seats_here_are_kept() -> None:
    boss, expert = officer(), profile_of(expert_user(max_load=3))
    assign_expert(dossier=running(boss, handed_in(1, boss)).dossiers.get(), expert=expert, by=boss)
    here = running(boss, handed_in(2, boss), handed_in(3, boss))
    assign_expert(dossier=here.dossiers.order_by("pk")[0], expert=expert, by=boss)
    found = gathered(here)
    assert (found["seated"], found["experts"][0]["max_load"], found["experts"][0]["load"]) == ([[0, 0]], 2, 2)
    assert gathered(here, most_each=1)["experts"][0]["max_load"] == 1


def test_what_is_kept_out_is_listed_with_the_pins() -> None:
    boss, first, second = officer(), profile_of(expert_user()), profile_of(expert_user())
    dossier = handed_in(1, boss)
    review_round = running(boss, dossier)
    dossier.refresh_from_db()
    pin_conflict(dossier=dossier, expert=second, verdict=PinVerdict.KEEP_AWAY, reason="举报", by=boss)
    found = gathered(review_round)
    assert [one["id"] for one in found["experts"]] == [str(first.uid), str(second.uid)]
    assert (found["conflicts"], found["pins"]) == ([[0, 1]], [[0, 1, "keep_away"]])


def test_a_round_without_a_pool_is_gathered() -> None:
    found = gathered(running(officer()))
    assert (found["experts"], found["affinity"], len(found["proposals"])) == ([], [], 1)
