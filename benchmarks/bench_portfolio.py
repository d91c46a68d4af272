"""What the portfolio costs at volume, on PostgreSQL: python -m benchmarks.bench_portfolio [--projects 20000].

Grows a department of so many projects with eleven budget lines each in a PostgreSQL of its own, in a temporary folder,
and measures the page with each kind of filter and grouping beside the same page over two hundred projects, and the
spreadsheet of all as the background writes it: clock, CPU, growth of the process.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from directory.models import User

TURNS, FEW, KIB = 7, 200, 1024
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
Row = tuple[int, float, int]


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
        found = {path: _measured(officer, path) for path in FILTERS}
        if sheet:
            _sheet(officer, projects)
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
    """Queries, the median CPU of this process in milliseconds, bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, spent = Client(), []
    client.force_login(officer)
    url = f"{reverse('portfolio')}{path}"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{url} answers {answer.status_code}")
    for _turn in range(TURNS):
        begun = time.process_time()
        client.get(url)
        spent.append(1000 * (time.process_time() - begun))
    return len(queries), statistics.median(spent), len(answer.content)


def _sheet(officer: User, projects: int) -> None:
    from projects.actions.portfolio import ask_sheet
    from workflows.relay import run_once

    made = ask_sheet(owner=officer, query="", total=projects)
    before, begun, cpu = _peak(), time.perf_counter(), time.process_time()
    while run_once():
        pass
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    made.refresh_from_db()
    grown = (_peak() - before) / KIB
    print(f"spreadsheet of {made.rows} projects: {seconds:.1f} s, {cpu:.1f} CPU s, {grown:+.0f} MiB at its highest")


def _peak() -> int:
    """The most memory this process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _print(few: dict[str, Row], many: dict[str, Row], projects: int) -> None:
    print(f"| page | queries | CPU ms at {FEW} → at {projects} | kB |\n|---|---|---|---|")
    for path, (queries, cpu, size) in many.items():
        before = few[path]
        asked = f"{queries}" if before[0] == queries else f"{before[0]} → {queries}"
        print(f"| `/bench/portfolio/{path}` | {asked} | {before[1]:.0f} → {cpu:.0f} | {size // 1000} |")


if __name__ == "__main__":
    main()
