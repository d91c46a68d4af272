"""What an expert writes down about ties, and what officers rule about one dossier."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from directory.models import Organisation
from experts.enums import PinVerdict, TieKind
from experts.models import ConflictPin, Dossier, ExpertProfile, Tie
from experts.rules import is_officer, is_owner
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused


def add_tie(
    *,
    expert: ExpertProfile,
    kind: TieKind,
    by: Actor,
    organisation: Organisation | None = None,
    person_name: str = "",
    until: dt.date | None = None,
    note: str = "",
) -> Tie:
    """Write down one tie of the own. Raises NotAllowed for others; Refused unless it names exactly one party."""
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if (organisation is None) == (not person_name):
        raise Refused(_one_party())
    with unit():
        tie: Tie = Tie.objects.create(
            expert=expert, kind=kind, organisation=organisation, person_name=person_name, until=until, note=note
        )
        journal.append(action="experts.tie.add", subject=expert, by=by, data={"tie": tie.pk, "kind": str(kind)})
    return tie


def remove_tie(*, tie: Tie, by: Actor) -> None:
    """Take a tie back that was written down by mistake. Raises NotAllowed for others."""
    if not is_owner(tie.expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        facts = {"tie": tie.pk, "kind": tie.kind}
        tie.delete()
        journal.append(action="experts.tie.remove", subject=tie.expert, by=by, data=facts)


def pin_conflict(
    *, dossier: Dossier, expert: ExpertProfile, verdict: PinVerdict, reason: str, by: Actor
) -> ConflictPin:
    """Rule about one expert and one dossier; a later ruling takes the place of the earlier.

    Allowing sets aside only what rests on judgement (`conflicts.LIFTABLE`). Raises NotAllowed; Refused without
    a reason.
    """
    if not is_officer(dossier, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if not reason.strip():
        raise Refused(Reason("field:reason", _("A ruling needs its reason."), _("Say why.")))
    with unit():
        facts = {"verdict": verdict, "reason": reason.strip(), "by_id": by.pk}
        pin, _fresh = ConflictPin.objects.update_or_create(dossier=dossier, expert=expert, defaults=facts)
        data = {"expert": expert.pk, "verdict": str(verdict)}
        journal.append(action="experts.conflict.pin", subject=dossier, by=by, data=data)
    return pin


def unpin_conflict(*, pin: ConflictPin, by: Actor) -> None:
    """Take a ruling back. Raises NotAllowed."""
    if not is_officer(pin.dossier, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        data = {"expert": pin.expert_id, "verdict": pin.verdict}
        journal.append(action="experts.conflict.unpin", subject=pin.dossier, by=by, data=data)
        pin.delete()


def _one_party() -> Reason:
    return Reason(
        "one_party",
        _("A tie names one organisation or one person."),
        _("Choose an organisation, or write the person's name."),
    )
