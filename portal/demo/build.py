"""Building the whole demo, step by step, with progress."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module

from django.core.management import call_command
from django.db import connection

from portal.demo import deciding, filing, ground, meetings, pool, public
from portal.demo.budgets import delegate_work, give_standings, hand_projects_over, propose_channel_rules
from portal.demo.calls import CALLS, DemoCall
from portal.demo.clock import as_of, days
from workflows.relay import run_once

Say = Callable[[str], None]
UNPUBLISHED = ("draft", "in_approval")


def build_tables() -> None:
    """Tables from the models, the cache table, and the triggers that keep the journal append-only."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    install = import_module("workflows.migrations.0002_append_only").install
    with connection.schema_editor() as editor:
        install(None, editor)


def build_demo(say: Say) -> None:
    """People, site, calls and proposals at every point of the way. `say` is told each step with its seconds."""
    world = ground.World()
    steps: list[tuple[str, Callable[[], None]]] = [
        ("regions, focus areas, working calendar", lambda: _past(ground.build_reference)),
        ("organisations", lambda: _past(lambda: ground.build_organisations(world))),
        ("people and roles", lambda: _past(lambda: ground.build_people(world))),
        ("experts", lambda: _past(lambda: ground.build_experts(world))),
        ("public site", lambda: public.build_public(world)),
        ("newcomers", lambda: ground.build_newcomers(world)),
        *((f"call {demo.code}", _call_builder(world, demo)) for demo in CALLS),
        ("rules of budget changes", lambda: propose_channel_rules(world.user("wulan"))),
        ("pilots and credit grades", lambda: give_standings(world.user("wulan"), world.user("bateer"))),
        ("hand-over of projects", lambda: hand_projects_over(world.user("wulan"), world.user("hasi"))),
        ("delegations", delegate_work),
        ("expert pool", lambda: pool.build_pool(world)),
        ("panel meeting", lambda: meetings.build_meeting(world)),
        ("messages, pages and mail", drain),
        ("search", build_search),
    ]
    for number, (name, build) in enumerate(steps, start=1):
        started = time.monotonic()
        build()
        say(f"[{number:2}/{len(steps)}] {name} ({time.monotonic() - started:.1f} s)")


def drain() -> None:
    """Run the relay until nothing is due."""
    while run_once():
        pass


def build_search() -> None:
    """Write every public text into the search index."""
    call_command("rebuild_search", verbosity=0)


def _past(build: Callable[[], None]) -> None:
    with as_of(days(-400)):
        build()


def _call_builder(world: ground.World, demo: DemoCall) -> Callable[[], None]:
    def build() -> None:
        call = filing.build_call(world, demo)
        if demo.state not in UNPUBLISHED:
            made = filing.file_proposals(world, demo, call)
            deciding.decide(world, demo, call, made)

    return build
