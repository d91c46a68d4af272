from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.round import send_invitations
from experts.actions.sheet import save_score_sheet, submit_score_sheet
from experts.models import Assignment, Dossier, ScoreSheet
from tests.factories.directory import officer
from tests.factories.experts import OPINION, accepted, answers, expert_user, handed_in, profile_of, running

pytestmark = pytest.mark.django_db
# Columns of the workbook: row, version, title, then the answers.
NOVELTY, WAY, LAW, SAID, ADVICE = range(4, 9)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seats(user: User, count: int, **fields: Any) -> list[Assignment]:
    """Accepted dossiers of one round."""
    boss = officer()
    dossiers = [handed_in(Dossier.objects.count() + 1, boss, **fields) for _number in range(count)]
    review_round = running(boss, *dossiers)
    for dossier in Dossier.objects.filter(round=review_round):
        assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    rows = list(Assignment.objects.filter(round=review_round).order_by("pk"))
    for row in rows:
        accept(assignment=row, by=user, statement=True)
    return rows


def taken_along(client: Client) -> Any:
    return load_workbook(io.BytesIO(client.get(reverse("sheets_xlsx")).content))


def fill(page: Any, row: int, *values: Any) -> None:
    for column, value in enumerate(values or (80, 45, "符合", OPINION, "B 可以资助"), NOVELTY):
        page.cell(row, column).value = value


def read_back(client: Client, book: Any) -> Any:
    data = io.BytesIO()
    book.save(data)
    return client.post(reverse("sheets_offline"), {"workbook": SimpleUploadedFile("评分.xlsx", data.getvalue())})


def confirm(client: Client, shown: Any, *over: Assignment) -> Any:
    payload = re.search(r'name="payload" value="([^"]+)"', shown.content.decode())
    assert payload is not None
    return client.post(reverse("sheets_confirm"), {"payload": payload[1], "over": [str(one.uid) for one in over]})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_what_was_filled_in_is_shown_then_written_when_confirmed() -> None:
    user = expert_user()
    first, second = seats(user, 2)
    client = client_of(user)
    book = taken_along(client)
    fill(book.worksheets[0], 3)
    shown = read_back(client, book)
    assert (shown.status_code, ScoreSheet.objects.count()) == (200, 0)
    assert OPINION in text(shown)
    assert "1 份评分表可以直接保存" in text(shown)
    assert confirm(client, shown).status_code == 200
    sheet = ScoreSheet.objects.get()
    assert (sheet.assignment_id, str(sheet.total), sheet.opinion) == (first.pk, "86.00", OPINION)
    assert (sheet.vetoes, sheet.recommendation) == ({"law": True}, "B")
    assert Assignment.objects.get(pk=second.pk).state == "accepted"


def test_only_the_answers_can_be_typed_over_and_texts_are_no_formulas() -> None:
    user = expert_user()
    seats(user, 1, title="=HYPERLINK(1)")
    page = taken_along(client_of(user)).worksheets[0]
    assert (page.protection.sheet, page["A3"].protection.locked, page["D3"].protection.locked) == (True, True, False)
    assert (page["C3"].value, page["C3"].data_type) == ("=HYPERLINK(1)", "s")
    lists = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
    assert lists == {
        "D3": "0",
        "E3": "0",
        "F3": '"符合,不符合"',
        "H3": '"A 优先资助,B 可以资助,C 保留意见,D 不予资助"',
    }


def test_each_cell_that_cannot_be_taken_is_named_and_the_row_is_not_written() -> None:
    user = expert_user()
    seats(user, 2)
    client = client_of(user)
    book = taken_along(client)
    name = book.worksheets[0].title
    fill(book.worksheets[0], 3, "很高", "=40+5", "也许", "无", "E")
    fill(book.worksheets[0], 4, 80, 51)
    shown = text(read_back(client, book))
    for place in ("D3", "E3", "F3", "H3", "E4"):
        assert f"<small>{name}!{place}</small>" in shown
    assert f"<small>{name}!G3</small>" not in shown
    assert "保存这些行" not in shown


def test_a_row_of_somebody_else_looks_like_one_that_is_not_there() -> None:
    user, other = expert_user(), expert_user()
    seats(user, 1)
    (foreign,) = seats(other, 1)
    client = client_of(user)
    book = taken_along(client)
    page = book.worksheets[0]
    fill(page, 3)
    page["A3"], page["C3"] = str(foreign.uid), foreign.dossier.title
    theirs = text(read_back(client, book))
    page["A3"] = "00000000-0000-0000-0000-000000000007"
    assert "此行不对应您的任何一份材料" in theirs
    assert "此行不对应您的任何一份材料" in text(read_back(client, book))
    assert ScoreSheet.objects.count() == 0


def test_rows_moved_in_part_are_refused() -> None:
    user = expert_user()
    seats(user, 2)
    client = client_of(user)
    book = taken_along(client)
    page = book.worksheets[0]
    page["C3"].value, page["C4"].value = page["C4"].value, page["C3"].value
    fill(page, 3)
    shown = text(read_back(client, book))
    assert shown.count("标题与此行不符") == 2


def test_what_was_saved_meanwhile_is_shown_and_stands_unless_the_expert_says_otherwise() -> None:
    user = expert_user()
    (seat,) = seats(user, 1)
    client = client_of(user)
    book = taken_along(client)
    fill(book.worksheets[0], 3)
    save_score_sheet(assignment=seat, answers=answers(opinion="在网页上写的另一段意见"), expected_version=0, by=user)
    shown = read_back(client, book)
    assert "此后已在别处保存" in text(shown)
    assert "在网页上写的另一段意见" in text(shown)
    confirm(client, shown)
    assert ScoreSheet.objects.get().opinion == "在网页上写的另一段意见"
    confirm(client, shown, seat)
    assert ScoreSheet.objects.get().opinion == OPINION


def test_a_save_between_the_preview_and_its_confirmation_is_kept_and_told() -> None:
    user = expert_user()
    (seat,) = seats(user, 1)
    client = client_of(user)
    book = taken_along(client)
    fill(book.worksheets[0], 3)
    shown = read_back(client, book)
    save_score_sheet(assignment=seat, answers=answers(opinion="预览之后写的另一段意见"), expected_version=0, by=user)
    told = confirm(client, shown)
    assert told.status_code == 409
    assert '<span class="badge no">未保存</span>' in text(told)
    assert ScoreSheet.objects.get().opinion == "预览之后写的另一段意见"


def test_a_submitted_sheet_is_neither_in_the_workbook_nor_taken() -> None:
    user = expert_user()
    (seat,) = seats(user, 1)
    client = client_of(user)
    book = taken_along(client)
    fill(book.worksheets[0], 3)
    submit_score_sheet(assignment=seat, answers=answers(), by=user)
    assert "此评分表现在不能填写" in text(read_back(client, book))
    assert [page.max_row for page in taken_along(client).worksheets] == [1]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"<html></html>"])
def test_what_is_no_workbook_is_refused_without_a_fault(data: bytes) -> None:
    user = expert_user()
    answer = client_of(user).post(reverse("sheets_offline"), {"workbook": SimpleUploadedFile("a.xlsx", data)})
    assert answer.status_code == 422
    assert ScoreSheet.objects.count() == 0


def test_a_preview_of_somebody_else_or_none_is_refused() -> None:
    user, other = expert_user(), expert_user()
    seats(user, 1)
    accepted(officer(), other)
    client = client_of(user)
    book = taken_along(client)
    fill(book.worksheets[0], 3)
    shown = read_back(client, book)
    assert confirm(client_of(other), shown).status_code == 409
    assert client.post(reverse("sheets_confirm"), {"payload": "x"}).status_code == 409
    assert ScoreSheet.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_workbook_costs_the_same_for_one_dossier_and_for_three(
    count: int, django_assert_max_num_queries: Any
) -> None:
    user = expert_user()
    seats(user, count)
    client = client_of(user)
    with django_assert_max_num_queries(6):
        client.get(reverse("sheets_xlsx"))
