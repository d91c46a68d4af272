"""Kinds that somebody in the pool added: an officer confirms them before anybody is drawn by them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from experts import notices
from experts.enums import IN_THE_POOL, ExpertKind
from experts.models import ExpertProfile
from experts.rules import is_other_officer
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale


def after_edit(row: ExpertProfile, given: Sequence[str]) -> tuple[list[str], list[str]]:
    """The kinds that count and those that wait, once the expert named `given`.

    Who is in the pool gives up a kind at once and waits for a new one; with none left the present ones stay. Before the
    admission the officer sees all of them anyway.
    """
    if row.state not in IN_THE_POOL:
        return list(given), []
    kept = [kind for kind in row.kinds if kind in given]
    return kept or list(row.kinds), [kind for kind in given if kind not in row.kinds]


def decide_kinds(
    *, expert: ExpertProfile, confirm: bool, seen: Sequence[str], by: Actor, note: str = ""
) -> ExpertProfile:
    """Let the kinds that wait count, or not; the expert is told.

    seen -- the kinds that the officer looked at. Raises NotAllowed, for the own profile too; Stale for other kinds;
    Refused when none wait, and for a refusal without a reason.
    """
    if not is_other_officer(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if not confirm and not note.strip():
        raise Refused(Reason("field:note", _("The reason is missing."), _("Say why.")))
    with unit():
        row: ExpertProfile = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
        asked = list(row.kinds_asked)
        _check(row, asked, seen)
        if confirm:
            row.kinds = [kind for kind in ExpertKind.values if kind in {*row.kinds, *asked}]
        row.kinds_asked = []
        row.save(update_fields=["kinds", "kinds_asked"])
        data = {"kinds": asked, "confirmed": confirm, "note": digest(note.strip())}
        entry = journal.append(action="experts.pool.kinds", subject=row, by=by, data=data)
        notices.kinds_decided(row, f"kinds:{entry.pk}", note.strip(), confirmed=confirm)
    return row


def _check(row: ExpertProfile, asked: list[str], seen: Sequence[str]) -> None:
    if not asked or row.state not in IN_THE_POOL:
        raise Refused(Reason("no_kinds", _("No kinds wait for an officer.")))
    if asked != list(seen):
        raise Stale(Reason("stale", _("The expert named other kinds since; look at them first.")))
