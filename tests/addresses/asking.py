"""Asking for an address so that nothing remains of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.urls import reverse

from portal.policies import Address, addresses
from tests.addresses.expected import LIBRARIES
from tests.addresses.objects import ARGUMENTS, Kwargs

CROWD = 6
CHANGING = re.compile(
    r'nonce="[^"]*"|"[0-9A-Za-z]{64}"|nonce-[^\']*|[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}|/[^"\s<]*/|\d{6,}'
)


def ours() -> list[Address]:
    """The addresses of our own views, and the public pages."""
    return [one for one in addresses() if not one.route.startswith(LIBRARIES)]


def cases(name: str) -> list[Kwargs]:
    """The arguments to try; the last leads nowhere where the address has arguments."""
    return ARGUMENTS[name]() if name in ARGUMENTS else [{}]


def share(name: str, audience: Collection[str], key: str) -> list[Kwargs]:
    """The arguments that fall to one person: at a closed door one record.

    Of a large audience each asks for every second record, and the next person for the others.
    """
    found = cases(name)
    if key not in audience:
        return found[:1]
    if len(audience) < CROWD:
        return found
    return [*found[:-1][sorted(audience).index(key) % 2 :: 2], found[-1]]


def path_of(name: str, kwargs: Kwargs) -> str:
    """The address with its arguments; the front page for what Wagtail serves."""
    return "/" if name == "wagtail_serve" else reverse(name, kwargs=kwargs)


def ask(client: Any, method: str, path: str, data: Any = None, **more: Any) -> Any:
    """The answer, with whatever was written undone."""
    with transaction.atomic():
        answer = client.generic(method, path, **more) if data is None else client.post(path, data, **more)
        if answer.streaming:
            answer.read_body = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def plain(answer: Any) -> str:
    """The body without what differs from answer to answer: keys, tokens, the address asked for."""
    if answer.streaming:
        return ""
    return CHANGING.sub("*", answer.content.decode().replace(answer.request["PATH_INFO"], "/*/"))
