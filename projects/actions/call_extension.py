"""Moving the deadlines of a published call to a later day: proposed by one, put in force by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects import rules as who
from projects.enums import CallState, ExtensionState, ProposalState
from projects.models import Call, CallExtension
from projects.notices import writers
from workflows.actions import journal, outbox
from workflows.actions.messages import tell
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused

WITH_APPLICANT = (ProposalState.DRAFT, ProposalState.RETURNED, ProposalState.SUBMITTED)
UNDER_WAY = (*WITH_APPLICANT, ProposalState.ENDORSED)
TYPED_TO = dt.timedelta(minutes=1)


def propose_extension(
    *,
    call: Call,
    filing_deadline: dt.datetime,
    recommendation_deadline: dt.datetime | None,
    reason: str,
    by: User,
    less_time: bool = False,
) -> CallExtension:
    """Propose later deadlines for a published call; nothing changes before a second person approves.

    recommendation_deadline -- None: recommendation moves by as much as filing does, so that organisations (whose own
        limit follows it) and authorities keep their time; a call without recommendation has none.
    less_time -- whether it is meant that they have less time after filing than now.

    Raises NotAllowed for others than officers; Refused while another one waits, when filing is over, when a
    deadline is not later than the present one (nor earlier in the case of recommendation), when less time is left
    between the two without `less_time`, or without a reason.
    """
    if not who.is_officer(call, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        recommendation_deadline = recommendation_deadline or _moved_along(row, filing_deadline)
        _check(_faults(row, filing_deadline, recommendation_deadline, reason))
        _check([] if less_time else _less_time(row, filing_deadline, recommendation_deadline))
        extension = CallExtension.objects.create(
            call=row,
            filing_before=row.filing_deadline,
            filing_deadline=filing_deadline,
            recommendation_before=row.recommendation_deadline,
            recommendation_deadline=recommendation_deadline,
            reason=reason.strip(),
            proposed_by=by,
        )
        data = {"call": row.pk, "to": filing_deadline, "recommendation_to": recommendation_deadline}
        journal.append(action="projects.callextension.propose", subject=extension, by=by, data=data)
    return extension


def approve_extension(*, extension: CallExtension, by: Actor, note: str = "") -> CallExtension:
    """Put the later deadlines in force, by somebody else than who proposed them; everybody concerned is told.

    The public page follows through the outbox. Refused when filing is over or the deadline was moved meanwhile.
    """
    with unit():
        call = Call.objects.select_for_update(of=("self",)).get(pk=extension.call_id)
        with perform(extension, "approve_extension", by=by, note=note) as row:
            row.approved_by_id = by.pk
        _move(call, extension, by)
        _tell(call, extension)
    return extension


def refuse_extension(*, extension: CallExtension, by: Actor, note: str) -> CallExtension:
    """Leave the deadlines as they are, with the reason."""
    with perform(extension, "refuse_extension", by=by, note=note):
        pass
    return extension


def withdraw_extension(*, extension: CallExtension, by: Actor, note: str = "") -> CallExtension:
    """Take back one's own proposal."""
    with perform(extension, "withdraw_extension", by=by, note=note):
        pass
    return extension


def _moved_along(call: Call, filing: dt.datetime) -> dt.datetime | None:
    """The recommendation deadline moved by as much as filing; None where the call has none."""
    if call.recommendation_deadline is None or call.filing_deadline is None:
        return None
    return call.recommendation_deadline + (filing - call.filing_deadline)


def _less_time(call: Call, filing: dt.datetime, recommendation: dt.datetime | None) -> list[Reason]:
    """Why one should look twice: after filing organisations and authorities would have less time than now."""
    if recommendation is None or call.recommendation_deadline is None or call.filing_deadline is None:
        return []
    now, then = call.recommendation_deadline - call.filing_deadline, recommendation - filing
    if now - then < TYPED_TO:
        return []
    text = _("After filing, organisations and authorities would have %(then)s instead of %(now)s.")
    mend = _("Leave the recommendation deadline empty to keep their time, or say below that it is meant.")
    return [Reason("less_time", text % {"then": _length(then), "now": _length(now)}, mend)]


def _length(time: dt.timedelta) -> str:
    hours = time.seconds // 3600
    return _("%(days)d days %(hours)d hours") % {"days": time.days, "hours": hours}


def _faults(call: Call, filing: dt.datetime, recommendation: dt.datetime | None, reason: str) -> list[Reason]:
    present = call.filing_deadline
    if call.state != CallState.PUBLISHED or present is None or present <= timezone.now():
        text = _("Filing for this call does not run any more.")
        mend = _("A deadline is moved before it passes: what was not submitted has expired since.")
        return [Reason("filing_over", text, mend)]
    found = []
    if call.extensions.filter(state=ExtensionState.PROPOSED).exists():
        found.append(Reason("extension_waits", _("Another extension waits for approval."), _("Decide that one first.")))
    if filing <= present:
        found.append(
            Reason("not_later", _("The new filing deadline is not later than the present one."), _("Choose a later."))
        )
    before = call.recommendation_deadline
    if filing > present and before and recommendation and recommendation < max(before, filing):
        found.append(
            Reason(
                "recommendation_early",
                _("Recommendation would end before filing, or earlier than it does now."),
                _("Choose a later recommendation deadline."),
            )
        )
    if not reason.strip():
        found.append(Reason("no_reason", _("A reason is required."), _("Write it: it stands on the public page.")))
    return found


def _check(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(*reasons)


def _move(call: Call, extension: CallExtension, by: Actor) -> None:
    data = {
        "from": call.filing_deadline,
        "to": extension.filing_deadline,
        "recommendation_from": call.recommendation_deadline,
        "recommendation_to": extension.recommendation_deadline,
        "extension": extension.pk,
    }
    call.filing_deadline = extension.filing_deadline
    call.recommendation_deadline = extension.recommendation_deadline
    call.version += 1
    call.save(update_fields=["filing_deadline", "recommendation_deadline", "version"])
    journal.append(action="projects.call.extend", subject=call, by=by, data=data)
    outbox.queue(kind="call.changed", key=f"call.changed:{extension.uid}", payload={"call_id": call.pk})


def _tell(call: Call, extension: CallExtension) -> None:
    until = f"{timezone.localtime(extension.filing_deadline):%Y-%m-%d %H:%M}"
    key = f"extension:{extension.pk}"
    title = format_lazy(gettext_lazy("Filing extended until {until}: {call}"), until=until, call=call.title)
    people = [person for proposal in call.proposals.filter(state__in=WITH_APPLICANT) for person in writers(proposal)]
    tell(to_users=people, key=key, title=title, body=extension.reason, url=reverse("proposals-mine"))
    body = _with_recommendation(extension)
    for users, page in ((_hosts(call), "endorsements"), (_authorities(call), "recommendations")):
        tell(to_users=users, key=key, title=title, body=body, url=f"{reverse(page)}?call={call.code}")


def _with_recommendation(extension: CallExtension) -> Any:
    """The reason, and by when organisations and authorities must have passed proposals on."""
    if extension.recommendation_deadline is None:
        return extension.reason
    until = f"{timezone.localtime(extension.recommendation_deadline):%Y-%m-%d %H:%M}"
    text = gettext_lazy("{reason} Recommendation ends {until}; an organisation's own limit follows it.")
    return format_lazy(text, reason=extension.reason, until=until)


def _hosts(call: Call) -> list[User]:
    rows = call.proposals.filter(state__in=UNDER_WAY).exclude(state=ProposalState.DRAFT)
    ids = rows.values_list("organisation_id", flat=True).distinct()
    return [user for pk in ids for user in holders(Role.ORGANISATION_ADMIN, pk)]


def _authorities(call: Call) -> list[User]:
    rows = call.proposals.filter(Q(state=ProposalState.SUBMITTED) | Q(state=ProposalState.ENDORSED))
    ids = rows.values_list("organisation__authority_id", flat=True).distinct()
    return [user for pk in ids if pk for user in holders(Role.RECOMMENDING_OFFICER, pk)]
