"""By when each hand must pass a proposal on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateTimeField, DurationField, ExpressionWrapper, F, Func, Q, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

if TYPE_CHECKING:
    from projects.models import Call, Proposal


def filing_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the applicant must submit: the deadline given with a return, else the call's."""
    return proposal.returned_to_deadline or proposal.call.filing_deadline


def recommendation_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the proposal must have reached the department."""
    return moved_limit(proposal.call, proposal.returned_to_deadline)


def moved_limit(call: Call, returned_to: dt.datetime | None) -> dt.datetime | None:
    """By when what was returned until `returned_to` (None: never returned) must have reached the department.

    A deadline given with a return moves this one too, by the distance the call keeps between the two.
    """
    limit = call.recommendation_deadline or call.filing_deadline
    if returned_to is None or limit is None or call.filing_deadline is None:
        return limit
    return max(limit, returned_to + (limit - call.filing_deadline))


def organisation_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the host means to endorse: its own days before the department's limit (internal, not enforced)."""
    limit = recommendation_limit(proposal)
    return limit and limit - dt.timedelta(days=proposal.organisation.internal_lead_days)


def filing_due(proposal: str = "") -> Coalesce:
    """`filing_limit` as an expression, over rows that reach the proposal by the path `proposal`."""
    return Coalesce(f"{proposal}returned_to_deadline", f"{proposal}call__filing_deadline")


class Days(Func):
    """A number of days as a length of time."""

    output_field = DurationField()
    arity = 1
    template = "make_interval(days => %(expressions)s)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """Without intervals, lengths of time are kept in microseconds."""
        day = dt.timedelta(days=1) // dt.timedelta(microseconds=1)
        sql, params = self.as_sql(compiler, connection, template=f"(%(expressions)s * {day})", **context)
        return sql, tuple(params)


def moved_due(returned_to: str | None, call: str = "") -> Combinable:
    """`moved_limit` as an expression: `returned_to` names a column or is None, the path `call` leads to the call."""
    filing, limit = F(f"{call}filing_deadline"), Coalesce(f"{call}recommendation_deadline", f"{call}filing_deadline")
    if returned_to is None:
        return limit
    distance = ExpressionWrapper(limit - filing, DurationField())
    moved = ExpressionWrapper(F(returned_to) + distance, DateTimeField())
    unmoved = Q(**{f"{returned_to}__isnull": True}) | Q(**{f"{call}filing_deadline__isnull": True})
    return Case(When(unmoved, then=limit), default=Greatest(limit, moved))


def organisation_due() -> Combinable:
    """`organisation_limit` as an expression over proposals."""
    moved = moved_due("returned_to_deadline", "call__")
    return ExpressionWrapper(moved - Days("organisation__internal_lead_days"), DateTimeField())
