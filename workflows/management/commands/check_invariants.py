"""Check what must always be true."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.invariants import INVARIANTS, violations


class Command(BaseCommand):
    help = "Look for violations of every invariant; name each and exit 1, or exit 0."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(violations())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} violations")
        self.stdout.write(f"{len(INVARIANTS)} invariants hold")
