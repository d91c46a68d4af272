"""What the portfolio costs at volume, on PostgreSQL: python -m benchmarks.bench_portfolio [--projects 20000].

Grows a department of so many projects with eleven budget lines each in a PostgreSQL of its own, in a temporary folder,
and measures the page with each kind of filter and grouping beside the same page over two hundred projects, and the
spreadsheet of all as the background writes it: clock, CPU, growth of the process.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import re
import statistics
import tempfile
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from directory.models import User

TURNS, FEW, KIB = 25, 200, 1024
FILTERS = (
    "",
    "?by=area",
    "?by=region",
    "?by=organisation",
    "?by=programme",
    "?risk=overdue",
    "?risk=unpaid",
    "?q=稀土",
    "?state=active",
    "?sort=grant",
    "?page=200",
)
Row = tuple[int, float, float, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=20_000)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from tests.postgres import server

    with tempfile.TemporaryDirectory(prefix="tala-media-") as media, server() as instance:
        few = _at(instance, "few", FEW, media)
        many = _at(instance, "many", options.projects, media, sheet=True)
    _print(few, many, options.projects)


def _at(instance: dict[str, Any], name: str, projects: int, media: str, *, sheet: bool = False) -> dict[str, Row]:
    from django.conf import settings

    from benchmarks.bench_pages import _prepare
    from tests.postgres import database, default_is

    settings.MEDIA_ROOT = media
    with database(instance, name), default_is({**instance, "NAME": name, "OPTIONS": {}, "CONN_MAX_AGE": 600}):
        _prepare()
        officer = _grown(projects)
        # A server did not make these projects: what making them left behind is not searched at each collection.
        gc.collect()
        gc.freeze()
        found = {path: _measured(officer, path) for path in FILTERS}
        if sheet:
            # In a process of its own: this one has held 20,000 projects already.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.apply(_sheet, ({**instance, "NAME": name, "OPTIONS": {}}, officer.pk, projects, media)))
    return found


def _grown(projects: int) -> User:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    from portal.demo.growth import grow
    from tests.factories import way

    call_command("load_reference", verbosity=0)
    cast = way.Cast()
    begun, cpu = time.perf_counter(), time.process_time()
    with transaction.atomic():
        grow(projects=projects, seed=1, today=timezone.localdate(), say=lambda _text: None)
    print(f"{projects} projects grown in {time.perf_counter() - begun:.1f} s, {time.process_time() - cpu:.1f} CPU s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast.officer


def _measured(officer: User, path: str) -> Row:
    """Queries, the median and the least CPU of this process in milliseconds, bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, spent = Client(), []
    client.force_login(officer)
    url = f"{reverse('portfolio')}{path}"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    asked = len(queries)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{url} answers {answer.status_code}")
    for _turn in range(TURNS):
        begun = time.process_time()
        client.get(url)
        spent.append(1000 * (time.process_time() - begun))
    return asked, statistics.median(spent), min(spent), len(answer.content)


def _sheet(database: dict[str, Any], officer: int, projects: int, media: str) -> str:
    """Write the spreadsheet of all as the background does: what it took, in words."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from django.conf import settings

    from directory.models import User
    from projects.actions.portfolio import ask_sheet
    from tests.postgres import default_is
    from workflows.relay import run_once

    settings.MEDIA_ROOT = media
    with default_is(database):
        made = ask_sheet(owner=User.objects.get(pk=officer), query="", total=projects)
        before, begun, cpu = _peak(), time.perf_counter(), time.process_time()
        while run_once():
            pass
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
        made.refresh_from_db()
    grown = (_peak() - before) / KIB
    return f"spreadsheet of {made.rows} projects: {seconds:.1f} s, {cpu:.1f} CPU s, {grown:+.0f} MiB at its highest"


def _peak() -> int:
    """The most memory this program has held so far, in KiB (what was there before it was started does not count)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) if found else 0


def _print(few: dict[str, Row], many: dict[str, Row], projects: int) -> None:
    print(f"| page | queries | CPU ms at {FEW}, least | at {projects}, least | kB |\n|---|---|---|---|---|")
    for path, (queries, cpu, least, size) in many.items():
        before = few[path]
        asked = f"{queries}" if before[0] == queries else f"{before[0]} → {queries}"
        spent = f"{before[1]:.0f}, {before[2]:.0f} | {cpu:.0f}, {least:.0f}"
        print(f"| `/bench/portfolio/{path}` | {asked} | {spent} | {size // 1000} |")


if __name__ == "__main__":
    main()
