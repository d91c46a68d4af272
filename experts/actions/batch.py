"""Declaring conflicts on the names of a batch, before any title is shown."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from experts.enums import AssignmentState, ConflictKind
from experts.models import Assignment, ConflictDeclaration, ExpertProfile, NameDeclaration, ReviewRound
from experts.queries.batch import batch_names, concerns
from experts.rules import is_owner
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused


def declare_on_names(
    *,
    review_round: ReviewRound,
    expert: ExpertProfile,
    people: Collection[int],
    organisations: Collection[int],
    by: Actor,
) -> NameDeclaration:
    """Say with whom of the batch there is a conflict of interest (primary keys in `directory`; nobody: none).

    Invitations to dossiers of these go back without their title ever being shown; the others open. Keys that the
    batch does not hold are dropped. Raises NotAllowed; Refused when it was declared before.
    """
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    known = batch_names(review_round)
    marked = sorted({pk for pk, _name in known.people} & set(people))
    units = sorted({pk for pk, _name in known.organisations} & set(organisations))
    with unit():
        made = _declaration(review_round, expert, marked, units)
        facts = {"expert": expert.pk, "people": marked, "organisations": units}
        journal.append(action="experts.round.names", subject=review_round, by=by, data=facts)
        rows = Assignment.objects.filter(round=review_round, expert=expert, state=AssignmentState.INVITED)
        for seat in rows.select_related("dossier", "round", "expert__person"):
            _answer(seat, recused=concerns(seat.dossier, marked, units), by=by)
    return made


def _declaration(
    review_round: ReviewRound, expert: ExpertProfile, people: list[int], organisations: list[int]
) -> NameDeclaration:
    given = {"people": people, "organisations": organisations}
    try:
        with transaction.atomic():
            made: NameDeclaration = NameDeclaration.objects.create(round=review_round, expert=expert, **given)
    except IntegrityError as error:
        text = _("You have looked through the names of this round already.")
        raise Refused(
            Reason("declared_on_names", text, _("Declare what comes up later beside the dossier."))
        ) from error
    return made


def _answer(seat: Assignment, *, recused: bool, by: Actor) -> None:
    if not recused:
        Assignment.objects.filter(pk=seat.pk).update(title_open=True)
        return
    kind = ConflictKind.OTHER
    with perform(seat, "recuse", by=by, data={"kind": kind, "on_names": True}) as row:
        row.declaration = ConflictDeclaration.objects.create(assignment=row, kind=kind, note="")
