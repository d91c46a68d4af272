"""`manage.py assign_experts --problem P.json --plan OUT.json`: who reviews what, exactly (docs/operator/draw.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Assign experts to proposals under panel rules: best, fair or drawn. Reads and writes JSON, no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--problem", type=Path, required=True, metavar="P.json")
        parser.add_argument("--plan", type=Path, required=True, metavar="OUT.json")

    def handle(self, *args: Any, problem: Path, plan: Path, **options: Any) -> None:
        from experts.draw.assign import assign
        from experts.draw.entries import FaultError

        try:
            told = assign(problem, plan)
        except (FaultError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(told)
