"""Money that goes back at the end of a project: owed by its end, told with a paper, confirmed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.actions.appeal import grant_appeal, make_appeal
from projects.actions.payment import confirm_arrival, pay_instalment
from projects.actions.repayment import Payback, confirm_repayment, reject_repayment, tell_repayment
from projects.models import Instalment, Project, Repayment
from projects.queries.repayments import owing, still_owed
from tests.factories import way
from tests.projects.acceptances import decided, of
from tests.projects.budgets import running_project
from tests.projects.papers import pdf
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def owed(cast: way.Cast) -> Iterator[Project]:
    """A project that did not pass, its first instalment unspent."""
    project = running_project(cast)
    with time_machine.travel(dt.datetime(2028, 12, 1, 4, tzinfo=dt.UTC)):
        first = Instalment.objects.select_related("project").get(number=1)
        pay_instalment(
            instalment=first, amount=first.amount, paid_on=timezone.localdate(), voucher="1", by=cast.officer
        )
        confirm_arrival(instalment=first, arrived_on=timezone.localdate(), by=cast.admin)
        decided(cast, project, "failed")
        project.refresh_from_db()
        yield project


def payback(amount: Decimal | int, key: uuid.UUID | None = None) -> Payback:
    return Payback(Decimal(amount), timezone.localdate(), "转-7", key or uuid.uuid4())


def told(project: Project, amount: Decimal | int, cast: way.Cast, **more: Any) -> Repayment:
    return tell_repayment(project=project, payback=payback(amount, **more), paper=pdf(), by=cast.admin)


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.codes


def waits(user: Any) -> bool:
    return any("上缴" in row.why for row in waiting_for(user))


def test_what_is_left_comes_back_in_parts_and_is_confirmed(cast: way.Cast, owed: Project) -> None:
    whole = Instalment.objects.get(number=1).amount
    assert (owed.to_return, still_owed(owed), waits(cast.admin)) == (whole, whole, True)
    assert Project.objects.filter(owing()).exists()
    key = uuid.uuid4()
    first = told(owed, 1000, cast, key=key)
    assert told(owed, 1000, cast, key=key) == first
    assert still_owed(owed) == whole - 1000
    assert waits(cast.officer)
    reject_repayment(repayment=first, by=cast.officer, note="账上没有这笔款")
    assert still_owed(owed) == whole
    confirm_repayment(repayment=told(owed, whole, cast), by=cast.officer)
    assert (still_owed(owed), waits(cast.admin), waits(cast.officer)) == (Decimal(0), False, False)
    assert not Project.objects.filter(owing()).exists()


def test_nobody_returns_more_than_is_owed_nor_for_others(cast: way.Cast, owed: Project) -> None:
    assert refused(lambda: told(owed, owed.to_return + 1, cast)) == ["field:amount"]
    assert refused(lambda: told(owed, 0, cast)) == ["field:amount"]
    for name in ("applicant", "officer", "other_admin"):
        with pytest.raises(NotAllowed):
            tell_repayment(project=owed, payback=payback(1), paper=pdf(), by=cast.everybody()[name])


def test_an_appeal_that_is_granted_takes_the_debt_away(cast: way.Cast, owed: Project) -> None:
    appeal = make_appeal(acceptance=of(owed), reason="结余已用于后续研究。", by=cast.admin)
    grant_appeal(appeal=appeal, by=cast.integrity, note="复核属实。")
    assert Project.objects.get().to_return == 0


def test_the_page_of_the_money_leads_both_through_it(cast: way.Cast, owed: Project) -> None:
    host, officer = Client(), Client()
    host.force_login(cast.admin)
    officer.force_login(cast.officer)
    page, form = reverse("money", args=[owed.uid]), reverse("repayment", args=[owed.uid])
    assert form in host.get(page).content.decode()
    record, leads = of(owed).get_absolute_url(), f'wide" href="{page}#repayments"'
    assert [leads in who.get(record).content.decode() for who in (host, officer)] == [True, False]
    sent = {"amount": "1", "paid_on": f"{timezone.localdate()}", "voucher": "转-7", "key": f"{uuid.uuid4()}"}
    assert "field" not in host.post(form, {**sent, "amount": "9999", "paper": pdf()}).headers.get("Location", "")
    assert host.post(form, {**sent, "paper": pdf()}).status_code == 302
    made = Repayment.objects.get()
    confirm = reverse("transition", args=["projects.repayment", made.uid, "confirm"])
    assert confirm not in host.get(page).content.decode()
    assert confirm in officer.get(page).content.decode()
    assert "上缴1.00万元" in officer.get(confirm).content.decode()
    assert officer.post(confirm, {"note": "", "version": made.version}).status_code == 302
    assert Repayment.objects.get().state == "confirmed"
    assert officer.get(form).status_code == 404
