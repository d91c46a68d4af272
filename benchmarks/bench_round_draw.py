"""A draw of a whole round as its page starts it: python -m benchmarks.bench_round_draw [AWARDS] [--database URL].

Builds a round of 2,000 dossiers and a pool of 3,000 experts from published awards (people with their titles and
organisations; the dossiers are other titles, each kept away from its own organisation), then measures for each mode
what gathering, solving and keeping cost, confirming it, doing it over, and the pages. CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

LEAGUES, SEATS = 12, 5
MODES = ("best", "fair", "drawn", "kinds")
KINDS = ("technical", "industry", "finance", "technical")


def main() -> None:
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    django.setup()
    from benchmarks.bench_pages import _prepare

    _prepare()
    boss, rounds = _timed("built", lambda: _build(options))
    for mode, review_round in rounds.items():
        _one(mode, review_round, boss)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    lists = Path("../shared/data/awards-natural.csv.gz")
    parser.add_argument("awards", nargs="?", type=Path, default=lists, help="the published list")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database; SQLite without it")
    parser.add_argument("--dossiers", type=int, default=2_000)
    parser.add_argument("--experts", type=int, default=3_000)
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES)
    return parser.parse_args()


def _timed(what: str, work: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    print(f"{what}: {time.process_time() - cpu:.2f} CPU s, {time.perf_counter() - wall:.2f} s", flush=True)
    return found


def _people(path: Path) -> dict[tuple[str, str], list[str]]:
    """The titles of each person (name, organisation)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["负责人"] and row["依托单位"] and row["项目名称"]:
                found[row["负责人"], row["依托单位"]].append(row["项目名称"])
    return found


def _build(options: argparse.Namespace) -> Any:
    """The pool, and one round for each mode with the same dossiers."""
    from directory.models import Membership, Organisation, Person, Region
    from experts.models import ExpertiseItem, ExpertProfile
    from tests.factories.directory import officer

    known = list(_people(options.awards).items())
    chosen, rest = known[: options.experts], known[options.experts : options.experts + options.dossiers]
    leagues = Region.objects.bulk_create(
        [Region(code=f"15{at:02}00", name=f"盟市{at}", level="league") for at in range(LEAGUES)]
    )
    names = sorted({host for (_name, host), _titles in [*chosen, *rest]})
    units = Organisation.objects.bulk_create(
        [Organisation(name=name, kind="university", region=leagues[at % LEAGUES]) for at, name in enumerate(names)]
    )
    unit = dict(zip(names, units, strict=True))
    people = Person.objects.bulk_create([Person(name=name) for (name, _host), _titles in chosen])
    Membership.objects.bulk_create(
        [
            Membership(person=person, organisation=unit[host], state="active")
            for person, ((_name, host), _titles) in zip(people, chosen, strict=True)
        ]
    )
    experts = ExpertProfile.objects.bulk_create(
        [
            ExpertProfile(person=person, state="admitted", kinds=[KINDS[at % len(KINDS)]], keywords=[], max_load=10)
            for at, person in enumerate(people)
        ]
    )
    ExpertiseItem.objects.bulk_create(
        [
            ExpertiseItem(expert=expert, title=title)
            for expert, (_who, titles) in zip(experts, chosen, strict=True)
            for title in dict.fromkeys(titles)
        ]
    )
    return officer(), {mode: _round(mode, rest, unit) for mode in options.modes}


def _round(mode: str, rest: list[Any], unit: dict[str, Any]) -> Any:
    from experts.models import Dossier, DrawRules, ReviewRound
    from tests.factories.experts import SCHEME, days

    found = ReviewRound.objects.create(
        title=mode, scheme=SCHEME, experts_per_dossier=SEATS, minimum_sheets=3, state="drawing", score_deadline=days(10)
    )
    Dossier.objects.bulk_create(
        [
            Dossier(
                round=found, title=titles[0], sha256="0" * 64, subject_type="bench", subject_id=f"{mode}{at}",
                kept_away_organisations=[unit[host].pk],
            )
            for at, ((_name, host), titles) in enumerate(rest)
        ]
    )  # fmt: skip
    rules = {"mode": "best", "least_kinds": {"industry": 1, "finance": 1}} if mode == "kinds" else {"mode": mode}
    DrawRules.objects.create(round=found, **rules)
    return found


def _one(mode: str, review_round: Any, boss: Any) -> None:
    """One draw from its commitment to its confirmation; the seats are given back, for the next mode to find them."""
    from django.test import Client

    from experts.actions import draw as draws
    from experts.enums import AssignmentState
    from experts.planning.inputs import gather
    from experts.planning.replay import differences
    from experts.planning.rules import frozen, rules_of
    from experts.planning.solving import solved
    from experts.queries.draw import fingerprint, kept_seats, lacks

    print(f"\n{mode}")
    client = Client()
    client.force_login(boss)
    _timed("page of the round, all seats free", lambda: client.get(f"/bench/rounds/{review_round.uid}/"))
    gathered = _timed("gathered", lambda: gather(review_round, frozen(rules_of(review_round))))
    print(f"{len(gathered.scores)} pairs, {len(gathered.inputs) / 1e6:.1f} MB")
    _timed("solved", lambda: solved(gathered.inputs, "0" * 64))
    draw = draws.commit_draw(review_round=review_round, by=boss)
    draws.start_draw(draw=draw, by=boss)
    _timed("carried out (all of it)", lambda: draws.carry_out(draw=draw))
    print(f"{draw.seats.count()} seats, {sum(one.missing for one in lacks(draw))} lacking")
    _timed("page of the draw", lambda: client.get(f"/bench/draws/{draw.uid}/"))
    _timed("done over", lambda: print(list(differences(draw)) or "identical"))
    made = _timed("confirmed", lambda: draws.confirm_draw(draw=draw, seen=fingerprint(draw, kept_seats(draw)), by=boss))
    _timed("page of the round, all assigned", lambda: client.get(f"/bench/rounds/{review_round.uid}/"))
    review_round.assignments.filter(pk__in=[one.pk for one in made]).update(state=AssignmentState.REPLACED)


if __name__ == "__main__":
    main()
