"""Score sheets filled in without a network: taken along as a workbook, read back with a preview, then confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.policies import EXPERT
from experts.actions.offline import Taken, check_workbook, take_over
from experts.enums import WRITING_ASSIGNMENTS
from experts.forms.offline import WorkbookForm
from experts.offline.preview import Line, preview
from experts.offline.reading import filled_rows
from experts.offline.workbook import workbook
from experts.queries.desk import own_reviews
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How long a preview may be confirmed, in seconds.
PREVIEW_SECONDS = 3600


@guarded(EXPERT)
def sheets_xlsx(request: HttpRequest) -> HttpResponse:
    """The workbook with all own dossiers that are open for scoring."""
    seats = own_reviews(request.user).filter(state__in=WRITING_ASSIGNMENTS)
    response = HttpResponse(workbook(seats), content_type=XLSX)
    name = f"reviews-{timezone.localdate():%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@guarded(EXPERT, "GET", "POST")
def sheets_offline(request: HttpRequest) -> HttpResponse:
    """Upload a filled-in workbook and look at what it would change."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "experts/offline.html", context, status=422 if request.method == "POST" else 200)
    data = form.cleaned_data["workbook"].read()
    try:
        check_workbook(data=data)
        lines = preview(filled_rows(data), request.user)
    except Refused as refused:
        return render(request, "experts/offline.html", {**context, "reasons": refused.reasons}, status=422)
    payload = _sealed(lines, asker(request).pk)
    writes = sum(line.writes and not line.conflict for line in lines)
    told = {"lines": lines, "payload": payload, "writes": writes, "any": any(line.writes for line in lines)}
    return render(request, "experts/offline.html", {**context, **told})


@guarded(EXPERT, "POST")
def sheets_confirm(request: HttpRequest) -> HttpResponse:
    """Write what the preview showed; rows in conflict only where they were ticked."""
    user = asker(request)
    try:
        rows = signing.loads(request.POST.get("payload", ""), salt=_salt(user.pk), max_age=PREVIEW_SECONDS)
    except signing.BadSignature:
        mend = _("Upload the workbook again.")
        reasons = [Reason("preview_old", _("This preview is no longer good."), mend)]
        context = {"form": WorkbookForm(), "reasons": reasons}
        return render(request, "experts/offline.html", context, status=409)
    ticked = set(request.POST.getlist("over"))
    wanted = [row for row in rows if not row["conflict"] or row["uid"] in ticked]
    seats = {str(one.uid): one for one in own_reviews(user).filter(uid__in=[UUID(row["uid"]) for row in wanted])}
    taken = [
        take_over(assignment=seats[row["uid"]], typed=row["typed"], expected_version=row["version"], by=user)
        for row in wanted
        if row["uid"] in seats
    ]
    return _told(request, taken)


def _told(request: HttpRequest, taken: list[Taken]) -> HttpResponse:
    if not taken:
        return redirect("sheets_offline")
    saved = sum(not one.reasons for one in taken)
    context = {"form": WorkbookForm(), "taken": taken, "saved": saved}
    return render(request, "experts/offline.html", context, status=200 if saved == len(taken) else 409)


def _sealed(lines: list[Line], owner: int) -> str:
    rows = [
        {"uid": str(line.uid), "version": line.version, "conflict": line.conflict, "typed": line.typed}
        for line in lines
        if line.writes
    ]
    return signing.dumps(rows, salt=_salt(owner), compress=True)


def _salt(owner: int) -> str:
    return f"experts.offline:{owner}"
