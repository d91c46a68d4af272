from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from directory.models import User
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.models import JournalEntry, JournalHead, JournalLink
from workflows.queries.journal import link_hash

pytestmark = pytest.mark.django_db


def note(user: User, action: str) -> JournalEntry:
    return journal.append(action=action, subject=user, by=user)


def linked() -> list[str]:
    return list(JournalLink.objects.order_by("seq").values_list("entry__action", flat=True))


def test_an_entry_outside_of_a_unit_is_refused(user: User) -> None:
    with pytest.raises(journal.OutsideUnitError):
        note(user, "a")


def test_entries_of_nested_units_are_linked_once_in_the_order_of_writing(user: User) -> None:
    with unit():
        note(user, "a")
        with unit():
            note(user, "b")
            assert JournalLink.objects.count() == 0
        note(user, "c")

    assert linked() == ["a", "b", "c"]
    head = JournalHead.objects.get()
    assert (head.seq, head.hash) == (3, JournalLink.objects.get(seq=3).hash)


def test_what_fails_in_an_inner_unit_leaves_no_entry(user: User) -> None:
    with unit():
        note(user, "a")
        with pytest.raises(ZeroDivisionError), unit():
            note(user, "b")
            raise ZeroDivisionError
        note(user, "c")

    assert linked() == ["a", "c"]
    assert JournalEntry.objects.count() == 2


def test_a_unit_that_fails_leaves_nothing_and_the_next_one_goes_on(user: User) -> None:
    with pytest.raises(ZeroDivisionError), unit():
        note(user, "a")
        raise ZeroDivisionError
    with unit():
        note(user, "b")

    assert linked() == ["b"]


def test_each_hash_covers_the_one_before_and_can_be_computed_from_what_is_stored(user: User) -> None:
    with unit():
        journal.append(
            action="a", subject=user, by=user, data={"at": dt.date(2027, 3, 1), "sum": Decimal("1.50"), "mean": 91.25}
        )
        note(user, "b")

    first, second = JournalLink.objects.select_related("entry")
    assert first.entry.data == {"at": "2027-03-01", "sum": "1.50", "mean": "91.25"}
    assert first.previous == "0" * 64
    assert second.previous == first.hash
    for link in (first, second):
        assert link.hash == link_hash(seq=link.seq, previous=link.previous, entry=link.entry)


def test_nobody_in_particular_cannot_act(user: User) -> None:
    with pytest.raises(ValueError, match="nobody"), unit():
        journal.append(action="a", subject=user, by=AnonymousUser())  # type: ignore[arg-type]
