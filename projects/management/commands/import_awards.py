"""`manage.py import_awards FILE`: take a published list of awards."""

from __future__ import annotations

from projects.actions.imports import import_awards
from projects.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Import a published list of awards (CSV, also gzipped). Running it twice changes nothing."
    action = staticmethod(import_awards)
