"""Documents of a call: what applicants read and the templates they fill in, put there while the call is a draft."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from projects import rules as who
from projects.enums import CallState, DocumentKind
from projects.models import Call
from workflows.actions.files import receive_file, remove_file
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused
from workflows.files import files_of
from workflows.models import StoredFile

MOST = 20
"""How many documents a call holds at most."""


def add_document(*, call: Call, kind: DocumentKind, upload: File[Any], by: Actor) -> StoredFile:
    """Take `upload` in through the gate as a document of `kind`.

    Raises NotAllowed for others than officers, Refused when the call is no draft, when it holds `MOST` documents,
    when one of this name stands there already, or with what the gate says. What arrives while the call goes to
    approval is taken out again.
    """
    with unit():
        _admit_one_more(_locked_draft(call, by), upload)
    stored = receive_file(subject=call, purpose=kind.value, upload=upload, by=by)
    try:
        with unit():
            _locked_draft(call, by)
    except Refused:
        remove_file(file=stored, by=by)
        raise
    return stored


def remove_document(*, call: Call, stored: StoredFile, by: Actor) -> None:
    """Take a document out of a draft; nothing when it is not (or no more) the call's. Raises as `add_document`."""
    with unit():
        own = files_of(_locked_draft(call, by)).filter(pk=stored.pk).first()
        if own is not None:
            remove_file(file=own, by=by)


def _locked_draft(call: Call, by: Actor) -> Call:
    if not who.is_officer(call, by):
        raise NotAllowed(Reason("not_allowed", _("Only programme officers edit calls.")))
    row: Call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if row.state != CallState.DRAFT:
        raise Refused(
            Reason(
                "not_draft",
                _("Only drafts can be edited; this call is “%(state)s”.") % {"state": CallState(row.state).label},
                _("Clone it, or have it returned for correction."),
            )
        )
    return row


def _admit_one_more(call: Call, upload: File[Any]) -> None:
    present = files_of(call)
    if present.count() >= MOST:
        raise Refused(
            Reason("full", _("The call holds %(most)d documents already.") % {"most": MOST}, _("Remove one first."))
        )
    if present.filter(name=upload.name).exists():
        raise Refused(
            Reason(
                "same_name",
                _("A document of this name stands there already."),
                _("Remove it first, or give the new one another name."),
            )
        )
