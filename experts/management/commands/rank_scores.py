"""`manage.py rank_scores --scores S.csv --ranking OUT.csv`: raw and calibrated ranks (docs/operator/draw.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Rank proposals by the scores of several experts, raw and calibrated, with intervals. CSV, no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scores", type=Path, required=True, metavar="S.csv", help="proposal, expert, score")
        parser.add_argument("--ranking", type=Path, required=True, metavar="OUT.csv")
        parser.add_argument(
            "--offsets", type=Path, metavar="EXPERTS.csv", help="also write how generous each expert is"
        )

    def handle(self, *args: Any, scores: Path, ranking: Path, offsets: Path | None, **options: Any) -> None:
        from experts.ranking.rank import rank
        from experts.ranking.scores import ScoresError

        try:
            told = rank(scores, ranking, offsets)
        except (ScoresError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(told)
