"""`manage.py match_experts …`: which experts know a proposal's field, and by which words (docs/operator/draw.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Find the experts whose past work is nearest to each proposal. Reads and writes JSON lines, no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--experts", type=Path, required=True, metavar="E.jsonl", help="id, text: one work per line"
        )
        parser.add_argument("--proposals", type=Path, required=True, metavar="P.jsonl", help="id, text")
        parser.add_argument("--top", type=int, required=True, metavar="K", help="experts per proposal")
        parser.add_argument("--matches", type=Path, required=True, metavar="OUT.jsonl")

    def handle(self, *args: Any, experts: Path, proposals: Path, top: int, matches: Path, **options: Any) -> None:
        from experts.affinity.reading import match
        from experts.draw.entries import FaultError

        try:
            told = match(experts, proposals, top, matches)
        except (FaultError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(told)
