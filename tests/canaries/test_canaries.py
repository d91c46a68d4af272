"""Nobody learns in an anonymous review who applies, or who reviews: tokens in everything, looked for everywhere."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.template import engines
from django.template.loaders.locmem import Loader

from tests.addresses import objects
from tests.canaries.allowed import outside, unused
from tests.canaries.crawl import Eyes, Leak, bystanders, crawl, lines, sided, told_by_search
from tests.canaries.world import APPLICANTS, EXPERTS, World, build, finish
from workflows.actions import copies
from workflows.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff without a second factor; every object there is, not one of each state."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    monkeypatch.setattr(objects, "each_state", lambda model: list(model._base_manager.order_by("pk")))


@pytest.fixture
def world() -> World:
    return build()


def test_nobody_meets_a_name_but_by_a_row_of_the_table(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    eyes, met = Eyes(), set[Leak]()
    for reader in (*sided(world), *bystanders(world)):
        met |= crawl(reader, eyes)
    assert lines(outside(met)) == []
    assert unused(met) == []
    assert eyes.see(caplog.text.encode()) == set()
    applicant, expert = sided(world)[0], sided(world)[2]
    assert [applicant.name, expert.name] == ["applicant a", "expert x"]
    assert [*told_by_search(applicant, "y"), *told_by_search(expert, "b")] == []


def test_the_two_sides_learn_nothing_of_each_other_after_the_round_either(world: World) -> None:
    finish(world)
    eyes = Eyes()
    met = {leak for reader in sided(world)[:3:2] for leak in crawl(reader, eyes)}
    assert lines(outside(met)) == []
    assert _told_by_mail(world, eyes) == []


def _told_by_mail(world: World, eyes: Eyes) -> list[tuple[str, str]]:
    """Tokens of another side in mails and messages to people of a side; everybody got some."""
    sides = {world.users[side].email: side for side in (*APPLICANTS, *EXPERTS)}
    sent = [(one.to[0], f"{one.subject} {one.body} {one.extra_headers}") for one in mail.outbox]
    kept = [(one.to.email, f"{one.title} {one.body} {one.url}") for one in Message.objects.select_related("to")]
    assert {to for to, _text in sent} >= set(sides)
    return [
        (to, f"{kind} of {side}")
        for to, text in (*sent, *kept)
        for side, kind in eyes.see(text.encode())
        if to in sides and side != sides[to]
    ]


def test_the_crawl_finds_a_page_that_prints_a_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: the sheet's page says who is kept away."""
    leak = (
        "{{ assignment.dossier.round.dossiers.all }}{% for one in assignment.dossier.names %}{{ one.text }}{% endfor %}"
    )
    engine: Any = engines["django"].engine  # type: ignore[attr-defined]
    loader = Loader(engine, {"experts/dossier.html": leak})
    monkeypatch.setattr(engine, "template_loaders", [loader, *engine.template_loaders])
    for one in engine.template_loaders:
        one.reset()
    reader = sided(world)[2]
    assert reader.name == "expert x"

    met = outside(crawl(reader, Eyes(), frozenset({"review"})))

    for one in engine.template_loaders:
        one.reset()
    assert {("a", "person"), ("b", "person")} <= {(leak.side, leak.kind) for leak in met}


def test_the_crawl_finds_a_file_that_says_who_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: copies are handed out as they came."""

    def as_it_is(source: Path, _extension: str, target: Path) -> str:
        target.write_bytes(source.read_bytes())
        return ""

    monkeypatch.setattr(copies, "write_copy", as_it_is)
    met = outside(crawl(sided(build())[2], Eyes(), frozenset({"file"})))
    assert lines(met) == ["expert x meets meta of a at file"]
