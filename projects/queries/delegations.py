"""Who may act for the investigator of a project, and on whose behalf an act is."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from directory.enums import MembershipState
from directory.models import Membership, Person
from directory.queries.standing import standing
from projects.enums import ParticipantState
from projects.models import Delegation, Project


def candidates(project: Project) -> QuerySet[Person]:
    """Who can be given something: people of the team and of the host with an account, not the investigator."""
    members = project.proposal.participants.filter(state=ParticipantState.CONFIRMED, person__isnull=False)
    colleagues = Membership.objects.filter(organisation=project.organisation_id, state=MembershipState.ACTIVE)
    either = Q(pk__in=members.values("person")) | Q(pk__in=colleagues.values("person"))
    found = Person.objects.filter(either, user__is_active=True)
    return found.exclude(pk=project.investigator_id).exclude(pk__in=project.former.values("pk")).order_by("name", "pk")


def shown(project: Project) -> list[Delegation]:
    """The delegations that count today: one query."""
    return list(project.delegations.in_force().select_related("person").order_by("pk"))


def behalf(project: Project, actor: Any) -> str:
    """For whom the journal says that `actor` acts on the project: its investigator, "" for who acts by an own right."""
    who = standing(actor)
    if who.person_id in (None, project.investigator_id) or project.organisation_id in who.admin_of:
        return ""
    given = project.delegations.in_force().filter(person=who.person_id).first()
    return f"user:{given.given_by_id}" if given else ""
