"""The real pool: does the true author of next year's title rank high among experts known by earlier awards?

bench_matching.py AWARDS.csv.gz… -- reciprocal rank and recall at 10 beside plain TF-IDF cosine; then a draw for those
titles from the best 50 each, in which no expert may sit on a proposal of the own organisation.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from experts.affinity.affinity import Pool
from experts.draw.exact import best
from experts.draw.reading import parse
from experts.draw.shortage import shortages

Person = tuple[str, str]
NAMES = {"负责人": ("负责人", "依托单位", "起止年月"), "项目负责人": ("项目负责人", "工作单位", "立项时间")}
DEEP, TOP, NEED = 100, 50, 5


def awards(paths: list[Path]) -> list[tuple[Person, int, str]]:
    """Person (name, organisation), year and title of every award that has all three."""
    found = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            name, host, date = NAMES["项目负责人" if "项目负责人" in (rows.fieldnames or []) else "负责人"]
            for row in rows:
                year = (row[date] or "")[:4]
                if row[name] and row[host] and row["项目名称"] and year.isdigit():
                    found.append(((row[name].strip(), row[host].strip()), int(year), row["项目名称"].strip()))
    return found


def year_of(rows: list[tuple[Person, int, str]], last: int) -> tuple[dict[Person, list[str]], list[tuple[Person, str]]]:
    """The works of each person up to a year, and the next year's titles of people known by then."""
    past: dict[Person, list[str]] = defaultdict(list)
    for person, year, title in rows:
        if year <= last and title not in past[person]:
            past[person].append(title)
    return past, [(who, title) for who, year, title in rows if year == last + 1 and title not in past.get(who, [title])]


def judge(name: str, pool: Pool, place: dict[Person, int], new: list[tuple[Person, str]]) -> list[Any]:
    start = time.process_time()
    found = list(pool.match([title for _who, title in new], DEEP))
    ranks = []
    for (who, _title), matches in zip(new, found, strict=True):
        at = next((rank for rank, one in enumerate(matches, 1) if one.expert == place[who]), None)
        ranks.append(1 / at if at else 0.0)
    high = np.array(ranks) >= 0.1  # noqa: PLR2004 - among the first ten
    spent = time.process_time() - start
    print(
        f"  {name:28} reciprocal rank (of 100) {np.mean(ranks):.4f}, recall at 10 {high.mean():.4f}, {spent:.1f} CPU s",
        flush=True,
    )
    return found


def drawn(people: list[Person], new: list[tuple[Person, str]], found: list[Any]) -> None:
    """Assign the new titles; count seats given to the author's own organisation, which must be none."""
    none = {"region": None, "home_region": None}
    data = {
        "experts": [{"id": at, "institution": host, "max_load": 5, **none} for at, (_name, host) in enumerate(people)],
        "proposals": [{"id": at, "institution": who[1], "experts_needed": NEED, **none}
                      for at, (who, _title) in enumerate(new)],
        "affinity": [[p, one.expert, one.score] for p, row in enumerate(found) for one in row[:TOP]],
        "rules": {"max_per_institution": 1}, "mode": "best",
    }  # fmt: skip
    own = sum(people[e][1] == new[p][0][1] for p, e, _score in data["affinity"])  # type: ignore[misc]
    start = time.process_time()
    problem = parse(data)
    chosen = problem.pairs.only(best(problem))
    bad = sum(people[e][1] == new[p][0][1] for p, e in zip(chosen.p.tolist(), chosen.e.tolist(), strict=True))
    short = sum(one.missing for one in shortages(problem, best(problem)))
    print(f"  draw: {len(chosen)} seats, {short} short, {time.process_time() - start:.2f} CPU s; "
          f"{own} candidate pairs of one organisation, {bad} assigned")  # fmt: skip


def main() -> None:
    if not sys.argv[1:]:
        print(__doc__)
        return
    rows = awards([Path(one) for one in sys.argv[1:]])
    for last in (2011, 2014, 2016):
        past, new = year_of(rows, last)
        people = list(past)
        place = {who: at for at, who in enumerate(people)}
        print(f"{len(people)} experts with awards up to {last}, {len(new)} titles of {last + 1} by them")
        found = judge("best works (match_experts)", Pool(list(past.values())), place, new)
        judge("plain TF-IDF cosine", Pool([[" ".join(one)] for one in past.values()], pivot=0), place, new)
        drawn(people, new, found)


if __name__ == "__main__":
    main()
