"""A real browser: the system's Chromium against a live server, signed in by session, watched for faults."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from directory.models import User

# Playwright's synchronous interface runs an event loop in this thread; Django's ORM is only used beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once. Skips with what is missing."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Desk:
    """Opens pages as somebody and remembers every fault the browser reported."""

    browser: Browser
    server: LiveServer
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, user: User | None = None, *, size: ViewportSize | None = None, **options: Any) -> Page:
        """A fresh page of its own session, signed in as `user` when one is given, in Chinese."""
        context = self.browser.new_context(
            base_url=self.server.url, viewport=size or WIDE, locale="zh-CN", timezone_id="Asia/Shanghai", **options
        )
        self.contexts.append(context)
        if user is not None:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": self.server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._console(page, message.type, message.text))
        return page

    def _console(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.faults.append(f"{page.url}: {text}")

    def close(self) -> None:
        """Close every session."""
        for context in self.contexts:
            context.close()


def session_of(user: User) -> str:
    """The key of a fresh session of `user`."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, settings: Any) -> Iterator[Desk]:
    """A desk to open pages from; the test fails when the browser reported a script or policy fault."""
    settings.MFA_REQUIRED_FOR_STAFF = False
    opened = Desk(chromium, live_server)
    yield opened
    opened.close()
    assert opened.faults == []


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Runs axe over a page: the violations as "rule: target" lines, empty when there are none."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(page: Page) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]

    return violations


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
