"""A closer look at the pages that are passed: wide and light, on a phone and dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE, scrolls_sideways

RECORD = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12}|\d+")


@dataclass
class Look:
    """Remembers what axe finds on each kind of page, and pages wider than their window. Each kind is looked at once."""

    axe: Callable[[Page], list[str]]
    found: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self, page: Page, what: str = "") -> None:
        """Look at the page as it stands; it is left as it was. `what` tells pages apart that share an address."""
        kind = f"{RECORD.sub('*', urlsplit(page.url).path)} {what}".strip()
        if kind in self.found:
            return
        self.found[kind] = self._faults(page, "wide")
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        self.found[kind] += self._faults(page, "phone")
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")

    def _faults(self, page: Page, window: str) -> list[str]:
        sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
        return [f"{window}: {one}" for one in [*self.axe(page), *sideways]]

    def faults(self) -> dict[str, list[str]]:
        """The kinds of pages at which something is wrong."""
        return {kind: found for kind, found in self.found.items() if found}
