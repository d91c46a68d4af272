"""Prove that an archive package is whole."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.exports.archive import faults_of


class Command(BaseCommand):
    help = "Compare every part of an archive package with its manifest; name what is wrong and exit 1, or exit 0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        found = faults_of(file)
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"the package is whole: {file}")
