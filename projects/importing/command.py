"""What both import commands share: arguments, progress, report, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.importing.reading import BrokenFileError, Source, read
from projects.importing.report import Report
from workflows.actors import SYSTEM, Actor

SHOWN = 20


class ImportAction(Protocol):
    """An import as `projects.actions.imports` has them."""

    def __call__(self, *, source: Source, by: Actor, progress: Any) -> Report: ...  # noqa: D102


class ImportCommand(BaseCommand):
    """Reads a file, runs the import, reports. Exit code 2 for a broken file, which changes nothing."""

    action: ImportAction

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, --report FILE, --json."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--report", type=Path, help="write the report, row by row, to this file")
        parser.add_argument("--json", action="store_true", help="end with one line of counts as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file."""
        try:
            report = type(self).action(source=read(options["file"]), by=SYSTEM, progress=self._progress)
        except BrokenFileError as fault:
            raise CommandError(f"Nothing was changed. {fault}", returncode=2) from fault
        self._tell(report, options["report"])
        if options["json"]:
            self.stdout.write(json.dumps(report.counts))

    def _progress(self, done: int, of: int) -> None:
        self.stderr.write(f"{done} of {of}")

    def _tell(self, report: Report, path: Path | None) -> None:
        lines = report.lines()
        if path:
            path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        for line in lines[:SHOWN]:
            self.stdout.write(line)
        if len(lines) > SHOWN:
            self.stdout.write(f"… and {len(lines) - SHOWN} more (--report FILE writes them all)")
        counts = report.counts
        self.stdout.write(f"taken {counts['taken']}, merged {counts['merged']}, refused {counts['refused']}")
