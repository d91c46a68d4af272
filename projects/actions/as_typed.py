"""Saying that an amount of a proposal is right as typed, though it looks ten thousand times too large."""

from __future__ import annotations

from typing import Any

from projects.actions.section import lock_for_writing
from projects.models import Proposal, SectionAnswer
from projects.queries.problems import problems
from projects.slips import Doubt
from workflows.actions import journal
from workflows.actions.unit import unit


def keep_as_typed(*, proposal: Proposal, section: str, token: str, by: Any) -> bool:
    """Remember the answer to one open question of a section; whether there was such a question.

    token -- of `projects.slips.Doubt`: the place and exactly the amount. Where the amount has changed meanwhile, or the
    answer was given before, nothing changes. Raises NotAllowed, Refused as saving does.
    """
    with unit():
        locked = lock_for_writing(proposal, by)
        reasons = [one.reason for one in problems(locked) if one.section == section]
        asked = {reason.token for reason in reasons if isinstance(reason, Doubt)}
        if token not in asked:
            return False
        stored = SectionAnswer.objects.select_for_update(of=("self",)).get(proposal=locked, section=section)
        stored.as_typed = [*stored.as_typed, token]
        stored.save(update_fields=["as_typed"])
        data = {"section": section, "amount": token}
        journal.append(action="projects.proposal.as_typed", subject=locked, by=by, data=data)
    return True
