from __future__ import annotations

import gzip
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory.models import Organisation, Person
from experts.models import ExpertiseItem
from projects.models import Award, Call
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db

CALLS = """项目名称,项目来源,发布时间,截止时间
[申报中] 2017年草原生态专项申报,自治区重点研发计划,2017-09-01,2017-09-20
[申报中] 2017年草原生态专项申报,自治区重点研发计划,2017-09-01,2017-09-20
2017年草原生态专项申报,自治区重点研发计划,2017-09-01,2017-09-20
[申报中] 自治区与某集团公司联合资助的先进制造技术...,联合基金,2017-8-2,0000-00-00
[申报中] 没有日期的指南,联合基金,,0000-00-00
[申报中] 日期颠倒的指南,联合基金,2017-09-20,2017-09-01
[申报中] 日期不对的指南,联合基金,2017-13-01,
[申报中] ,联合基金,2017-09-01,2017-09-20
"""
NATURAL = """项目批准号,项目类别,项目名称,依托单位,负责人,金额,起止年月,总评
71990001,面上项目,草原退化机理,北方草原大学,那木汗,48.5,2018.01-2020.12,良
71990002,面上项目,饲草高效利用,北方草原大学,那木汗,30,2019.01-2022.12,优
71990002,面上项目,饲草高效利用,北方草原大学,那木汗,30,2019.01-2022.12,优
71990003,重点项目,错误的金额,北方草原大学,那木汗,很多,2019.01-2022.12,优
71990004,重点项目,错误的期限,北方草原大学,那木汗,30,2022.01-2019.12,优
"""
SOCIAL_COLUMNS = "项目批准号,项目类别,学科分类,项目名称,立项时间,项目负责人,专业职务,工作单位"
SOCIAL = f"""{SOCIAL_COLUMNS},单位类别,所在省区市,所属系统,结项时间
12XYY009,一般项目,民族学,草原文化变迁,2012-01-01,苏日娜,正高级、副高级,塞外社会科学院,,内蒙古,,0000-00-00
12XYY010,外译项目,经济,草原史（英文）,2012-12-28,北方草原大学出版社,,,,,,
,,,,,,,,,,,
"""


def written(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def run(name: str, path: Path, **options: Any) -> dict[str, int]:
    out = StringIO()
    call_command(name, str(path), json=True, stdout=out, stderr=StringIO(), **options)
    counts: dict[str, int] = json.loads(out.getvalue().splitlines()[-1])
    return counts


def test_calls_are_cleaned_merged_and_refused(tmp_path: Path) -> None:
    assert run("import_calls", written(tmp_path / "c.gz", CALLS)) == {"taken": 2, "merged": 2, "refused": 4}
    rows = Call.objects.order_by("-filing_deadline").values_list("title", "state", "truncated")
    assert sorted(rows) == [
        ("2017年草原生态专项申报", "concluded", False),
        ("自治区与某集团公司联合资助的先进制造技术...", "concluded", True),
    ]


def test_imported_calls_are_never_open(tmp_path: Path) -> None:
    run("import_calls", written(tmp_path / "c.gz", CALLS.replace("2017-09-20", "2099-09-20")))
    assert [call.is_open() for call in Call.objects.all()] == [False] * Call.objects.count()


def test_the_report_names_each_row_and_why(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    run("import_calls", written(tmp_path / "c.gz", CALLS), report=report)
    assert report.read_text(encoding="utf-8").splitlines() == [
        "line 3: merged: the same record is there already",
        "line 4: merged: the same record is there already",
        "line 6: refused: neither date is known",
        "line 7: refused: deadline before publication",
        "line 8: refused: no date: 2017-13-01",
        "line 9: refused: no title",
    ]


def test_awards_bring_people_organisations_and_amounts(tmp_path: Path) -> None:
    assert run("import_awards", written(tmp_path / "n.gz", NATURAL)) == {"taken": 2, "merged": 1, "refused": 2}
    award = Award.objects.get(number="71990001")
    assert (award.amount, str(award.starts_on), str(award.ends_on)) == (
        Decimal("485000.00"),
        "2018-01-01",
        "2020-12-31",
    )
    person = Person.objects.get()
    organisation = Organisation.objects.get()
    assert (person.name, organisation.kind, organisation.imported, organisation.credit_code) == (
        "那木汗",
        "university",
        True,
        "",
    )


def test_past_titles_become_expertise(tmp_path: Path) -> None:
    run("import_awards", written(tmp_path / "n.gz", NATURAL))
    rows = ExpertiseItem.objects.values_list("expert__person__name", "title", "year", "expert__state")
    assert sorted(rows) == [
        ("那木汗", "草原退化机理", 2018, "candidate"),
        ("那木汗", "饲草高效利用", 2019, "candidate"),
    ]


def test_a_press_is_an_organisation_and_several_titles_count_as_the_highest(tmp_path: Path) -> None:
    assert run("import_awards", written(tmp_path / "s.gz", SOCIAL)) == {"taken": 2, "merged": 0, "refused": 1}
    assert list(Person.objects.values_list("name", "title", "discipline")) == [("苏日娜", "senior", "民族学")]
    assert set(Organisation.objects.values_list("name", flat=True)) == {"北方草原大学出版社", "塞外社会科学院"}


def test_a_registered_organisation_is_found_by_its_name(tmp_path: Path) -> None:
    known = Organisation.objects.create(name="北方草原大学", kind="university", state="verified")
    run("import_awards", written(tmp_path / "n.gz", NATURAL))
    assert {award.organisation for award in Award.objects.all()} == {known}


@pytest.mark.parametrize(("name", "text"), [("import_calls", CALLS), ("import_awards", NATURAL)])
def test_running_twice_changes_nothing(tmp_path: Path, name: str, text: str) -> None:
    path = written(tmp_path / "f.gz", text)
    run(name, path)
    before = _everything()
    again = run(name, path)
    assert again["taken"] == 0
    assert sum(again.values()) == len(text.splitlines()) - 1
    assert _everything() == before


def test_an_import_is_one_entry_of_the_journal(tmp_path: Path) -> None:
    run("import_awards", written(tmp_path / "n.gz", NATURAL))
    entry = JournalEntry.objects.get()
    assert (entry.action, entry.data["taken"], len(entry.data["sha256"])) == ("projects.award.import", 2, 64)


def _everything() -> list[list[Any]]:
    models = (Call, Award, Person, Organisation, ExpertiseItem, JournalEntry)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (gzip.compress(CALLS.encode())[:-20], "cut off"),
        (b"\x1f\x8bnonsense", "cut off"),
        (CALLS.encode("gb18030"), "not UTF-8"),
        (NATURAL.encode(), "expected"),
        (CALLS.replace(",2017-09-20", "", 1).encode(), "3 cells instead of 4"),
        (b"", "empty"),
    ],
)
def test_a_broken_file_changes_nothing_and_says_why(tmp_path: Path, raw: bytes, why: str) -> None:
    path = tmp_path / "broken"
    path.write_bytes(raw)
    with pytest.raises(CommandError, match=why) as fault:
        run("import_calls", path)
    assert fault.value.returncode == 2
    assert Call.objects.count() == 0


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_awards", tmp_path / "nowhere.csv.gz")
