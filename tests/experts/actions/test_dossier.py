from __future__ import annotations

import pytest

from experts.actions.dossier import frozen_digest
from experts.models import Dossier
from tests.factories.directory import expert, officer
from tests.factories.experts import handed_in, running
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_the_same_subject_gives_the_same_dossier() -> None:
    boss = officer()
    assert handed_in(1, boss) == handed_in(1, boss)
    assert JournalEntry.objects.filter(action="experts.dossier.hand_in").count() == 1


def test_a_waiting_dossier_takes_the_newer_copy() -> None:
    boss = officer()
    first = handed_in(1, boss)
    second = handed_in(1, boss, title="新的题目")
    assert (second.pk, Dossier.objects.get().title) == (first.pk, "新的题目")


def test_in_a_round_other_content_is_refused_and_the_same_changes_nothing() -> None:
    boss = officer()
    running(boss, handed_in(1, boss))
    handed_in(1, boss)
    with pytest.raises(Refused) as refused:
        handed_in(1, boss, title="新的题目")
    assert refused.value.codes == ["dossier_frozen"]


def test_the_digest_is_over_what_the_database_gives_back() -> None:
    handed_in(1, keywords=("储能", "硬碳"), kept_away_people=(5,))
    dossier = Dossier.objects.get()
    assert dossier.sha256 == frozen_digest(dossier)


def test_only_officers_and_the_system_hand_in() -> None:
    with pytest.raises(NotAllowed):
        handed_in(1, expert())
