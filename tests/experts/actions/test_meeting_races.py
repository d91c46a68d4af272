"""Members of a panel vote at one instant: each counts once, none is lost; with the locks off some are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

from directory.models import User
from experts.actions.meeting_room import cast_vote, open_vote, step_to_item
from experts.models import Meeting, MeetingItem, Vote
from tests.factories.directory import officer
from tests.factories.experts import expert_user
from tests.factories.meetings import items_of, open_one
from tests.races import race

HANDS, ROUNDS = 5, 3


def voting() -> tuple[MeetingItem, list[User]]:
    """An item that is being voted on, and the panel."""
    boss, panel = officer(), [expert_user() for _number in range(HANDS)]
    item = items_of(open_one(boss, panel, totals=[90]))[0]
    step_to_item(item=item, by=boss)
    open_vote(item=item, by=boss)
    return item, panel


def cast(item: MeetingItem, user: User, value: str) -> Callable[[], Any]:
    """The vote of a member, read by its own thread."""
    return lambda: cast_vote(
        item=MeetingItem.objects.select_related("meeting__round").get(pk=item.pk),
        value=value,
        by=User.objects.get(pk=user.pk),
    )


def counted(item: MeetingItem) -> int:
    return sum(MeetingItem.objects.get(pk=item.pk).tally.values())


def one_member_several_times() -> None:
    item, panel = voting()
    found = race([cast(item, panel[1], value) for value in ("yes", "no", "yes", "abstain")])
    assert sorted(found) == ["done", "voted", "voted", "voted"]
    assert (counted(item), Vote.objects.filter(item=item).count()) == (1, 1)


def everybody_at_once() -> tuple[list[str], int, int]:
    item, panel = voting()
    found = race([cast(item, user, "yes") for user in panel])
    return found, counted(item), Vote.objects.filter(item=item).count()


def whole_panel() -> None:
    assert everybody_at_once() == (["done"] * HANDS, HANDS, HANDS)


RACES = (one_member_several_times, whole_panel)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", RACES)
def test_each_vote_counts_once_on_sqlite(run: Callable[[], None]) -> None:
    run()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize("run", RACES)
def test_each_vote_counts_once_on_postgresql(run: Callable[[], None]) -> None:
    run()


@pytest.mark.postgres
@pytest.mark.tampers
@pytest.mark.usefixtures("postgres")
def test_with_the_locks_off_votes_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    locking = QuerySet.select_for_update

    def unlocked(rows: QuerySet[Any], **options: Any) -> QuerySet[Any]:
        return rows if rows.model in (Meeting, MeetingItem) else locking(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    lost = [votes - counts for _found, counts, votes in (everybody_at_once() for _round in range(ROUNDS))]
    assert max(lost) > 0
