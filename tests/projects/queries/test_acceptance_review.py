"""Where the reviews of many acceptances stand."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from experts.models import ReviewRound
from projects.models import Acceptance
from projects.queries.acceptance_review import REFERENCE, reviews_of
from tests.factories.directory import decision_maker, officer, system_admin

pytestmark = pytest.mark.django_db


def test_many_reviews_take_as_many_queries_as_one_and_none_takes_none() -> None:
    user = officer()
    labels = [f"{REFERENCE}{number}" for number in range(3)]
    rounds = [ReviewRound.objects.create(reference=label, title=label) for label in labels]
    rows = [Acceptance(pk=number, review=label) for number, label in enumerate(labels, 1)]
    reviews_of(rows, user)
    asked = []
    for some in ([Acceptance(pk=9)], rows[:1], rows):
        with CaptureQueriesContext(connection) as found:
            shown = reviews_of(some, user)
        asked.append(len(found))
    assert asked == [0, 2, 2]
    assert [(one.round, one.sheets) for one in shown.values()] == [(one, 0) for one in rounds]
    assert [len(reviews_of(rows, other)) for other in (decision_maker(), system_admin())] == [3, 0]
