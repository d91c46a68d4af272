from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from directory.models import User
from experts.actions.fees import (
    add_standard,
    confirm_fee_sheet,
    edit_fee_line,
    make_fee_sheet,
    reopen_fee_sheet,
    write_account,
)
from experts.actions.round import rank_round
from experts.models import FeeSheet, FeeStandard, PayeeAccount, ReviewRound
from experts.queries.fees import whole
from tests.factories.directory import auditor, officer
from tests.factories.experts import expert_user, profile_of, scored
from workflows.errors import NotAllowed, Refused
from workflows.inbox import waiting_for
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "document": "财科教〔2017〕128号",
    "valid_from": dt.date(2020, 1, 1),
    "senior_day": Decimal(2000),
    "other_day": Decimal(1200),
    "task_share": 25,
}


def ranked(boss: User) -> ReviewRound:
    one, other = expert_user(), expert_user()
    for user, title in ((one, "senior"), (other, "junior")):
        user.person.title = title
        user.person.save()
    review_round = scored(boss, [{one: 80, other: 80}, {one: 70}])
    rank_round(review_round=review_round, by=boss)
    return review_round


def made(boss: User) -> FeeSheet:
    add_standard(values=VALUES, by=boss)
    return make_fee_sheet(review_round=ranked(boss), by=boss)


def test_the_sheet_pays_each_expert_for_the_sheets_that_count() -> None:
    boss = officer()
    sheet = made(boss)
    lines = sheet.lines.order_by("-amount").values_list("grade", "tasks", "amount")
    assert list(lines) == [("senior", 2, Decimal("1000.00")), ("other", 1, Decimal("300.00"))]
    assert whole(sheet) == Decimal("1300.00")
    assert make_fee_sheet(review_round=sheet.round, by=boss) == sheet


@pytest.mark.parametrize(("as_senior", "yuan"), [(True, "500.00"), (False, "300.00")])
def test_associate_titles_are_paid_as_the_standard_says(*, as_senior: bool, yuan: str) -> None:
    boss, user = officer(), expert_user()
    assert user.person is not None
    user.person.title = "associate"
    user.person.save()
    add_standard(values={**VALUES, "associate_is_senior": as_senior}, by=boss)
    review_round = scored(boss, [{user: 80}])
    rank_round(review_round=review_round, by=boss)
    assert [str(line.amount) for line in make_fee_sheet(review_round=review_round, by=boss).lines.all()] == [yuan]


def test_a_draft_waits_in_the_inbox_of_every_officer_but_who_made_it() -> None:
    boss, other = officer(), officer()
    sheet = made(boss)
    page = reverse("round_fees", args=[sheet.round.uid])

    def waits(user: User) -> bool:
        return page in [one.url for one in waiting_for(user)]

    assert [waits(user) for user in (boss, other, auditor())] == [False, True, False]
    confirm_fee_sheet(fee_sheet=sheet, by=other)
    assert not waits(other)
    reopen_fee_sheet(fee_sheet=sheet, by=other, note="金额有误")
    assert waits(other)
    edit_fee_line(line=sheet.lines.all()[0], grade="other", days=1, half_days=0, by=other)
    edit_fee_line(line=sheet.lines.all()[0], grade="other", days=0, half_days=0, by=boss)  # and somebody after them
    assert not waits(other)
    with pytest.raises(NotAllowed):
        confirm_fee_sheet(fee_sheet=FeeSheet.objects.get(pk=sheet.pk), by=other)


def test_days_at_meetings_are_added_by_hand_and_the_server_computes() -> None:
    boss = officer()
    line = made(boss).lines.order_by("-amount")[0]
    row = edit_fee_line(line=line, grade="national", days=3, half_days=0, note="院士", by=boss)
    assert row.amount == Decimal("3000.00") * 3  # two tasks at a quarter, two days in full, the third at half
    with pytest.raises(Refused) as refused:
        edit_fee_line(line=line, grade="king", days=0, half_days=0, by=boss)
    assert refused.value.codes == ["fee_line"]


def test_a_second_officer_confirms_and_a_confirmed_sheet_stays_as_it_is() -> None:
    boss, second = officer(), officer()
    sheet = made(boss)
    with pytest.raises(NotAllowed):
        confirm_fee_sheet(fee_sheet=sheet, by=boss)
    confirm_fee_sheet(fee_sheet=sheet, by=second)
    assert (sheet.state, sheet.confirmed_by) == ("confirmed", second)
    with pytest.raises(Refused) as refused:
        edit_fee_line(line=sheet.lines.all()[0], grade="other", days=0, half_days=0, by=boss)
    assert refused.value.codes == ["fee_confirmed"]
    reopen_fee_sheet(fee_sheet=sheet, by=boss, note="漏记会议天数")
    assert (sheet.state, sheet.confirmed_by, sheet.confirmed_at) == ("draft", None, None)


def test_without_a_standard_or_a_ranking_there_is_no_sheet() -> None:
    boss = officer()
    with pytest.raises(Refused) as refused:
        make_fee_sheet(review_round=ranked(boss), by=boss)
    assert refused.value.codes == ["no_standard"]
    with pytest.raises(Refused) as refused:
        make_fee_sheet(review_round=scored(boss, [{expert_user(): 70}]), by=boss)
    assert refused.value.codes == ["not_ranked"]
    with pytest.raises(NotAllowed):
        add_standard(values=VALUES, by=auditor())


def test_standards_follow_one_another_and_never_begin_on_the_same_day() -> None:
    boss = officer()
    add_standard(values=VALUES, by=boss)
    with pytest.raises(Refused) as refused:
        add_standard(values=VALUES, by=boss)
    with pytest.raises(Refused) as twice:
        add_standard(values={**VALUES, "valid_from": dt.date(2021, 1, 1), "task_share": 60}, by=boss)
    assert (refused.value.codes, twice.value.codes) == (["standard"], ["standard"])
    assert FeeStandard.objects.count() == 1


def test_the_account_is_the_experts_own_encrypted_and_in_no_journal() -> None:
    user = expert_user()
    with pytest.raises(NotAllowed):
        write_account(expert=profile_of(user), bank="建设银行", number="6217000010001234567", by=officer())
    account = write_account(expert=profile_of(user), bank="建设银行", number="6217000010001234567", by=user)
    assert (account.masked, PayeeAccount.objects.get().number) == ("**** 4567", "6217000010001234567")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM experts_payeeaccount")
        assert "4567" not in cursor.fetchone()[0]
    assert JournalEntry.objects.get(action="experts.fees.account").data == {}
