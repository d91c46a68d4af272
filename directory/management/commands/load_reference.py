"""manage.py load_reference: regions, focus areas, working calendar."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.actions.reference import load_calendar, load_focus_areas, load_regions

YEARS_BACK = 8


class Command(BaseCommand):
    help = "Load the reference data that is missing. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        year = timezone.localdate().year
        regions, areas = load_regions(), load_focus_areas()
        years = load_calendar(first=year - YEARS_BACK, last=year + 1)
        self.stdout.write(f"regions {regions}, focus areas {areas}, calendar years {years}")
