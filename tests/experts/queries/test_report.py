from __future__ import annotations

import pytest

from experts.actions.assignment import decline, expire
from experts.models import Assignment, Dossier
from experts.queries.report import classes, left_at_submitting, report
from tests.factories.directory import officer
from tests.factories.experts import expert_user, invited, scored

pytestmark = pytest.mark.django_db


def test_scores_fall_into_classes_of_ten_points() -> None:
    assert classes([0, 9.99, 10, 95, 100]) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_the_report_counts_work_and_measures_agreement() -> None:
    one, other = expert_user(), expert_user()
    found = report(scored(officer(), [{one: 90, other: 90}, {one: 70, other: 70}]))
    assert (found.dossiers, found.sheets, found.short, found.alpha, found.icc) == (2, 4, 0, 1.0, 1.0)
    assert [(work.asked, work.done, work.mean) for work in found.experts] == [(2, 2, 80.0), (2, 2, 80.0)]
    assert [load for load in found.loads if load[1]] == [(2, 2)]
    assert len(found.loads) == 10
    assert [(row.name, row.mean, row.alpha) for row in found.questions] == [
        ("创新性", 80.0, 1.0),
        ("技术可行性", 80.0, 1.0),
    ]
    assert found.experts[0].hours_left == pytest.approx(240, abs=1)


def test_the_time_left_and_the_distance_from_the_others_are_told() -> None:
    assert left_at_submitting([0.5, 23.9, 24, 71, 72, 168, 335, 336, 900]) == [2, 2, 1, 2, 2]
    one, other, third = expert_user(), expert_user(), expert_user()
    found = report(scored(officer(), [{one: 90, other: 80, third: 70}, {one: 60}]))
    assert {work.name: work.apart for work in found.experts} == {
        person.person.name: apart for person, apart in ((one, 15.0), (other, 0.0), (third, 15.0)) if person.person
    }
    assert found.left == (0, 0, 0, 4, 0)


def test_declined_and_expired_seats_are_counted_and_leave_the_dossier_short() -> None:
    boss = officer()
    user = expert_user()
    seat = invited(boss, user)
    decline(assignment=seat, by=user, note="出差")
    found = report(seat.round)
    assert (found.declined, found.expired, found.short, found.alpha) == (1, 0, 1, None)
    late = invited(boss, expert_user())
    expire(assignment=Assignment.objects.get(pk=late.pk))
    assert (report(late.round).expired, Dossier.objects.count()) == (1, 2)
