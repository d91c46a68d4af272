"""What the pages with lists cost, small and at volume: python -m benchmarks.bench_pages [FOLDER] [--database URL].

Builds a department with three rows of everything, and then one with all published lists of FOLDER imported beside
generated proposals, experts and seats. Prints for each page as a table: its queries, the CPU time of this process and
the time on the clock (which holds the database's share where that is another process), its size.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

TURNS = 5
NEAR, MESSAGES = 30, 200


@dataclass(frozen=True)
class Cost:
    """One page: how many queries, CPU and clock in milliseconds (medians), bytes of the answer."""

    queries: int
    cpu: float
    wall: float
    size: int


def main() -> None:
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    django.setup()
    _prepare()
    from tests.factories.volume import Size, build

    small = _measure(build(Size.rows(3)))
    size = Size(options.calls, options.proposals, options.experts, MESSAGES, NEAR)
    made = _timed("generated", lambda: build(size))
    _timed("imported", lambda: _import(options.folder))
    _timed("search rebuilt", _rebuild)
    _analyse()
    _print(small, _measure(made))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data"), help="the published lists")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database; SQLite without it")
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--proposals", type=int, default=20_000)
    parser.add_argument("--experts", type=int, default=2_000)
    return parser.parse_args()


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.MFA_REQUIRED_FOR_STAFF = False
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("compile_messages", verbosity=0)


def _import(folder: Path) -> None:
    from projects.actions.imports import import_awards, import_calls
    from projects.importing.reading import read
    from workflows.actors import SYSTEM

    for path in sorted(folder.glob("*.csv.gz")):
        action = import_calls if path.name.startswith("calls") else import_awards
        print(path.name, action(source=read(path), by=SYSTEM).counts)


def _rebuild() -> None:
    from cms.actions.search import rebuild

    print(rebuild(), "documents can be found")


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(name: str, work: Callable[[], Any]) -> Any:
    cpu, wall = time.process_time(), time.perf_counter()
    done = work()
    print(f"{name}: {time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - wall:.1f} s", flush=True)
    return done


def _measure(made: Any) -> dict[str, Cost]:
    from tests.portal.page_list import PAGES

    return {str(page): _cost(made, page) for page in PAGES}


def _cost(made: Any, page: Any) -> Cost:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, url = Client(), page.at(made)
    if page.who:
        client.force_login(made.user(page.who))
    size = len(_get(client, url))
    with CaptureQueriesContext(connection) as found:
        _get(client, url)
    queries = len(found)
    turns = [_turn(lambda: _get(client, url)) for _turn_number in range(TURNS)]
    cpu, wall = (statistics.median(one[part] for one in turns) for part in (0, 1))
    return Cost(queries, cpu, wall, size)


def _get(client: Any, url: str) -> bytes:
    answer = client.get(url)
    if answer.status_code != 200:  # noqa: PLR2004 - the page itself
        raise SystemExit(f"{url} answers {answer.status_code}")
    content: bytes = answer.content
    return content


def _turn(work: Callable[[], Any]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _print(small: dict[str, Cost], full: dict[str, Cost]) -> None:
    from django.db import connection

    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout  # noqa: S607
    print(f"\n{connection.vendor}, Python {platform.python_version()}, {os.cpu_count()} cores, commit {commit.strip()}")
    print("\n| page | queries | CPU ms | clock ms | kB |\n|---|---|---|---|---|")
    for name, now in full.items():
        before = small[name]
        queries = f"{before.queries}" if before.queries == now.queries else f"{before.queries} → {now.queries}"
        times = (f"{before.cpu:.0f} → {now.cpu:.0f}", f"{before.wall:.0f} → {now.wall:.0f}")
        print(f"| `{name}` | {queries} | {times[0]} | {times[1]} | {before.size // 1000} → {now.size // 1000} |")


if __name__ == "__main__":
    main()
