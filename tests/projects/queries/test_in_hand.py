from __future__ import annotations

import datetime as dt

import pytest

from directory.models import User
from projects.queries.limits import filing_limit, organisation_limit, recommendation_limit
from tests.factories import way
from tests.factories.projects import days
from workflows.inbox import Inbox, waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def due(user: User) -> list[dt.datetime | None]:
    return [one.due for one in waiting_for(user)]


def test_the_authority_reads_the_limit_that_holds_for_what_waits(cast: way.Cast) -> None:
    call = way.call()
    later = days(90)
    first = way.proposal(cast, call, state="endorsed", returned_to_deadline=later + dt.timedelta(days=2))
    second = way.proposal(cast, call, state="endorsed", returned_to_deadline=later)
    assert recommendation_limit(first) != recommendation_limit(second)
    assert due(cast.recommender) == [recommendation_limit(second)]
    third = way.proposal(cast, call, state="endorsed")
    assert due(cast.recommender) == [recommendation_limit(third)] == [call.recommendation_deadline]


def test_what_others_returned_does_not_move_the_limit(cast: way.Cast) -> None:
    call, other = way.call(), way.Cast(officer=cast.officer)
    way.proposal(cast, call, state="endorsed", returned_to_deadline=days(90))
    way.proposal(other, call, state="endorsed")
    way.proposal(cast, call, state="submitted")
    assert due(cast.recommender) == [recommendation_limit(call.proposals.order_by("pk")[0])]


@pytest.mark.parametrize("returned_to", [None, days(2), days(90)])
def test_host_and_applicant_read_the_limits_of_each_proposal(cast: way.Cast, returned_to: dt.datetime | None) -> None:
    cast.host.internal_lead_days = 3
    cast.host.save(update_fields=["internal_lead_days"])
    sent = way.proposal(cast, way.call(), returned_to_deadline=returned_to)
    assert due(cast.admin) == [organisation_limit(sent)]
    assert [one.why.rpartition(" · ")[0] for one in waiting_for(cast.admin)] == [f"{sent.number} · {sent.applicant}"]
    back = way.proposal(cast, way.call(), state="returned", returned_to_deadline=returned_to)
    assert due(cast.applicant) == [filing_limit(back)]


def test_a_call_without_deadlines_gives_none(cast: way.Cast) -> None:
    bare = way.call(filing_deadline=None, recommendation_deadline=None)
    way.proposal(cast, bare, returned_to_deadline=days(2))
    dated = way.proposal(cast, way.call())
    assert due(cast.admin) == [organisation_limit(dated), None]


def test_an_inbox_is_counted_and_cut_as_a_whole(cast: way.Cast) -> None:
    rows = [
        way.proposal(cast, way.call(filing_deadline=days(day), recommendation_deadline=days(day))) for day in (9, 7, 8)
    ]
    inbox = Inbox(cast.admin)
    assert len(inbox) == 3
    assert [one.due for one in inbox[1:3]] == [organisation_limit(rows[2]), organisation_limit(rows[0])]
