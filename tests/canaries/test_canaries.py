"""Nobody learns in an anonymous review who applies, or who reviews: tokens in everything, looked for everywhere."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.template import engines
from django.template.loaders.locmem import Loader
from django.utils import timezone

from experts.actions.assignment import expire_overdue, replace
from experts.actions.round import extend_deadline
from experts.models import Assignment, ReviewRound
from tests.addresses import objects
from tests.addresses.expected import ANYBODY, APPLICANT, EXPECTED, EXPERT
from tests.canaries.allowed import outside, unused
from tests.canaries.crawl import Eyes, Leak, bystanders, crawl, lines, sided, told_by_search
from tests.canaries.world import APPLICANTS, EXPERTS, World, build, close_titles, finish, relay
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


BEHIND_DOORS = frozenset(name for name, (who, _how) in EXPECTED.items() if EXPERT in who and ANYBODY not in who)
OF_EXPERTS = frozenset(name for name in BEHIND_DOORS if APPLICANT not in EXPECTED[name][0])
PRINTING = frozenset({"review", "review_conflict", "review_submit", "reviews", "sheets_xlsx"})


def _told_by_messages(world: World, eyes: Eyes) -> set[tuple[str, str]]:
    """What experts are told of titles when there is more time, when a seat is taken back, when the time is over."""
    known = set(Message.objects.values_list("pk", flat=True))
    extend_deadline(review_round=world.round, until=timezone.now() + dt.timedelta(days=90), by=world.cast.officer)
    replace(assignment=world.seat("y", "a"), by=world.cast.officer, note="换人")
    ReviewRound.objects.update(score_deadline=timezone.now())
    expire_overdue()
    relay()
    fresh = Message.objects.exclude(pk__in=known).select_related("to")
    assert {one.to.email for one in fresh} == {world.users[side].email for side in EXPERTS}
    told = [f"{one.title} {one.body} {one.url}" for one in fresh]
    return eyes.see("\n".join([*told, *(str(vars(one)) for one in mail.outbox)]).encode())


def test_no_expert_meets_a_title_that_is_closed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    eyes, (first, second) = Eyes(close_titles(world)), sided(world)[2:4]
    with monkeypatch.context() as leaking:  # a control: pages say the title of the dossier, whether it is open or not
        leaking.setattr(Assignment, "shown_title", property(lambda seat: seat.dossier.title))
        met = {leak.address for leak in crawl(first, eyes, PRINTING) if leak.kind == "title"}
        assert met == PRINTING
    assert lines(crawl(first, eyes, BEHIND_DOORS) | crawl(second, eyes, OF_EXPERTS | {"inbox", "messages"})) == []
    assert _told_by_messages(world, eyes) == set()


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
