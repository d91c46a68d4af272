"""Who sees what: one `visible_to` per model, used by lists, pages, search, counts and exports alike."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from directory.enums import Role
from directory.queries.standing import standing
from experts.enums import DONE_ASSIGNMENTS, AssignmentState, Switch
from experts.opening import dossiers_open_to, rounds_closed_to_department

READERS = (Role.PROGRAMME_OFFICER, Role.DECISION_MAKER, Role.AUDITOR)
# An expert learns of an assignment with the invitation; what was drawn and never sent stays unknown.
UNSEEN = (AssignmentState.DRAWN,)


class FollowsExpert(QuerySet[Any]):
    """Records as visible as the expert they belong to; `person_path` says how to reach the person."""

    person_path = "expert__person_id"

    def visible_to(self, user: Any) -> Any:
        """The department; the expert's own."""
        who = standing(user)
        if who.has(*READERS):
            return self.all()
        return self.none() if who.person_id is None else self.filter(**{self.person_path: who.person_id})


class ExpertQuerySet(FollowsExpert):
    """Profiles of the pool."""

    person_path = "person_id"

    def recommended_to(self, user: Any) -> Any:
        """Those whom an organisation recommended that the user administers: its list of recommendations alone."""
        return self.filter(recommended_by__in=standing(user).admin_of)


class PoolListQuerySet(QuerySet[Any]):
    """Lists of experts that officers handed in."""

    def visible_to(self, user: Any) -> Any:
        """Programme officers, who work with the pool together."""
        return self.all() if standing(user).has(Role.PROGRAMME_OFFICER) else self.none()


class RoundQuerySet(QuerySet[Any]):
    """Review rounds."""

    def visible_to(self, user: Any) -> Any:
        """The department alone; experts meet a round through their assignments."""
        return self.all() if standing(user).has(*READERS) else self.none()


class DossierQuerySet(QuerySet[Any]):
    """Dossiers with the names kept away: the department's."""

    def visible_to(self, user: Any) -> Any:
        """The department alone; experts read a dossier's content through their assignment."""
        return self.all() if standing(user).has(*READERS) else self.none()


class FollowsDossier(QuerySet[Any]):
    """Records about a dossier: the department's."""

    def visible_to(self, user: Any) -> Any:
        """The department alone."""
        return self.all() if standing(user).has(*READERS) else self.none()


class DepartmentQuerySet(QuerySet[Any]):
    """Draws, their rules, what was changed by hand, rankings: the department's."""

    def visible_to(self, user: Any) -> Any:
        """The department alone."""
        return self.all() if standing(user).has(*READERS) else self.none()


class AssignmentQuerySet(QuerySet[Any]):
    """Assignments."""

    def visible_to(self, user: Any) -> Any:
        """The department; the expert's own from the invitation on."""
        return self.all() if standing(user).has(*READERS) else self.own(user)

    def own(self, user: Any) -> Any:
        """The asker's own assignments as an expert, whatever other roles there are."""
        return self.filter(own_assignments(user))


class FollowsAssignment(QuerySet[Any]):
    """Records as visible as their assignment."""

    def visible_to(self, user: Any) -> Any:
        """The department; the expert's own."""
        return self.all() if standing(user).has(*READERS) else self.filter(own_assignments(user, "assignment__"))


class PhasedQuerySet(QuerySet[Any]):
    """What experts wrote about a dossier: as visible as the present phase of its round makes it.

    switches -- those that must all be on for whom the row is not the own; `closes_own`: whether they count for the
    own rows of an expert too; `shown`: which rows others may see at all
    """

    switches: tuple[Switch, ...] = ()
    closes_own = False
    shown = Q()

    def visible_to(self, user: Any) -> Any:
        """The department as far as the phases open it; experts their own, and that of others at the same dossier."""
        own = Q(pk__in=[]) if self.closes_own else own_assignments(user, "assignment__")
        if standing(user).has(*READERS):
            closed = rounds_closed_to_department(*self.switches)
            return self.filter(own | ~Q(assignment__round__in=closed))
        opened = dossiers_open_to(user, *self.switches)
        return self.filter(own | Q(self.shown, assignment__dossier__in=opened))


class SheetQuerySet(PhasedQuerySet):
    """Score sheets: scores and opinions together. Whoever may see one of the two asks `experts.queries.others`."""

    switches = (Switch.SCORES, Switch.OPINIONS)
    shown = Q(assignment__state__in=DONE_ASSIGNMENTS)


class EarlierSheetQuerySet(SheetQuerySet):
    """What sheets said before they were changed: the expert's own and, by the phases, the department's."""

    shown = Q(pk__in=[])


class RemarkQuerySet(PhasedQuerySet):
    """The discussion of a dossier."""

    switches = (Switch.DISCUSSION,)
    closes_own = True


class FollowsMeeting(QuerySet[Any]):
    """Panel meetings, or what belongs to one (reached over `prefix`): the department's and the members'."""

    prefix = "meeting__"

    def visible_to(self, user: Any) -> Any:
        """The department; the members of the panel."""
        return self.all() if standing(user).has(*READERS) else self.attended_by(user)

    def attended_by(self, user: Any) -> Any:
        """Those of the meetings in which the user is a member of the panel, whatever other roles there are."""
        person = standing(user).person_id
        if person is None:
            return self.none()
        members = apps.get_model("experts", "MeetingMember")._default_manager.filter(expert__person=person)
        return self.filter(**{f"{self.prefix}pk__in": members.values("meeting_id")})


class MeetingQuerySet(FollowsMeeting):
    """Panel meetings."""

    prefix = ""


class FollowsMeetingItem(FollowsMeeting):
    """What belongs to one item of a panel meeting."""

    prefix = "item__meeting__"


def own_assignments(user: Any, prefix: str = "") -> Q:
    """The condition under which assignments (reached over `prefix`) are the user's own and were sent."""
    person = standing(user).person_id
    if person is None:
        return Q(pk__in=[])
    sent = {f"{prefix}invited_at__isnull": False}
    return Q(**{f"{prefix}expert__person_id": person}, **sent) & ~Q(**{f"{prefix}state__in": UNSEEN})
