"""What uploads take up, in bytes: of one proposal, of all proposals of an organisation."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from projects.models import Proposal
from workflows.models import StoredFile


def bytes_of_proposal(proposal: Proposal) -> int:
    """The files that stand in the proposal; what was removed does not count."""
    return _sum(_files().filter(subject_id=proposal.pk))


def bytes_of_organisation(organisation_id: int) -> int:
    """The files that stand in the proposals of the organisation."""
    proposals = Proposal.objects.filter(organisation_id=organisation_id)
    return _sum(_files().filter(subject_id__in=proposals.values("pk")))


def _files() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(subject_type=Proposal._meta.label_lower, removed_at=None)


def _sum(files: QuerySet[StoredFile]) -> int:
    return files.aggregate(total=Sum("size"))["total"] or 0
