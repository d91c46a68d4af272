"""Rebuild the search documents."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.actions.search import rebuild


class Command(BaseCommand):
    help = "Write all search documents anew from the live pages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many."""
        self.stdout.write(f"{rebuild()} documents can be found")
