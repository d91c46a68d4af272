"""Build the public site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.actions.site import build_site
from workflows.actors import SYSTEM


class Command(BaseCommand):
    help = "Make the root, the site record, the columns, the focus-area pages and the approval, where missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and say where."""
        home = build_site(by=SYSTEM)
        self.stdout.write(f"The site stands at {home.full_url}")
