"""Prove that the journal is whole."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.checkpoints import BadCheckpointError, read
from workflows.queries.journal import verify


class Command(BaseCommand):
    help = "Compute every hash of the journal again; name the first fault and exit 1, or exit 0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=int, default=0, metavar="SEQ", help="trust what lies up to here")
        parser.add_argument(
            "--against", type=Path, nargs="*", default=[], metavar="CHECKPOINT_FILE", help="compare with these"
        )

    def handle(self, *args: Any, since: int, against: list[Path], **options: Any) -> None:
        try:
            proof = verify(since=since, checkpoints=[read(path) for path in against])
        except (BadCheckpointError, OSError) as error:
            raise CommandError(str(error)) from error
        if proof.fault:
            raise CommandError(f"the journal is not whole: {proof.fault}")
        self.stdout.write(f"the journal is whole: {proof.checked} entries, head #{proof.seq} {proof.hash}")
