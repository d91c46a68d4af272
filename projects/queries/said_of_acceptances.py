"""What the last decisions about an acceptance mean, in words for the page on which they are confirmed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from projects.answers import WAN
from projects.definitions.acceptance import acceptance_rules
from projects.enums import AcceptanceOutcome
from projects.models import Acceptance, AcceptanceAppeal
from projects.queries.acceptance import surplus_of


def of_approving(acceptance: Acceptance) -> str:
    """The outcome with its reason, and what becomes of the fiscal money that is left as things stand."""
    said = [_("Proposed outcome: %(outcome)s.") % {"outcome": acceptance.get_outcome_display()}, acceptance.reason]
    left = surplus_of(acceptance.project)
    if left:
        kept = getattr(acceptance_rules().surplus, acceptance.outcome) == "kept"
        line = _("Fiscal money left: %(amount)s 万元; the organisation keeps it for research.")
        if not kept:
            line = _("Fiscal money left: %(amount)s 万元; it is returned to the department.")
        said.append(line % {"amount": f"{left / WAN:.2f}"})
    said.append(
        _("The project ends with it, and the outcome is on public notice, in which it may be appealed against.")
    )
    return "\n".join(filter(None, said))


def of_rectifying(acceptance: Acceptance) -> str:
    """What is to be put right, and how long that may take."""
    months = acceptance_rules().rectify_months
    line = _("The investigator puts right what was found within %(months)d months and files again. It is asked once.")
    return "\n".join(filter(None, [acceptance.reason, line % {"months": months}]))


def of_upholding(appeal: AcceptanceAppeal) -> str:
    """The outcome that stands."""
    line = _("The outcome “%(outcome)s” stands; no further appeal is possible here.")
    return line % {"outcome": AcceptanceOutcome(appeal.outcome).label}


def of_granting(appeal: AcceptanceAppeal) -> str:
    """What is open again."""
    line = _("The outcome “%(outcome)s” falls; project and acceptance are open again and an officer proposes anew.")
    return line % {"outcome": AcceptanceOutcome(appeal.outcome).label}
