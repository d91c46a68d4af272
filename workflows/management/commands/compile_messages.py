"""Compile the message catalogues."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed

from workflows.catalogue import compile_all


class Command(BaseCommand):
    help = "Compile every catalogue that is newer than its .mo; needs no system gettext."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_all(settings.BASE_DIR)
        for catalogue in written:
            # What this process has loaded before is forgotten: it may go on to write texts that are kept.
            translation_file_changed(None, catalogue)
        self.stdout.write(f"{len(written)} catalogues compiled")
