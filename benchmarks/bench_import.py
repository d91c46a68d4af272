"""How long the imports take: python -m benchmarks.bench_import CALLS AWARDS…

On a fresh database (DATABASE_URL); prints CPU seconds.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from django.core.management import call_command

    from projects.actions.imports import import_awards, import_calls
    from projects.importing.reading import read
    from workflows.actors import SYSTEM

    call_command("migrate", verbosity=0)
    calls, *awards = map(Path, sys.argv[1:])
    for path, action in [(calls, import_calls), *((path, import_awards) for path in awards)]:
        for turn in ("first", "again"):
            cpu, wall = time.process_time(), time.perf_counter()
            report = action(source=read(path), by=SYSTEM)
            spent = f"{time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - wall:.1f} s"
            print(path.name, turn, report.counts, sum(report.counts.values()), "rows,", spent)


if __name__ == "__main__":
    main()
