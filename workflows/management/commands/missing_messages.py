"""Say which strings have no good Chinese translation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflows.catalogue import GettextMissingError, gaps

ROOMS = ("workflows", "directory", "experts", "projects", "labs", "cms", "portal")


class Command(BaseCommand):
    help = "Name every marked string without translation, fuzzy, or with other placeholders; exit 1 if any."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="only these rooms")

    def handle(self, *args: Any, rooms: list[str], **options: Any) -> None:
        try:
            found = gaps(settings.BASE_DIR, rooms or ROOMS)
        except GettextMissingError as error:
            raise CommandError(str(error)) from error
        for gap in found:
            self.stdout.write(str(gap))
        if found:
            raise CommandError(f"{len(found)} strings are not well translated", returncode=1)
        self.stdout.write("every string is translated")
