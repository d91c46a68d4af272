"""The department's check (形式审查): run the rules, decide on findings, pass, refuse or send back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import User
from projects import rules as who
from projects.actions.letter import write_letter
from projects.actions.step import Outcome, each, step
from projects.checks.result import Result
from projects.enums import FindingLevel, FindingVerdict, LetterKind, ProposalState
from projects.models import Call, Finding, Proposal
from projects.queries.eligibility import check_batch, check_proposal
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused

DECISIONS = frozenset({FindingVerdict.CONFIRMED, FindingVerdict.OVERRULED})


def run_check(*, proposal: Proposal, by: Actor, found: Sequence[Result] | None = None) -> list[Finding]:
    """Check one proposal by the rules of its call and keep what was found.

    A decision on a finding that is found again unchanged stays; everything else is found anew.
    found -- what a check of the whole batch found on it, where one was made.
    Refused in every state but “recommended”.
    """
    if not (by.is_system or who.is_officer(proposal, by)):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = _waiting_for_check(proposal)
        findings = _store(locked, check_proposal(locked) if found is None else found)
        journal.append(
            action="projects.proposal.check",
            subject=locked,
            by=by,
            data={"findings": {f"{one.check_code} {one.pk}": one.level for one in findings}},
        )
    return findings


def check_call(*, call: Call, by: Actor) -> list[Outcome]:
    """Check every proposal of the call that waits for it, limits counted over the whole batch.

    Run after the deadline: only then is known what else the same people filed.
    """
    found = check_batch(call)
    waiting = call.proposals.filter(state=ProposalState.RECOMMENDED).select_related("call", "organisation")
    return each(
        waiting.order_by("pk"), lambda proposal: run_check(proposal=proposal, by=by, found=found.get(proposal.pk))
    )


def _waiting_for_check(proposal: Proposal) -> Proposal:
    locked: Proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    if locked.state != ProposalState.RECOMMENDED:
        raise Refused(
            Reason("wrong_state", _("Only proposals that wait for the check can be checked."), _("Look at the record."))
        )
    return locked


def _store(proposal: Proposal, found: Sequence[Result]) -> list[Finding]:
    known = {(one.check_code, one.subject): one for one in proposal.findings.select_for_update(of=("self",))}
    kept = [_keep(known.pop((one.check_code, one.subject), None), proposal, one) for one in found]
    Finding.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
    return kept


def _keep(known: Finding | None, proposal: Proposal, found: Result) -> Finding:
    if known is not None and (known.level, known.params) == (found.level, found.params):
        return known
    fields = {"level": found.level, "params": found.params, "document": found.document, "found_at": timezone.now()}
    undecided = {"verdict": FindingVerdict.OPEN, "reason": "", "decided_by": None, "decided_at": None}
    finding, _fresh = Finding.objects.update_or_create(
        proposal=proposal, check_code=found.check_code, subject=found.subject, defaults={**fields, **undecided}
    )
    return finding


def decide_finding(*, finding: Finding, verdict: str, by: User, reason: str = "") -> Finding:
    """Confirm a finding, or overrule it with a reason. Refused for what passed and after the check is over."""
    if not who.is_officer(finding.proposal, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        proposal = _waiting_for_check(finding.proposal)
        row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk, proposal=proposal)
        _check_decision(row, verdict, reason)
        row.verdict, row.reason, row.decided_by, row.decided_at = verdict, reason.strip(), by, timezone.now()
        row.save()
        journal.append(
            action="projects.finding.decide",
            subject=proposal,
            by=by,
            data={"finding": row.pk, "check": row.check_code, "verdict": verdict},
        )
    finding.refresh_from_db()
    return finding


def _check_decision(finding: Finding, verdict: str, reason: str) -> None:
    if verdict not in DECISIONS or finding.level == FindingLevel.PASSED:
        raise Refused(Reason("nothing_to_decide", _("There is nothing to decide here."), _("Look at the record.")))
    if verdict == FindingVerdict.OVERRULED and not reason.strip():
        raise Refused(
            Reason("note_required", _("A reason is required."), _("Write why the finding does not stand against it."))
        )


def find_eligible(*, proposal: Proposal, by: Actor, note: str = "") -> Proposal:
    """Pass the check. Refused while findings are open or a failed one stands."""
    with step(proposal, "find_eligible", by=by, note=note):
        pass
    return proposal


def find_ineligible(*, proposal: Proposal, by: Actor, note: str) -> Proposal:
    """Fail the check with reasons; a letter goes to the applicant."""
    with unit():
        with step(proposal, "find_ineligible", by=by, note=note):
            pass
        write_letter(proposal=proposal, kind=LetterKind.INELIGIBLE, note=note)
    return proposal


def return_by_department(*, proposal: Proposal, by: Actor, note: str, until: dt.datetime) -> Proposal:
    """Send back for completion until the instant `until`, which replaces the filing deadline for this proposal."""
    if until <= timezone.now():
        raise Refused(Reason("deadline_passed", _("This date has passed already."), _("Choose a later date.")))
    with step(proposal, "return_by_department", by=by, note=note, data={"until": until.isoformat()}) as row:
        row.returned_to_deadline = until
    return proposal
