"""Files of a proposal: taken in through the gate, taken out again while it is written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from projects.actions.section import lock_for_writing
from projects.definitions.form import FormField
from projects.definitions.plan import Plan
from projects.models import Proposal
from projects.queries.quota import bytes_of_organisation, bytes_of_proposal
from workflows.actions.file_texts import want_text
from workflows.actions.files import receive_file, remove_file
from workflows.actions.unit import unit
from workflows.errors import Reason, Refused
from workflows.files import files_of
from workflows.models import StoredFile


def attach_file(*, proposal: Proposal, field: FormField, upload: UploadedFile[Any], by: Any) -> StoredFile:
    """Take `upload` in as a file of `field`; where only one is asked for, it replaces the one that was there.

    Raises NotAllowed, Refused (the field is full, the files of the proposal or of its organisation would take up
    too much, or what the gate says). The gate works outside of any transaction: what comes in while the proposal
    is being submitted stands in no version until the next one.
    """
    present = _present(proposal, field, by)
    replaced = present if field.most_files == 1 else []
    _refuse_above_quota(proposal, (upload.size or 0) - sum(one.size for one in replaced))
    stored = receive_file(subject=proposal, purpose=field.id, upload=upload, by=by, allowed=field.extensions)
    for one in replaced:
        remove_file(file=one, by=by)
    if Plan.model_validate(proposal.call.plan or {}).blind and not field.blind:
        with unit():
            want_text(file=stored)
    return stored


def detach_file(*, proposal: Proposal, stored: StoredFile, by: Any) -> None:
    """Take a file out of the draft. Versions submitted with it keep it."""
    with unit():
        locked = lock_for_writing(proposal, by)
        own = files_of(locked).filter(pk=stored.pk).first()
        if own is not None:
            remove_file(file=own, by=by)


def _present(proposal: Proposal, field: FormField, by: Any) -> list[StoredFile]:
    """The files of the field, when one more may come in."""
    with unit():
        locked = lock_for_writing(proposal, by)
        present = list(files_of(locked, field.id))
    if field.most_files > 1 and len(present) >= field.most_files:
        raise Refused(
            Reason(
                "full",
                _("“%(field)s” holds %(most)d files already.") % {"field": field.label, "most": field.most_files},
                _("Remove one first."),
            )
        )
    return present


def _refuse_above_quota(proposal: Proposal, more: int) -> None:
    """Raise Refused when `more` bytes would go beyond what a proposal or its organisation may take up."""
    own, all_of_host = bytes_of_proposal(proposal) + more, bytes_of_organisation(proposal.organisation_id) + more
    if more > 0 and 0 < settings.UPLOAD_PROPOSAL_BYTES < own:
        text = _("The files of this proposal would take up %(used)s; %(most)s are allowed.")
        raise Refused(_above("quota_proposal", text, own, settings.UPLOAD_PROPOSAL_BYTES))
    if more > 0 and 0 < settings.UPLOAD_ORGANISATION_BYTES < all_of_host:
        text = _("The files of all proposals of your organisation would take up %(used)s; %(most)s are allowed.")
        raise Refused(_above("quota_organisation", text, all_of_host, settings.UPLOAD_ORGANISATION_BYTES))


def _above(code: str, text: str, used: int, most: int) -> Reason:
    sizes = {"used": filesizeformat(used), "most": filesizeformat(most)}
    return Reason(code, text % sizes, _("Make the file smaller, or remove others first."))
