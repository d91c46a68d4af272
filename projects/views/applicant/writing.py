"""Writing: the task list of a proposal, its sections, saving, and who else is here."""

from __future__ import annotations

import re
import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects.actions.as_typed import keep_as_typed
from projects.actions.section import Opened, Saved, SectionStale, save_section, touch_presence
from projects.answers import PREFIX
from projects.definitions.form import FieldKind, Section
from projects.forms.answers import Shown, changed_rows, shown_fields, typed
from projects.queries.call_documents import documents_to_read
from projects.queries.content import content
from projects.queries.problems import by_section
from projects.slips import MEND, RIGHT, retyped
from projects.views.applicant.commands import run_command
from projects.views.applicant.desk import Desk, open_desk, writers_proposal
from workflows.errors import Reason, Refused
from workflows.policies import guarded

AUTOSAVE = "X-Autosave"
PAGE_BYTES = 16
LONGEST_PAGE = 2 * PAGE_BYTES
LONGEST_TURN = 6


@guarded(PERSON)
def overview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The task list: sections with their state, facts, problems, and the way to submitting."""
    desk = open_desk(request, uid)
    sections = by_section(desk.problems)
    context = {
        **desk.frame(),
        "general": sections.get("", []),
        "listed": listed_problems(desk),
        "documents": documents_to_read(desk.proposal.call),
    }
    return render(request, "projects/writing/overview.html", context)


@guarded(PERSON, "GET", "POST")
def section(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One section. Saving answers with the next page, with a fragment to an autosave, with 409 when outdated."""
    desk = open_desk(request, uid)
    part = desk.section(name)
    if request.method == "POST":
        return _save(request, desk, part)
    if desk.writable:
        touch_presence(proposal=desk.proposal, section=part.id, by=request.user)
    return _page(request, desk, part)


@guarded(PERSON, "POST")
def presence(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Note that the asker is here; answer with who else is, and the clock."""
    proposal = writers_proposal(request, uid)
    desk = Desk(proposal, content(proposal), [], request.user)
    part = desk.section(name)
    touch_presence(proposal=proposal, section=part.id, by=request.user)
    return render(request, "projects/writing/presence.html", desk.frame(part))


def _save(request: HttpRequest, desk: Desk, part: Section) -> HttpResponse:
    command = _command(request, part)
    data = changed_rows(part, typed(part, retyped(request.POST)), command)
    try:
        saved = save_section(
            proposal=desk.proposal,
            section=part.id,
            data=data,
            expected_version=_version(request),
            by=request.user,
            opened=_opened(request),
        )
        notes = run_command(desk, part, command, _uploads(request, part), by=request.user)
        for token in request.POST.getlist(RIGHT):
            keep_as_typed(proposal=desk.proposal, section=part.id, token=token, by=request.user)
    except SectionStale as stale:
        return _conflict(request, desk, part, data, stale)
    except Refused as refused:
        return _page(request, desk, part, data=data, refused=list(refused.reasons))
    if AUTOSAVE in request.headers:
        return _saved_fragment(request, part, saved, data)
    if saved.left_out or notes:
        return _page(request, open_desk(request, desk.proposal.uid), part, data=data, saved=saved, files=notes)
    return _next_page(request, desk, part, command)


def _command(request: HttpRequest, part: Section) -> str:
    """What the pressed button does besides saving. An answer to a question about an amount leads back to its field."""
    answer = request.POST.get(MEND) or request.POST.get(RIGHT) or ""
    if not answer:
        return request.POST.get("do", "save")
    place = re.split(r"[-/=]", answer.removeprefix(PREFIX))
    asked = next((one.id for one in part.fields if one.id == place[0]), "")
    return f"answer:{asked}" if asked else "answer"


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else -1


def _opened(request: HttpRequest) -> Opened:
    turn = request.POST.get("turn", "")
    readable = turn.isdecimal() and len(turn) <= LONGEST_TURN
    return Opened(request.POST.get("page", "")[:LONGEST_PAGE], int(turn) if readable else 0)


def _uploads(request: HttpRequest, part: Section) -> dict[str, list[UploadedFile[Any]]]:
    fields = [one for one in part.fields if one.kind is FieldKind.FILES]
    found = {one.id: request.FILES.getlist(f"f-{one.id}") for one in fields}
    return {name: files for name, files in found.items() if files}


def _page(
    request: HttpRequest,
    desk: Desk,
    part: Section,
    *,
    data: dict[str, Any] | None = None,
    saved: Saved | None = None,
    refused: list[Reason] | None = None,
    files: dict[str, list[Reason]] | None = None,
) -> HttpResponse:
    """The page of a section; `files` says beside its field why an upload was refused."""
    files = files or {}
    left_out = {**(saved.left_out if saved else {}), **{name: reasons[0] for name, reasons in files.items()}}
    has_files = any(one.kind is FieldKind.FILES for one in part.fields)
    reasons = [*(refused or ()), *(one for found in files.values() for one in found)]
    context = {
        **desk.frame(part),
        "fields": shown_fields(desk.found, part, desk.problems, typed_answers=data, left_out=left_out),
        "version": saved.answer.version if saved else desk.found.version(part),
        "opened": secrets.token_hex(PAGE_BYTES),
        "saved_at": desk.found.sections[part.id].saved_at if part.id in desk.found.sections else None,
        "has_files": has_files,
        "documents": documents_to_read(desk.proposal.call) if has_files else [],
        "reasons": reasons,
        "after": _after(desk, part),
        "before": _before(desk, part),
    }
    return render(request, "projects/writing/section.html", context, status=409 if reasons or left_out else 200)


def _saved_fragment(request: HttpRequest, part: Section, saved: Saved, data: dict[str, Any]) -> HttpResponse:
    """What changes on the page after an autosave: the time, the rail, the notes and sums of each field."""
    desk = open_desk(request, UUID(str(request.resolver_match.kwargs["uid"])))  # type: ignore[union-attr]
    fields: list[Shown] = shown_fields(desk.found, part, desk.problems, typed_answers=data, left_out=saved.left_out)
    context = {
        **desk.frame(part),
        "fields": fields,
        "version": saved.answer.version,
        "saved_at": saved.answer.saved_at,
        "fragment": True,
    }
    return render(request, "projects/writing/saved.html", context)


def _conflict(
    request: HttpRequest, desk: Desk, part: Section, data: dict[str, Any], stale: SectionStale
) -> HttpResponse:
    """Both versions, field by field, with the means to choose; nothing of either is lost."""
    stored = stale.stored
    mine = {one.field.id: one for one in shown_fields(desk.found, part, [], typed_answers=data)}
    theirs = {one.field.id: one for one in shown_fields(desk.found, part, [], typed_answers=stored.data)}
    differing = [
        (mine[name], theirs[name]) for name in data if data[name] != (stored.data.get(name) or _nothing(data[name]))
    ]
    context = {
        **desk.frame(part),
        "differing": differing,
        "same": [mine[name] for name in data if name not in {one.field.id for one, _other in differing}],
        "stored": stored,
        "version": stored.version,
        "reasons": stale.reasons,
    }
    template = "stale.html" if AUTOSAVE in request.headers else "conflict.html"
    return render(request, f"projects/writing/{template}", context, status=409)


def _nothing(like: Any) -> Any:
    return type(like)()


def _next_page(request: HttpRequest, desk: Desk, part: Section, command: str) -> HttpResponse:
    after = _after(desk, part)
    if command == "continue":
        if after is None:
            return redirect("proposal-write", uid=desk.proposal.uid)
        return redirect("proposal-section", uid=desk.proposal.uid, name=after.id)
    if command == "save":
        messages.success(request, _("Saved."))
    response = redirect("proposal-section", uid=desk.proposal.uid, name=part.id)
    anchor = command.split(":")[1] if ":" in command else ""
    if anchor:
        response["Location"] += f"#f-{anchor}"
    return response


def _after(desk: Desk, part: Section) -> Section | None:
    return _neighbour(desk, part, 1)


def _before(desk: Desk, part: Section) -> Section | None:
    return _neighbour(desk, part, -1)


def _neighbour(desk: Desk, part: Section, step: int) -> Section | None:
    sections = desk.found.form.sections
    place = sections.index(part) + step
    return sections[place] if 0 <= place < len(sections) else None


def listed_problems(desk: Desk) -> list[tuple[Section, list[Any]]]:
    """The problems section by section, with the label of their field."""
    found = by_section(desk.problems)
    return [
        (
            part,
            [
                (one, next((field.label for field in part.fields if field.id == one.field), ""))
                for one in found[part.id]
            ],
        )
        for part in desk.found.form.sections
        if part.id in found
    ]
