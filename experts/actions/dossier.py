"""Handing dossiers in: how another room asks for a review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from experts.enums import RoundState
from experts.models import Dossier, ReviewRound
from experts.queries.attachments import copied
from experts.queries.naming import held_back, names_looked_for
from experts.rules import is_officer_or_system
from workflows.actions import journal
from workflows.actions.copies import copy_without_traces
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.digest import digest, plain
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import StoredFile
from workflows.naming.finding import find, struck

FINISHED = (RoundState.CLOSED, RoundState.CANCELLED)


@dataclass(frozen=True)
class HandIn:
    """What another room hands in for review. It is copied and frozen; later changes of the original do not reach it.

    subject_type, subject_id -- labels of the original, given back with the result ("projects.proposal", "17")
    title        -- shown to experts; without names where the round is blind
    sections     -- in reading order: [{"title": str, "text": str} …], or with labelled answers in place of one text:
        {"title", "fields": [{"label", "value": str | list[dict], "columns": [[key, head] …]} …]}
    files        -- [{"uid": str, "name": str} …]: uploads of `workflows` that experts may open; with "copy": True
        they get a copy under that name without metadata, and never the original
    focus_areas  -- primary keys of directory.FocusArea
    keywords     -- phrases the dossier is matched by
    kept_away_people, kept_away_organisations -- primary keys in `directory` of everybody who takes part: never
        shown to experts of a blind round, used for conflicts of interest; the applicant's own organisation first
    asked_to_avoid, organisations_to_avoid -- primary keys in `directory` of people and organisations whom the
        applicant asked to keep away
    names        -- what may tell who applies, of which the giver was not sure: struck out of title and keywords; looked
        for in texts and files, struck out or held back until an officer rules; none where the review is not anonymous
    requests     -- the same in the applicant's words, for officers: [{"who", "reason", "known": bool} …]; `known`
        says whether a key was found
    """

    subject_type: str
    subject_id: str
    title: str
    sections: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    focus_areas: tuple[int, ...] = ()
    keywords: tuple[str, ...] = ()
    kept_away_people: tuple[int, ...] = field(default=())
    kept_away_organisations: tuple[int, ...] = field(default=())
    asked_to_avoid: tuple[int, ...] = field(default=())
    organisations_to_avoid: tuple[int, ...] = field(default=())
    requests: tuple[Mapping[str, Any], ...] = ()
    names: tuple[Mapping[str, str], ...] = ()


def hand_in_dossier(*, dossier: HandIn, by: Actor) -> Dossier:
    """Keep a frozen copy; the same subject gives the same dossier until its review is over.

    A dossier that waits for a round is replaced by a newer copy. In a running round the same content changes
    nothing; other content raises Refused ("dossier_frozen"). After a closed or cancelled round a new one begins.
    Raises NotAllowed for anybody but a programme officer or the system.
    """
    if not is_officer_or_system(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    values = _values(dossier)
    with unit():
        rows = Dossier.objects.select_for_update(of=("self",)).filter(
            subject_type=dossier.subject_type, subject_id=str(dossier.subject_id)
        )
        kept: Dossier | None = rows.exclude(round__state__in=FINISHED).order_by("-pk").first()
        if kept is not None and kept.sha256 == values["sha256"]:
            return kept
        if kept is not None and kept.round_id is not None:
            raise Refused(_frozen(kept))
        kept = kept or Dossier(subject_type=dossier.subject_type, subject_id=str(dossier.subject_id))
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save()
        kept.name_findings.all().delete()
        journal.append(action="experts.dossier.hand_in", subject=kept, by=by, data={"sha256": kept.sha256})
        if copied(kept) or kept.names:
            queue(
                kind="experts.dossier.copy",
                key=f"dossier-copy:{kept.pk}:{kept.sha256}",
                payload={"dossier": kept.pk},
            )
    return kept


def copy_attachments(*, dossier: Dossier) -> list[StoredFile]:
    """Write the copies that experts get instead of the originals; those that stand already stay as they are.

    No copy is written of a file that holds names until an officer left them.
    """
    held = held_back(dossier)
    wanted = {str(one["uid"]): str(one["name"]) for one in copied(dossier) if str(one["uid"]) not in held}
    originals = {str(one.uid): one for one in StoredFile.objects.filter(uid__in=wanted)}
    return [
        copy_without_traces(file=originals[uid], subject=dossier, name=name, by=SYSTEM)
        for uid, name in wanted.items()
        if uid in originals
    ]


def put_in_round(*, review_round: ReviewRound, dossiers: Iterable[Dossier], by: Actor) -> list[Dossier]:
    """Put waiting dossiers into a round that is planned; those it holds already stay. Raises Refused, NotAllowed."""
    if not is_officer_or_system(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        if locked.state not in (RoundState.PLANNED, RoundState.DRAWING):
            raise Refused(Reason("round_fixed", _("Dossiers can be added only before the invitations are sent.")))
        wanted = [dossier.pk for dossier in dossiers]
        rows = list(Dossier.objects.select_for_update(of=("self",)).filter(pk__in=wanted))
        elsewhere = [row for row in rows if row.round_id not in (None, locked.pk)]
        if elsewhere:
            raise Refused(*(_frozen(row) for row in elsewhere))
        for row in rows:
            row.round = locked
        Dossier.objects.bulk_update(rows, ["round"])
        journal.append(action="experts.round.dossiers", subject=locked, by=by, data={"dossiers": sorted(wanted)})
    return rows


def frozen_digest(dossier: Dossier) -> str:
    """The digest over everything of a dossier that is frozen: what `sha256` must equal for ever."""
    return digest([getattr(dossier, name) for name in FROZEN])


FROZEN = (
    "title",
    "content",
    "focus_areas",
    "keywords",
    "kept_away_people",
    "kept_away_organisations",
    "asked_to_avoid",
    "organisations_to_avoid",
    "requests",
    "names",
)


def _values(dossier: HandIn) -> dict[str, Any]:
    given = plain(asdict(_masked(dossier)))
    values = {name: given[name] for name in FROZEN if name != "content"}
    values["content"] = {"sections": given["sections"], "files": given["files"]}
    return {**values, "sha256": digest([values[name] for name in FROZEN])}


def _masked(dossier: HandIn) -> HandIn:
    """Title and keywords without the names to be looked for: no officer rules about these two."""
    names = names_looked_for(dossier.names)
    if not names:
        return dossier
    kept = tuple(one for one in dossier.keywords if not find(one, names))
    return replace(dossier, title=struck(dossier.title, find(dossier.title, names)), keywords=kept)


def _frozen(dossier: Dossier) -> Reason:
    return Reason(
        "dossier_frozen",
        _("“%(title)s” is in a review round already; its dossier cannot change.") % {"title": dossier.title},
        _("Cancel the round, or wait until it is closed."),
    )
