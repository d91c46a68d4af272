from __future__ import annotations

import pytest

from experts import invariants
from experts.actions.sheet import submit_score_sheet
from experts.models import Dossier, ScoreSheet
from tests.factories.directory import officer
from tests.factories.experts import accepted, answers, expert_user

pytestmark = pytest.mark.django_db


def test_a_changed_dossier_and_a_changed_total_are_found() -> None:
    user = expert_user()
    submit_score_sheet(assignment=accepted(officer(), user), answers=answers(), by=user)
    assert [list(invariants.dossiers_are_frozen()), list(invariants.totals_add_up())] == [[], []]
    Dossier.objects.update(title="改过的题目")
    ScoreSheet.objects.update(total=99)
    assert len(list(invariants.dossiers_are_frozen())) == 1
    assert len(list(invariants.totals_add_up())) == 1
    ScoreSheet.objects.update(total="86.00")
