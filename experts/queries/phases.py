"""Who may see what of a round now. Every page, file, list and search asks here, or in `experts.opening` for lists."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from experts.enums import Audience, Switch
from experts.models import Assignment, ReviewRound
from experts.opening import opens, phases_of
from experts.phases import FOR_DEPARTMENT, Phase, current
from workflows.errors import Reason, Refused


def phase_now(review_round: ReviewRound) -> Phase:
    """The phase in which a round is: one query."""
    return current(phases_of([review_round.pk])[review_round.pk], review_round.state, timezone.now())


def open_to(assignment: Assignment, what: Switch, phase: Phase | None = None) -> bool:
    """Whether the expert of `assignment` may see, or do, `what` at its dossier now.

    phase -- the present phase where it was read before.
    """
    return opens(phase or phase_now(assignment.round), assignment, what)


def open_to_department(review_round: ReviewRound, what: Switch, phase: Phase | None = None) -> bool:
    """Whether officers, decision makers and auditors may see `what` of a round now.

    phase -- the present phase where it was read before.
    """
    return what in (phase or phase_now(review_round)).opened.get(Audience.OFFICER, frozenset())


def ask_department(review_round: ReviewRound, what: Switch) -> None:
    """Raise Refused (not yet) unless the department may see `what` of a round now."""
    if not open_to_department(review_round, what):
        text = _("This phase of the round does not show %(what)s yet.") % {"what": FOR_DEPARTMENT[what]}
        raise Refused(Reason("not_yet", text, _("The phases of the round say when it does.")))
