"""Changes of projects and supplementary contracts that wait for somebody: the sources of the inbox."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.queries.standing import Standing, standing
from projects.enums import OPEN_CHANGES, SupplementState
from projects.models import ProjectChange, Supplement
from projects.queries.change_words import heading
from projects.queries.deciding_changes import KIND
from projects.queries.signatures import INVESTIGATOR
from workflows.inbox import Row, Source, Waiting
from workflows.models import RouteStep
from workflows.routes import open_steps


def to_decide(user: Any) -> QuerySet[ProjectChange]:
    """The changes that `user` can decide on now: not what they asked for, not of a project that they lead."""
    who = standing(user)
    steps = open_steps(KIND).filter(_places(who))
    rows = ProjectChange.objects.filter(state__in=OPEN_CHANGES, pk__in=steps.values("route__subject_id"))
    return rows.exclude(project__investigator=who.person_id).exclude(asked_by=user.pk)


def to_sign(user: Any) -> QuerySet[Supplement]:
    """The supplementary contracts whose next place of signature is one's own; `turn_due` is by when one signs."""
    who = standing(user)
    mine = Q(role=INVESTIGATOR, scope=str(who.person_id or 0)) | _places(who)
    steps = open_steps(Supplement.signing).filter(mine)
    due = RouteStep.objects.filter(pk__in=steps.values("pk"), route__subject_id=OuterRef("pk")).values("due_at")[:1]
    rows = Supplement.objects.filter(state=SupplementState.SIGNING, pk__in=steps.values("route__subject_id"))
    found: QuerySet[Supplement] = rows.annotate(turn_due=Subquery(due))
    return found


def _places(who: Standing) -> Q:
    found = Q(role=Role.ORGANISATION_ADMIN, scope__in=[str(pk) for pk in who.admin_of])
    found |= Q(role=Role.RECOMMENDING_OFFICER, scope__in=[str(pk) for pk in who.recommends_for])
    return found | Q(role=Role.DECISION_MAKER) if who.has(Role.DECISION_MAKER) else found


def _decides(user: Any) -> bool:
    who = standing(user)
    return bool(who.admin_of) or bool(who.recommends_for) or who.has(Role.DECISION_MAKER)


def _person(user: Any) -> bool:
    return standing(user).person_id is not None


def _decide(row: Row) -> Waiting:
    number, _mark, kind = row.about.partition(" ")
    why = _("%(what)s · approve or reject the change") % {"what": heading(int(number), kind)}
    return Waiting(row.title, why, reverse("change", args=[row.uid]), row.due, _("change of a project"))


def _sign(row: Row) -> Waiting:
    url = reverse("supplement", args=[row.uid])
    return Waiting(row.title, _("read and sign the supplementary contract"), url, row.due, _("signature"))


SOURCES = (
    Source(
        "projects.changes",
        _decides,
        to_decide,
        _decide,
        title="project__title",
        about=Concat(Cast("number", CharField()), Value(" "), "kind", output_field=CharField()),
        due="due_at",
    ),
    Source("projects.supplements", _person, to_sign, _sign, title="project__title", due="turn_due"),
)
