"""The money of projects under stress: python -m benchmarks.stress_money [races] [kills] [--rounds 300] [--deaths 100].

races -- sixteen payments, cuts of the budget and changes of the plan at one instant, again and again: how they ended,
and how often the money was not in order afterwards; the same once more with the locks off.
kills -- a process that changes budgets, pays, takes back, plans and spends without a pause is killed (SIGKILL) at
random moments; after each death every invariant of the money, of the journal and of the history is asked in one
snapshot.

It starts a PostgreSQL of its own in a temporary folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import random
import signal
import time
from collections import Counter
from decimal import Decimal
from typing import Any

import django

CODES = ("budget.", "payment.", "spending.", "journal.", "history.", "routes.", "deadlines.")


def main() -> None:
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from benchmarks.bench_pages import _prepare
    from tests.postgres import database, default_is, server

    with server() as instance, database(instance, "stress"):
        settings = {**instance, "NAME": "stress", "OPTIONS": {}, "CONN_MAX_AGE": 0}
        with default_is(settings):
            _prepare()
            _stress(options)


def _stress(options: argparse.Namespace) -> None:
    if "kills" in options.what:
        _kills(options.deaths)
    if "races" in options.what:
        _races("locks on", options.rounds)
        _races("locks off", options.control, locks=False)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=("races", "kills"))
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--control", type=int, default=30, help="races with the locks off")
    parser.add_argument("--deaths", type=int, default=100)
    return parser.parse_args()


def _races(name: str, rounds: int, *, locks: bool = True) -> None:
    import pytest

    from tests.projects.actions.test_money_races import locks_off
    from tests.projects.money_at_once import ALLOWED, money_at_once

    ends: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    begun = time.perf_counter()
    with pytest.MonkeyPatch.context() as patch:
        if not locks:
            locks_off(patch)
        known: set[str] = set()
        for _round in range(rounds):
            found, faults = money_at_once()
            fresh = set(faults) - known  # what an earlier race left stays to be found
            known |= fresh
            ends += found
            broken["races not in order"] += bool(fresh)
            broken["races with an error of the database"] += bool(set(found) - ALLOWED)
    seconds = time.perf_counter() - begun
    print(f"{name}: {rounds} races of 16 in {seconds:.0f} s; {dict(ends)}; {dict(broken)}", flush=True)


def _kills(deaths: int) -> None:
    from django.db import connections

    from tests.factories import way
    from tests.projects.budgets import running_project

    cast = way.Cast()
    project = running_project(cast)
    draw, faults, killed = random.Random(5), [], 0  # noqa: S311 - moments, no secrets
    for death in range(deaths):
        connections.close_all()
        child = os.fork()
        if child == 0:
            _work(cast, project.pk, death)
        time.sleep(draw.uniform(0.3, 1.5))
        os.kill(child, signal.SIGKILL)
        killed += os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        faults += _faults()
    print(
        f"kills: {killed} of {deaths} while at work, {_entries()} entries of the journal, faults: {faults}", flush=True
    )


def _faults() -> list[str]:
    """What is not in order, in one snapshot: the server may still be ending what the dead process had begun."""
    from django.db import connection, transaction

    from workflows.invariants import INVARIANTS

    with transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        asked = [one for code, one in INVARIANTS.items() if code.startswith(CODES)]
        return [f"{one.code}: {fault}" for one in asked for fault in one.violations()]


def _entries() -> int:
    from workflows.models import JournalEntry

    return JournalEntry.objects.filter(action__startswith="projects.").count()


def _work(cast: Any, pk: int, death: int) -> None:
    """Change the money until killed: never returns. Each child begins a minute after the one before it."""
    import time_machine

    from projects.models import Project

    project = Project.objects.select_related("contract", "organisation", "investigator").get(pk=pk)
    with time_machine.travel(project.contract.signed_at + dt.timedelta(minutes=death), tick=True):
        for number in itertools.count(os.getpid() * 1_000_000):
            for step in (_move, _spend, _pay, _take_back, _plan, _cut):
                step(cast, project, number)


def _move(cast: Any, project: Any, number: int) -> None:
    from projects.actions.adjustment import ask_adjustment
    from tests.projects.budgets import wish

    sign = 1 if number % 2 else -1
    asked = wish(project, operating__materials=-sign, operating__testing=sign) if sign > 0 else None
    asked = asked or wish(project, operating__materials=-1, labour__staff=1)
    ask_adjustment(project=project, wish=asked, by=cast.applicant)


def _spend(cast: Any, project: Any, number: int) -> None:
    from django.utils import timezone

    from projects.actions.spending import Entry, record_spending

    entry = Entry(str(number), timezone.localdate(), Decimal(1), "operating.materials")
    record_spending(project=project, entry=entry, by=cast.applicant)


def _pay(cast: Any, project: Any, number: int) -> None:
    from django.utils import timezone

    from projects.actions.payment import pay_instalment
    from projects.models import Instalment

    rows = Instalment.objects.select_related("project__contract").filter(project=project, milestone=None)
    one = rows.filter(state="planned").first()
    if one is not None:
        day = timezone.localdate()
        pay_instalment(instalment=one, amount=one.amount, paid_on=day, voucher=str(number), by=cast.officer)


def _take_back(cast: Any, project: Any, _number: int) -> None:
    from projects.actions.payment import take_back_payment
    from projects.models import Instalment

    for one in Instalment.objects.select_related("project").filter(project=project, state="paid"):
        take_back_payment(instalment=one, by=cast.officer, note="退回")


def _plan(cast: Any, project: Any, number: int) -> None:
    from django.utils import timezone

    from projects.actions.payment_plan import PlanRow, change_plan, plan_seen
    from projects.queries.payments import total_of

    parts, day = number % 3 + 1, timezone.localdate()
    rest = total_of(project) - (parts - 1)
    rows = [PlanRow(rest, day), *[PlanRow(Decimal(1), day)] * (parts - 1)]
    change_plan(project=project, rows=rows, seen=plan_seen(project), by=cast.officer)


def _cut(cast: Any, project: Any, _number: int) -> None:
    """The total falls by one yuan, by all who have to decide."""
    from projects.actions.adjustment import ask_adjustment
    from projects.actions.adjustment_decision import decide_adjustment
    from tests.projects.budgets import again, wish
    from workflows.enums import Verdict

    asked = ask_adjustment(project=project, wish=wish(project, operating__materials=-1), by=cast.applicant)
    for user in (cast.admin, cast.decision_maker):
        decide_adjustment(adjustment=asked, verdict=Verdict.APPROVE, by=again(user))


if __name__ == "__main__":
    main()
