"""Sign the head of the journal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from workflows.actions.checkpoints import make_checkpoint
from workflows.checkpoints import folder


class Command(BaseCommand):
    help = "Write a signed checkpoint of the journal."

    def handle(self, *args: Any, **options: Any) -> None:
        checkpoint = make_checkpoint()
        self.stdout.write(f"#{checkpoint.seq} {checkpoint.hash} in {folder()}")
