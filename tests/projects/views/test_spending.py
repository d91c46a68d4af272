"""The pages of spending: handed in, looked through, taken; typed with what was typed kept; not for others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import Project, Spending, SpendingFile
from tests.factories import way
from tests.projects.budgets import running_project
from tests.projects.spending.lists import xlsx
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 5)


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    with time_machine.travel(dt.datetime(2027, 6, 1, tzinfo=dt.UTC)):
        yield found


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_list_goes_over_its_preview_to_the_page_of_the_money(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.admin), reverse("spending-import", args=[project.uid])
    assert "尚无支出" in client.get(reverse("spending", args=[project.uid])).content.decode()
    bad = client.post(url, {"file": xlsx(heads=("凭证号", "日期"))})
    assert (bad.status_code, "金额" in bad.content.decode(), SpendingFile.objects.count()) == (409, True, 0)
    answer = client.post(
        url, {"file": xlsx(("记-1", DAY, 110_000, "设备费", "管式炉"), ("记-2", DAY, 9, "材料费", ""))}
    )
    listed = SpendingFile.objects.get()
    assert (answer.status_code, answer["Location"], Spending.objects.count()) == (302, listed.get_absolute_url(), 0)
    assert "记-1" in client.get(listed.get_absolute_url()).content.decode()
    assert client.post(listed.get_absolute_url()).status_code == 302
    page = signed_in(cast.applicant).get(reverse("money", args=[project.uid])).content.decode()
    assert ("11.00" in page, 'class="over"' in page, reverse("adjust", args=[project.uid]) in page) == (True,) * 3
    shown = client.get(reverse("spending", args=[project.uid]), {"category": "operating.materials"}).content.decode()
    assert ("记-2" in shown, "记-1" in shown) == (True, False)


def test_a_typed_entry_that_is_refused_keeps_what_was_typed(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("spending-record", args=[project.uid])
    typed = {"voucher": "记-77", "spent_on": "2027-03-05", "amount": "12.5", "category": "labour.staff"}
    refused = client.post(url, {**typed, "source": "fiscal", "spent_on": "2029-01-01"})
    assert (refused.status_code, 'value="记-77"' in refused.content.decode()) == (409, True)
    assert client.post(url, {**typed, "source": "fiscal"}).status_code == 302
    made = Spending.objects.get()
    strike = reverse("spending-strike", args=[made.uid])
    assert (client.post(strike, {"why": "重复"}).status_code, client.get(strike).status_code) == (302, 404)


def test_an_amount_above_all_money_is_asked_about(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.applicant), reverse("spending-record", args=[project.uid])
    sent = {"voucher": "记-77", "spent_on": "2027-03-05", "category": "labour.staff", "source": "fiscal"}
    asked = client.post(url, {**sent, "amount": "85000000"}).content.decode()
    assert ('name="mend" value="amount=8500"' in asked, Spending.objects.count()) == (True, 0)
    mended = client.post(url, {**sent, "amount": "85000000", "mend": "amount=8500"}).content.decode()
    assert ('value="8500"' in mended, 'value="记-77"' in mended, Spending.objects.count()) == (True, True, 0)
    assert client.post(url, {**sent, "amount": "85000001", "right": "amount=85000000.00"}).status_code == 200
    assert client.post(url, {**sent, "amount": "85000000", "right": "amount=85000000.00"}).status_code == 302
    assert [int(one.amount) for one in Spending.objects.all()] == [85_000_000]


def test_a_list_with_amounts_above_all_money_is_taken_once_they_are_said_to_be_right(
    cast: way.Cast, project: Project
) -> None:
    client = signed_in(cast.admin)
    rows = [("记-1", DAY, 100, "材料费", ""), ("记-2", DAY, 85_000_000, "材料费", "")]
    client.post(reverse("spending-import", args=[project.uid]), {"file": xlsx(*rows)})
    listed = SpendingFile.objects.get()
    page = client.get(listed.get_absolute_url()).content.decode()
    assert ("改为 8500 " in page, f'name="right" value="{listed.sha256}"' in page) == (True, True)
    for answer in ({}, {"right": "another file"}):
        assert client.post(listed.get_absolute_url(), answer).status_code == 409
    assert Spending.objects.count() == 0
    assert client.post(listed.get_absolute_url(), {"right": listed.sha256}).status_code == 302
    taken = JournalEntry.objects.get(action="projects.spending.take")
    assert (Spending.objects.count(), taken.data["as_typed"]) == (2, "1")


def test_others_read_or_find_nothing(cast: way.Cast, project: Project) -> None:
    names = ("spending", "spending-record", "spending-import")
    urls = [reverse(name, args=[project.uid]) for name in names]
    assert [signed_in(cast.officer).get(url).status_code for url in urls] == [200, 404, 404]
    assert [signed_in(cast.other_admin).get(url).status_code for url in urls] == [404, 404, 404]


def test_the_pages_ask_no_more_with_more_rows(cast: way.Cast, project: Project) -> None:
    client = signed_in(cast.admin)
    pages = [reverse(name, args=[project.uid]) for name in ("money", "spending")]

    def add(number: int) -> None:
        more = {"project": project, "by": cast.admin, "period": "2027-03", "spent_on": DAY, "amount": 9}
        Spending.objects.create(voucher=f"记-{number}", category="operating.materials", **more)

    def queries() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            found.append(len(seen))
        return found

    add(1)
    queries()
    before = queries()
    add(2)
    add(3)
    assert queries() == before
