"""Why a proposal came back: the words of the last hand that returned it, and only while it is returned."""

from __future__ import annotations

from typing import Any

import pytest

from directory.models import User
from projects.actions.endorsement import return_by_organisation
from projects.actions.submission import submit_proposal
from projects.models import Proposal
from projects.queries.returned import returned
from tests.projects.writing import filled, user_of

pytestmark = pytest.mark.django_db


def submitted(key: str, proposal: Proposal, by: User) -> Proposal:
    submit_proposal(proposal=proposal, by=by, key=key)
    return Proposal.objects.get()


def test_the_last_return_is_told_until_it_is_submitted_again(django_assert_max_num_queries: Any) -> None:
    proposal, user = filled()
    admin = user_of("高娃", proposal.organisation, "organisation_admin")
    for key, note in (("k1", "请补充测算依据"), ("k2", "请写明植被修复")):
        row = submitted(key, proposal, user)
        assert returned(row) is None
        return_by_organisation(proposal=row, by=admin, note=note)
        row = Proposal.objects.get()
        with django_assert_max_num_queries(1):
            found = returned(row)
        assert found is not None
        assert (found.note, str(found.told)) == (note, "单位已将申报书退回修改。")
    assert returned(submitted("k3", proposal, user)) is None
