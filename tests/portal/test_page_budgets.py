"""Every page with a list asks the database little, and for three rows no more than for one."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.actions.search import rebuild
from projects.actions.imports import import_awards, import_calls
from projects.importing.reading import read
from projects.models import Award, Call
from tests.factories.volume import Department, Size, build
from tests.portal.page_list import PAGES, Listed
from workflows.actors import SYSTEM

pytestmark = pytest.mark.django_db
MOST = {str(page): page.most for page in PAGES}
# A word that three rows do not have and the published lists do: finding nothing takes one query less.
RARE = "reader /search/?q=古籍"
PUBLISHED = Path(django_settings.BASE_DIR).parent / "shared" / "data"
CALLS = "项目名称,项目来源,发布时间,截止时间\n" + "".join(
    f"[申报中]{year}年度草原生态修复技术专项第{turn}批,科技部,{year}-03-01,{year}-05-0{turn}\n"
    for year in range(2012, 2018)
    for turn in range(1, 6)
)
AWARDS = "项目批准号,项目类别,项目名称,依托单位,负责人,金额,起止年月,总评\n" + "".join(
    f"7{number:07d},面上项目,草原碳汇技术研究（{number}）,第{number % 7}大学,其木格{number},18,2012.01-2015.12,优\n"
    for number in range(30)
)


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


def asked(made: Department, page: Listed) -> int:
    """How many queries the page takes once the caches are warm."""
    client = Client()
    if page.who:
        client.force_login(made.user(page.who))
    assert client.get(page.at(made)).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(page.at(made))
    return len(found)


def counts(made: Department) -> dict[str, int]:
    return {str(page): asked(made, page) for page in PAGES}


def test_three_rows_take_no_more_queries_than_one() -> None:
    one, three = counts(build(Size.rows(1))), counts(build(Size.rows(3)))
    assert three == one
    assert {name: number for name, number in one.items() if number > MOST[name]} == {}


def lists(folder: Path) -> tuple[Path, Path]:
    """Published lists of calls and of awards: the real ones where they stand beside the checkout, else a sample."""
    if PUBLISHED.is_dir():
        return PUBLISHED / "calls.csv.gz", PUBLISHED / "awards-natural.csv.gz"
    calls, awards = folder / "calls.csv.gz", folder / "awards-natural.csv.gz"
    calls.write_bytes(gzip.compress(CALLS.encode()))
    awards.write_bytes(gzip.compress(AWARDS.encode()))
    return calls, awards


def test_with_published_lists_imported_pages_take_no_more_queries(tmp_path: Path) -> None:
    made = build(Size.rows(3))
    before = counts(made)
    calls, awards = lists(tmp_path)
    import_calls(source=read(calls), by=SYSTEM)
    import_awards(source=read(awards), by=SYSTEM)
    imported = Call.objects.exclude(imported_key="")
    rebuild()
    assert min(imported.count(), Award.objects.count()) >= 30
    after = counts(made)
    assert {name for name, number in after.items() if number != before[name]} <= {RARE}
    assert {name: number for name, number in after.items() if number > MOST[name]} == {}
