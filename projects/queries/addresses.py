"""The pages of records, for messages, inboxes and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from projects.models import Contract, FundingList, Objection, Project, Proposal


def proposal_url(proposal: Proposal) -> str:
    """The record page of a proposal."""
    return reverse("proposal", args=[proposal.uid])


def funding_list_url(funding_list: FundingList) -> str:
    """The page of a funding list."""
    return reverse("funding-list", args=[funding_list.uid])


def objection_url(objection: Objection) -> str:
    """The page of an objection, for integrity officers."""
    return reverse("objection", args=[objection.uid])


def contract_url(contract: Contract) -> str:
    """The page of a contract."""
    return reverse("contract", args=[contract.uid])


def project_url(project: Project) -> str:
    """The page of a project."""
    return reverse("project", args=[project.uid])
