"""Asking every address for a person, and looking for tokens in all that comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.test import Client

from portal.policies import Address, addresses
from tests.addresses import expected as door
from tests.addresses.asking import CHANGING, ask, cases, path_of
from tests.addresses.expected import EXPECTED, LIBRARIES, MEANT_TO_FAIL
from tests.canaries.world import APPLICANTS, EXPERTS, World, tokens
from tests.factories import directory
from tests.workflows.scrub.canaries import everything_in

SHAPED = re.compile(rb"^(PK\x03\x04|%PDF-)")
EDITORS = {door.APPROVER}
# The answers to what these send are looked through too.
WRITERS = {door.EXPERT}
# Lists, searches, feeds: what can be asked for a word.
SEARCHED = frozenset(
    {
        *("people", "organisations", "projects", "proposals-mine", "reviews", "search"),
        *("wagtail_serve", "adjustments", "expert_ties"),
    }
)


@dataclass(frozen=True)
class Leak:
    """A token where it may not be unless the table says so."""

    role: str
    side: str
    kind: str
    address: str


@dataclass(frozen=True)
class Reader:
    """Somebody who crawls: a name for the table, the role of the doors, the account (nobody: None)."""

    name: str
    door: str
    user: Any

    def client(self) -> Client:
        """Signed in where there is an account."""
        client = Client(raise_request_exception=False)
        if self.user is not None:
            client.force_login(self.user)
        return client


def sided(world: World) -> list[Reader]:
    """Those who stand on a side."""
    return [
        *(Reader(f"applicant {side}", door.APPLICANT, world.users[side]) for side in APPLICANTS),
        *(Reader(f"expert {side}", door.EXPERT, world.users[side]) for side in EXPERTS),
        *(Reader(f"administrator {side}", door.ADMINISTRATOR, world.admins[side]) for side in ("a", "x")),
    ]


def bystanders(world: World) -> list[Reader]:
    """Everybody else but those who read all of it by their office: programme officer, decision maker, auditor."""
    return [
        Reader("recommender", door.RECOMMENDER, world.cast.recommender),
        Reader("stranger", door.RECOMMENDER, world.cast.other_recommender),
        Reader("integrity", door.INTEGRITY, world.cast.integrity),
        Reader("editor", door.EDITOR, directory.editor()),
        Reader("approver", door.APPROVER, directory.approver()),
        Reader("system", door.SYSTEM, directory.system_admin()),
        Reader("newcomer", door.NEWCOMER, directory.UserFactory.create()),
        Reader("anybody", door.ANYBODY, None),
    ]


class Eyes:
    """Looks for every token of the world at once, or for others: {token: (side, kind)}."""

    def __init__(self, others: Mapping[str, tuple[str, str]] | None = None) -> None:
        every = {value: (side, kind) for side in (*APPLICANTS, *EXPERTS) for kind, value in tokens(side).items()}
        self.known = {value.lower().encode(): whose for value, whose in (others or every).items()}
        self.pattern = re.compile(b"|".join(sorted(map(re.escape, self.known), reverse=True)))

    def see(self, data: bytes) -> set[tuple[str, str]]:
        """(side, kind) of every token in `data`, also inside of archives and PDF streams."""
        return {self.known[found] for found in self.pattern.findall(laid_open(data).lower())}

    def see_all(self, answer: Any) -> set[tuple[str, str]]:
        """(side, kind) of every token in what a person gets: names of downloads and other headers, and the body."""
        heads = "\n".join(f"{key}: {value}" for key, value in answer.items())
        return self.see(heads.encode()) | self.see(answer.read_body if answer.streaming else answer.content)


def laid_open(data: bytes) -> bytes:
    """The bytes with every compressed part readable."""
    if not SHAPED.match(data):
        return data
    try:
        return everything_in(data, "pdf" if data.startswith(b"%PDF") else "")
    except pikepdf.PdfError:  # a stand-in for a PDF
        return data


def questions(reader: Reader, only: frozenset[str]) -> Iterator[tuple[str, str, dict[str, str] | None]]:
    """(address, path, what is posted) for every page behind a door that lets the reader in."""
    for name, (audience, methods) in EXPECTED.items():
        if reader.door not in audience or (only and name not in only):
            continue
        for kwargs in cases(name)[:-1] or cases(name):
            path = path_of(name, kwargs)
            if "GET" in methods:
                yield name, path, None
            if "POST" in methods and reader.door in WRITERS:
                yield name, path, {"note": "x"}
    if reader.door in EDITORS and not only:
        yield from (("admin", f"/{one.route}", None) for one in addresses() if _of_a_library(one))


def _of_a_library(one: Address) -> bool:
    plain = not re.search(r"[<^]", one.route)
    return one.route.startswith(LIBRARIES) and plain and one.route != MEANT_TO_FAIL


def crawl(reader: Reader, eyes: Eyes, only: frozenset[str] = frozenset()) -> set[Leak]:
    """Every token that the reader meets, at every address or at some."""
    client, found = reader.client(), set()
    for name, path, data in questions(reader, only):
        answer = ask(client, "GET", path) if data is None else ask(client, "POST", path, data=data)
        found |= {Leak(reader.name, side, kind, name) for side, kind in eyes.see_all(answer)}
    return found


def told_by_search(reader: Reader, side: str) -> list[str]:
    """Lists that answer a search for a token otherwise than one for a word that nobody wrote."""
    client, found = reader.client(), []
    for name, path, _data in questions(reader, SEARCHED):
        for kind in ("person", "org", "mail", "mobile", "id", "orcid", "code"):
            word = tokens(side)[kind]
            asked, other = (_answer(client, path, text) for text in (word, word[:-1] + "q"))
            if asked != other:
                found.append(f"{reader.name} finds {kind} of {side} at {name}")
    return found


def _answer(client: Client, path: str, word: str) -> str:
    """The page for a search, without the word."""
    parameters = "&".join(f"{name}={word}" for name in ("q", "query", "sort"))
    answer = ask(client, "GET", f"{path}?{parameters}")
    return CHANGING.sub("*", answer.content.decode().replace(word, "*")) if not answer.streaming else ""


def lines(leaks: Iterable[Leak]) -> list[str]:
    """Leaks as they are read in a failed test."""
    return sorted(f"{one.role} meets {one.kind} of {one.side} at {one.address}" for one in leaks)
