"""Run the relay as a process of its own."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workflows import schedule
from workflows.relay import run_once, wait_for_bell
from workflows.relay_thread import SWEEP_SECONDS, work


class Command(BaseCommand):
    help = "Deliver the effects in the outbox and run the periodic jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="deliver what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            taken = 0
            while batch := run_once():
                taken += batch
            jobs = schedule.run_due()
            self.stdout.write(f"{taken} effects taken, {len(jobs)} jobs run")
            return
        while True:
            work()
            wait_for_bell(SWEEP_SECONDS)
