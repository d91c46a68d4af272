"""`manage.py import_projects FILE`: take over projects that run already."""

from __future__ import annotations

from projects.actions.takeover import import_projects
from projects.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Take over running projects (CSV, also gzipped; amounts in yuan). Running it twice changes nothing."
    action = staticmethod(import_projects)
