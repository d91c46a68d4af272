"""The pages of the money: what each sees and can do, and what a refusal keeps."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.actions.payment_plan import PlanRow, change_plan, plan_seen
from projects.models import Instalment, OwnFunds, Project
from tests.factories import way
from tests.projects.budgets import running_project
from tests.projects.papers import pdf
from workflows.inbox import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    assert found.contract.signed_at
    with time_machine.travel(found.contract.signed_at + dt.timedelta(days=1)):
        yield found


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def presses(answer: Any, name: str) -> dict[str, str]:
    """What the first button of a question sends."""
    found = re.search(rf'<button[^>]* name="{name}" value="([^"]+)"', answer.content.decode())
    return {name: found.group(1)} if found else {}


def first(project: Project) -> Instalment:
    return Instalment.objects.get(project=project, number=1)


def test_an_instalment_goes_from_the_inbox_of_the_officer_to_the_inbox_of_the_host(
    cast: way.Cast, project: Project
) -> None:
    url, one = reverse("money", args=[project.uid]), first(project)
    waiting = [row for row in waiting_for(cast.officer) if row.url == url]
    assert [row.due and row.due.date() for row in waiting] == [one.due_on]
    officer, admin = signed_in(cast.officer), signed_in(cast.admin)
    assert reverse("instalment-pay", args=[one.uid]) in officer.get(url).content.decode()
    assert reverse("instalment-pay", args=[one.uid]) not in admin.get(url).content.decode()
    form = reverse("instalment-pay", args=[one.uid])
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1)}"
    refused = officer.post(form, {"amount": "240000", "paid_on": tomorrow, "voucher": "拨-77"})
    assert (refused.status_code, "拨-77" in refused.content.decode(), first(project).state) == (409, True, "planned")
    day = f"{timezone.localdate(project.contract.signed_at)}"
    assert officer.post(form, {"amount": "240000", "paid_on": day, "voucher": "拨-77"}).status_code == 302
    assert [row.url for row in waiting_for(cast.admin)] == [url]
    arrival = reverse("instalment-arrival", args=[one.uid])
    assert officer.get(arrival).status_code == 404
    assert admin.post(arrival, {"arrived_on": f"{timezone.localdate()}"}).status_code == 302
    assert (first(project).state, waiting_for(cast.admin)) == ("arrived", [])


def test_the_plan_is_changed_and_a_refusal_keeps_what_was_typed(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.officer), reverse("payment-plan", args=[project.uid])
    rows = {"form-TOTAL_FORMS": "4", "form-INITIAL_FORMS": "2", "seen": plan_seen(project)}
    typed = {"form-0-amount": "25", "form-0-due_on": "2027-03-01", "form-1-amount": "14", "form-1-due_on": "2028-03-01"}
    refused = client.post(url, {**rows, **typed, "form-1-milestone": "1"})
    assert (refused.status_code, 'value="14"' in refused.content.decode()) == (409, True)
    slip = {**rows, **typed, "form-1-amount": "150000", "form-1-milestone": "1"}
    asked = client.post(url, slip)
    assert [presses(asked, name) for name in ("mend", "right")] == [
        {"mend": "form-1-amount=15.00"},
        {"right": "form-1-amount=1500000000.00"},
    ]
    sums = client.post(url, {**slip, **presses(asked, "right")})
    assert (sums.status_code, 'name="as-typed" value="form-1-amount=' in sums.content.decode()) == (409, True)
    mended = client.post(url, {**slip, **presses(asked, "mend")})
    assert (mended.status_code, 'value="15.00"' in mended.content.decode(), Instalment.objects.count()) == (
        200,
        True,
        2,
    )
    assert client.post(url, {**rows, **typed, "form-1-amount": "15", "form-1-milestone": "1"}).status_code == 302
    assert [str(one.amount) for one in Instalment.objects.all()] == ["250000.00", "150000.00"]
    assert signed_in(cast.admin).get(url).status_code == 404


def test_own_money_is_written_down_by_the_host_and_struck_out(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.admin), reverse("own-funds", args=[project.uid])
    sent = {"amount": "3.5", "arrived_on": "2026-01-05", "source": "own", "key": str(uuid.uuid4())}
    in_yuan = client.post(url, {**sent, "amount": "35000", "paper": pdf()})
    assert (in_yuan.status_code, "3.5" in in_yuan.content.decode(), OwnFunds.objects.count()) == (200, True, 0)
    mended = client.post(url, {**sent, **presses(in_yuan, "mend"), "amount": "35000", "paper": pdf()})
    assert ('value="3.50"' in mended.content.decode(), presses(mended, "mend"), OwnFunds.objects.count()) == (
        True,
        {},
        0,
    )
    assert client.post(url, {**sent, "paper": pdf()}).status_code == 302
    made = OwnFunds.objects.get()
    page = client.get(reverse("money", args=[project.uid])).content.decode()
    assert ("到账凭证.pdf" in page, made.amount) == (True, Decimal(35_000))
    assert signed_in(cast.officer).get(url).status_code == 404
    assert client.post(reverse("own-funds-strike", args=[made.uid]), {"why": "重复"}).status_code == 302
    assert "到账凭证.pdf" not in client.get(reverse("money", args=[project.uid])).content.decode()


def test_strangers_find_nothing(cast: way.Cast, project: Project) -> None:
    milestone = project.milestones.get(number=1)
    for name in ("stranger", "other_admin"):
        client = signed_in(getattr(cast, name))
        assert client.get(reverse("money", args=[project.uid])).status_code == 404
        assert client.get(milestone.get_absolute_url()).status_code == 404
    page = milestone.get_absolute_url()
    assert "逾期" not in signed_in(cast.applicant).get(page).content.decode()
    with time_machine.travel(dt.datetime.combine(milestone.due_on, dt.time(), dt.UTC) + dt.timedelta(days=1)):
        assert "逾期" in signed_in(cast.applicant).get(page).content.decode()


def test_the_page_asks_no_more_with_more_rows(cast: way.Cast, project: Project) -> None:
    client, url = signed_in(cast.officer), reverse("money", args=[project.uid])

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(url)
        return len(seen)

    client.get(url)
    before = queries()
    rows = [PlanRow(Decimal(100_000), dt.date(2027, 9, number), milestone=number % 3) for number in range(1, 5)]
    change_plan(project=project, rows=rows, seen=plan_seen(project), by=cast.officer)
    assert queries() == before
