"""Organisations recommend their people to the pool; each person agrees before anything follows from it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import MembershipState
from directory.models import Organisation, Person
from directory.queries.standing import standing
from experts import notices
from experts.enums import IN_THE_POOL, ExpertSource, ExpertState
from experts.models import ExpertProfile
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused


def recommend_expert(
    *, organisation: Organisation, person: Person, why: str, truthful: bool, by: Actor
) -> ExpertProfile:
    """Recommend a member; the organisation answers for the truth of it (domain 3.1, “Entry”).

    Somebody unknown becomes a candidate, whoever left is asked once more, an application that waits keeps its state.
    Raises NotAllowed unless `by` administers the organisation; Refused for who is no active member or in the pool.
    """
    if organisation.pk not in standing(by).admin_of:
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    _check(organisation, person, why, truthful=truthful)
    with unit():
        facts = {"state": ExpertState.CANDIDATE, "source": ExpertSource.ORGANISATION}
        made, fresh = ExpertProfile.objects.get_or_create(person=person, defaults=facts)
        row: ExpertProfile = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=made.pk)
        if row.state in IN_THE_POOL:
            raise Refused(Reason("in_the_pool", _("%(person)s is in the pool already.") % {"person": person}))
        row.recommended_by, row.recommended_at, row.recommendation = organisation, timezone.now(), why.strip()
        row.save(update_fields=["recommended_by", "recommended_at", "recommendation"])
        if row.state == ExpertState.LEFT:
            with perform(row, "nominate", by=SYSTEM):
                pass
        journal.append(
            action="experts.pool.recommend",
            subject=row,
            by=by,
            data={"organisation": organisation.pk, "fresh": fresh, "truthful": truthful},
        )
        if row.state == ExpertState.CANDIDATE:
            notices.recommended(row, organisation)
    return row


def _check(organisation: Organisation, person: Person, why: str, *, truthful: bool) -> None:
    reasons = []
    if not organisation.memberships.filter(person=person, state=MembershipState.ACTIVE).exists():
        text = _("%(person)s is no active member of the organisation.") % {"person": person}
        reasons.append(Reason("field:person", text, _("Invite the person first.")))
    if not why.strip():
        reasons.append(Reason("field:why", _("The reason is missing."), _("Say what the person can judge.")))
    if not truthful:
        text = _("The organisation answers for the truth of what it recommends.")
        reasons.append(Reason("field:truthful", text, _("Tick the box.")))
    if reasons:
        raise Refused(*reasons)
