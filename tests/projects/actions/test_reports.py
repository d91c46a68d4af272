"""Reports: owed by the rules, written, submitted with the figures as they stand, endorsed, accepted or returned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.actions.reports import (
    Texts,
    accept_report,
    endorse_report,
    return_by_department,
    return_by_organisation,
    save_report,
    set_reports,
    submit_report,
)
from projects.actions.spending import Entry, record_spending
from projects.definitions.report import report_rules
from projects.invariants.reports import frozen
from projects.models import Project, Report
from projects.queries.reports import consequences, duties
from tests.factories import way
from tests.projects.budgets import running_project
from workflows.actions.deadlines import fire_deadlines
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import Deadline, Message

pytestmark = pytest.mark.django_db
WHOLE = Decimal(400_000)
WRITTEN = Texts("完成野外调查，样地30个。", "", "开展示范。")


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    with time_machine.travel(dt.datetime(2027, 10, 25, 4, tzinfo=dt.UTC)):
        yield found


def annual(project: Project) -> Report:
    found: Report = Report.objects.select_related("project__contract").get(project=project, year=2027)
    return found


def written(project: Project, by: Any) -> Report:
    one = annual(project)
    return save_report(report=one, texts=WRITTEN, expected_version=one.version, by=by)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def owed(first: dt.date, last: dt.date) -> list[tuple[str, int]]:
    return [(str(kind), year) for kind, year, _due in duties(Project(starts_on=first, ends_on=last))]


def test_short_projects_owe_no_mid_term_check_and_nobody_reports_on_some_weeks() -> None:
    two_years = owed(dt.date(2027, 1, 1), dt.date(2028, 12, 31))
    assert two_years == [("annual", 2027), ("annual", 2028)]
    three_years = owed(dt.date(2027, 1, 1), dt.date(2029, 12, 31))
    assert three_years == [("annual", 2027), ("annual", 2028), ("annual", 2029), ("midterm", 2028)]
    assert owed(dt.date(2027, 10, 1), dt.date(2028, 9, 30)) == []


def test_a_report_is_due_at_the_end_of_a_working_day(project: Project) -> None:
    due = [timezone.localtime(one.due_at).date() for one in Report.objects.filter(project=project)]
    assert due == [dt.date(2027, 12, 1), dt.date(2028, 12, 1)]  # 30 November is a Tuesday, then a Thursday
    assert set_reports(project=project) == []
    saturday = [
        due_at for _kind, _year, due_at in duties(Project(starts_on=dt.date(2030, 1, 1), ends_on=dt.date(2030, 12, 31)))
    ]
    assert timezone.localtime(saturday[0]).date() == dt.date(2030, 12, 3)


def test_a_report_goes_by_three_hands_with_the_figures_as_they_were(cast: way.Cast, project: Project) -> None:
    one = written(project, cast.applicant)
    submit_report(report=one, by=cast.applicant)
    before = one.content["spent"]
    entry = Entry("记-1", dt.date(2027, 9, 1), WHOLE, "operating.materials")
    record_spending(project=project, entry=entry, by=cast.applicant)
    one.refresh_from_db()
    assert (one.content["spent"], one.content["money"]["total"], before) == ("0.00", "400000.00", "0.00")
    assert [row.url for row in waiting_for(cast.admin)] == [one.get_absolute_url()]
    endorse_report(report=one, by=cast.admin)
    assert one.get_absolute_url() in [row.url for row in waiting_for(cast.officer)]
    accept_report(report=one, by=cast.officer)
    assert (one.state, one.is_late, list(frozen())) == ("accepted", False, [])
    assert Message.objects.filter(to=cast.applicant, key__contains=":accept").count() == 1


def test_an_unwritten_report_is_refused_with_every_reason(cast: way.Cast, project: Project) -> None:
    with pytest.raises(Refused) as refused:
        submit_report(report=annual(project), by=cast.applicant)
    assert refused.value.codes == ["no_progress", "no_next_steps"]
    for name in ("admin", "officer", "stranger"):
        with pytest.raises(NotAllowed):
            written(project, getattr(cast, name))


def test_a_returned_report_has_a_clock_of_its_own(cast: way.Cast, project: Project) -> None:
    one = written(project, cast.applicant)
    first = submit_report(report=one, by=cast.applicant).submitted_at
    with pytest.raises(Refused):
        return_by_organisation(report=one, by=cast.admin)
    return_by_organisation(report=one, by=cast.admin, note="缺附件")
    clock = Deadline.objects.get(kind="projects.report", subject_id=one.pk, state="running")
    assert clock.due_at - timezone.now() < dt.timedelta(days=9)
    submit_report(report=one, by=cast.applicant)
    endorse_report(report=one, by=cast.admin)
    return_by_department(report=one, by=cast.officer, note="补充指标")
    assert (one.state, one.submitted_at) == ("returned", first)


def test_late_reports_are_told_to_all_who_answer_for_them(cast: way.Cast, project: Project) -> None:
    with time_machine.travel(dt.datetime(2027, 12, 1, 1, tzinfo=dt.UTC)):
        fire_deadlines()
        told = Message.objects.filter(key__contains=":overdue")
        assert {one.to for one in told} == {cast.applicant, cast.admin, cast.officer}
        page = signed_in(cast.officer).get(reverse("reports"), {"state": "overdue"}).content.decode()
        assert annual(project).get_absolute_url() in page
        shown = signed_in(cast.applicant).get(annual(project).get_absolute_url()).content.decode()
        assert consequences()[0] in shown or report_rules().documents[0] in shown


def test_what_was_saved_in_another_place_is_not_overwritten(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("report-edit", args=[annual(project).uid])
    typed = {"progress": "甲", "problems": "", "next_steps": "乙", "version": annual(project).version}
    assert client.post(url, typed).status_code == 302
    again = client.post(url, {**typed, "progress": "丙"})
    assert (again.status_code, "丙" in again.content.decode(), annual(project).progress) == (409, True, "甲")
    for user in (cast.officer, cast.stranger):
        assert signed_in(user).get(url).status_code == 404
    assert signed_in(cast.stranger).get(annual(project).get_absolute_url()).status_code == 404
    assert signed_in(cast.officer).get(annual(project).get_absolute_url()).status_code == 200
