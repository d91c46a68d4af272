"""Several at once on one expert or list: one decides, nothing is there twice; with the locks off the race is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db.models import QuerySet

from directory.models import RoleGrant, User
from experts.actions.kinds import decide_kinds
from experts.actions.listing import ask_to_take, carry_out_taking, hand_in_list, read_pool_list
from experts.actions.pool import Profile, admit_expert, apply_to_pool, send_back_expert
from experts.actions.recommending import recommend_expert
from experts.models import ExpertProfile, PoolList
from tests.experts.listing.books import ROW, upload
from tests.factories.directory import OrganisationFactory, applicant, officer, organisation_admin
from tests.factories.experts import ExpertProfileFactory
from tests.races import race
from workflows.models import JournalEntry, Message, OutboxMessage, StateChange

PROFILE = Profile(["technical"], "能源科学", ["储能"])
HANDS, ROUNDS = 6, 3


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def on(step: Callable[..., Any], expert: ExpertProfile, **facts: Any) -> Callable[[], Any]:
    """The step by an officer of its own, on a profile read by its own thread."""
    boss = officer()
    return lambda: step(expert=ExpertProfile.objects.get(pk=expert.pk), by=fresh(boss), **facts)


def admitted_and_returned() -> None:
    """One decision stands, and the role goes with it."""
    user = applicant()
    expert = apply_to_pool(person=user.person, profile=PROFILE, by=user)
    before = StateChange.objects.count()
    found = race([on(admit_expert, expert), on(send_back_expert, expert, note="请补充项目")])
    assert sorted(found) == ["done", "wrong_state"]
    expert.refresh_from_db()
    roles = RoleGrant.objects.filter(person=user.person).count()
    assert (expert.state, roles, StateChange.objects.count() - before) in (("admitted", 1, 1), ("returned", 0, 1))


def recommended_twice() -> None:
    """The same form sent several times at one instant: one profile, one letter."""
    unit = OrganisationFactory.create()
    admin, member = organisation_admin(unit), applicant(unit)
    send = partial(recommend_expert, organisation=unit, person=member.person, why="长期从事储能研究", truthful=True)
    assert race([lambda: send(by=fresh(admin))] * HANDS) == ["done"] * HANDS
    assert ExpertProfile.objects.get(person=member.person).state == "candidate"
    assert Message.objects.filter(to=member).count() == 1


def decided_at_once() -> Counter[str]:
    """Officers confirm and refuse an added kind."""
    expert = ExpertProfileFactory.create(kinds_asked=["finance"])
    facts = {"seen": ["finance"], "note": "没有证书"}
    works = [on(decide_kinds, expert, confirm=bool(hand % 2), **facts) for hand in range(HANDS)]
    return Counter(race(works))


def kinds_confirmed_and_refused() -> None:
    """One decision stands."""
    assert decided_at_once() == {"done": 1, "no_kinds": HANDS - 1}


def confirmed_and_taken_several_times() -> None:
    """A list confirmed by several officers is taken once, by however many workers."""
    boss = officer()
    found = hand_in_list(upload=upload(ROW), by=boss)
    read_pool_list(pool_list=found)

    def ask() -> None:
        ask_to_take(pool_list=PoolList.objects.get(pk=found.pk), by=fresh(boss))

    def take() -> None:
        carry_out_taking(pool_list=PoolList.objects.select_related("asked_by").get(pk=found.pk))

    assert race([ask] * HANDS) == ["done"] * HANDS
    assert OutboxMessage.objects.filter(kind="experts.list.take").count() == 1
    assert race([take] * HANDS) == ["done"] * HANDS
    found.refresh_from_db()
    assert (found.taken_at is not None, found.take_fault) == (True, "")
    assert JournalEntry.objects.filter(action="experts.list.take").count() == 1
    assert ExpertProfile.objects.filter(person__name=ROW["name"]).count() == 1


RACES = (admitted_and_returned, recommended_twice, kinds_confirmed_and_refused, confirmed_and_taken_several_times)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", RACES)
def test_one_decides_and_nothing_is_there_twice_on_sqlite(run: Callable[[], None]) -> None:
    run()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize("run", RACES)
def test_one_decides_and_nothing_is_there_twice_on_postgresql(run: Callable[[], None]) -> None:
    run()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_with_the_locks_off_several_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    locking = QuerySet.select_for_update

    def unlocked(rows: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        return rows if rows.model is ExpertProfile else locking(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    found: Counter[str] = Counter()
    for _round in range(ROUNDS):
        found += decided_at_once()
    assert found["done"] > ROUNDS
