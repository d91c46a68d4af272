"""Spending: typed, taken from lists as a whole or not at all, struck out, against the budget."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.actions.spending import (
    Entry,
    hand_in_spending,
    record_spending,
    strike_spending,
    take_spending,
)
from projects.models import Project, Spending, SpendingFile
from projects.queries.spending import bars_of, used_by_category, whole
from projects.spending.outcome import counts
from tests.factories import way
from tests.projects.budgets import running_project
from tests.projects.spending.lists import HEADS, text, xlsx
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 5)
ENTRY = Entry("记-12", DAY, Decimal("1200.50"), "operating.materials", purpose="试剂")
ROWS = (
    ("记-1", DAY, 60_000, "材料费", "靶材"),
    ("记-2", "2027/3/6", "110,000.00", "设备费", "管式炉"),
    ("记-3", 46452, -500, "材料费", "退货"),
)


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Iterator[Project]:
    found = running_project(cast)
    with time_machine.travel(dt.datetime(2027, 6, 1, tzinfo=dt.UTC)):
        yield found


def spent(project: Project) -> dict[str, Decimal]:
    return {one.code: one.spent for one in used_by_category(project) if one.spent}


def test_an_entry_is_written_down_once_and_struck_out(cast: way.Cast, project: Project) -> None:
    made = record_spending(project=project, entry=ENTRY, by=cast.applicant)
    assert record_spending(project=project, entry=ENTRY, by=cast.admin) == made
    assert spent(project) == {"operating.materials": Decimal("1200.50")}
    with pytest.raises(Refused) as refused:
        record_spending(project=project, entry=dataclasses.replace(ENTRY, amount=Decimal(1)), by=cast.admin)
    assert refused.value.codes == ["other_facts"]
    for _twice in range(2):
        strike_spending(spending=made, by=cast.admin, why="科目有误")
    assert spent(project) == {}
    again = record_spending(project=project, entry=ENTRY, by=cast.admin)
    assert (again == made, JournalEntry.objects.filter(action="projects.spending.strike").count()) == (False, 1)
    next_month = dataclasses.replace(ENTRY, spent_on=dt.date(2027, 4, 2))
    assert record_spending(project=project, entry=next_month, by=cast.admin) != again


def test_an_entry_is_refused_with_every_reason(cast: way.Cast, project: Project) -> None:
    wrong = Entry(" ", dt.date(2027, 6, 3), Decimal(0), "operating.materials")
    with pytest.raises(Refused) as refused:
        record_spending(project=project, entry=wrong, by=cast.applicant)
    assert refused.value.codes == ["no_voucher", "outside_term", "amount"]
    for name in ("officer", "stranger", "other_admin", "recommender"):
        with pytest.raises(NotAllowed):
            record_spending(project=project, entry=ENTRY, by=getattr(cast, name))
    Project.objects.filter(pk=project.pk).update(state="lapsed")
    with pytest.raises(Refused) as stopped:
        record_spending(project=project, entry=ENTRY, by=cast.applicant)
    assert stopped.value.codes == ["not_active"]
    Project.objects.filter(pk=project.pk).update(state="active")


@pytest.mark.parametrize("made", [xlsx(*ROWS), text(*ROWS, encoding="gb18030")], ids=["xlsx", "csv"])
def test_a_list_is_looked_through_then_taken_and_the_same_list_changes_nothing(
    cast: way.Cast, project: Project, made: SimpleUploadedFile
) -> None:
    made.seek(0)
    listed = hand_in_spending(project=project, upload=made, by=cast.admin)
    assert (counts(listed.rows), Spending.objects.count()) == ({"new": 3, "same": 0, "refused": 0}, 0)
    for _twice in range(2):
        take_spending(file=listed, by=cast.applicant)
    assert spent(project) == {"equipment.purchase": Decimal(110_000), "operating.materials": Decimal(59_500)}
    made.seek(0)
    second = hand_in_spending(project=project, upload=made, by=cast.admin)
    take_spending(file=second, by=cast.admin)
    assert (counts(second.rows)["same"], Spending.objects.count()) == (3, 3)
    taken = JournalEntry.objects.filter(action="projects.spending.take").order_by("link__seq").first()
    assert taken is not None
    assert (taken.data["count"], taken.data["amount"]) == (3, "169500.00")


def test_one_refused_row_keeps_the_whole_list_out(cast: way.Cast, project: Project) -> None:
    record_spending(project=project, entry=dataclasses.replace(ENTRY, voucher="记-9"), by=cast.applicant)
    wrong = [
        ("记-4", DAY, 10, "招待费", ""),
        ("记-1", DAY, 10, "材料费", ""),
        ("记-9", DAY, 10, "材料费", ""),
        ("记-5", "2026-01-01", 10, "材料费", ""),
    ]
    listed = hand_in_spending(project=project, upload=xlsx(ROWS[0], *wrong), by=cast.admin)
    columns = {row["line"]: [one["column"] for one in row["faults"]] for row in listed.rows}
    assert columns == {2: [], 3: ["预算科目"], 4: ["凭证号"], 5: ["凭证号"], 6: ["日期"]}
    with pytest.raises(Refused) as refused:
        take_spending(file=listed, by=cast.admin)
    assert (refused.value.codes, Spending.objects.count()) == (["refused_rows"], 1)


def test_entries_of_a_voucher_are_told_apart_and_rows_of_other_projects_refused(
    cast: way.Cast, project: Project
) -> None:
    heads = (*HEADS, "分录号", "资金来源", "项目编号")
    rows = [("记-1", DAY, 10, "材料费", "", number, "自筹资金", project.number) for number in (1, 2)]
    other = ("记-2", DAY, 10, "材料费", "", 1, "财政资金", "别的项目")
    listed = hand_in_spending(project=project, upload=xlsx(*rows, other, heads=heads), by=cast.admin)
    assert [row["outcome"] for row in listed.rows] == ["new", "new", "refused"]
    good = hand_in_spending(project=project, upload=xlsx(*rows, heads=heads), by=cast.admin)
    take_spending(file=good, by=cast.admin)
    assert [(one.entry, one.source) for one in Spending.objects.order_by("pk")] == [("1", "own"), ("2", "own")]
    assert spent(project) == {}


def test_a_list_that_is_overtaken_is_refused(cast: way.Cast, project: Project) -> None:
    listed = hand_in_spending(project=project, upload=xlsx(ROWS[0]), by=cast.admin)
    record_spending(project=project, entry=dataclasses.replace(ENTRY, voucher="记-1"), by=cast.applicant)
    with pytest.raises(Refused) as refused:
        take_spending(file=listed, by=cast.admin)
    assert (refused.value.codes, Spending.objects.count()) == (["stale"], 1)


def test_what_is_no_list_is_kept_nowhere(cast: way.Cast, project: Project) -> None:
    files: list[Any] = [
        SimpleUploadedFile("a.pdf", b"%PDF"),
        SimpleUploadedFile("a.xlsx", b"PK no book"),
        SimpleUploadedFile("a.csv", b"a,b\n1,2\n"),
        SimpleUploadedFile("b.csv", b""),
    ]
    for upload in files:
        with pytest.raises(Refused):
            hand_in_spending(project=project, upload=upload, by=cast.admin)
    with pytest.raises(NotAllowed):
        hand_in_spending(project=project, upload=xlsx(*ROWS), by=cast.officer)
    assert SpendingFile.objects.count() == 0


def test_spending_stands_against_the_budget_of_its_category(cast: way.Cast, project: Project) -> None:
    take_spending(file=hand_in_spending(project=project, upload=xlsx(*ROWS), by=cast.admin), by=cast.admin)
    used = used_by_category(project)
    assert [(one.code, one.left, one.percent, one.is_over) for one in used] == [
        ("equipment.purchase", Decimal(-10_000), 110, True),
        ("operating.materials", Decimal(240_500), 20, False),
    ]
    assert [(one.approved, one.within, one.over) for one in bars_of(used)] == [(33, 33, 4), (100, 20, 0)]
    assert (whole(used, Decimal(400_000)).left, used[0].own_planned) == (Decimal(230_500), Decimal(100_000))
