"""The rule editor of the green channel: its versions, drafts, what they would have decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import OFFICER, PROGRAMME_OFFICER, READER
from projects import rules as who
from projects.actions.channel_preview import ask_preview
from projects.actions.channel_rules import draft_rules, edit_rules
from projects.channel.rules import ChannelRules, channel_rule_versions
from projects.channel.words import (
    differences,
    labels,
    rule_name,
    said_of_clock,
    said_of_standing_rule,
    said_of_tiers,
    standing_name,
)
from projects.enums import AdjustmentRoute, ChannelVersionState
from projects.forms.channel import RulesForms
from projects.models import ChannelPreview, ChannelVersion
from projects.queries.channel_readiness import gaps, preview_of
from projects.queries.channel_versions import NO_DAY, listed, rows_from, rows_of, rules_called
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 50
OPEN = (ChannelVersionState.DRAFT, ChannelVersionState.PROPOSED)
Context = dict[str, Any]


def _version(request: HttpRequest, uid: UUID) -> ChannelVersion:
    rows = ChannelVersion.objects.visible_to(request.user).select_related("drafted_by__person", "approved_by__person")
    found: ChannelVersion = get_object_or_404(rows, uid=uid)
    return found


@guarded(READER)
def rules(request: HttpRequest) -> HttpResponse:
    """All versions: those in force since when, those to come, drafts."""
    rows = ChannelVersion.objects.visible_to(request.user).select_related("drafted_by__person")
    context = {
        "versions": listed(list(rows.order_by("-pk")[:PAGE])),
        "no_day": NO_DAY,
        "may_draft": who.is_officer(None, request.user),
    }
    return render(request, "projects/channel/list.html", context)


@guarded(READER)
def delivered(request: HttpRequest, name: str) -> HttpResponse:
    """A version that was delivered with the program."""
    found = channel_rule_versions().rows.get(name)
    if found is None:
        raise Http404
    context = {"may_draft": who.is_officer(None, request.user), "name": name, **_shown(found)}
    return render(request, "projects/channel/delivered.html", context)


def _shown(rows: ChannelRules) -> Context:
    return {
        "rows": rows,
        "rules": [(rule_name(rule), rule) for rule in rows.rules],
        "standings": [(standing_name(row), said_of_standing_rule(row)) for row in rows.standings],
        "clocks": [(clock.route.label, said_of_clock(clock)) for clock in rows.clocks],
        "tiers": said_of_tiers(rows.tiers),
    }


@guarded(PROGRAMME_OFFICER, "POST")
def draft(request: HttpRequest, name: str) -> HttpResponse:
    """A new draft with the rows of a version."""
    try:
        made = draft_rules(name=name, by=asker(request))
    except KeyError as missing:
        raise Http404 from missing
    messages.success(request, _("This is a draft. Change the rows, then look at what they would have decided."))
    return redirect(made)


@guarded(READER)
def version(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One version: its rows, what it changes, what it still lacks, what its preview found."""
    found = _version(request, uid)
    rows = rows_of(found)
    is_open = found.state in OPEN
    officer = who.is_officer(found, request.user)
    context = {
        "record": found,
        "version": found,
        "based_on": dt.date.fromisoformat(found.based_on),
        "differences": differences(rules_called(found.based_on), rows),
        "gaps": gaps(found) if is_open else [],
        "preview": preview_of(found),
        "may_edit": officer and found.state == ChannelVersionState.DRAFT,
        "may_preview": is_open and who.is_department(found, request.user),
        "may_draft": officer and found.state in (ChannelVersionState.APPROVED, ChannelVersionState.IN_FORCE),
        **_shown(rows),
    }
    return render(request, "projects/channel/version.html", context)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the rows of a draft; what is refused keeps what was typed (409)."""
    found = _version(request, uid)
    facts = {name: getattr(found, name) for name in ("valid_from", "document", "reason")}
    data = request.POST if request.method == "POST" else None
    forms = RulesForms(rows_of(found), facts, data)
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and forms.is_valid():
        try:
            edit_rules(version=found, written=forms.written(), expected_version=_seen(request), by=asker(request))
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Saved. Nothing is in force before a second person has approved it."))
            return redirect(_next(request, found))
    shown = request.POST.get("version", found.version)
    context = {"version": found, "forms": forms, "reasons": reasons, "shown": shown}
    context["routes"] = AdjustmentRoute.choices
    return render(request, "projects/channel/edit.html", context, status=409 if reasons else 200)


def _seen(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < len("1000000000") else -1


def _next(request: HttpRequest, found: ChannelVersion) -> Any:
    """The form again for more rows, else the page of the version."""
    return f"{found.get_absolute_url()}edit/" if "more" in request.POST else found


@guarded(OFFICER, "POST")
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Replay what was decided under the rows as they are written."""
    found = _version(request, uid)
    if found.state not in OPEN:
        raise Http404
    return redirect(ask_preview(version=found, by=asker(request)))


@guarded(READER)
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a preview is, then what it found: ways then and now, and the cases that change."""
    rows = ChannelPreview.objects.visible_to(request.user).select_related("version", "asked_by__person")
    found: ChannelPreview = get_object_or_404(rows, uid=uid)
    cases = found.cases.select_related("adjustment__project__organisation").order_by("pk")
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    names = labels(rows_from(found.content))
    counted = [(names.get(code, code), then, now) for code, (then, now) in found.rows.items()]
    current = preview_of(found.version)
    context = {
        "preview": found,
        "page": page,
        "counted": sorted(counted, key=lambda one: -max(one[1], one[2])),
        "table": list(found.table()),
        "is_current": current is not None and current.sha256 == found.sha256,
    }
    return render(request, "projects/channel/preview.html", context)
