"""Lists of experts: looked through, then taken as one unit."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import OperationalError

from directory.actions.people import create_person
from directory.models import Membership, Organisation, Person, User
from directory.queries.standing import standing
from experts.actions import listing
from experts.actions.listing import (
    ask_to_take,
    carry_out_taking,
    hand_in_list,
    read_again,
    read_pool_list,
    take_list,
)
from experts.actions.pool import decline_pool
from experts.models import ExpertProfile, PoolList
from experts.queries.listing import is_given_up
from tests.experts.listing.books import ROW, upload
from tests.factories.directory import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    applicant,
    id_number,
    officer,
)
from tests.factories.experts import ExpertProfileFactory
from tests.races import race
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def handed_in(boss: User, *rows: dict[str, Any]) -> PoolList:
    """A list that is read."""
    found = hand_in_list(upload=upload(*rows), by=boss)
    read_pool_list(pool_list=found)
    found.refresh_from_db()
    return found


def seen(found: PoolList) -> list[str]:
    return [row["outcome"] for row in found.rows]


def test_nothing_is_written_before_the_list_is_taken_and_then_all_at_once() -> None:
    boss = officer()
    found = handed_in(boss, ROW, {**ROW, "id_number": "1.5E+17"})
    assert (seen(found), Person.objects.filter(name="其木格").count()) == (["new", "refused"], 0)
    take_list(pool_list=found, by=boss)
    profile = ExpertProfile.objects.get(person__name="其木格")
    assert (profile.state, profile.source, profile.kinds) == ("candidate", "list", ["technical"])
    assert profile.person.birth_date is not None
    assert Membership.objects.get(person=profile.person).organisation.name == "北方草原大学"
    assert sorted(profile.expertise.values_list("title", "year")) == [
        ("草原固碳监测", None),
        ("钠离子电池硬碳负极研究", 2024),
    ]


def test_the_preview_keeps_no_identity_number() -> None:
    found = handed_in(officer(), ROW)
    assert ROW["id_number"] not in str(found.rows)


def test_taken_twice_and_handed_in_twice_change_nothing() -> None:
    boss = officer()
    found = handed_in(boss, ROW)
    take_list(pool_list=found, by=boss)
    entries = JournalEntry.objects.count()
    take_list(pool_list=found, by=boss)
    assert JournalEntry.objects.count() == entries
    again = handed_in(boss, ROW)
    assert seen(again) == ["same"]
    take_list(pool_list=again, by=boss)
    assert (ExpertProfile.objects.count(), Organisation.objects.filter(name="北方草原大学").count()) == (1, 1)


def test_somebody_who_is_there_keeps_everything_and_gets_what_is_empty() -> None:
    boss = officer()
    person = PersonFactory.create(name="其木格", id_number=ROW["id_number"], title_name="研究员")
    found = handed_in(boss, {**ROW, "title_name": "教授", "orcid": "0000-0002-1825-0097"})
    assert seen(found) == ["merged"]
    assert len(found.rows[0]["notes"]) >= 3
    take_list(pool_list=found, by=boss)
    person.refresh_from_db()
    assert (person.title_name, person.orcid) == ("研究员", "0000-0002-1825-0097")
    assert person.expert.state == "candidate"


def test_keywords_are_added_to_a_profile_whose_state_stays() -> None:
    boss = officer()
    profile = ExpertProfileFactory.create(person__name="其木格", person__id_number=ROW["id_number"], keywords=["储能"])
    take_list(pool_list=handed_in(boss, ROW), by=boss)
    profile.refresh_from_db()
    assert (profile.state, profile.keywords) == ("admitted", ["储能", "钠离子电池"])


def test_people_who_cannot_be_told_apart_are_refused() -> None:
    boss, unit = officer(), OrganisationFactory.create(name="北方草原大学")
    MembershipFactory.create(organisation=unit, person=PersonFactory.create(name="其木格"))
    PersonFactory.create(name="那木汗", id_number=id_number(21))
    rows = [
        {**ROW, "id_number": None},
        {**ROW, "name": "萨仁", "id_number": id_number(21)},
        {**ROW, "name": "乌兰"},
        {**ROW, "name": "乌兰"},
    ]
    found = handed_in(boss, *rows)
    assert seen(found) == ["refused", "refused", "new", "refused"]


def test_who_left_is_not_brought_back_by_a_list() -> None:
    boss, user = officer(), applicant(name="其木格", id_number=ROW["id_number"])
    profile = ExpertProfileFactory.create(person=user.person, state="candidate")
    decline_pool(expert=profile, by=user)
    assert seen(handed_in(boss, ROW)) == ["refused"]


def test_with_the_consent_on_paper_new_people_are_admitted() -> None:
    boss = officer()
    take_list(pool_list=handed_in(boss, ROW), by=boss, paper="同意书 2026-17")
    profile = ExpertProfile.objects.get()
    assert (profile.state, profile.person.role_grants.get().role) == ("admitted", "expert")


def test_what_changed_since_the_preview_is_looked_through_again() -> None:
    boss = officer()
    found = handed_in(boss, ROW)
    PersonFactory.create(name="其木格", id_number=ROW["id_number"])
    with pytest.raises(Refused) as refusal:
        take_list(pool_list=found, by=boss)
    assert (refusal.value.codes, ExpertProfile.objects.count()) == (["stale"], 0)
    read_again(pool_list=found, by=boss)
    run_once()
    found.refresh_from_db()
    assert seen(found) == ["merged"]


def test_only_officers_hand_in_and_take() -> None:
    found = handed_in(officer(), ROW)
    with pytest.raises(NotAllowed):
        hand_in_list(upload=upload(ROW), by=applicant())
    with pytest.raises(NotAllowed):
        take_list(pool_list=found, by=applicant())


def signed_up(*, verified: bool, address: str = "qimuge@example.org") -> User:
    """An account with one address, which its owner has confirmed or not."""
    user = UserFactory.create(email=address)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=verified)
    return user


def listed(**more: Any) -> Person:
    """A person without an account, whom a list names with an address and admits."""
    boss = officer()
    row = {**ROW, "email": "Qimuge@example.org", **more}
    take_list(pool_list=handed_in(boss, row), by=boss, paper="同意书 2026-17")
    return Person.objects.get(name="其木格")


def test_who_signs_up_with_the_verified_address_of_the_list_is_that_person() -> None:
    known, user = listed(), signed_up(verified=True)
    person = create_person(user=user, facts={"name": "其木格", "id_number": ROW["id_number"]})
    assert person.pk == known.pk
    assert (person.expert.state, standing(User.objects.get(pk=user.pk)).person_id) == ("admitted", person.pk)
    assert JournalEntry.objects.filter(action="directory.person.claim", subject_id=str(known.pk)).count() == 1


@pytest.mark.parametrize("more", [{}, {"id_number": None, "orcid": "0000-0002-1825-0097"}])
@pytest.mark.parametrize(
    ("account", "facts"),
    [
        ({"verified": False}, {"name": "其木格"}),
        ({"verified": True, "address": "other@example.org"}, {"name": "其木格"}),
        ({"verified": True}, {"name": "萨仁"}),
    ],
)
def test_without_that_address_confirmed_and_that_name_nobody_takes_over(
    more: dict[str, Any], account: dict[str, Any], facts: dict[str, Any]
) -> None:
    known, user = listed(**more), signed_up(**account)
    person = create_person(user=user, facts=facts)
    known.refresh_from_db()
    assert (known.user, person.pk == known.pk, standing(User.objects.get(pk=user.pk)).roles) == (
        None,
        False,
        frozenset(),
    )


def test_who_does_not_know_the_number_of_the_list_does_not_take_over() -> None:
    known, user = listed(), signed_up(verified=True)
    assert create_person(user=user, facts={"name": "其木格"}).pk != known.pk


def test_two_people_of_the_same_name_and_address_are_taken_over_by_nobody() -> None:
    listed()
    PersonFactory.create(name="其木格", user=None, email="qimuge@example.org")
    user = signed_up(verified=True)
    assert create_person(user=user, facts={"name": "其木格", "id_number": id_number(33)}).user == user
    assert Person.objects.filter(name="其木格", user=None).count() == 2


def test_another_number_is_another_person() -> None:
    listed()
    create_person(user=signed_up(verified=True), facts={"name": "其木格", "id_number": id_number(33)})
    assert Person.objects.filter(name="其木格").count() == 2


def test_a_confirmed_list_is_taken_away_from_the_request_and_once() -> None:
    boss = officer()
    found = handed_in(boss, ROW)
    for _once in range(2):
        ask_to_take(pool_list=found, by=boss, paper="同意书 2026-17")
    assert (OutboxMessage.objects.filter(kind="experts.list.take").count(), ExpertProfile.objects.count()) == (1, 0)
    with pytest.raises(Refused) as refusal:
        read_again(pool_list=found, by=boss)
    assert refusal.value.codes == ["being_taken"]
    run_once()
    found.refresh_from_db()
    assert (found.taken_at is not None, ExpertProfile.objects.get().state) == (True, "admitted")
    entries = JournalEntry.objects.count()
    carry_out_taking(pool_list=PoolList.objects.get(pk=found.pk))
    assert JournalEntry.objects.count() == entries


def test_what_fails_half_way_leaves_nothing_and_says_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    boss = officer()
    found = ask_to_take(pool_list=handed_in(boss, ROW), by=boss)

    def broken(*_args: Any, **_options: Any) -> None:
        raise ValueError

    monkeypatch.setattr(listing, "_add_titles", broken)
    run_once()
    found.refresh_from_db()
    assert (found.asked_at, found.taken_at, "ValueError" in found.take_fault) == (None, None, True)
    assert not Person.objects.filter(name="其木格").exists()
    assert not Organisation.objects.filter(name="北方草原大学").exists()
    monkeypatch.undo()
    ask_to_take(pool_list=found, by=boss)
    run_once()
    found.refresh_from_db()
    assert (found.take_fault, ExpertProfile.objects.count()) == ("", 1)


def test_what_changed_since_the_preview_is_said_after_the_work() -> None:
    boss = officer()
    found = ask_to_take(pool_list=handed_in(boss, ROW), by=boss)
    PersonFactory.create(name="其木格", id_number=ROW["id_number"])
    run_once()
    found.refresh_from_db()
    assert "重新读取" in found.take_fault
    assert ExpertProfile.objects.count() == 0


def test_a_fault_of_the_database_is_tried_again_and_a_lost_attempt_asked_for_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boss = officer()
    found = ask_to_take(pool_list=handed_in(boss, ROW), by=boss)

    def away(*_args: Any, **_options: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(listing, "_write", away)
    run_once()
    found.refresh_from_db()
    assert (found.take_fault, is_given_up(found)) == ("", False)
    monkeypatch.undo()
    OutboxMessage.objects.filter(kind="experts.list.take").update(state="dead")
    assert is_given_up(found)
    ask_to_take(pool_list=found, by=boss)
    run_once()
    assert ExpertProfile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_lists_that_name_the_same_person_are_taken_one_after_the_other() -> None:
    bosses = [officer(), officer()]
    lists = [handed_in(boss, ROW) for boss in bosses]
    found = race([partial(take_list, pool_list=one, by=boss) for one, boss in zip(lists, bosses, strict=True)])
    assert (sorted(found), ExpertProfile.objects.count()) == (["done", "stale"], 1)
