"""Units of work: what is rolled back leaves no place in the chain."""

from __future__ import annotations

import pytest

from directory.models import Organisation
from tests.factories.directory import OrganisationFactory
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.models import JournalEntry, JournalHead, JournalLink


def fail_in_a_unit(subject: Organisation) -> None:
    with unit():
        journal.append(action="test.lost", subject=subject, by=SYSTEM)
        raise RuntimeError


@pytest.mark.django_db
def test_a_failed_part_of_a_unit_leaves_neither_entry_nor_link() -> None:
    subject = OrganisationFactory.create()
    with unit():
        journal.append(action="test.kept", subject=subject, by=SYSTEM)
        with pytest.raises(RuntimeError):
            fail_in_a_unit(subject)
        journal.append(action="test.kept_too", subject=subject, by=SYSTEM)
    linked = list(JournalLink.objects.values_list("seq", "entry__action"))
    assert linked == [(1, "test.kept"), (2, "test.kept_too")]
    assert JournalEntry.objects.count() == 2
    assert JournalHead.objects.get().seq == 2


@pytest.mark.django_db
def test_a_failed_unit_leaves_nothing() -> None:
    subject = OrganisationFactory.create()
    with pytest.raises(RuntimeError):
        fail_in_a_unit(subject)
    assert JournalEntry.objects.count() == 0
    assert JournalHead.objects.count() == 0


@pytest.mark.django_db
def test_an_entry_outside_of_a_unit_is_refused() -> None:
    with pytest.raises(journal.OutsideUnitError):
        journal.append(action="test.outside", subject=OrganisationFactory.create(), by=SYSTEM)
