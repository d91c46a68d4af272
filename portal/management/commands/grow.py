"""manage.py grow: add any number of projects to a demo, for measuring."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.demo.growth import grow
from projects.models import Proposal


class Command(BaseCommand):
    help = "Add projects with their hosts, people, calls and budgets, in bulk and without a journal. Demo mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--projects", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same rows on the same day")

    def handle(self, *args: Any, projects: int, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo mode is off: use portal.settings.demo")
        if projects < 1:
            raise CommandError("--projects must be 1 or more")
        if Proposal.objects.filter(number__contains="-G-").exists():
            raise CommandError("this database has grown already: make the demo anew first")
        with transaction.atomic():
            grow(projects=projects, seed=seed, today=timezone.localdate(), say=self.stdout.write)
