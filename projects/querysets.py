"""Who sees what: one `visible_to` per model, used by lists, pages, search, counts, exports and feeds alike."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from directory.enums import MembershipState, Role
from directory.queries.standing import Standing, standing
from projects.enums import GIVEN_STANDINGS, CallState, NoticeState, ParticipantState, ProposalState

READERS = (Role.PROGRAMME_OFFICER, Role.DECISION_MAKER, Role.AUDITOR, Role.INTEGRITY_OFFICER)
PUBLIC_CALL_STATES = (CallState.PUBLISHED, CallState.CONCLUDED)
PUBLIC_NOTICE_STATES = (NoticeState.PUBLISHED, NoticeState.CLOSED)
# The department sees a proposal from the moment its organisation and authority have passed it on;
# before that it is the applicant's and the organisation's. What the department itself sent back with a
# deadline stays in its sight.
WITH_DEPARTMENT = tuple(
    state
    for state in ProposalState
    if state
    not in (
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.RETURNED,
        ProposalState.ENDORSED,
        ProposalState.NOT_ENDORSED,
        ProposalState.NOT_RECOMMENDED,
        ProposalState.WITHDRAWN,
        ProposalState.EXPIRED,
    )
)
FILED = tuple(state for state in ProposalState if state not in (ProposalState.DRAFT, ProposalState.EXPIRED))


class CallQuerySet(QuerySet[Any]):
    """Calls."""

    def public(self) -> CallQuerySet:
        """The calls that anybody may read."""
        return self.filter(state__in=PUBLIC_CALL_STATES)

    def visible_to(self, user: Any) -> CallQuerySet:
        """Officers see all calls, everybody else the published ones."""
        return self.all() if standing(user).has(*READERS) else self.public()


class ProposalQuerySet(QuerySet[Any]):
    """Proposals."""

    def visible_to(self, user: Any) -> ProposalQuerySet:
        """Applicant and team; the host's administrators once filed; the authority; the department."""
        return self.filter(visible_proposals(standing(user)))

    def written_by(self, user: Any) -> ProposalQuerySet:
        """The proposals that the user is applicant of or may write in."""
        person = standing(user).person_id
        if person is None:
            return self.none()
        return self.filter(Q(applicant_id=person) | in_team(person, may_edit=True))

    def of_person(self, person: int) -> ProposalQuerySet:
        """The proposals that the person leads or confirmed to take part in."""
        return self.filter(Q(applicant_id=person) | in_team(person, state="confirmed"))


def visible_proposals(who: Standing, prefix: str = "") -> Q:
    """The condition under which proposals (reached over `prefix`) are visible; false for nobody.

    It joins no rows of many, so that nothing comes twice and lists need no DISTINCT.
    """
    condition = Q(pk__in=[])
    if who.person_id is not None:
        condition |= _q(prefix, applicant_id=who.person_id)
        condition |= in_team(who.person_id, prefix, state="confirmed")
        condition |= _of_project(prefix, investigator_id=who.person_id)
        condition |= _delegated(who.person_id, prefix)
    if who.admin_of:
        condition |= _q(prefix, organisation_id__in=who.admin_of, state__in=FILED)
        condition |= _of_project(prefix, organisation_id__in=who.admin_of)
    if who.recommends_for:
        condition |= _q(prefix, organisation__authority_id__in=who.recommends_for, state__in=FILED)
        condition |= _of_project(prefix, organisation__authority_id__in=who.recommends_for)
    if who.has(*READERS):
        condition |= _q(prefix, state__in=WITH_DEPARTMENT)
        condition |= _q(prefix, returned_to_deadline__isnull=False)
    return condition


def in_team(person: int, prefix: str = "", **conditions: Any) -> Q:
    """The condition that `person` is in the team of the proposals, as a member for whom `conditions` hold."""
    members = apps.get_model("projects", "Participant").objects.filter(person_id=person, **conditions)
    return Q(**{f"{prefix}pk__in": members.values("proposal_id")})


def _delegated(person: int, prefix: str) -> Q:
    """The condition that the investigator of the project lets `person` act today."""
    given = apps.get_model("projects", "Delegation").objects.in_force().filter(person_id=person)
    return Q(**{f"{prefix}pk__in": given.values("project__proposal_id")})


def _of_project(prefix: str, **conditions: Any) -> Q:
    """The condition that a project began with the proposals whose sides are, by now, those of `conditions`."""
    projects = apps.get_model("projects", "Project")._base_manager.filter(**conditions)
    return Q(**{f"{prefix}pk__in": projects.values("proposal_id")})


def _q(prefix: str, **conditions: Any) -> Q:
    return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})


class FollowsProposal(QuerySet[Any]):
    """Records that are as visible as the proposal they belong to; `proposal_path` says how to reach it."""

    proposal_path = "proposal__"

    def visible_to(self, user: Any) -> FollowsProposal:
        """Those whose proposal the user sees."""
        return self.filter(visible_proposals(standing(user), self.proposal_path))


class ProjectQuerySet(FollowsProposal):
    """Projects."""

    def visible_to(self, user: Any) -> FollowsProposal:
        """The department sees all: no proposal that became a project leaves its sight. Others as its proposal."""
        return self.all() if standing(user).has(*READERS) else super().visible_to(user)


class FollowsProject(ProjectQuerySet):
    """Records of a project: contract, ledger, changes of the budget."""

    proposal_path = "project__proposal__"


class DelegationQuerySet(FollowsProject):
    """What investigators let members of their team do."""

    def in_force(self) -> DelegationQuerySet:
        """Those that count today: not ended nor over, given by who leads the project, to its team and its host."""
        member = apps.get_model("projects", "Participant").objects.filter(
            person=OuterRef("person"), proposal=OuterRef("project__proposal"), state=ParticipantState.CONFIRMED
        )
        colleague = apps.get_model("directory", "Membership").objects.filter(
            person=OuterRef("person"), organisation=OuterRef("project__organisation"), state=MembershipState.ACTIVE
        )
        led = self.filter(project__investigator=F("given_by__person"), ended_at=None)
        counting = led.filter(last_day__gte=timezone.localdate()).exclude(project__former=F("person"))
        return counting.filter(Exists(member) | Exists(colleague))


class FollowsContract(ProjectQuerySet):
    """The versions of a contract's text."""

    proposal_path = "contract__project__proposal__"


class FollowsAcceptance(ProjectQuerySet):
    """Appeals against the outcome of an acceptance."""

    proposal_path = "acceptance__project__proposal__"


class FollowsAdjustment(ProjectQuerySet):
    """The lines of a change of a budget."""

    proposal_path = "adjustment__project__proposal__"


class AdjustmentPolicyQuerySet(QuerySet[Any]):
    """What organisations rule for their budgets."""

    def visible_to(self, user: Any) -> AdjustmentPolicyQuerySet:
        """The department sees all; administrators and people of an organisation see its own."""
        who = standing(user)
        return self.all() if who.has(*READERS) else self.filter(organisation_id__in=who.admin_of | who.member_of)


class StandingQuerySet(QuerySet[Any]):
    """Pilot status and credit grades of organisations."""

    def visible_to(self, user: Any) -> StandingQuerySet:
        """The department sees all; administrators and people of an organisation what it was given."""
        who = standing(user)
        if who.has(*READERS):
            return self.all()
        return self.filter(organisation_id__in=who.admin_of | who.member_of, state__in=GIVEN_STANDINGS)


class DepartmentQuerySet(QuerySet[Any]):
    """Records of the department's own work: funding lists, draft notices."""

    def visible_to(self, user: Any) -> DepartmentQuerySet:
        """Officers, decision makers, auditors and integrity officers; nobody else."""
        return self.all() if standing(user).has(*READERS) else self.none()


class NoticeQuerySet(DepartmentQuerySet):
    """Public notices: everybody's once they were published."""

    def public(self) -> NoticeQuerySet:
        """The notices that anybody may read."""
        return self.filter(state__in=PUBLIC_NOTICE_STATES)


class RecommendationQuerySet(QuerySet[Any]):
    """Letters of recommendation."""

    def visible_to(self, user: Any) -> RecommendationQuerySet:
        """The officers of the authority that wrote them, and the department."""
        who = standing(user)
        return self.all() if who.has(*READERS) else self.filter(authority_id__in=who.recommends_for)


class ObjectionQuerySet(QuerySet[Any]):
    """Objections: the identity in them is protected."""

    def visible_to(self, user: Any) -> ObjectionQuerySet:
        """Integrity officers and auditors only."""
        return self.all() if standing(user).has(Role.INTEGRITY_OFFICER, Role.AUDITOR) else self.none()


class OwnQuerySet(QuerySet[Any]):
    """What people keep for themselves alone."""

    def visible_to(self, user: Any) -> OwnQuerySet:
        """The owner's own."""
        return self.filter(owner=user) if getattr(user, "is_authenticated", False) else self.none()
