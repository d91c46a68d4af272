"""The buttons of a section page that do more than save: move or remove members, take files in and out."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from projects.actions.files import attach_file, detach_file
from projects.actions.team import order_participants
from projects.definitions.form import Section
from projects.views.applicant.desk import Desk
from workflows.errors import Reason, Refused


def run_command(
    desk: Desk, part: Section, command: str, uploads: dict[str, list[UploadedFile[Any]]], *, by: Any
) -> dict[str, list[Reason]]:
    """Do what the pressed button says, and take in what was uploaded; why files were refused, by field id."""
    verb, _sep, rest = command.partition(":")
    if verb in ("up", "down"):
        _move(desk, rest, -1 if verb == "up" else 1, by=by)
    elif verb == "drop":
        _drop(desk, rest, by=by)
    taken = {
        name: [reason for one in files for reason in _take(desk, part, name, one, by)]
        for name, files in uploads.items()
    }
    return {name: reasons for name, reasons in taken.items() if reasons}


def _move(desk: Desk, pk: str, step: int, *, by: Any) -> None:
    ids = [one.pk for one in desk.found.participants]
    if not pk.isdigit() or int(pk) not in ids:
        raise Http404
    place = ids.index(int(pk))
    ids.insert(max(place + step, 0), ids.pop(place))
    order_participants(proposal=desk.proposal, ids=ids, by=by)


def _drop(desk: Desk, uid: str, *, by: Any) -> None:
    for files in desk.found.files.values():
        for one in files:
            if str(one.uid) == uid:
                detach_file(proposal=desk.proposal, stored=one, by=by)


def _take(desk: Desk, part: Section, name: str, upload: UploadedFile[Any], by: Any) -> list[Reason]:
    field = next(one for one in part.fields if one.id == name)
    try:
        attach_file(proposal=desk.proposal, field=field, upload=upload, by=by)
    except Refused as refused:
        return list(refused.reasons)
    return []
