"""Every rule on conflicts: when it holds, when it does not any more, and what an officer may set aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from directory.models import User
from experts.actions.ties import add_tie, pin_conflict, remove_tie, unpin_conflict
from experts.conflicts import ground, standing_conflicts
from experts.enums import PinVerdict, TieKind
from experts.models import Dossier, ExpertProfile
from tests.factories.directory import MembershipFactory, OrganisationFactory, PersonFactory, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
HOST, LEADER = "北方草原大学", "那木汗"


@pytest.fixture
def user() -> User:
    return expert_user()


def ago(years: float) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=int(years * 365.25))


def dossier(**fields: Any) -> Dossier:
    """A dossier of a running round, led by a person of a host."""
    boss = officer()
    host, leader = OrganisationFactory.create(name=HOST), PersonFactory.create(name=LEADER)
    kept = {"kept_away_people": (leader.pk,), "kept_away_organisations": (host.pk,)}
    found = handed_in(1, boss, **{**kept, **fields})
    running(boss, found)
    found.refresh_from_db()
    return found


def codes(expert: ExpertProfile, found: Dossier) -> list[str]:
    return [one.code for one in standing_conflicts(ground(found.round, [expert]), expert, found)]


def host_of(found: Dossier) -> int:
    return int(found.kept_away_organisations[0])


def test_nothing_stands_against_a_stranger(user: User) -> None:
    assert codes(profile_of(user), dossier()) == []


@pytest.mark.parametrize(("years", "found"), [(1, ["FORMER_UNIT"]), (2.9, ["FORMER_UNIT"]), (4, [])])
def test_a_former_organisation_counts_for_three_years(user: User, years: float, found: list[str]) -> None:
    case, expert = dossier(), profile_of(user)
    MembershipFactory.create(
        person=expert.person, organisation_id=host_of(case), state="ended", since=ago(9), until=ago(years)
    )

    assert codes(expert, case) == found


def test_the_present_organisation_says_no_more_of_the_past(user: User) -> None:
    case, expert = dossier(), profile_of(user)
    MembershipFactory.create(person=expert.person, organisation_id=host_of(case), state="ended", until=ago(1))
    MembershipFactory.create(person=expert.person, organisation_id=host_of(case))

    assert codes(expert, case) == ["SAME_UNIT"]


WITH_PEOPLE = [
    (TieKind.KINSHIP, "KINSHIP"),
    (TieKind.ADVISOR, "ADVISOR_STUDENT"),
    (TieKind.COAUTHOR, "COAUTHOR"),
    (TieKind.COPROJECT, "COPROJECT"),
    (TieKind.COPATENT, "COPATENT"),
    (TieKind.COAWARD, "COAWARD"),
    (TieKind.OTHER, "OTHER_INTEREST"),
]
WITH_UNITS = [
    (TieKind.WORKED, "FORMER_UNIT"),
    (TieKind.SHAREHOLDING, "SHAREHOLDING"),
    (TieKind.CONSULTANT, "PAID_CONSULTANT"),
    (TieKind.OTHER, "OTHER_INTEREST"),
]


@pytest.mark.parametrize(("kind", "code"), WITH_PEOPLE)
def test_a_tie_to_somebody_of_the_team_is_found_by_name(user: User, kind: TieKind, code: str) -> None:
    case, expert = dossier(), profile_of(user)
    add_tie(expert=expert, kind=kind, person_name=LEADER, by=user)
    add_tie(expert=expert, kind=kind, person_name="另一人", by=user)

    assert codes(expert, case) == [code]


@pytest.mark.parametrize(("kind", "code"), WITH_UNITS)
def test_a_tie_to_an_organisation_of_the_dossier_is_found(user: User, kind: TieKind, code: str) -> None:
    case, expert = dossier(), profile_of(user)
    host = OrganisationFactory._meta.model.objects.get(pk=host_of(case))
    add_tie(expert=expert, kind=kind, organisation=host, note="任期内", by=user)

    (found,) = standing_conflicts(ground(case.round, [expert]), expert, case)
    assert (found.code, HOST in found.evidence, "任期内" in found.evidence) == (code, True, True)


@pytest.mark.parametrize(
    ("kind", "years", "counts"),
    [
        (TieKind.COAUTHOR, 2, True),
        (TieKind.COAUTHOR, 4, False),
        (TieKind.KINSHIP, 0.1, False),
        (TieKind.ADVISOR, -1, True),
    ],
)
def test_common_work_fades_and_lasting_ties_end(user: User, kind: TieKind, years: float, counts: bool) -> None:  # noqa: FBT001
    case, expert = dossier(), profile_of(user)
    add_tie(expert=expert, kind=kind, person_name=LEADER, until=ago(years), by=user)

    assert bool(codes(expert, case)) is counts


def test_the_applicants_request_and_the_age_limit(user: User, settings: Settings) -> None:
    expert = profile_of(user)
    case = dossier(asked_to_avoid=(expert.person_id,))
    settings.EXPERT_MOST_AGE = 20

    assert codes(expert, case) == ["AGE", "APPLICANT_REQUEST"]
    settings.EXPERT_MOST_AGE = 0
    assert codes(expert, case) == ["APPLICANT_REQUEST"]


def test_an_officer_allows_what_rests_on_judgement_and_nothing_else(user: User) -> None:
    expert, boss = profile_of(user), officer()
    case = dossier(asked_to_avoid=(expert.person_id,))
    add_tie(expert=expert, kind=TieKind.KINSHIP, person_name=LEADER, by=user)
    add_tie(expert=expert, kind=TieKind.COAUTHOR, person_name=LEADER, by=user)

    pin = pin_conflict(dossier=case, expert=expert, verdict=PinVerdict.ALLOW, reason="领域专家极少", by=boss)

    assert codes(expert, case) == ["KINSHIP"]
    unpin_conflict(pin=pin, by=boss)
    assert codes(expert, case) == ["APPLICANT_REQUEST", "KINSHIP", "COAUTHOR"]


def test_an_officer_keeps_away_with_a_reason_and_the_later_ruling_counts(user: User) -> None:
    case, expert, boss = dossier(), profile_of(user), officer()
    pin_conflict(dossier=case, expert=expert, verdict=PinVerdict.ALLOW, reason="无关", by=boss)
    pin_conflict(dossier=case, expert=expert, verdict=PinVerdict.KEEP_AWAY, reason="群众反映", by=boss)

    (found,) = standing_conflicts(ground(case.round, [expert]), expert, case)
    assert (found.code, found.evidence) == ("PINNED", "群众反映")
    assert JournalEntry.objects.filter(action="experts.conflict.pin").count() == 2


def test_a_ruling_needs_an_officer_and_a_reason(user: User) -> None:
    case, expert = dossier(), profile_of(user)

    with pytest.raises(NotAllowed):
        pin_conflict(dossier=case, expert=expert, verdict=PinVerdict.ALLOW, reason="x", by=user)
    with pytest.raises(Refused) as refused:
        pin_conflict(dossier=case, expert=expert, verdict=PinVerdict.ALLOW, reason="  ", by=officer())

    assert (refused.value.codes, case.pins.count()) == (["field:reason"], 0)


def test_a_tie_is_the_experts_own_and_names_one_party(user: User) -> None:
    expert, host = profile_of(user), OrganisationFactory.create()
    with pytest.raises(NotAllowed):
        add_tie(expert=expert, kind=TieKind.OTHER, person_name=LEADER, by=expert_user())
    for unit, name in ((None, ""), (host, LEADER)):
        with pytest.raises(Refused):
            add_tie(expert=expert, kind=TieKind.OTHER, organisation=unit, person_name=name, by=user)
    tie = add_tie(expert=expert, kind=TieKind.OTHER, person_name=LEADER, by=user)
    with pytest.raises(NotAllowed):
        remove_tie(tie=tie, by=officer())

    remove_tie(tie=tie, by=user)

    assert expert.ties.count() == 0
    assert list(JournalEntry.objects.filter(action__startswith="experts.tie").values_list("action", flat=True)) == [
        "experts.tie.add",
        "experts.tie.remove",
    ]


def test_the_ground_costs_the_same_for_one_expert_and_for_three(django_assert_num_queries: Any) -> None:
    case = dossier()
    review_round = case.round
    for count in (1, 3):
        experts = [profile_of(expert_user()) for _ in range(count)]
        for expert in experts:
            MembershipFactory.create(person=expert.person)
        with django_assert_num_queries(10):
            known = ground(review_round, experts)
        assert [standing_conflicts(known, one, case) for one in experts] == [[]] * count
