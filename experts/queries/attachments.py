"""The attachments of a dossier, and who opens them.

An attachment is the original where the review is open. Where the giver asked for it (`"copy": true`) experts get
a copy that does not say who made it, and nobody gets the original through the dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from experts.conflicts import conflicts_of
from experts.models import Assignment, Dossier
from experts.queries.naming import held_back
from experts.queries.panel_access import open_to_panel
from experts.queries.reading import READABLE
from workflows.enums import FileState
from workflows.models import StoredFile


@dataclass(frozen=True)
class Attachment:
    """One attachment: its name, and the uid to open; without a uid it is being copied, or could not be.

    `held`: names were found in it, and no officer left them.
    """

    name: str
    uid: UUID | str | None
    failed: bool = False
    held: bool = False


def copied(dossier: Dossier) -> list[dict[str, Any]]:
    """The attachments of which experts get a copy, as the dossier names them."""
    return [one for one in dossier.content.get("files", ()) if one.get("copy")]


def attachments(dossier: Dossier) -> list[Attachment]:
    """Everything attached, in order: two queries where there are copies."""
    if not copied(dossier):
        return [Attachment(one["name"], one["uid"]) for one in dossier.content.get("files", ())]
    copies, held = {one.purpose: one for one in copies_of(dossier)}, held_back(dossier)
    return [_shown(one, copies, held) for one in dossier.content.get("files", ())]


def copies_of(dossier: Dossier) -> QuerySet[StoredFile]:
    """The copies written for `dossier`; the purpose of each is the uid of its original."""
    return StoredFile.objects.filter(subject_type=Dossier._meta.label_lower, subject_id=dossier.pk)


def _shown(one: dict[str, Any], copies: dict[str, StoredFile], held: set[str]) -> Attachment:
    if not one.get("copy"):
        return Attachment(one["name"], one["uid"])
    copy = copies.get(str(one["uid"]))
    if copy is None or copy.state != FileState.CLEAN:
        return Attachment(one["name"], None, failed=copy is not None, held=str(one["uid"]) in held)
    return Attachment(one["name"], copy.uid)


def reads_copies(user: Any, dossier: Dossier) -> bool:
    """Whether `user` may open the copies kept for `dossier`.

    The department, its experts while they may read, the members of a panel while it meets about it.
    """
    same = Dossier.objects.filter(pk=dossier.pk)
    if Dossier.objects.visible_to(user).filter(pk=dossier.pk).exists() or any(open_to_panel(user, same)):
        return True
    seats = Assignment.objects.own(user).filter(state__in=READABLE, dossier=dossier)
    return any(not conflicts_of(one) for one in seats.select_related("dossier", "round", "expert__person"))
