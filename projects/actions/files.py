"""Files of a proposal: taken in through the gate, taken out again while it is written."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.actions.section import lock_for_writing
from projects.definitions.form import FormField
from projects.models import Proposal
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import Reason, Refused
from workflows.models import StoredFile


def attach_file(*, proposal: Proposal, field: FormField, upload: UploadedFile[Any], by: Any) -> StoredFile:
    """Take `upload` in as a file of `field`. Raises NotAllowed, Refused (full, or what the gate says)."""
    with unit():
        lock_for_writing(proposal, by)
        raise Refused(Reason("no_gate", _("Files cannot be received yet."), _("Try again later.")))


def detach_file(*, proposal: Proposal, stored: StoredFile, by: Any) -> None:
    """Take a file out of the draft. Versions submitted with it keep it."""
    with unit():
        lock_for_writing(proposal, by)
        row = StoredFile.objects.select_for_update().get(
            pk=stored.pk, subject_type=proposal._meta.label_lower, subject_id=proposal.pk
        )
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        journal.append(
            action="projects.proposal.detach", subject=proposal, by=by, data={"file": row.pk, "sha256": row.sha256}
        )
