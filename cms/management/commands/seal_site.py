"""Seal the live pages that the journal has never spoken of."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from cms.actions.seals import seal_site
from directory.models import User
from workflows.errors import Refused


class Command(BaseCommand):
    help = "Seal live pages published before seals existed, as an approver answers for them. Differences stay faults."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who answers for the pages."""
        parser.add_argument("--by", required=True, metavar="EMAIL", help="account of the approver who read the pages")

    def handle(self, *args: Any, by: str, **options: Any) -> None:
        """Seal and name each page."""
        user = User.objects.filter(email=by.lower()).first()
        if user is None:
            raise CommandError(f"--by: no account {by}")
        try:
            sealed = seal_site(by=user)
        except Refused as refused:
            raise CommandError(f"--by: {refused.reasons[0].text}") from refused
        for one in sealed:
            page = isinstance(one, Page)
            self.stdout.write(f"page {one.pk} {one.url_path}" if page else f"names and numbers {one.pk}")
        self.stdout.write(f"{len(sealed)} sealed")
