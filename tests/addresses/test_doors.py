"""Every address × every role × every method: who is let in, and that nothing ever breaks."""

from __future__ import annotations

from typing import Any

import pytest

from portal.policies import addresses
from tests.addresses.asking import ask, cases, ours, path_of, plain, share
from tests.addresses.conftest import Open
from tests.addresses.expected import ALL, ANYBODY, APPROVER, EDITOR, EXPECTED, LIBRARIES, MEANT_TO_FAIL, POST
from tests.addresses.objects import ARGUMENTS
from workflows.models import JournalEntry, OutboxMessage

pytestmark = pytest.mark.django_db
# What a person may meet behind an open door: the page, a redirect, "not there", a refusal, faults in what was sent.
BEHIND = {200, 302, 400, 404, 409, 422}
# Served by Django's feeds and by Wagtail, which read whatever the method says.
READ_ANYHOW = {"feed", "column_feed", "wagtail_serve"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {one.name for one in ours()} == set(EXPECTED)
    with_arguments = {str(one.name) for one in ours() if "<" in one.route}
    assert with_arguments == set(ARGUMENTS)
    assert [one.route for one in addresses() if one.policy is None] == []


@pytest.mark.parametrize("key", sorted(ALL))
def test_who_is_let_in_to_read(sign_in: Open, key: str) -> None:
    """Also: what is not there and what is not yours look alike, headers stand, and reading writes nothing."""
    client, wrong = sign_in(key), []
    closed = plain(ask(client, "GET", "/bench/no-such-door/"))
    before = JournalEntry.objects.count(), OutboxMessage.objects.count()
    for name, (audience, methods) in EXPECTED.items():
        nowhere: str | None = closed if key not in audience else None
        for kwargs in reversed(share(name, audience, key)):
            answer = ask(client, "GET", path_of(name, kwargs))
            wanted = BEHIND if key in audience else ({302} if key == ANYBODY else {404})
            if key in audience and methods == POST:
                wanted = {405}
            if answer.status_code not in wanted and not (name == "readyz" and answer.status_code == 503):
                wrong.append(f"{name} {kwargs}: {answer.status_code}")
            if {head: answer.get(head) for head in HEADERS} != HEADERS or not _has_policy(answer):
                wrong.append(f"{name} {kwargs}: headers")
            if answer.status_code == 404 and nowhere is None:
                nowhere = plain(answer)
            elif answer.status_code == 404 and plain(answer) != nowhere:
                wrong.append(f"{name} {kwargs}: does not look like what is not there")
    assert wrong == []
    assert (JournalEntry.objects.count(), OutboxMessage.objects.count()) == before


def _has_policy(answer: Any) -> bool:
    return "default-src" in answer.get("Content-Security-Policy", "")


EXTRA = {
    "state": "approved",
    "is_superuser": "1",
    "organisation": "1",
    "applicant": "1",
    "score": "100",
    "by": "1",
    "note": "越权尝试",
}


@pytest.mark.parametrize("key", sorted(ALL))
def test_who_is_let_in_to_write(sign_in: Open, key: str) -> None:
    client, wrong = sign_in(key), []
    for name, (audience, methods) in EXPECTED.items():
        for kwargs in share(name, audience, key):
            answer = ask(client, "POST", path_of(name, kwargs), data=EXTRA)
            wanted = BEHIND if key in audience else ({302} if key == ANYBODY else {404})
            if key in audience and "POST" not in methods and name not in READ_ANYHOW:
                wanted = {405}
            if answer.status_code not in wanted:
                wrong.append(f"{name} {kwargs}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_other_methods_change_nothing_and_break_nothing(sign_in: Open, method: str) -> None:
    wrong = []
    for key in ("wulan", ANYBODY):
        client = sign_in(key)
        for name in EXPECTED:
            answer = ask(client, method, path_of(name, cases(name)[0]))
            reading = method in {"HEAD", "OPTIONS"} or name in READ_ANYHOW
            fine = BEHIND | {405} if reading else {302, 403, 404, 405}
            if answer.status_code not in fine and not (name == "readyz" and answer.status_code == 503):
                wrong.append(f"{key} {name}: {answer.status_code}")
    assert wrong == []


def test_nothing_is_written_without_the_token_of_the_form(sign_in: Open) -> None:
    wrong = []
    for name, (audience, methods) in EXPECTED.items():
        if "POST" not in methods:
            continue
        client = sign_in(min(audience), enforce_csrf_checks=True)
        for kwargs in cases(name)[:1]:
            answer = ask(client, "POST", path_of(name, kwargs), data=EXTRA)
            if answer.status_code != 403:
                wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("key", sorted(ALL))
def test_the_desks_of_libraries_let_in_whom_they_should(sign_in: Open, key: str) -> None:
    client, wrong = sign_in(key), []
    for one in addresses():
        if not one.route.startswith(LIBRARIES) or "<" in one.route or "^" in one.route or one.route == MEANT_TO_FAIL:
            continue
        answer = ask(client, "GET", f"/{one.route}")
        if answer.status_code >= 500:
            wrong.append(f"{one.route}: {answer.status_code}")
        opened = one.route.startswith("admin/") and answer.status_code == 200
        if opened and key not in {EDITOR, APPROVER} and not one.route.startswith(("admin/login", "admin/password")):
            wrong.append(f"{one.route}: open to {key}")
    assert wrong == []
