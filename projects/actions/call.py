"""Calls from draft to conclusion."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from projects import rules as who
from projects.definitions import standard
from projects.definitions.plan import Plan
from projects.definitions.rules import RULES
from projects.models import Call, CallContact, CallDirection
from workflows.actions import journal, outbox
from workflows.actions.files import give_also
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused
from workflows.files import files_of

FROZEN_PARTS = ("form", "rules", "scoring", "plan")
"""What is data of the call and frozen as it is published."""
COPIED = (
    "title",
    "kind",
    "programme",
    "summary",
    "body",
    "budget_mode",
    "zone",
    "grace_seconds",
    *FROZEN_PARTS,
)
"""What a clone takes over: everything but code, document, dates and state."""


def frozen_digest(call: Call) -> str:
    """The digest over form, rules, scoring and plan: what `frozen_sha256` keeps of a published call."""
    return digest({part: getattr(call, part) for part in FROZEN_PARTS})


def draft_call(*, code: str, title: str, kind: str, programme: str, budget_mode: str, by: Actor) -> Call:
    """A new draft with the standard form, rules, scheme and plan of its kind. Refused when the code is taken."""
    _officers_only(by)
    with unit():
        _refuse_taken(code)
        call = Call.objects.create(
            code=code,
            title=title,
            kind=kind,
            programme=programme,
            budget_mode=budget_mode,
            officer_id=by.pk,
            form=standard.form_for(kind, budget_mode).model_dump(mode="json"),
            rules=RULES.dump_python(standard.rules_for(kind), mode="json"),
            scoring=standard.scoring_for(kind).model_dump(mode="json"),
            plan=Plan(programme_year=timezone.localdate().year + 1).model_dump(mode="json"),
        )
        journal.append(action="projects.call.draft", subject=call, by=by, data={"code": code, "kind": kind})
    return call


def clone_call(*, call: Call, code: str, by: Actor) -> Call:
    """A new draft from any call: directions, contacts, focus areas, documents, form, rules, scheme, plan; no dates.

    Documents become files of their own over the same bytes: taking one out of the draft leaves the older call's.
    """
    _officers_only(by)
    with unit():
        _refuse_taken(code)
        copied: dict[str, Any] = {name: getattr(call, name) for name in COPIED}
        new = Call.objects.create(**copied, code=code, officer_id=by.pk, cloned_from=call)
        new.focus_areas.set(call.focus_areas.all())
        _copy_rows(call, new)
        for file in files_of(call):
            give_also(file=file, subject=new, by=by)
        journal.append(action="projects.call.clone", subject=new, by=by, data={"code": code, "from": call.pk})
    return new


def ask_approval(*, call: Call, by: Actor, note: str = "") -> Call:
    """Hand a complete draft to a second person. Refused with every gap that is left."""
    with perform(call, "ask_approval", by=by, note=note):
        pass
    return call


def return_call(*, call: Call, by: Actor, note: str = "") -> Call:
    """Send the call back to its officer, with the reason."""
    with perform(call, "return_call", by=by, note=note):
        pass
    return call


def publish_call(*, call: Call, by: Actor, note: str = "") -> Call:
    """Approve and publish, by somebody else than who drafted it; freezes form, rules, scheme and plan.

    The journal keeps the digests of the documents that were published with it.
    The public page follows through the outbox: `call.published` with {"call_id": …}.
    """
    held = {"documents": sorted(files_of(call).values_list("sha256", flat=True))}
    with perform(call, "publish", by=by, note=note, data=held) as row:
        row.approved_by_id = by.pk
        row.published_at = timezone.now()
        row.frozen_sha256 = frozen_digest(row)
        outbox.queue(kind="call.published", key=f"call.published:{row.uid}", payload={"call_id": row.pk})
    return call


def cancel_call(*, call: Call, by: Actor, note: str = "") -> Call:
    """Give up a call that was not published."""
    with perform(call, "cancel", by=by, note=note):
        pass
    return call


def conclude_call(*, call: Call, by: Actor, note: str = "") -> Call:
    """End a call whose proposals have all ended."""
    with perform(call, "conclude", by=by, note=note):
        pass
    return call


def _officers_only(by: Actor) -> None:
    if not who.is_officer(None, by):
        raise NotAllowed(Reason("not_allowed", _("Only programme officers draft calls.")))


def _refuse_taken(code: str) -> None:
    if Call.objects.filter(code=code).exists():
        raise Refused(Reason("code_taken", _("This code is taken by another call."), _("Choose another code.")))


def _copy_rows(source: Call, target: Call) -> None:
    for rows in (source.directions.all(), source.contacts.all()):
        model: type[CallDirection | CallContact] = rows.model
        for row in rows:
            row.pk, row.call_id, row._state.adding = None, target.pk, True
        model._default_manager.bulk_create(rows)  # type: ignore[arg-type]  # one model per turn of the loop
