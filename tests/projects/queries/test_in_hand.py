from __future__ import annotations

import datetime as dt

import pytest

from projects.queries.in_hand import SOURCES
from projects.queries.limits import recommendation_limit
from tests.factories import way
from tests.factories.projects import days

pytestmark = pytest.mark.django_db

RECOMMEND = next(one for one in SOURCES if one.code == "projects.recommend")


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def due(cast: way.Cast) -> list[dt.datetime | None]:
    return [one.due for one in RECOMMEND.of(cast.recommender, 10)]


def test_the_authority_reads_the_limit_that_holds_for_what_waits(cast: way.Cast) -> None:
    call = way.call()
    later = days(90)
    first = way.proposal(cast, call, state="endorsed", returned_to_deadline=later + dt.timedelta(days=2))
    second = way.proposal(cast, call, state="endorsed", returned_to_deadline=later)
    assert recommendation_limit(first) != recommendation_limit(second)
    assert due(cast) == [recommendation_limit(second)]
    third = way.proposal(cast, call, state="endorsed")
    assert due(cast) == [recommendation_limit(third)] == [call.recommendation_deadline]


def test_what_others_returned_does_not_move_the_limit(cast: way.Cast) -> None:
    call, other = way.call(), way.Cast(officer=cast.officer)
    way.proposal(cast, call, state="endorsed", returned_to_deadline=days(90))
    way.proposal(other, call, state="endorsed")
    way.proposal(cast, call, state="submitted")
    assert due(cast) == [recommendation_limit(call.proposals.order_by("pk")[0])]
