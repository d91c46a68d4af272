"""`manage.py import_calls FILE`: take a published list of calls."""

from __future__ import annotations

from projects.actions.imports import import_calls
from projects.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Import a published list of calls (CSV, also gzipped). Running it twice changes nothing."
    action = staticmethod(import_calls)
