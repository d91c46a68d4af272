"""One page of a long list is cut before its rows are joined with what they show, and stays in order."""

from __future__ import annotations

from typing import Any

import pytest

from projects.forms.proposal_filter import SORTS
from projects.models import Proposal
from projects.queries.lists import rows, whole
from tests.factories import way

pytestmark = pytest.mark.django_db


@pytest.mark.tampers  # the factory's states
@pytest.mark.parametrize("sort", SORTS)
def test_a_page_holds_what_the_whole_list_holds_there(sort: str, django_assert_num_queries: Any) -> None:
    call = way.call()
    for cast in (way.Cast(), way.Cast()):
        for state in ("submitted", "recommended", "approved"):
            way.proposal(cast, call, state=state)
    found = rows(Proposal.objects.all()).order_by(*SORTS[sort])
    for first, last in ((0, 4), (4, 8), (8, 12)):
        with django_assert_num_queries(1):
            page = [(one.pk, one.call.title, one.organisation.region_id) for one in whole(found[first:last])]
        assert page == [(one.pk, one.call.title, one.organisation.region_id) for one in found[first:last]]


def test_an_empty_page_is_empty() -> None:
    assert list(whole(rows(Proposal.objects.all()).order_by("pk")[0:0])) == []
