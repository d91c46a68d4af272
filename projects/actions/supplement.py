"""The supplementary contract (补充任务书) of a major change: made with it, signed in the contract's order."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects.actions import contract_clock as clock
from projects.actions.signing import turn_of
from projects.models import ContractVersion, Project, ProjectChange, Supplement
from projects.notices_of_contracts import tell_supplement_signed
from projects.queries.signatures import signers
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.routes import StepPlan, decide, start_route
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.enums import Verdict
from workflows.errors import Reason, Refused
from workflows.models import Route
from workflows.routes import subject_of


def make_supplement(*, change: ProjectChange, project: Project, text: ContractVersion) -> Supplement:
    """Make it of a text and begin to collect signatures, of those who sign for the project as it is now."""
    last = Supplement.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    with unit():
        made: Supplement = Supplement.objects.create(project=project, change=change, text=text, number=last + 1)
        data = {"change": change.pk, "sha256": text.sha256, "number": made.number}
        journal.append(action="projects.supplement.make", subject=made, by=SYSTEM, data=data)
        steps = [StepPlan(role=one.role, label=str(one.label), scope=one.scope) for one in signers(made)]
        start_route(subject=made, kind=made.signing, steps=steps, by=change.asked_by)
        clock.start_turn(made)
    return made


def sign_supplement(*, supplement: Supplement, by: User, sha256: str) -> Supplement:
    """Sign the text whose digest is `sha256` at one's turn.

    NotAllowed for who never signs this; Refused when it is not their turn or the text is another one.
    """
    with unit():
        rows = Supplement.objects.select_for_update(of=("self",)).select_related("project", "text")
        row = rows.get(pk=supplement.pk)
        step = turn_of(row, by)
        if row.text.sha256 != sha256:
            raise Refused(Reason("other_text", _("The text has changed since you opened it."), _("Read it again.")))
        data = {"sha256": sha256, "step": step.order, "role": step.role}
        journal.append(action="projects.supplement.sign", subject=row, by=by, data=data)
        decide(step=step, verdict=Verdict.APPROVE, by=by)
        clock.start_turn(row)
    supplement.refresh_from_db()
    return supplement


def finish_supplement(route: Route) -> None:
    """All have signed. The hook of an approved route."""
    supplement: Supplement = subject_of(route)
    with perform(supplement, "finish_signing", by=SYSTEM) as row:
        row.signed_at = timezone.now()
    tell_supplement_signed(supplement)


def no_way_back(route: Route) -> None:
    """The change is in force: a supplementary contract is signed, not returned. The hook of a refused route."""
    raise Refused(Reason("no_return", _("A supplementary contract is not returned."), _("Ask for another change.")))
