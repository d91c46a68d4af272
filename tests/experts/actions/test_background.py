"""What an expert writes down: past titles, stations that conflicts are computed from, papers; kinds that are added."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from directory.models import User
from experts.actions.background import MOST_STATIONS, add_station, add_works, remove_station, remove_work
from experts.actions.kinds import decide_kinds
from experts.actions.pool import Expertise, Profile, edit_profile
from experts.conflicts import ground, standing_conflicts
from experts.enums import StationKind
from experts.models import Dossier, ExpertProfile, Station
from tests.factories.directory import OrganisationFactory, applicant, officer
from tests.factories.experts import expert_user, handed_in, profile_of, running
from workflows.errors import NotAllowed, Refused
from workflows.models import Message

pytestmark = pytest.mark.django_db
HOST = "北方草原大学"


@pytest.fixture
def user() -> User:
    return expert_user()


def ago(years: float) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=int(years * 365.25))


def dossier_of_the_host() -> Dossier:
    boss, host = officer(), OrganisationFactory.create(name=HOST)
    found = handed_in(1, boss, kept_away_organisations=(host.pk,))
    running(boss, found)
    found.refresh_from_db()
    return found


def codes(expert: ExpertProfile, dossier: Dossier) -> list[str]:
    return [one.code for one in standing_conflicts(ground(dossier.round, [expert]), expert, dossier)]


@pytest.mark.parametrize(
    ("kind", "until", "found"),
    [
        (StationKind.WORK, None, ["FORMER_UNIT"]),
        (StationKind.WORK, 1, ["FORMER_UNIT"]),
        (StationKind.STUDY, 2.9, ["FORMER_UNIT"]),
        (StationKind.WORK, 4, []),
    ],
)
def test_where_an_expert_was_lately_keeps_away(
    user: User, kind: StationKind, until: float | None, found: list[str]
) -> None:
    case, expert = dossier_of_the_host(), profile_of(user)
    end = None if until is None else ago(until)
    add_station(expert=expert, kind=kind, name=HOST, since=ago(9), until=end, by=user)
    assert codes(expert, case) == found


def test_an_organisation_registered_later_counts_by_its_name(user: User) -> None:
    expert = profile_of(user)
    station = add_station(expert=expert, kind=StationKind.WORK, name=HOST, since=ago(9), by=user)
    case = dossier_of_the_host()
    assert (station.organisation, codes(expert, case)) == (None, ["FORMER_UNIT"])
    remove_station(station=station, by=user)
    assert codes(expert, case) == []


def test_days_out_of_order_a_full_list_and_strangers_are_refused(user: User) -> None:
    expert = profile_of(user)
    with pytest.raises(Refused) as refusal:
        add_station(expert=expert, kind=StationKind.WORK, name=HOST, since=ago(1), until=ago(2), by=user)
    assert refusal.value.codes == ["field:until"]
    with pytest.raises(NotAllowed):
        add_station(expert=expert, kind=StationKind.WORK, name=HOST, since=ago(1), by=officer())
    facts = {"expert": expert, "kind": "work", "since": ago(3)}
    Station.objects.bulk_create(Station(name=f"单位{number}", **facts) for number in range(MOST_STATIONS))
    with pytest.raises(Refused) as refusal:
        add_station(expert=expert, kind=StationKind.WORK, name=HOST, since=ago(1), by=user)
    assert refusal.value.codes == ["full"]


def test_titles_are_added_once_and_keep_their_source(user: User) -> None:
    expert = profile_of(user)
    item = Expertise("硬碳负极研究", 2024, "NSFC", "paper")
    assert [add_works(expert=expert, items=[item], by=user) for _one in range(2)] == [1, 0]
    edit_profile(expert=expert, profile=Profile(["technical"], "能源科学", ["储能"]), by=user)
    assert list(expert.expertise.values_list("title", "year", "source", "kind")) == [
        ("硬碳负极研究", 2024, "NSFC", "paper")
    ]
    with pytest.raises(NotAllowed):
        remove_work(item=expert.expertise.get(), by=applicant())
    remove_work(item=expert.expertise.get(), by=user)
    assert expert.expertise.count() == 0


def edited(user: User, *kinds: str) -> ExpertProfile:
    return edit_profile(expert=profile_of(user), profile=Profile(kinds, "能源科学", ["储能"]), by=user)


def test_an_added_kind_waits_for_an_officer_and_all_else_counts_at_once(user: User) -> None:
    expert = edited(user, "technical", "finance")
    assert (expert.state, expert.kinds, expert.kinds_asked) == ("admitted", ["technical"], ["finance"])
    assert expert.keywords == ["储能"]
    expert = decide_kinds(expert=expert, confirm=True, seen=["finance"], by=officer())
    assert (expert.kinds, expert.kinds_asked) == (["technical", "finance"], [])
    assert Message.objects.filter(to=user).count() == 1
    assert edited(user, "finance").kinds == ["finance"]


def test_exchanging_the_only_kind_keeps_it_until_the_other_is_confirmed(user: User) -> None:
    expert = edited(user, "law")
    assert (expert.kinds, expert.kinds_asked) == (["technical"], ["law"])
    expert = decide_kinds(expert=expert, confirm=False, seen=["law"], note="没有执业证书", by=officer())
    assert (expert.kinds, expert.kinds_asked) == (["technical"], [])


def test_a_refusal_needs_a_reason_what_was_seen_counts_and_nobody_decides_about_themself() -> None:
    boss = officer()
    own = ExpertProfile.objects.create(person=boss.person, state="admitted", kinds=["law"], kinds_asked=["finance"])
    with pytest.raises(NotAllowed):
        decide_kinds(expert=own, confirm=True, seen=["finance"], by=boss)
    for facts, code in (
        ({"confirm": False, "seen": ["finance"]}, "field:note"),
        ({"confirm": True, "seen": ["law"]}, "stale"),
    ):
        with pytest.raises(Refused) as refusal:
            decide_kinds(expert=own, by=officer(), **facts)  # type: ignore[arg-type]
        assert refusal.value.codes == [code]
    own.refresh_from_db()
    assert (own.kinds, own.kinds_asked) == (["law"], ["finance"])


def test_before_the_admission_every_kind_is_the_officers_to_see() -> None:
    user = applicant()
    ExpertProfile.objects.create(person=user.person, state="applied", kinds=["technical"])
    expert = edited(user, "technical", "finance")
    assert (expert.kinds, expert.kinds_asked) == (["technical", "finance"], [])
