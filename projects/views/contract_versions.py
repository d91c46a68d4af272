"""The versions of a contract's text: two of them side by side, any of them as a PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from projects.exports.contract_pdf import contract_pdf
from projects.models import Contract, ContractVersion
from projects.queries.contract_versions import compare_texts
from workflows.policies import SIGNED_IN, guarded


@guarded(SIGNED_IN)
def versions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two versions side by side, the last two unless others are asked for; 404 for a contract not one's own."""
    found = get_object_or_404(Contract.objects.visible_to(request.user).select_related("project"), uid=uid)
    rows = list(found.versions.order_by("number"))
    old, new = _chosen(rows, request.GET.get("old", ""), -2), _chosen(rows, request.GET.get("new", ""), -1)
    sections = compare_texts(old, new) if old and new else []
    context = {"contract": found, "versions": rows, "old": old, "new": new, "sections": sections}
    return render(request, "projects/contract/versions.html", context)


def _chosen(rows: list[ContractVersion], number: str, otherwise: int) -> ContractVersion | None:
    """The version of that number; another or none when there is no such version."""
    by_number = {str(one.number): one for one in rows}
    return by_number.get(number) or (rows[max(otherwise, -len(rows))] if rows else None)


@guarded(SIGNED_IN)
def pdf(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One version as a PDF, with its number, its digest and who has signed it."""
    rows = ContractVersion.objects.visible_to(request.user).select_related(
        "contract__project__organisation__authority", "contract__project__investigator"
    )
    found = get_object_or_404(rows, contract__uid=uid, number=number)
    answer = HttpResponse(contract_pdf(found), content_type="application/pdf")
    name = f"{found.contract.project.number}-v{found.number}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
