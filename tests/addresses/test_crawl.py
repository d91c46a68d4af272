"""Everybody walks through every link of the demo: nothing breaks, and no link leads nowhere."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

from portal.demo.people import FACES
from tests.addresses.conftest import Open
from tests.addresses.expected import ANYBODY

LINK = re.compile(r'(?:href|src)="([^"#]+)')
# Pages of the same kind differ in nothing but the record: so many of each are enough.
OF_A_KIND = 2
# 422: the page says what is missing before it can be submitted.
FINE = (200, 302, 422)
# Files have tests of their own, and their open streams would outlive this one.
ELSEWHERE = ("/files/", "/static/", "/admin/", "/accounts/", "/documents/", "/styleguide/")


def kind_of(path: str) -> str:
    """The address with what names one record, and what is asked of a list, taken out."""
    path = re.sub(r"=[^&]*", "=", path)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|20\d\d-[A-Z]+", "*", path)


def crawl(client: Client, start: str) -> dict[str, int]:
    """The status of every page reachable from `start`, a few of each kind."""
    found: dict[str, int] = {}
    kinds: dict[str, int] = {}
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if path in found or kinds.get(kind, 0) >= OF_A_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path)
        found[path] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            waiting.extend(links(path, answer.content.decode()))
    return found


def links(page: str, body: str) -> list[str]:
    """The links of a page that stay on the site, without their fragments."""
    targets = (urljoin(page, unescape(one)) for one in LINK.findall(body))
    ours = (one for one in targets if not urlsplit(one).netloc and not one.startswith(("mailto:", "data:")))
    return [one for one in ours if not one.startswith(ELSEWHERE)]


def test_no_link_of_the_demo_breaks_or_leads_nowhere_for_anybody(sign_in: Open) -> None:
    dead: dict[str, list[str]] = {}
    reached = 0
    for key in (ANYBODY, *(key for key, _role in FACES)):
        found = crawl(sign_in(key), "/" if key == ANYBODY else "/bench/")
        reached += len(found)
        dead |= {key: bad} if (bad := [path for path, status in found.items() if status not in FINE]) else {}
    assert dead == {}
    assert reached > 400
