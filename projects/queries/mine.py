"""What an applicant has: their proposals, and the calls they could answer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from directory.enums import OrganisationState
from directory.models import Organisation
from directory.queries.standing import standing
from projects.enums import GONE, WRITABLE, CallState, ParticipantState
from projects.models import Call, Participant, Proposal
from projects.queries.lists import HEAVY, UNSEEN


def my_proposals(user: Any) -> QuerySet[Proposal]:
    """The proposals the person leads or confirmed to take part in, newest first, with what a list shows."""
    person = standing(user).person_id
    if person is None:
        return Proposal.objects.none()
    found: QuerySet[Proposal] = Proposal.objects.of_person(person)
    return found.select_related("call", "organisation", "applicant").defer(*UNSEEN)


def my_drafts(user: Any) -> QuerySet[Proposal]:
    """The proposals the person can write in now, those that end first before the others."""
    found: QuerySet[Proposal] = (
        Proposal.objects.written_by(user)
        .filter(state__in=WRITABLE)
        .select_related("call", "organisation")
        .order_by("call__filing_deadline", "pk")
    )
    return found


def invitations(user: Any) -> QuerySet[Participant]:
    """The teams the person was asked into by e-mail and has not answered, still being written."""
    rows = Participant.objects.filter(
        state=ParticipantState.INVITED, email__iexact=user.email, proposal__state__in=WRITABLE
    )
    return rows.select_related("proposal__call", "proposal__applicant").order_by("pk")


def hosts(user: Any) -> QuerySet[Organisation]:
    """The verified organisations through which the person may apply."""
    return Organisation.objects.filter(pk__in=standing(user).member_of, state=OrganisationState.VERIFIED)


def calls_open_now(user: Any) -> QuerySet[Call]:
    """The calls that take proposals now and that the person has no proposal under, first those that close first."""
    now = timezone.now()
    taken = Proposal.objects.filter(applicant=standing(user).person_id).exclude(state__in=GONE)
    found: QuerySet[Call] = (
        Call.objects.filter(state=CallState.PUBLISHED, filing_deadline__gt=now)
        .exclude(opens_at__gt=now)
        .exclude(pk__in=taken.values("call_id"))
        .defer(*HEAVY)
        .order_by("filing_deadline", "pk")
    )
    return found
