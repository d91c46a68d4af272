"""A project and the people around it, each at a page of their own, while a clock of our own goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import time_machine
from django.utils import timezone
from playwright.sync_api import Page

from projects.models import Project
from projects.tasks import keep_the_clocks
from tests.browser.conftest import Desk
from tests.browser.way.stage import relay
from tests.factories.way import Cast
from workflows.tasks import fire_due_deadlines, remind_of_deadlines

NINE = dt.time(9, tzinfo=dt.UTC)


@dataclass
class Life:
    """Who has to do with the project. Whoever comes to a page is signed in at the time that it is then."""

    desk: Desk
    cast: Cast
    project: Project
    pages: dict[str, Page] = field(default_factory=dict)

    def at(self, part: str) -> Page:
        """The page of this person of the cast; the page of somebody without an account for ""."""
        if part not in self.pages:
            self.pages[part] = self.desk.page(getattr(self.cast, part) if part else None)
        return self.pages[part]

    @contextmanager
    def on(self, day: dt.date) -> Iterator[None]:
        """It is that day, and the clocks have struck."""
        with self._travel(dt.datetime.combine(day, NINE)):
            yield

    @contextmanager
    def later(self, days: int) -> Iterator[None]:
        """So many days have gone by, and the clocks have struck."""
        with self._travel(timezone.now() + dt.timedelta(days=days)):
            yield

    @contextmanager
    def _travel(self, instant: dt.datetime) -> Iterator[None]:
        self.leave()
        with time_machine.travel(instant):
            strike()
            yield
            self.leave()

    def leave(self) -> None:
        """Everybody closes the browser."""
        for page in self.pages.values():
            page.context.close()
        self.pages.clear()


def strike() -> None:
    """What the clocks do by themselves, and the messages that follow."""
    keep_the_clocks()
    fire_due_deadlines()
    remind_of_deadlines()
    relay()
