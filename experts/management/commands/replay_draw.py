"""Does every draw of a round over and compares it, byte by byte, with what was kept and journaled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from experts.models import Draw, ReviewRound
from experts.planning.replay import differences


class Command(BaseCommand):
    """Exit code 0 when all draws come out the same, 1 when one does not, 2 when there is no such round."""

    help = "Do the draws of a round over and compare them with what was kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """ROUND: the identifier in the address of the round's page, or its number."""
        parser.add_argument("round", help="identifier (as in the address of its page) or number of the round")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replay."""
        draws = list(Draw.objects.filter(round=_round(options["round"])).order_by("number"))
        if not draws:
            raise CommandError("The round has no draw.", returncode=2)
        faulty = [draw for draw in draws if not self._same(draw)]
        if faulty:
            raise CommandError(f"{len(faulty)} of {len(draws)} draws are not what they say to be.", returncode=1)

    def _same(self, draw: Draw) -> bool:
        found = list(differences(draw))
        head = f"draw {draw.number} ({draw.mode}, {draw.state}):"
        if draw.drawn_at is None:
            self.stdout.write(f"{head} nothing was drawn" + (f"; {found[0]}" if found else ""))
            return not found
        same = f"identical, {draw.seats.count()} seats, outcome {draw.outcome_sha256}"
        self.stdout.write(f"{head} {found[0] if found else same}")
        return not found


def _round(given: str) -> ReviewRound:
    try:
        key = {"pk": int(given)} if given.isdecimal() else {"uid": UUID(given)}
        found: ReviewRound = ReviewRound.objects.get(**key)
    except (ReviewRound.DoesNotExist, ValueError, ValidationError) as error:
        raise CommandError(f"There is no round {given!r}.", returncode=2) from error
    return found
