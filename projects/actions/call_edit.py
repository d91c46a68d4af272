"""Editing a draft call, part by part. Published calls are frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from projects import rules as who
from projects.definitions.form import Form
from projects.definitions.plan import Plan
from projects.definitions.rules import RULES, Rule
from projects.definitions.scoring import Scoring
from projects.enums import CallState
from projects.models import Call, CallContact, CallDirection
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale

FACTS = frozenset(
    {
        "code",
        "title",
        "programme",
        "document_number",
        "index_number",
        "summary",
        "body",
        "budget_mode",
        "opens_at",
        "filing_deadline",
        "recommendation_deadline",
        "zone",
        "grace_seconds",
    }
)


@dataclass(frozen=True)
class DirectionRow:
    """One direction as edited; amount in yuan."""

    code: str
    title: str
    text: str = ""
    focus_area_id: int | None = None
    places: int | None = None
    most_amount: Decimal | None = None
    own_ratio: Decimal = Decimal(0)


@dataclass(frozen=True)
class ContactRow:
    """One contact as edited."""

    kind: str
    name: str
    phone: str


def edit_call(
    *,
    call: Call,
    by: Actor,
    expected_version: int,
    facts: Mapping[str, Any] | None = None,
    focus_areas: Sequence[int] | None = None,
    directions: Sequence[DirectionRow] | None = None,
    contacts: Sequence[ContactRow] | None = None,
    form: Form | None = None,
    rules: Sequence[Rule] | None = None,
    scoring: Scoring | None = None,
    plan: Plan | None = None,
) -> Call:
    """Change the parts that are given, in one step; None leaves a part as it is.

    Raises NotAllowed for others than officers, Stale when the call changed since `expected_version`,
    Refused when it is no draft any more or the code is taken.
    """
    with unit():
        row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        _admit(row, by, expected_version)
        changed: dict[str, Any] = {}
        _set_facts(row, dict(facts or {}), changed)
        _set_definitions(row, changed, form=form, rules=rules, scoring=scoring, plan=plan)
        _set_rows(row, changed, focus_areas=focus_areas, directions=directions, contacts=contacts)
        row.version += 1
        row.save()
        data = {"version": row.version, "parts": {name: digest(value) for name, value in changed.items()}}
        journal.append(action="projects.call.edit", subject=row, by=by, data=data)
    call.refresh_from_db()
    return call


def _admit(row: Call, by: Actor, expected_version: int) -> None:
    if not who.is_officer(row, by):
        raise NotAllowed(Reason("not_allowed", _("Only programme officers edit calls.")))
    if row.state != CallState.DRAFT:
        raise Refused(
            Reason(
                "not_draft",
                _("Only drafts can be edited; this call is “%(state)s”.") % {"state": CallState(row.state).label},
                _("Clone it, or have it returned for correction."),
            )
        )
    if row.version != expected_version:
        raise Stale(
            Reason(
                "stale",
                _("Somebody else changed this call since you opened it."),
                _("What you typed is kept below: compare it with the present call and save again."),
            )
        )


def _set_facts(row: Call, facts: dict[str, Any], changed: dict[str, Any]) -> None:
    unknown = set(facts) - FACTS
    if unknown:
        raise ValueError(f"no facts of a call: {', '.join(sorted(unknown))}")
    if "code" in facts and Call.objects.filter(code=facts["code"]).exclude(pk=row.pk).exists():
        raise Refused(Reason("code_taken", _("This code is taken by another call."), _("Choose another code.")))
    for name, value in facts.items():
        setattr(row, name, value)
    if facts:
        changed["facts"] = facts


def _set_definitions(
    row: Call,
    changed: dict[str, Any],
    *,
    form: Form | None,
    rules: Sequence[Rule] | None,
    scoring: Scoring | None,
    plan: Plan | None,
) -> None:
    if form is not None:
        row.form = changed["form"] = form.model_dump(mode="json")
    if rules is not None:
        row.rules = changed["rules"] = RULES.dump_python(tuple(rules), mode="json")
    if scoring is not None:
        row.scoring = changed["scoring"] = scoring.model_dump(mode="json")
    if plan is not None:
        row.plan = changed["plan"] = plan.model_dump(mode="json")


def _set_rows(
    row: Call,
    changed: dict[str, Any],
    *,
    focus_areas: Sequence[int] | None,
    directions: Sequence[DirectionRow] | None,
    contacts: Sequence[ContactRow] | None,
) -> None:
    if focus_areas is not None:
        row.focus_areas.set(focus_areas)
        changed["focus_areas"] = sorted(focus_areas)
    if directions is not None:
        changed["directions"] = [asdict(one) for one in directions]
        row.directions.all().delete()
        CallDirection.objects.bulk_create(
            CallDirection(call=row, order=order, **asdict(one)) for order, one in enumerate(directions)
        )
    if contacts is not None:
        changed["contacts"] = [asdict(one) for one in contacts]
        row.contacts.all().delete()
        CallContact.objects.bulk_create(
            CallContact(call=row, order=order, **asdict(one)) for order, one in enumerate(contacts)
        )
