from __future__ import annotations

import datetime as dt

import pytest

from experts.conflicts.ground import CommonWork
from projects.models import Participant, Proposal
from projects.queries.common_work import common_projects
from tests.factories import directory, way

pytestmark = pytest.mark.django_db
SINCE = dt.date(2023, 1, 1)


def test_people_of_an_approved_project_have_worked_together() -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.call(), title="草原退化机理")
    member, stranger = directory.PersonFactory.create(), directory.PersonFactory.create()
    Participant.objects.create(proposal=row, name=member.name, person=member)
    Proposal.objects.filter(pk=row.pk).update(state="approved", ends_on=dt.date(2025, 12, 31))

    assert list(common_projects([member.pk, stranger.pk], SINCE)) == [
        CommonWork(member.pk, row.applicant_id, "COPROJECT", "合作项目：草原退化机理。")
    ]
    assert list(common_projects([row.applicant_id], dt.date(2026, 1, 1))) == []


def test_a_proposal_that_is_not_funded_is_no_common_work() -> None:
    cast = way.Cast()
    row = way.proposal(cast, way.call())
    member = directory.PersonFactory.create()
    Participant.objects.create(proposal=row, name=member.name, person=member)

    assert list(common_projects([member.pk], SINCE)) == []
