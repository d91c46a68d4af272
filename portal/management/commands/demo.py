"""manage.py demo: make the demo and serve it on the loopback address."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.demo.build import build_demo, build_tables


class Command(BaseCommand):
    help = "Make a believable department and serve it on 127.0.0.1. Demo mode only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--keep", action="store_true", help="serve what is there, make nothing new")
        parser.add_argument("--no-serve", action="store_true", help="make the demo and stop")

    def handle(self, *args: Any, port: int, keep: bool, no_serve: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo mode is off: use portal.settings.demo")
        call_command("compile_messages", verbosity=0)
        if not (keep and _is_built()):
            self._make()
        call_command("check")
        if not no_serve:
            self._serve(port)

    def _make(self) -> None:
        started = time.monotonic()
        _clear()
        self.stdout.write("Making the demo …")
        build_tables()
        build_demo(self.stdout.write)
        self.stdout.write(self.style.SUCCESS(f"Made in {time.monotonic() - started:.0f} s."))

    def _serve(self, port: int) -> None:
        address = f"127.0.0.1:{port}"
        self.stdout.write(f"\n  Tala is at  http://{address}/demo/   (Ctrl+C stops it)\n\n")
        self.stdout.flush()
        connection.close()
        os.environ["SITE_ADDRESS"] = f"http://{address}"
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        arguments = ["--bind", address, "--workers", "1", "--threads", "8", "--log-level", "warning"]
        os.execv(gunicorn, [gunicorn, *arguments, "portal.wsgi:application"])  # noqa: S606 - our own server


def _is_built() -> bool:
    return "directory_user" in connection.introspection.table_names()


def _clear() -> None:
    """Remove the demo's own SQLite file; a database that somebody named must be empty."""
    if connection.vendor == "sqlite":
        name = str(settings.DATABASES["default"]["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
    elif _is_built():
        raise CommandError("DATABASE_URL names a database that holds tables already: name an empty one, or use --keep")
