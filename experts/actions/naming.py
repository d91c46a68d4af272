"""Looking for names in an anonymous dossier, and an officer's rulings about what was found."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.enums import NameVerdict, RoundState
from experts.models import Dossier, NameFinding
from experts.models.naming import OF_FILE
from experts.queries.attachments import copied, copies_of
from experts.queries.naming import held_back, names_looked_for, texts_of
from experts.rules import is_officer
from workflows.actions import journal
from workflows.actions.file_texts import keep_text
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import StoredFile
from workflows.naming.finding import find, written

AROUND = 20
MOST_WORDS = 200
# A file with less text is a scan, or empty: somebody has to look at it.
SHORTEST_TEXT = 20
OVER = (RoundState.CLOSED, RoundState.CANCELLED)


def look_for_names(*, dossier: Dossier) -> list[NameFinding]:
    """Search the texts and the files of a dossier that came with names; what is known already stays as it is."""
    if not dossier.names:
        return []
    found = [*_in_sections(dossier), *_in_files(dossier)]
    with unit():
        NameFinding.objects.bulk_create(found, ignore_conflicts=True)
        data = {"places": sorted({one.place for one in found}), "found": len(found)}
        journal.append(action="experts.dossier.names", subject=dossier, by=SYSTEM, data=data)
    return found


def _in_sections(dossier: Dossier) -> Iterator[NameFinding]:
    for number, section in enumerate(dossier.content.get("sections", ())):
        for text in texts_of(section):
            yield from _in_text(dossier, f"section:{number}", text)


def _in_files(dossier: Dossier) -> Iterator[NameFinding]:
    for file in StoredFile.objects.filter(uid__in=[one["uid"] for one in copied(dossier)]):
        known = keep_text(file=file)
        text = known.text if known else ""
        if len(text.strip()) < SHORTEST_TEXT:
            yield NameFinding(dossier=dossier, place=f"{OF_FILE}{file.uid}")
        yield from _in_text(dossier, f"{OF_FILE}{file.uid}", text)


def _in_text(dossier: Dossier, place: str, text: str) -> Iterator[NameFinding]:
    hits = find(text, names_looked_for(dossier.names))
    first = {next(iter(written([hit]))): hit for hit in reversed(hits)}
    for words, kind in written(hits).items():
        hit = first[words]
        around = " ".join(text[max(0, hit.start - AROUND) : hit.end + AROUND].split())
        yield NameFinding(dossier=dossier, place=place, words=words[:MOST_WORDS], kind=str(kind), excerpt=around[:300])


def rule_on_name(*, finding: NameFinding, verdict: NameVerdict, by: Actor, reason: str = "") -> NameFinding:
    """Leave what was found, with a reason, or cut it out; the frozen dossier never changes, only what experts read.

    A file of which nothing is held back any more is copied for the experts. Raises NotAllowed; Refused without a
    reason to leave it, after the review, and when experts have the copy already.
    """
    if not is_officer(finding.dossier, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = NameFinding.objects.select_for_update(of=("self",)).select_related("dossier__round").get(pk=finding.pk)
        _check(row, verdict, reason.strip())
        row.verdict, row.reason, row.by_id, row.at = verdict, reason.strip(), by.pk, timezone.now()
        row.save()
        facts = {"place": row.place, "verdict": str(verdict), "reason": row.reason, "finding": row.pk}
        journal.append(action="experts.dossier.name", subject=row.dossier, by=by, data=facts)
        if row.of_file and row.of_file not in held_back(row.dossier):
            key = f"dossier-copy:{row.dossier_id}:{row.pk}:{row.at.isoformat()}"
            queue(kind="experts.dossier.copy", key=key, payload={"dossier": row.dossier_id})
    finding.refresh_from_db()
    return finding


def _check(row: NameFinding, verdict: NameVerdict, reason: str) -> None:
    if row.dossier.round is not None and row.dossier.round.state in OVER:
        raise Refused(Reason("round_over", _("The review of this dossier is over.")))
    if verdict == NameVerdict.LEFT and not reason:
        raise Refused(Reason("field:reason", _("What is left needs its reason."), _("Say why it tells nobody.")))
    if verdict != NameVerdict.LEFT and copies_of(row.dossier).filter(Q(purpose=row.of_file) & ~Q(purpose="")).exists():
        raise Refused(Reason("copy_handed_out", _("The experts have the copy of this file already.")))
