"""Letters with the opinions of the review."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from experts.models import ReviewRound
from experts.queries.feedback import feedback
from projects.actions.letter import write_letter
from projects.enums import LetterKind
from projects.models import Letter, Proposal
from projects.notices import audience
from workflows.actions.messages import tell
from workflows.actions.unit import unit


def send_opinions(*, review_round: ReviewRound) -> list[Letter]:
    """Write each applicant of the round a letter with the opinions and tell the team; once."""
    subject = Proposal._meta.label_lower
    found = {int(one.subject_id): one for one in feedback(review_round) if one.subject_type == subject}
    letters = []
    rows = Proposal.objects.filter(pk__in=found).select_related("call", "organisation", "applicant").order_by("pk")
    for proposal in rows:
        texts = tuple(said.text for said in found[proposal.pk].opinions if said.text)
        with unit():
            letter = write_letter(proposal=proposal, kind=LetterKind.OPINIONS, opinions=texts)
            tell(
                to_users=audience(proposal),
                key=f"proposal:{proposal.pk}:opinions",
                title=_("The opinions of the experts on your proposal are here."),
                body=f"{proposal.number} {proposal.title}",
                url=reverse("letter", args=[letter.uid]),
            )
        letters.append(letter)
    return letters
