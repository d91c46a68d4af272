"""Expire what was not passed on in time; warn of what soon will."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.actions.expiry import expire_late, warn_before_expiry


class Command(BaseCommand):
    help = "Expire proposals whose deadline has passed and warn of those whose deadline is near."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        outcomes = expire_late(at=now)
        done = sum(one.done for one in outcomes)
        self.stdout.write(f"expired {done}, refused {len(outcomes) - done}, warned {warn_before_expiry(at=now)}")
