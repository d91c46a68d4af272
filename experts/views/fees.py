"""Fees: the sheet of a round, its lines and steps, the standards, the expert's account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import EXPERT, PROGRAMME_OFFICER, READER
from directory.queries.standing import standing
from experts.actions import fees as actions
from experts.enums import FeeState
from experts.exports_fees import fee_workbook
from experts.fees import day_rate
from experts.forms.fees import AccountForm, FeeLineForm, StandardForm
from experts.models import ExpertProfile, FeeLine, FeeSheet, FeeStandard, PayeeAccount
from experts.queries.fees import standard_now, whole
from experts.rules import is_officer
from experts.views.officer import seen, take_step
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS: dict[str, Any] = {"confirm": actions.confirm_fee_sheet, "reopen": actions.reopen_fee_sheet}


def _sheet(request: HttpRequest, uid: UUID) -> FeeSheet:
    rows = FeeSheet.objects.visible_to(request.user).select_related("round", "standard", "made_by", "confirmed_by")
    found: FeeSheet = get_object_or_404(rows, round__uid=uid)
    return found


def _lines(sheet: FeeSheet) -> list[FeeLine]:
    return list(sheet.lines.select_related("expert__person", "expert__account"))


@guarded(READER)
def round_fees(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The fee sheet of a round, on paper too; or the button that makes it."""
    found = seen(request, uid)
    rows = FeeSheet.objects.visible_to(request.user).select_related("standard", "made_by", "confirmed_by")
    sheet = rows.filter(round=found).first()
    context: dict[str, Any] = {"round": found, "sheet": sheet, "may_edit": is_officer(found, request.user)}
    if sheet is None:
        return render(request, "experts/fees_none.html", {**context, "standard": standard_now()})
    lines = _lines(sheet)
    context |= {
        "record": sheet,
        "rows": [(line, day_rate(sheet.standard, line.grade)) for line in lines],
        "whole": whole(sheet),
        "may_edit": context["may_edit"] and sheet.state == FeeState.DRAFT,
    }
    return render(request, "experts/fees.html", context)


@guarded(PROGRAMME_OFFICER, "POST")
def round_fees_make(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make the sheet."""
    actions.make_fee_sheet(review_round=seen(request, uid), by=asker(request))
    return redirect("round_fees", uid=uid)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def fee_line(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Grade and days of one expert."""
    sheet = _sheet(request, uid)
    line = get_object_or_404(sheet.lines.select_related("expert__person"), pk=pk)
    initial = {"grade": line.grade, "days": line.days, "half_days": line.half_days, "note": line.note}
    form = FeeLineForm(request.POST or None, initial=initial)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_fee_line(line=line, by=asker(request), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Saved."))
            return redirect("round_fees", uid=uid)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": line.expert.person.name,
        "cancel_url": reverse("round_fees", args=[uid]),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def fee_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Confirm one step of a fee sheet and take it."""
    back = reverse("round_fees", args=[uid])
    return take_step(request, _sheet(request, uid), name, steps=STEPS, subject="fee_sheet", back=back)


@guarded(READER)
def round_fees_xlsx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet as a spreadsheet; accounts masked."""
    sheet = _sheet(request, uid)
    response = HttpResponse(fee_workbook(sheet, _lines(sheet)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="fees-{sheet.round_id}.xlsx"'
    return response


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def fee_standards(request: HttpRequest) -> HttpResponse:
    """The standards with their documents; a new one follows them from its day on."""
    form = StandardForm(request.POST or None)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_standard(values=form.cleaned_data, by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Saved."))
            return redirect("fee_standards")
    rows = FeeStandard.objects.visible_to(request.user)
    context = {"form": form, "reasons": reasons, "rows": rows, "now": standard_now()}
    return render(request, "experts/fee_standards.html", context, status=409 if reasons else 200)


@guarded(EXPERT, "GET", "POST")
def own_fees(request: HttpRequest) -> HttpResponse:
    """The expert's own fees of confirmed sheets, and where they are paid."""
    rows = ExpertProfile.objects.filter(person=standing(request.user).person_id)
    profile = get_object_or_404(rows)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_account(expert=profile, by=asker(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("own_fees")
    lines = FeeLine.objects.filter(expert=profile, sheet__state=FeeState.CONFIRMED).select_related("sheet__round")
    account = PayeeAccount.objects.filter(expert=profile).first()
    return render(request, "experts/own_fees.html", {"form": form, "lines": lines, "account": account})
