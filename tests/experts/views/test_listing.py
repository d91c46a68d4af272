from __future__ import annotations

import io
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from experts.actions.listing import hand_in_list
from experts.listing.columns import COLUMNS
from experts.models import ExpertProfile, PoolList
from tests.experts.listing.books import ROW, upload
from tests.factories.directory import applicant, officer
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


def test_the_template_filled_in_goes_through_the_gate_and_the_preview_to_the_pool(client: Client) -> None:
    client.force_login(officer())
    response: Any = client.get(reverse("pool_template"))
    filled = openpyxl.load_workbook(io.BytesIO(response.content))
    for place, column in enumerate(COLUMNS, start=1):
        filled.worksheets[0].cell(3, place, ROW.get(column.key))
    out = io.BytesIO()
    filled.save(out)
    page = client.post(reverse("pool_lists"), {"file": SimpleUploadedFile("专家.xlsx", out.getvalue())})
    assert page.status_code == 302
    run_once()
    preview = client.get(page["Location"])
    assert (preview.context["useful"], [row["line"] for row, *_rest in preview.context["lines"]]) == (1, [3])
    assert client.post(page["Location"], {"paper": ""}).status_code == 302
    running = client.get(page["Location"])
    assert (running.headers["Refresh"], ExpertProfile.objects.count()) == ("3", 0)
    run_once()
    assert "Refresh" not in client.get(page["Location"]).headers
    assert ExpertProfile.objects.get().person.name == ROW["name"]


def test_a_refused_row_says_row_column_reason_and_mend(client: Client) -> None:
    boss = officer()
    client.force_login(boss)
    found = hand_in_list(upload=upload({**ROW, "id_number": "1.5E+17"}), by=boss)
    run_once()
    text = client.get(reverse("pool_list", args=[found.uid]), {"outcome": "refused"}).content.decode()
    for part in ("身份证件号码", "1.5E+17", "请将该列设为文本格式"):
        assert part in text


def test_what_is_no_spreadsheet_is_refused_and_keeps_nothing(client: Client) -> None:
    client.force_login(officer())
    page = client.post(reverse("pool_lists"), {"file": SimpleUploadedFile("a.xlsx", b"MZ not a workbook")})
    assert (page.status_code, PoolList.objects.count()) == (422, 0)


def test_others_find_no_lists(client: Client) -> None:
    boss = officer()
    found = hand_in_list(upload=upload(ROW), by=boss)
    client.force_login(applicant())
    for address in (reverse("pool_lists"), reverse("pool_template"), reverse("pool_list", args=[found.uid])):
        assert client.get(address).status_code in {403, 404}


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same(client: Client, count: int, django_assert_max_num_queries: Any) -> None:
    boss = officer()
    for _ in range(count):
        hand_in_list(upload=upload(ROW), by=boss)
    client.force_login(boss)
    with django_assert_max_num_queries(15):
        client.get(reverse("pool_lists"))
