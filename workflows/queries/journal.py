"""Proving the journal: every hash computed again, every link followed, every checkpoint compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Subquery

from workflows.checkpoints import Checkpoint
from workflows.digest import digest
from workflows.models import JournalEntry, JournalHead, JournalLink

BATCH = 1000
START = "0" * 64


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong: the place in the chain, a stable code, and the sentence for people."""

    seq: int
    code: str
    text: str

    def __str__(self) -> str:
        return f"#{self.seq}: {self.text}"


@dataclass(frozen=True)
class Proof:
    """What was looked at and what was found; `fault` is None for a journal that is whole."""

    checked: int
    seq: int
    hash: str
    fault: Fault | None


def verify(*, since: int = 0, checkpoints: Iterable[Checkpoint] = ()) -> Proof:
    """Follow the chain from `since` (trusted as it stands) to its head, in batches of bounded memory.

    Entries that are appended meanwhile are left for the next run.
    """
    head = JournalHead.objects.filter(pk=1).first() or JournalHead(seq=0, hash=START)
    walk = _Walk(since)
    fault = walk.start() or walk.to(head) or _loose_ends() or _against(checkpoints, head)
    return Proof(walk.checked, walk.seq, walk.hash, fault)


class _Walk:
    """The place reached in the chain, and the hash there."""

    def __init__(self, since: int) -> None:
        self.seq = since
        self.hash = START
        self.checked = 0

    def start(self) -> Fault | None:
        if self.seq == 0:
            return None
        link = JournalLink.objects.filter(seq=self.seq).first()
        if link is None:
            return Fault(self.seq, "gap", "the link to start from is missing")
        self.hash = link.hash
        return None

    def to(self, head: JournalHead) -> Fault | None:
        for links in _batches(self.seq, head.seq):
            entries = JournalEntry.objects.in_bulk([link.entry_id for link in links])
            for link in links:
                fault = self._step(link, entries.get(link.entry_id))
                if fault:
                    return fault
        if self.seq < head.seq:
            return Fault(self.seq + 1, "gap", f"the chain ends here, its head says #{head.seq}")
        if self.hash != head.hash:
            return Fault(self.seq, "head", "the head of the chain holds another hash")
        return None

    def _step(self, link: JournalLink, entry: JournalEntry | None) -> Fault | None:
        expected = self.seq + 1
        if link.seq != expected:
            return Fault(expected, "gap", f"the link is missing; the next one is #{link.seq}")
        if entry is None:
            return Fault(expected, "missing", "the entry is missing")
        if link.previous != self.hash:
            return Fault(expected, "order", "the link does not follow the one before it")
        if link.hash != link_hash(seq=link.seq, previous=link.previous, entry=entry):
            return Fault(expected, "changed", "the entry is not the one that was written here")
        self.seq, self.hash, self.checked = link.seq, link.hash, self.checked + 1
        return None


def _batches(since: int, until: int) -> Iterator[list[JournalLink]]:
    while links := list(JournalLink.objects.filter(seq__gt=since, seq__lte=until).order_by("seq")[:BATCH]):
        yield links
        since = links[-1].seq


def _loose_ends() -> Fault | None:
    """One statement each, so that what is committed meanwhile is seen whole or not at all."""
    head = Subquery(JournalHead.objects.filter(pk=1).values("seq")[:1])
    beyond = JournalLink.objects.filter(seq__gt=head).order_by("seq").first()
    if beyond is not None:
        return Fault(beyond.seq, "head", "the chain goes on behind its head")
    loose = JournalEntry.objects.filter(link__isnull=True).order_by("at").first()
    if loose is not None:
        return Fault(0, "unlinked", f"the entry {loose.uid} has no place in the chain")
    return None


def _against(checkpoints: Iterable[Checkpoint], head: JournalHead) -> Fault | None:
    for checkpoint in sorted(checkpoints, key=lambda each: each.seq):
        if checkpoint.seq > head.seq:
            return Fault(
                head.seq + 1, "cut", f"a checkpoint of {checkpoint.at} saw #{checkpoint.seq}; the end was cut off"
            )
        there = JournalLink.objects.filter(seq=checkpoint.seq).values_list("hash", flat=True).first()
        if checkpoint.seq and there != checkpoint.hash:
            return Fault(checkpoint.seq, "rewritten", f"a checkpoint of {checkpoint.at} saw another hash here")
    return None


def link_hash(*, seq: int, previous: str, entry: JournalEntry) -> str:
    """The hash of a link: SHA-256 over its place, the previous hash and every field of the entry."""
    fact = [
        seq,
        previous,
        entry.uid,
        entry.at,
        entry.actor,
        entry.on_behalf,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.data,
        entry.request_id,
    ]
    return digest(fact)
