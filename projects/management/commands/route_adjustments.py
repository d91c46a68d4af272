"""`manage.py route_adjustments --cases C.jsonl --routes OUT.jsonl`: what the green channel would decide."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.channel.batch import Malformed, routes
from projects.channel.rules import ChannelRules
from projects.queries.channel_versions import rules_on

BROKEN, SOME_REFUSED = 2, 3


class Command(BaseCommand):
    """Answers every case that can be read; exit 3 when a line could not, 2 when a file could not."""

    help = "What the rules of the green channel would decide about budget adjustments. Changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--cases FILE --routes FILE, both one JSON object a line in UTF-8; --on DAY for rules that officers wrote."""
        parser.add_argument("--cases", type=Path, required=True, metavar="C.jsonl")
        parser.add_argument("--routes", type=Path, required=True, metavar="OUT.jsonl")
        day = "the rules of projects that begin on this day, as officers put them in force; without it those delivered"
        parser.add_argument("--on", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help=day)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the answers beside, and put them in place once all are written."""
        try:
            rows = rules_on(options["on"]) if options["on"] else None
            answered, refused = _route(options["cases"], options["routes"], rows)
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"Nothing was written. {fault}", returncode=BROKEN) from fault
        self.stdout.write(f"answered {answered}, refused {len(refused)}")
        if refused:
            raise CommandError("\n".join(str(one) for one in refused), returncode=SOME_REFUSED)


def _route(cases: Path, out: Path, rows: ChannelRules | None) -> tuple[int, list[Malformed]]:
    """Answer every line of `cases` into `out`, whole or not at all; the count, and the lines refused."""
    partial = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with cases.open(encoding="utf-8-sig") as lines, partial.open("w", encoding="utf-8") as target:
            counted = _write(routes(lines, rows), target)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return counted


def _write(answers: Iterable[dict[str, Any] | Malformed], target: TextIO) -> tuple[int, list[Malformed]]:
    answered, refused = 0, []
    for answer in answers:
        if isinstance(answer, Malformed):
            refused.append(answer)
        else:
            target.write(json.dumps(answer, ensure_ascii=False) + "\n")
            answered += 1
    return answered, refused
