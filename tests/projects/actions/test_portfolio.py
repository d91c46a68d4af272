from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from projects.actions.portfolio import MOST_VIEWS, ask_sheet, make_sheet, remove_old_sheets, remove_view, save_view
from projects.forms.portfolio import shown
from projects.models import PortfolioSheet, Project, SavedView
from projects.tasks import make_a_portfolio_sheet
from tests.factories import way
from tests.projects.budgets import running_project
from workflows.errors import Refused
from workflows.files import files_of, may_read, place_of
from workflows.models import OutboxMessage
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def rows_of(sheet: PortfolioSheet) -> list[tuple[Any, ...]]:
    (file,) = files_of(sheet)
    with storages["private"].open(place_of(file.sha256)) as stored:
        book = openpyxl.load_workbook(BytesIO(stored.read()))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_a_view_is_kept_replaced_and_forgotten(cast: way.Cast) -> None:
    save_view(owner=cast.officer, name="逾期", query="risk=overdue")
    view = save_view(owner=cast.officer, name="逾期", query="risk=unpaid")
    save_view(owner=cast.decision_maker, name="逾期", query="risk=overdue")
    assert [(one.name, one.query) for one in SavedView.objects.visible_to(cast.officer)] == [("逾期", "risk=unpaid")]
    remove_view(view=view)
    assert list(SavedView.objects.values_list("owner", "query")) == [(cast.decision_maker.pk, "risk=overdue")]


def test_there_is_an_end_to_views(cast: way.Cast) -> None:
    SavedView.objects.bulk_create(SavedView(owner=cast.officer, name=str(number)) for number in range(MOST_VIEWS))
    with pytest.raises(Refused) as refusal:
        save_view(owner=cast.officer, name="再一个", query="")
    assert refusal.value.codes == ["too_many_views"]
    save_view(owner=cast.officer, name="7", query="state=active")
    assert SavedView.objects.get(owner=cast.officer, name="7").query == "state=active"


def test_a_sheet_holds_what_its_owner_sees_and_is_read_by_nobody_else(cast: way.Cast) -> None:
    project = running_project(cast)
    Project.objects.filter(pk=project.pk).update(title="=cmd|'/c calc'!A1")
    sheet = ask_sheet(owner=cast.officer, query="state=active", total=1)
    assert ask_sheet(owner=cast.officer, query="state=active", total=1) == sheet
    assert OutboxMessage.objects.filter(kind="projects.portfolio_sheet").count() == 1
    while run_once():
        pass
    sheet.refresh_from_db()
    assert (sheet.rows, sheet.total, sheet.done_at is not None) == (1, 1, True)
    head, row = rows_of(sheet)
    assert head[:2] == ("编号", "项目名称")
    assert row[:2] == (project.number, "=cmd|'/c calc'!A1")
    assert (row[7].date(), row[8].date(), row[9], row[10]) == (project.starts_on, project.ends_on, 40, 0)
    (file,) = files_of(sheet)
    assert [may_read(user, file) for user in (cast.officer, cast.decision_maker, cast.applicant)] == [
        True,
        False,
        False,
    ]


def test_whoever_sees_no_project_gets_an_empty_sheet(cast: way.Cast) -> None:
    running_project(cast)
    sheet = ask_sheet(owner=cast.stranger, query="", total=0)
    make_sheet(sheet=sheet, shown=shown)
    sheet.refresh_from_db()
    assert (sheet.rows, len(rows_of(sheet))) == (0, 1)


def test_made_again_it_stays_and_after_a_week_it_is_gone_with_its_file(cast: way.Cast) -> None:
    sheet = ask_sheet(owner=cast.officer, query="", total=0)
    for _turn in range(2):
        make_a_portfolio_sheet("", {"sheet": sheet.pk})
    assert files_of(sheet).count() == 1
    assert remove_old_sheets() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert remove_old_sheets() == 1
    assert files_of(sheet).count() == 0
    assert not PortfolioSheet.objects.exists()
    make_a_portfolio_sheet("", {"sheet": sheet.pk})
    assert not PortfolioSheet.objects.exists()
