"""Lists of experts handed in by officers: read away from the request, looked through, taken as one unit."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.actions.imports import fill_in_people, import_organisations, import_people, import_roles
from directory.enums import Role
from directory.models import Organisation, User
from experts.enums import ExpertSource, ExpertState
from experts.listing.outcome import ADDED, MERGED, NEW, Outcome, fingerprint, imported_key, outcomes
from experts.listing.reading import BrokenListError, Line, read_list
from experts.models import ExpertiseItem, ExpertProfile, PoolList
from experts.queries.listing import is_given_up, work_key
from experts.rules import is_officer
from workflows.actions import journal
from workflows.actions.files import receive_file, remove_file
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.digest import digest
from workflows.enums import FileState
from workflows.errors import NotAllowed, Reason, Refused
from workflows.files import files_of, place_of

logger = logging.getLogger(__name__)
BATCH, MOST_FAULT = 1000, 500
PERSONAL = ("name", "id_number", "orcid", "birth_date", "title", "title_name", "email", "mobile")


def hand_in_list(*, upload: File[Any], by: User) -> PoolList:
    """Take a spreadsheet in through the gate and have it read. Raises NotAllowed; Refused as the gate says."""
    _officer(by)
    with unit():
        row: PoolList = PoolList.objects.create(by=by, name=(upload.name or "")[:200])
        receive_file(subject=row, purpose="list", upload=upload, by=by, allowed=("xlsx",))
        journal.append(action="experts.list.hand_in", subject=row, by=by)
        _have_read(row)
    return row


def read_again(*, pool_list: PoolList, by: User) -> None:
    """Have the list compared once more with what is registered now.

    Raises NotAllowed; Refused once it was taken, and while it is.
    """
    _officer(by)
    with unit():
        row = _locked(pool_list)
        _refuse_taken(row)
        _refuse_asked(row)
        row.read_at, row.asked_at, row.asked_by, row.take_fault = None, None, None, ""
        row.save(update_fields=["read_at", "asked_at", "asked_by", "take_fault"])
        journal.append(action="experts.list.read_again", subject=row, by=by)
        _have_read(row)


def read_pool_list(*, pool_list: PoolList) -> None:
    """Make the preview of a list: what would become of each row, or why the file cannot be read. Writes no person."""
    with unit():
        row = _locked(pool_list)
        if row.read_at is not None:
            return
        with translation.override(row.by.language or settings.LANGUAGE_CODE):
            try:
                found = outcomes(read_list(_path(row)))
                row.rows, row.digest, row.fault = [one.shown() for one in found], fingerprint(found), ""
            except BrokenListError as broken:
                row.rows, row.digest, row.fault = [], "", str(broken)
        row.read_at = timezone.now()
        row.save(update_fields=["rows", "digest", "fault", "read_at"])


def ask_to_take(*, pool_list: PoolList, by: User, paper: str = "") -> PoolList:
    """Have a list taken that was looked through, away from the request; asked twice it is taken once.

    paper -- as `take_list` says. Raises NotAllowed; Refused when the list is not read, cannot be, or was taken already.
    """
    _officer(by)
    with unit():
        row = _locked(pool_list)
        _refuse_taken(row)
        _refuse_unread(row)
        if row.asked_at is None or is_given_up(row):
            row.asked_at, row.asked_by, row.paper, row.take_fault = timezone.now(), by, paper.strip(), ""
            row.save(update_fields=["asked_at", "asked_by", "paper", "take_fault"])
            journal.append(action="experts.list.confirm", subject=row, by=by, data={"digest": row.digest})
            queue(kind="experts.list.take", key=work_key(row), payload={"list": row.pk})
    pool_list.refresh_from_db()
    return pool_list


def carry_out_taking(*, pool_list: PoolList) -> None:
    """Take a list that an officer confirmed; what fails is noted on it, and nothing of the list is written.

    A list that nobody confirmed, or that was taken, stays as it is. Only a fault of the database is raised, so that the
    work is tried again by itself.
    """
    by = pool_list.asked_by
    if by is None or pool_list.asked_at is None or pool_list.taken_at is not None:
        return
    with translation.override(by.language or settings.LANGUAGE_CODE):
        try:
            take_list(pool_list=pool_list, by=by, paper=pool_list.paper)
        except OperationalError:
            raise
        except Refused as refused:
            _note_fault(pool_list, " ".join(f"{one.text} {one.mend}".strip() for one in refused.reasons))
        except Exception as error:
            logger.exception("list %s could not be taken", pool_list.uid)
            text = _("An unexpected fault (%(kind)s). Try once more, or tell the operators.")
            _note_fault(pool_list, text % {"kind": type(error).__name__})


def _note_fault(pool_list: PoolList, text: str) -> None:
    """What was confirmed has to be confirmed once more; a list that another attempt has taken stays as it is."""
    with unit():
        row = _locked(pool_list)
        if row.taken_at is None:
            row.asked_at, row.asked_by, row.take_fault = None, None, text[:MOST_FAULT]
            row.save(update_fields=["asked_at", "asked_by", "take_fault"])
            journal.append(action="experts.list.fail", subject=row, by=SYSTEM, data={"fault": digest(text)})


def take_list(*, pool_list: PoolList, by: User, paper: str = "") -> PoolList:
    """Write what was looked through, as one unit with one journal entry; taken twice it changes nothing more.

    The file is read before the unit begins, so that everything else is locked for the writing alone.
    paper -- where the people's consent is kept: who is new is admitted then; without it all are candidates.
    Raises NotAllowed; Refused when the list cannot be read, or when what is registered has changed since the preview.
    """
    _officer(by)
    before = PoolList.objects.defer("rows").select_related("by").get(pk=pool_list.pk)
    lines = _lines_of(before) if before.taken_at is None else []
    with unit():
        row = _locked(pool_list)
        if row.taken_at is None:
            _write(row, _as_seen(row, lines), paper.strip(), by)
    pool_list.refresh_from_db()
    return pool_list


def _write(row: PoolList, found: list[Outcome], paper: str, by: User) -> None:
    new = [one for one in found if one.outcome == NEW]
    merged = [one for one in found if one.outcome == MERGED]
    _make_people(new)
    fill_in_people(people=[(one.person, one.fills) for one in merged if one.person and one.fills])
    _make_profiles([one for one in found if one.outcome in {NEW, MERGED} and one.profile is None], paper)
    _add_to_profiles([one for one in merged if one.profile is not None and one.adds])
    _add_titles([one for one in found if one.outcome in {NEW, MERGED}])
    row.taken_at, row.paper = timezone.now(), paper
    row.save(update_fields=["taken_at", "paper"])
    for file in files_of(row):
        remove_file(file=file, by=by)
    counts = {"new": len(new), "merged": len(merged), "rows": len(found), "digest": row.digest, "paper": paper}
    journal.append(action="experts.list.take", subject=row, by=by, data=counts)


def _make_people(new: list[Outcome]) -> None:
    missing = {str(one.row.facts["organisation"]) for one in new if one.organisation is None}
    units = import_organisations(names=missing)
    pairs: list[tuple[dict[str, Any], Organisation]] = []
    for one in new:
        facts = {name: one.row.facts[name] for name in PERSONAL if one.row.facts.get(name)}
        if not facts.get("id_number") and not facts.get("orcid"):
            facts["imported_key"] = imported_key(one.row.facts)
        pairs.append((facts, one.organisation or units[one.row.facts["organisation"]]))
    for one, person in zip(new, import_people(people=pairs), strict=True):
        one.person = person


def _make_profiles(found: list[Outcome], paper: str) -> None:
    admitted = [one for one in found if paper and one.outcome == NEW]
    for one in found:
        facts, here = one.row.facts, paper and one.outcome == NEW
        one.profile = ExpertProfile(
            person=one.person,
            state=ExpertState.ADMITTED if here else ExpertState.CANDIDATE,
            source=ExpertSource.LIST,
            consented_at=timezone.now() if here else None,
            max_in_year=facts.get("max_in_year"),
            **{name: facts.get(name) or [] for name in ADDED},
        )
    ExpertProfile.objects.bulk_create([one.profile for one in found if one.profile], batch_size=BATCH)
    import_roles(people=[one.person.pk for one in admitted if one.person], role=Role.EXPERT)


def _add_to_profiles(found: list[Outcome]) -> None:
    changed = []
    for one in found:
        if one.profile is not None:
            for name in ADDED:
                setattr(one.profile, name, [*getattr(one.profile, name), *one.adds.get(name, ())])
            changed.append(one.profile)
    ExpertProfile.objects.bulk_update(changed, ADDED, batch_size=BATCH)


def _add_titles(found: list[Outcome]) -> None:
    rows = [
        ExpertiseItem(expert=one.profile, title=title, year=year)
        for one in found
        for title, year in (one.adds["expertise"] if one.outcome == MERGED and "expertise" in one.adds else _own(one))
    ]
    ExpertiseItem.objects.bulk_create(rows, batch_size=BATCH)


def _own(one: Outcome) -> list[tuple[str, int | None]]:
    return list(one.row.facts.get("expertise") or []) if one.outcome == NEW else []


def _lines_of(row: PoolList) -> list[Line]:
    """The rows of the file that was read for the preview."""
    _refuse_unread(row)
    with translation.override(row.by.language or settings.LANGUAGE_CODE):
        try:
            return read_list(_path(row))
        except BrokenListError as broken:
            raise Refused(Reason("broken", str(broken), _("Hand the file in again."))) from None


def _as_seen(row: PoolList, lines: list[Line]) -> list[Outcome]:
    """The outcome of each row now, when it is the one of the preview."""
    with translation.override(row.by.language or settings.LANGUAGE_CODE):
        found = outcomes(lines)
        seen = fingerprint(found)
    if seen != row.digest:
        text = _("What is registered has changed since the list was read.")
        raise Refused(Reason("stale", text, _("Have it read again and look through it once more.")))
    return found


def _refuse_unread(row: PoolList) -> None:
    if row.read_at is None or not row.digest:
        raise Refused(Reason("unread", _("The list is not read yet, or cannot be read."), _("Look at the preview.")))


def _refuse_asked(row: PoolList) -> None:
    if row.asked_at is not None and not is_given_up(row):
        raise Refused(Reason("being_taken", _("The list is being taken."), _("Wait until it has ended.")))


def _path(row: PoolList) -> Path:
    file = files_of(row).first()
    if file is None or file.state != FileState.CLEAN:
        raise BrokenListError(_("The file has not passed the virus scanner yet. Have it read again later."))
    return Path(storages["private"].path(place_of(file.sha256)))


def _locked(pool_list: PoolList) -> PoolList:
    """The list, with every list locked: two that name the same people are taken one after the other."""
    rows: dict[int, PoolList] = {
        row.pk: row for row in PoolList.objects.select_for_update(of=("self",)).order_by("pk").defer("rows")
    }
    return rows[pool_list.pk]


def _refuse_taken(row: PoolList) -> None:
    if row.taken_at is not None:
        raise Refused(Reason("taken", _("The list was taken already.")))


def _have_read(row: PoolList) -> None:
    key = f"experts.list:{row.uid}:{timezone.now().isoformat()}"
    queue(kind="experts.list.read", key=key, payload={"list": row.pk})


def _officer(by: User) -> None:
    if not is_officer(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
