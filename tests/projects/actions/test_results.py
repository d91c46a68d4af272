"""Results: written down once with numbers that hold, within the term, naming the project; used by reports."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from projects.actions.results import Typed, record_result, strike_result
from projects.enums import ResultKind
from projects.invariants.reports import numbers
from projects.models import Project, Report, Result
from projects.queries.reports import figures_of
from tests.factories import way
from tests.projects.budgets import running_project
from workflows.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    with time_machine.travel(dt.datetime(2028, 6, 1, tzinfo=dt.UTC)):
        yield found


def paper(project: Project, **more: Any) -> Typed:
    words = f"本研究得到自治区科技计划（{project.number}）资助"
    return dataclasses.replace(
        Typed(ResultKind.PAPER, "草原修复", dt.date(2027, 9, 1), words, "https://doi.org/10.1000/ABC"), **more
    )


def test_a_result_is_written_down_once_and_struck_out(cast: way.Cast, project: Project) -> None:
    made = record_result(project=project, result=paper(project, issn="0378-5955"), by=cast.applicant)
    assert (made.number, made.issn, made.count, made.amount) == ("10.1000/abc", "0378-5955", 1, None)
    assert record_result(project=project, result=paper(project, number="doi:10.1000/abc"), by=cast.admin) == made
    strike_result(result=made, by=cast.admin, why="重复")
    assert record_result(project=project, result=paper(project), by=cast.admin) != made
    assert list(numbers()) == []


def test_what_does_not_hold_is_refused_with_every_reason(cast: way.Cast, project: Project) -> None:
    wrong = paper(project, number="10.1/x", issn="1", dated_on=dt.date(2026, 12, 31), acknowledgement="资助")
    with pytest.raises(Refused) as refused:
        record_result(project=project, result=wrong, by=cast.applicant)
    assert refused.value.codes == ["number", "issn", "outside_term", "not_named"]
    contract = paper(project, kind=ResultKind.CONTRACT, number="2027150102000123")
    with pytest.raises(Refused) as without:
        record_result(project=project, result=contract, by=cast.applicant)
    assert without.value.codes == ["amount"]
    for name in ("officer", "other_admin"):
        with pytest.raises(NotAllowed):
            record_result(project=project, result=paper(project), by=getattr(cast, name))
    assert Result.objects.count() == 0


def test_reports_name_the_results_of_their_year(cast: way.Cast, project: Project) -> None:
    people = paper(project, kind=ResultKind.PEOPLE, number="", count=3, dated_on=dt.date(2028, 5, 1))
    contract = paper(project, kind=ResultKind.CONTRACT, number="2027150102000123", amount=Decimal(90_000))
    for one in (paper(project), people, contract):
        record_result(project=project, result=one, by=cast.applicant)
    named = [
        sorted(row["kind"] for row in figures_of(one)["results"])
        for one in Report.objects.filter(project=project).select_related("project__contract")
    ]
    assert named == [["contract", "paper"], ["people"]]


def test_the_pages_keep_what_was_typed_and_are_not_for_others(cast: way.Cast, project: Project, settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    client, other = Client(), Client()
    client.force_login(cast.applicant)
    other.force_login(cast.officer)
    url = reverse("result-record", args=[project.uid])
    typed = {
        "kind": "patent",
        "title": "一种方法",
        "number": "ZL200310100002.1",
        "dated_on": "2027-09-01",
        "count": "1",
    }
    typed["acknowledgement"] = f"项目编号{project.number}"
    refused = client.post(url, typed)
    assert (refused.status_code, "ZL200310100002.1" in refused.content.decode()) == (409, True)
    assert client.post(url, {**typed, "number": "ZL200310100002.X"}).status_code == 302
    listed = reverse("results", args=[project.uid])
    assert "ZL200310100002.X" in other.get(listed).content.decode()
    assert other.get(url).status_code == 404
    assert client.post(reverse("result-strike", args=[Result.objects.get().uid]), {"why": "错"}).status_code == 302
    assert "ZL200310100002.X" not in client.get(listed).content.decode()
