"""Doing a draw over from what was kept of it, and comparing every step with what was published and journaled."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from experts.draw.seed import kept, seed_for
from experts.enums import DrawState
from experts.models import Draw, DrawRecord
from experts.planning.solving import sha256, solved
from experts.queries.draw import left_out
from workflows.models import JournalEntry

PARTS = ("inputs", "outcome", "chances")
AROUND = 40


def differences(draw: Draw) -> Iterator[str]:
    """One line for each difference, the earliest step first; none when the draw is what it says to be."""
    yield from _commitment(draw)
    record = DrawRecord.objects.filter(draw=draw).first()
    if draw.drawn_at is None:
        return
    if record is None:
        yield "the record of the draw is missing"
        return
    try:
        parts = {name: zlib.decompress(getattr(record, name)) for name in PARTS}
    except zlib.error:
        yield "the record of the draw cannot be unpacked"
        return
    yield from _digests(draw, parts)
    try:
        yield from _again(draw, parts)
        yield from _seats(draw, json.loads(parts["inputs"]), json.loads(parts["outcome"]))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        yield f"the record of the draw cannot be read: {error}"


def _journaled(draw: Draw, action: str) -> dict[str, Any]:
    entry = JournalEntry.objects.filter(action=action, subject_type="experts.draw", subject_id=str(draw.pk)).first()
    return entry.data if entry else {}


def _commitment(draw: Draw) -> Iterator[str]:
    published = _journaled(draw, "experts.draw.commit").get("commitment")
    if draw.commitment != published:
        yield f"commitment: {draw.commitment} is not the one journaled, {published}"
    if not kept(draw.nonce, str(published)):
        yield "the secret is not the one that was committed to"


def _digests(draw: Draw, parts: dict[str, bytes]) -> Iterator[str]:
    """Every part has the digest on the draw, and the one that the journal wrote down."""
    journaled = _journaled(draw, "experts.draw.lay_out")
    for name, content in parts.items():
        own, written = getattr(draw, f"{name}_sha256"), journaled.get(f"{name}_sha256")
        if len({sha256(content), own, written}) > 1:
            yield f"{name}: SHA-256 is {sha256(content)}, the draw says {own}, the journal {written}"


def _again(draw: Draw, parts: dict[str, bytes]) -> Iterator[str]:
    seed = seed_for(draw.nonce, str(draw.round.uid), sha256(parts["inputs"]))
    if seed != draw.seed:
        yield f"seed: {draw.seed} does not follow from the secret, the round and the inputs: {seed}"
    found = solved(parts["inputs"], seed)
    for name, fresh in (("outcome", found.outcome), ("chances", found.chances)):
        if (at := first_difference(parts[name], fresh)) is not None:
            yield f"{name}: byte {at} differs: kept {_near(parts[name], at)}, drawn again {_near(fresh, at)}"


def first_difference(one: bytes, other: bytes) -> int | None:
    """The first byte in which the two differ; None when they are the same."""
    if one == other:
        return None
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _near(content: bytes, at: int) -> str:
    return repr(content[max(0, at - AROUND) : at + AROUND].decode("utf-8", "replace"))


def _seats(draw: Draw, inputs: dict[str, Any], outcome: dict[str, Any]) -> Iterator[str]:
    """The seats that were shown are those of the outcome; those that were assigned are these less departures."""
    names = [[one["id"] for one in inputs[side]] for side in ("proposals", "experts")]
    seated = {tuple(pair) for pair in inputs["seated"]}
    drawn = {(names[0][p], names[1][e]) for p, e in outcome["assignments"] if (p, e) not in seated}
    shown = _named(draw.seats.values_list("dossier__uid", "expert__uid"))
    changed = draw.departures.order_by("pk").values_list("dossier__uid", "expert__uid", "kind")
    out = left_out(((str(dossier), str(expert)), kind) for dossier, expert, kind in changed)
    yield from _unlike("shown", drawn, shown)
    if draw.state == DrawState.CONFIRMED:
        yield from _unlike("assigned", drawn - out, _named(draw.assignments.values_list("dossier__uid", "expert__uid")))


def _named(rows: Any) -> set[tuple[str, str]]:
    return {(str(dossier), str(expert)) for dossier, expert in rows}


def _unlike(what: str, expected: set[tuple[str, str]], found: set[tuple[str, str]]) -> Iterator[str]:
    for dossier, expert in sorted(expected - found):
        yield f"dossier {dossier}, expert {expert}: drawn and not {what}"
    for dossier, expert in sorted(found - expected):
        yield f"dossier {dossier}, expert {expert}: {what} and not drawn"
