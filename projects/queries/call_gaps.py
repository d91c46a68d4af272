"""What a call still lacks before it can be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from projects.checks.engine import rules_of
from projects.checks.subjects import SUBJECTS, clean_value
from projects.definitions.form import FieldKind, Form
from projects.definitions.plan import Plan
from projects.definitions.scoring import Scoring
from projects.enums import CallKind
from projects.queries.call_documents import documents
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Call

WHOLE = 100
NEEDED = {
    CallKind.PROJECT: (FieldKind.TITLE, FieldKind.TEAM, FieldKind.BUDGET),
    CallKind.KEY_LAB: (FieldKind.TITLE, FieldKind.TEAM),
    CallKind.BASE: (FieldKind.TITLE, FieldKind.TEAM),
}
"""The kinds of fields that the form of each kind of call must ask for."""


def gaps(call: Call) -> list[Reason]:
    """One Reason per gap, in the order of the parts; empty when the call can be published."""
    return [reason for part in PARTS for reason in part(call)]


def _facts(call: Call) -> Iterator[Reason]:
    if not call.title.strip():
        yield Reason("no_title", _("The title is missing."), _("Write it under “Facts and dates”."))
    if not call.programme.strip():
        yield Reason("no_programme", _("The programme is missing."), _("Write it under “Facts and dates”."))
    if not call.focus_areas.exists():
        yield Reason("no_focus_area", _("No focus area is named."), _("Choose at least one under “Facts and dates”."))


def _dates(call: Call) -> Iterator[Reason]:
    if call.filing_deadline is None:
        yield Reason("no_deadline", _("The filing deadline is missing."), _("Set it under “Facts and dates”."))
        return
    if call.filing_deadline <= timezone.now():
        yield Reason("deadline_passed", _("The filing deadline has passed already."), _("Set a later filing deadline."))
    if call.opens_at and call.opens_at >= call.filing_deadline:
        yield Reason(
            "opens_late", _("Filing opens only after its deadline."), _("Put the opening before the filing deadline.")
        )
    if (call.plan or {}).get("recommendation", True) and call.recommendation_deadline is None:
        yield Reason(
            "no_recommendation_deadline",
            _("The recommendation deadline is missing."),
            _("Set it under “Facts and dates”, or take recommendation out of the plan."),
        )
    if call.recommendation_deadline and call.recommendation_deadline < call.filing_deadline:
        yield Reason(
            "deadlines_order",
            _("The recommendation deadline lies before the filing deadline."),
            _("Recommendation comes after filing: set it later."),
        )


def _directions(call: Call) -> Iterator[Reason]:
    if not call.directions.exists():
        yield Reason("no_direction", _("The call has no direction."), _("Add at least one under “Directions”."))


def _contacts(call: Call) -> Iterator[Reason]:
    if not call.contacts.exists():
        yield Reason("no_contact", _("Nobody is named who answers questions."), _("Add a contact under “Contacts”."))


def _documents(call: Call) -> Iterator[Reason]:
    for one in documents(call):
        if not one.ready:
            yield Reason(
                "document_unread",
                _("The document “%(name)s” has not passed the virus scanner.") % {"name": one.file.name},
                _("Wait a few minutes, or remove it under “Documents”."),
            )


def _form(call: Call) -> Iterator[Reason]:
    try:
        form = Form.model_validate(call.form or {})
    except ValidationError:
        yield Reason("form_broken", _("The form cannot be read."), _("Start again from a standard form."))
        return
    asked = {field.kind for field in form.all_fields()}
    for kind in NEEDED[CallKind(call.kind)]:
        if kind not in asked:
            yield Reason(
                f"form_without_{kind}",
                _("The form does not ask for: %(kind)s.") % {"kind": KIND_LABELS[kind]},
                _("Add such a field under “Form”."),
            )
    for section in form.sections:
        if not section.fields:
            yield Reason(
                "section_empty",
                _("The section “%(title)s” asks nothing.") % {"title": section.title},
                _("Add a field to it or remove it."),
            )


def _rules(call: Call) -> Iterator[Reason]:
    try:
        rules = rules_of(call.rules)
    except ValidationError:
        yield Reason("rules_broken", _("The rules cannot be read."), _("Start again from a standard set."))
        return
    for rule in rules:
        try:
            clean_value(rule.subject, rule.comparison, rule.value)
        except ValueError:
            yield Reason(
                "rule_invalid",
                _("A rule cannot be applied: %(rule)s.") % {"rule": SUBJECTS[rule.subject].label},
                _("Correct its comparison or value under “Rules”."),
            )


def _scoring(call: Call) -> Iterator[Reason]:
    try:
        scoring = Scoring.model_validate(call.scoring or {})
    except ValidationError:
        yield Reason("scoring_broken", _("The scoring scheme cannot be read."), _("Start again from a standard one."))
        return
    if scoring.total_weight != WHOLE:
        yield Reason(
            "weights",
            _("The weights add up to %(sum)s, not to 100.") % {"sum": scoring.total_weight},
            _("Correct them under “Scoring”."),
        )


def _plan(call: Call) -> Iterator[Reason]:
    try:
        Plan.model_validate(call.plan or {})
    except ValidationError:
        yield Reason("plan_broken", _("The review plan cannot be read."), _("Write it again under “Plan”."))


PARTS: tuple[Callable[[Call], Iterator[Reason]], ...] = (
    _facts,
    _dates,
    _directions,
    _form,
    _rules,
    _scoring,
    _plan,
    _contacts,
    _documents,
)
KIND_LABELS = {FieldKind.TITLE: _("title"), FieldKind.TEAM: _("team"), FieldKind.BUDGET: _("budget")}
