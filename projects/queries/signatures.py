"""Who signs a contract or a supplementary one, in which order, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import Organisation, User
from directory.queries.holders import holders
from directory.queries.standing import standing
from projects.enums import ContractState
from projects.models import Contract, Supplement
from projects.queries.kept_rules import contract_rules_of
from workflows.enums import RouteState
from workflows.models import Route, RouteStep

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Paper = Contract | Supplement

KIND = "contract"
INVESTIGATOR = "investigator"
UNSIGNED = (ContractState.DRAFT, ContractState.SIGNING)


@dataclass(frozen=True)
class Signer:
    """One place of signature: who may sign is (role, scope), scope being a person, an organisation or nothing."""

    role: str
    scope: str
    label: str | _StrPromise
    name: str


def signers(paper: Paper) -> list[Signer]:
    """Investigator, host, recommending authority where there is one, department."""
    project = paper.project
    host, authority = project.organisation, project.organisation.authority
    found = [
        Signer(INVESTIGATOR, str(project.investigator_id), _("Principal investigator"), project.investigator.name),
        Signer(Role.ORGANISATION_ADMIN, str(host.pk), _("Host organisation"), host.name),
    ]
    if authority is not None and not authority.is_department:
        found.append(Signer(Role.RECOMMENDING_OFFICER, str(authority.pk), _("Recommending authority"), authority.name))
    department = Organisation.objects.filter(is_department=True).first()
    found.append(Signer(Role.DECISION_MAKER, "", _("Department"), department.name if department else ""))
    return found


def may_sign(step: RouteStep, actor: Any) -> bool:
    """Whether `actor` is who this step asks for."""
    who = standing(actor)
    if step.role == INVESTIGATOR:
        return who.person_id is not None and str(who.person_id) == step.scope
    if step.role == Role.ORGANISATION_ADMIN:
        return step.scope in {str(pk) for pk in who.admin_of}
    if step.role == Role.RECOMMENDING_OFFICER:
        return step.scope in {str(pk) for pk in who.recommends_for}
    return who.has(Role.DECISION_MAKER)


def open_route(paper: Paper) -> Route | None:
    """The signing that is under way."""
    return _routes(paper).filter(state=RouteState.OPEN).first()


def _routes(paper: Paper) -> QuerySet[Route]:
    return Route.objects.filter(kind=paper.signing, subject_type=paper._meta.label_lower, subject_id=paper.pk)


def routes_of(paper: Paper) -> list[Route]:
    """All signings, the present first, with steps and what was said."""
    return list(_routes(paper).prefetch_related("steps__decisions__by__person").order_by("-pk"))


def present_step(route: Route) -> RouteStep | None:
    """The first step that is not passed."""
    return route.steps.filter(passed_at__isnull=True).order_by("order").first()


def step_for(paper: Paper, actor: Any) -> RouteStep | None:
    """The step that `actor` can sign now, if it is their turn."""
    route = open_route(paper)
    step = present_step(route) if route else None
    return step if step is not None and may_sign(step, actor) else None


def delay_counts(contract: Contract) -> bool:
    """Whether a contract that is not signed in time lapses, by the rule row of whoever it waits for now."""
    route = open_route(contract)
    step = present_step(route) if route else None
    role = step.role if step else INVESTIGATOR
    return contract_rules_of(contract.project).signing_of(role).silence == "lapse"


def can_wait_longer(contract: Contract) -> bool:
    """Whether more time can be given to sign: it waits, its time runs, and none was given before."""
    runs = contract.sign_by is not None and contract.sign_by > timezone.now()
    return contract.state in UNSIGNED and runs and contract.sign_by_first is None


def next_signers(paper: Paper) -> list[User]:
    """The accounts that can sign now: those whom the first step not passed asks for; nobody before signing begins."""
    route = open_route(paper)
    step = present_step(route) if route else None
    if step is None:
        return []
    if step.role == INVESTIGATOR:
        return list(User.objects.filter(person=int(step.scope)))
    return list(holders(Role(step.role), int(step.scope) if step.scope else None))
