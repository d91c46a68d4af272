"""Draws as they are looked at: the seats that would be confirmed, what was changed by hand, loads, shortages."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from experts.enums import BINDING_DRAWS, DepartureKind, DrawMode, ExpertKind
from experts.models import Departure, Draw, DrawnSeat, ExpertProfile
from workflows.digest import digest
from workflows.enums import OutboxState
from workflows.models import OutboxMessage

if TYPE_CHECKING:
    from experts.models import ReviewRound

MOST_SHOWN, COLUMNS = 20, 12
Pair = TypeVar("Pair")
SEAT = ("dossier_id", "expert_id")
# Percent done when what a draw is made from is gathered, and when it is solved.
GATHERED, SOLVED = 30, 80
# The rules that bind, by the names of the core (experts.draw.shortage).
BINDING = {
    "affinity": _("too few experts in the pool"),
    "conflicts": _("conflicts of interest"),
    "probability_cap": _("the limit to each chance"),
    "max_per_institution": _("experts of one organisation"),
    "max_home_region": _("experts from the applicant's league or city"),
    "max_load": pgettext_lazy("draw", "the experts' loads"),
}


@dataclass(frozen=True)
class Lack:
    """Seats nobody could be drawn for and the rule that binds, or experts of a kind that a panel lacks."""

    title: str
    missing: int
    binding: Any
    of_kind: bool = False


def taken_out(draw: Draw) -> set[tuple[int, int]]:
    """The pairs (dossier, expert) that were taken out by hand: one query."""
    rows = Departure.objects.filter(draw=draw).order_by("pk")
    return left_out(((dossier, expert), kind) for dossier, expert, kind in rows.values_list(*SEAT, "kind"))


def left_out(rows: Iterable[tuple[Pair, str]]) -> set[Pair]:
    """What was taken out last and not put back since, of (what, kind of departure) in their order."""
    found: set[Pair] = set()
    for pair, kind in rows:
        if kind == DepartureKind.OUT:
            found.add(pair)
        elif kind == DepartureKind.RESTORED:
            found.discard(pair)
    return found


def work_key(draw: Draw) -> str:
    """The key of the present attempt to compute a draw in the outbox."""
    return f"experts.draw:{draw.uid}:{draw.version}"


def is_given_up(draw: Draw) -> bool:
    """Whether no attempt to compute the draw is under way or to come: one query."""
    row = OutboxMessage.objects.filter(key=work_key(draw)).values_list("state", flat=True).first()
    return row not in (OutboxState.WAITING, OutboxState.LEASED)


def doing(draw: Draw) -> str:
    """What is being done to a draw that is computed, in words."""
    if draw.progress >= SOLVED:
        return str(_("the outcome is being kept"))
    return str(_("experts are being chosen") if draw.progress >= GATHERED else _("candidates are being gathered"))


def kept_seats(draw: Draw) -> list[DrawnSeat]:
    """The seats that are confirmed when the draw is: two queries."""
    out = taken_out(draw)
    return [seat for seat in draw.seats.order_by("pk") if (seat.dossier_id, seat.expert_id) not in out]


def fingerprint(draw: Draw, seats: Sequence[DrawnSeat]) -> str:
    """Tells what would be confirmed from anything else: the outcome, and the seats that are left of it."""
    return digest([draw.outcome_sha256, sorted([seat.dossier_id, seat.expert_id] for seat in seats)])


def lacks(draw: Draw) -> list[Lack]:
    """Who lacks seats in the outcome, in the order of the dossiers: two queries."""
    found = json.loads(zlib.decompress(draw.record.outcome))
    titles = {str(uid): title for uid, title in draw.round.dossiers.values_list("uid", "title")}
    seats = [(one["proposal"], one["missing"], BINDING.get(one["binding"], "")) for one in found["shortages"]]
    kinds = [(one["proposal"], one["missing"], ExpertKind(one["kind"]).label) for one in found.get("lacking_kinds", ())]
    return [
        *(Lack(titles.get(uid, "–"), missing, binding) for uid, missing, binding in seats),
        *(Lack(titles.get(uid, "–"), missing, kind, of_kind=True) for uid, missing, kind in kinds),
    ]


def loads(seats: Sequence[DrawnSeat]) -> list[tuple[int, int]]:
    """How many experts have so many seats of the draw: (seats, experts), without gaps, up to COLUMNS at least."""
    each = Counter(seat.expert_id for seat in seats)
    experts = Counter(each.values())
    return [(number, experts[number]) for number in range(1, max([COLUMNS, *experts]) + 1)]


@dataclass(frozen=True)
class Busy:
    """An expert with so many seats of a draw."""

    expert: ExpertProfile
    seats: int


def busiest(seats: Sequence[DrawnSeat]) -> list[Busy]:
    """Those with the most seats of the draw, at most MOST_SHOWN: one query."""
    most = Counter(seat.expert_id for seat in seats).most_common(MOST_SHOWN)
    experts = ExpertProfile.objects.select_related("person").in_bulk([pk for pk, _number in most])
    return [Busy(experts[pk], number) for pk, number in most]


def binding_lots(review_round: ReviewRound) -> Draw | None:
    """The latest draw by lot that binds the round: from its commitment on, changes by hand need a reason."""
    found: Draw | None = review_round.draws.filter(mode=DrawMode.DRAWN, state__in=BINDING_DRAWS).first()
    return found


def departures(review_round: ReviewRound) -> Any:
    """What was changed by hand in the draws of a round, in order."""
    rows = Departure.objects.filter(draw__round=review_round)
    return rows.select_related("draw", "dossier", "expert__person", "by__person")
