"""Prove that the public site is what was put live."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.queries.seals import sealed_pages, site_faults


class Command(BaseCommand):
    help = "Compare live pages, their files and the site's foot with the journal; name each difference, exit 1."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and say what differs."""
        faults = list(site_faults())
        for line in faults:
            self.stdout.write(line)
        if faults:
            raise CommandError(f"{len(faults)} faults: the site is not what was put live")
        self.stdout.write(f"{len(sealed_pages())} pages and the names and numbers of the site are what was put live")
