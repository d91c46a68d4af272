"""Projects that began before this system: taken over once, under the rules of their time, refused by name."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from directory.models import User
from projects.models import Acceptance, Instalment, Milestone, Project, Report
from projects.queries.kept_rules import channel_rules_of, scheme_of
from projects.queries.ledger import ledger
from tests.factories import way
from tests.projects.budgets import amounts
from workflows.invariants import violations
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
END = timezone.localdate().year + 1


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


def row(cast: way.Cast, **other: str) -> dict[str, str]:
    """A row of the list: an older project of the cast's applicant."""
    return {
        "项目编号": "2020GG0001",
        "项目名称": "褐煤制氢关键技术研究",
        "计划类别": "重点研发和成果转化计划",
        "指南发布日期": "2020-03-02",
        "承担单位信用代码": cast.host.credit_code,
        "负责人姓名": cast.applicant.person.name,
        "负责人邮箱": cast.applicant.email.upper(),
        "主管人员邮箱": cast.officer.email,
        "开始日期": "2020-07-01",
        "结束日期": f"{END}-12-31",
        "合同签订日期": "2020-06-15",
        "已拨付": "300,000",
        "研究目标": "建成中试装置。",
        "阶段目标": f"2021：完成小试；{END}：通过验收",
        "材料费": "250000",
        "差旅费": "30000",
        "会议费": "20000",
        "会议、差旅、国际合作与交流费": "",
        "管理费及其他": "100000",
        "材料费（自筹）": "80000.50",
        **other,
    }


def taken(path: Path, *rows: dict[str, str]) -> tuple[dict[str, int], str]:
    """The counts and the report of an import of these rows."""
    text, out = io.StringIO(), StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    call_command("import_projects", str(path), json=True, stdout=out, stderr=StringIO())
    *lines, last = out.getvalue().splitlines()
    return json.loads(last), "\n".join(lines)


def test_an_older_project_runs_on_under_the_rules_of_its_time(cast: way.Cast, tmp_path: Path) -> None:
    assert taken(tmp_path / "a.csv", row(cast))[0] == {"taken": 1, "merged": 0, "refused": 0}
    project = Project.objects.select_related("contract", "proposal__call").get()
    assert (project.grant, project.own, project.officer) == (Decimal(400_000), Decimal("80000.50"), cast.officer)
    assert tuple(line.category for line in ledger(project)) == scheme_of(project).codes
    assert amounts(project) == {
        "operating.materials": Decimal(250_000),
        "operating.trips": Decimal(30_000),
        "operating.conferences": Decimal(20_000),
        "indirect.management": Decimal(100_000),
    }
    assert [tier.percent for tier in channel_rules_of(project).tiers] == [20, 15, 13]
    money = Instalment.objects.filter(project=project).values_list("state", "amount", "due_on")
    assert list(money) == [
        ("arrived", Decimal(300_000), dt.date(2020, 6, 15)),
        ("planned", Decimal(100_000), dt.date(END, 12, 31)),
    ]
    assert [one.due_on.year for one in Milestone.objects.filter(project=project)] == [2021, END]
    assert all(one.due_at > timezone.now() for one in Report.objects.filter(project=project))
    assert Acceptance.objects.get(project=project).due_at > timezone.now()
    assert JournalEntry.objects.filter(action="projects.project.take_over").count() == 1
    assert list(violations()) == []


def test_a_second_run_changes_nothing_and_a_newer_row_has_the_lines_of_today(cast: way.Cast, tmp_path: Path) -> None:
    days = {"指南发布日期": "2023-03-01", "合同签订日期": "2023-06-01", "开始日期": "2023-07-01"}
    newer = row(cast, 项目编号="2023GG0002", 阶段目标="", **days)
    assert taken(tmp_path / "a.csv", row(cast), newer)[0]["taken"] == 2
    assert taken(tmp_path / "a.csv", row(cast), newer)[0] == {"taken": 0, "merged": 2, "refused": 0}
    assert amounts(Project.objects.get(number="2023GG0002"))["operating.travel"] == Decimal(50_000)


def test_its_pages_open_for_those_who_see_it(cast: way.Cast, tmp_path: Path, settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    taken(tmp_path / "a.csv", row(cast))
    project = Project.objects.get()
    places = ["", "money/", "adjust/", "spending/", "results/", "changes/"]
    found: dict[str, list[int]] = {}
    for user in (cast.applicant, cast.admin, cast.officer, cast.stranger):
        found[user.person.name] = opened(user, project, places)
    *insiders, stranger = found.values()
    assert [codes for codes in insiders if set(codes) - {200, 404}] == []
    assert (insiders[0][:3], set(stranger)) == ([200, 200, 200], {404})


def opened(user: User, project: Project, places: list[str]) -> list[int]:
    client = Client()
    client.force_login(user)
    urls = [f"{project.get_absolute_url()}{place}" for place in places]
    urls += [project.contract.get_absolute_url(), project.proposal.get_absolute_url()]
    return [client.get(url).status_code for url in urls]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"承担单位信用代码": "91150000MA0000000X"}, "no verified organisation"),
        ({"负责人邮箱": "nobody@example.cn"}, "no member of the organisation"),
        ({"负责人姓名": "别人"}, "is 其木格"),
        ({"主管人员邮箱": "nobody@example.cn"}, "no programme officer"),
        ({"结束日期": "2021-12-31", "阶段目标": ""}, "the term is over"),
        ({"结束日期": "2020-06-30", "阶段目标": ""}, "结束日期 does not lie after"),
        ({"合同签订日期": "2020-01-01"}, "合同签订日期 lies before"),
        ({"开始日期": ""}, "开始日期 is empty"),
        ({"开始日期": "明年"}, "no date: 明年"),
        ({"指南发布日期": "1999-01-01"}, "no rule of budgets on 1999-01-01"),
        ({"已拨付": "400000.01"}, "已拨付 is 400000.01"),
        ({"材料费": "二十五万"}, "no amount in yuan"),
        ({"材料费": "-1"}, "below zero"),
        ({"会议、差旅、国际合作与交流费": "1"}, "no category of budgets of 2014"),
        ({"阶段目标": "2019：太早"}, "阶段目标"),
        ({"项目名称": "长" * 121}, "at most 120"),
    ],
)
def test_a_row_is_refused_by_name_and_leaves_nothing(
    cast: way.Cast, tmp_path: Path, other: dict[str, Any], why: str
) -> None:
    counts, report = taken(tmp_path / "a.csv", row(cast, **other))
    assert (counts, report.count(why)) == ({"taken": 0, "merged": 0, "refused": 1}, 1)
    assert Project.objects.count() == 0


@pytest.mark.parametrize(
    ("drop", "add", "why"), [("项目编号", "材料费", "columns missing"), ("", "餐费", "no category")]
)
def test_a_file_with_other_columns_changes_nothing(
    cast: way.Cast, tmp_path: Path, drop: str, add: str, why: str
) -> None:
    broken = {name: text for name, text in {**row(cast), add: "1"}.items() if name != drop}
    with pytest.raises(CommandError, match=why):
        taken(tmp_path / "a.csv", broken)
