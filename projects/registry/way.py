"""What this part registers when the room is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# Addresses of records that stand in several lists: the rail marks the list by which the asker comes to them.
PROPOSAL = ("proposal", "proposal-return", "proposal-examination")
CONTRACT = (
    "contract",
    "contract-edit",
    "contract-sign",
    "contract-more-time",
    "contract-versions",
    "project",
    "milestone",
)


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from experts.conflicts import register_common_work
    from experts.queries.feedback import register_gate
    from projects import reminders
    from projects.actions.contract_clock import register_clock
    from projects.queries.common_work import common_projects
    from projects.queries.feedback import opinions_gate

    _verbs()
    _navigation()
    _inbox()
    _panel()
    _route()
    register_clock()
    reminders.register()
    register_common_work(common_projects)
    register_gate(opinions_gate)


def _verbs() -> None:
    from projects.actions import contract, eligibility, endorsement, funding, objection, recommendation, review
    from projects.models import Contract, FundingList, Objection, Proposal
    from workflows.verbs import register as verb

    verb(Proposal, "endorse", action=endorsement.endorse_proposal)
    verb(Proposal, "return_by_organisation", action=endorsement.return_by_organisation)
    verb(Proposal, "refuse_endorsement", action=endorsement.refuse_endorsement)
    verb(Proposal, "recommend", page=_recommend_page)
    verb(Proposal, "return_by_authority", action=recommendation.return_by_authority)
    verb(Proposal, "refuse_recommendation", action=recommendation.refuse_recommendation)
    verb(Proposal, "find_eligible", action=eligibility.find_eligible)
    verb(Proposal, "find_ineligible", action=eligibility.find_ineligible)
    verb(Proposal, "return_by_department", page=lambda one: reverse("proposal-return", args=[one.uid]))
    verb(Proposal, "send_to_review", action=review.send_to_review)
    for name, action in (
        ("ask_approval", funding.ask_approval),
        ("return_list", funding.return_list),
        ("approve_list", funding.approve_list),
        ("confirm", funding.confirm_list),
        ("cancel_list", funding.cancel_list),
    ):
        verb(FundingList, name, action=action, subject="funding_list")
    for name, decide in (
        ("uphold", objection.uphold),
        ("dismiss", objection.dismiss),
        ("not_accept", objection.not_accept),
    ):
        verb(Objection, name, action=decide)
    verb(Contract, "start_signing", action=contract.start_signing)


def _recommend_page(proposal: object) -> str:
    from projects.models import Proposal

    assert isinstance(proposal, Proposal)  # noqa: S101 - registered for proposals
    return f"{reverse('recommendations')}?call={proposal.call.code}&state=endorsed&q={proposal.number}"


def _navigation() -> None:
    from directory.policies import ORGANISATION_ADMIN, PERSON, READER, RECOMMENDING_OFFICER
    from projects.views.objection import OBJECTIONS
    from workflows.navigation import Entry, register

    register(
        Entry(
            "organisation",
            10,
            _("Proposals to endorse"),
            "endorsements",
            ORGANISATION_ADMIN,
            (*PROPOSAL, "letter"),
        ),
        Entry(
            "organisation",
            20,
            _("Proposals to recommend"),
            "recommendations",
            RECOMMENDING_OFFICER,
            PROPOSAL,
        ),
        Entry(
            "programme",
            20,
            _("Proposals received"),
            "officer-proposals",
            READER,
            (*PROPOSAL, "finding"),
        ),
        Entry("programme", 40, _("Funding lists"), "funding-lists", READER),
        Entry(
            "projects",
            10,
            _("Projects and contracts"),
            "projects",
            PERSON,
            CONTRACT,
        ),
        Entry("integrity", 10, _("Objections"), "objections", OBJECTIONS),
    )


def _inbox() -> None:
    from projects.queries.in_hand import SOURCES
    from workflows.inbox import register

    for source in SOURCES:
        register(source)


def _panel() -> None:
    from directory.policies import OFFICER
    from projects.queries.call_progress import calls_under_way
    from workflows.panels import Panel, register

    def context(_user: object) -> dict[str, object]:
        calls = calls_under_way()
        return {"under_way": calls} if calls else {}

    register(Panel("projects.way", OFFICER, "projects/proposal/panel_calls.html", context, order=10))


def _route() -> None:
    from projects.actions.contract import finish_signing, take_back_text
    from projects.queries.signatures import KIND, may_sign
    from workflows.routes import RouteKind, register

    register(
        RouteKind(
            code=KIND,
            may=lambda user, step, _contract: may_sign(step, user),
            on_approved=finish_signing,
            on_refused=take_back_text,
            on_returned=take_back_text,
        )
    )
