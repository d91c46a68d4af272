"""Letters about a proposal, kept as they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone, translation

from projects.actions.notice import PUBLIC_LANGUAGE
from projects.enums import LetterKind
from projects.models import Letter, Proposal
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.digest import digest

SERIES = {
    LetterKind.APPROVAL: "LX",
    LetterKind.REFUSAL: "BL",
    LetterKind.INELIGIBLE: "XS",
    LetterKind.RECEIPT: "HZ",
    LetterKind.OPINIONS: "YJ",
}


def write_letter(
    *,
    proposal: Proposal,
    kind: LetterKind,
    amount: Decimal | None = None,
    note: str = "",
    opinions: Sequence[str] = (),
) -> Letter:
    """Write the letter of `kind` about `proposal`, in Chinese; the one already written when there is one.

    The number is the proposal's with the series of the kind. `amount` in yuan, `note` the reasons given,
    `opinions` what the experts wrote.
    """
    present: Letter | None = proposal.letters.filter(kind=kind).first()
    if present is not None:
        return present
    with unit(), translation.override(PUBLIC_LANGUAGE):
        body = render_to_string(
            f"projects/decision/letter_{kind}.txt",
            {
                "proposal": proposal,
                "call": proposal.call,
                "amount": amount,
                "note": note,
                "opinions": opinions,
                "today": timezone.localdate(),
            },
        )
        letter = Letter.objects.create(
            proposal=proposal,
            kind=kind,
            number=f"{proposal.number}-{SERIES[kind]}",
            title=f"{kind.label}",
            body=body.strip(),
        )
        journal.append(
            action="projects.letter.write",
            subject=letter,
            by=SYSTEM,
            data={"proposal": proposal.pk, "sha": digest(body)},
        )
    return letter
