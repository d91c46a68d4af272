"""The objects that stand behind the addresses with arguments: some in every state that the demo has, and none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from directory.models import Membership, Organisation, Person, RoleGrant, User
from experts.models import (
    Absence,
    Assignment,
    Dossier,
    Draw,
    DrawnSeat,
    ExpertCredit,
    ExpertiseItem,
    ExpertProfile,
    FeeLine,
    FeeSheet,
    Meeting,
    MeetingItem,
    MeetingMember,
    NameFinding,
    PoolList,
    ReviewRound,
    ScoreSheet,
    Station,
    Tie,
)
from projects.models import (
    Acceptance,
    AcceptanceAppeal,
    Adjustment,
    Call,
    ChannelPreview,
    ChannelStanding,
    ChannelVersion,
    Contract,
    Delegation,
    Finding,
    FundingItem,
    FundingList,
    Handover,
    Instalment,
    Letter,
    Milestone,
    Objection,
    OwnFunds,
    Participant,
    PortfolioSheet,
    Project,
    ProjectArchive,
    ProjectChange,
    Proposal,
    PublicNotice,
    RecommendationLetter,
    Report,
    Result,
    SavedView,
    Spending,
    SpendingFile,
    Supplement,
)
from workflows.models import Message, OutboxMessage, StoredFile

NOWHERE = uuid.UUID(int=7)
NO_KEY = 987654321
MOST = 4
Kwargs = dict[str, Any]


def each_state(model: Any) -> list[Any]:
    """The first object of each state."""
    found: dict[str, Any] = {}
    for one in model._base_manager.order_by("pk"):
        found.setdefault(getattr(one, "state", str(len(found))), one)
    return list(found.values())[:MOST]


def uids(model: Any, **more: Any) -> Callable[[], list[Kwargs]]:
    """Arguments by uid, and one that leads nowhere last."""
    return lambda: [*({"uid": one.uid, **more} for one in each_state(model)), {"uid": NOWHERE, **more}]


def keys(model: Any) -> Callable[[], list[Kwargs]]:
    """Arguments by primary key, and one that leads nowhere last."""
    return lambda: [*({"pk": one.pk} for one in each_state(model)), {"pk": NO_KEY}]


def _with(rows: Iterable[Kwargs], nowhere: Kwargs) -> list[Kwargs]:
    return [*rows, nowhere]


def _members() -> list[Kwargs]:
    rows = Participant.objects.select_related("proposal").order_by("pk")[:3]
    return _with(({"uid": one.proposal.uid, "pk": one.pk} for one in rows), {"uid": NOWHERE, "pk": NO_KEY})


def _items() -> list[Kwargs]:
    rows = FundingItem.objects.select_related("funding_list").order_by("pk")[:2]
    return _with(({"uid": one.funding_list.uid, "pk": one.pk} for one in rows), {"uid": NOWHERE, "pk": NO_KEY})


def _pins() -> list[Kwargs]:
    dossier = Dossier.objects.filter(round__isnull=False).first()
    expert = ExpertProfile.objects.first()
    assert dossier
    assert expert
    return [{"uid": dossier.uid, "expert": expert.uid}, {"uid": NOWHERE, "expert": NOWHERE}]


def _drawn() -> list[Kwargs]:
    rows = DrawnSeat.objects.select_related("draw").order_by("pk")[:2]
    return _with(({"uid": one.draw.uid, "pk": one.pk} for one in rows), {"uid": NOWHERE, "pk": NO_KEY})


def _of_meetings(model: Any) -> list[Kwargs]:
    rows = model._base_manager.select_related("meeting").order_by("pk")[:2]
    return _with(({"uid": one.meeting.uid, "pk": one.pk} for one in rows), {"uid": NOWHERE, "pk": NO_KEY})


def _codes() -> list[Kwargs]:
    return _with(({"code": one.code} for one in each_state(Call)), {"code": "NOWHERE"})


def _transitions() -> list[Kwargs]:
    steps = ((Proposal, "endorse"), (Proposal, "withdraw"), (Call, "approve"), (FundingList, "approve"))
    found = [
        {"label": model._meta.label_lower, "uid": one.uid, "name": name}
        for model, name in steps
        for one in each_state(model)[:3]
    ]
    return _with(found, {"label": "projects.proposal", "uid": NOWHERE, "name": "endorse"})


def _steps(model: Any, *names: str) -> Callable[[], list[Kwargs]]:
    return lambda: [
        *({"uid": one.uid, "name": name} for name in names for one in each_state(model)[:3]),
        {"uid": NOWHERE, "name": names[0]},
    ]


ARGUMENTS: dict[str, Callable[[], list[Kwargs]]] = {
    "dates_feed": lambda: [{"token": "nobodys"}],
    "checkpoint": lambda: [{"name": "0.json"}],
    "message_open": keys(Message),
    "dead_letter_retry": keys(OutboxMessage),
    "dead_letter_drop": keys(OutboxMessage),
    "file": uids(StoredFile),
    "transition": _transitions,
    "person": uids(Person),
    "person-sensitive": uids(Person),
    "person-account": uids(Person),
    "organisation": uids(Organisation),
    "organisation-edit": uids(Organisation),
    "member-invite": uids(Organisation),
    "member-administrator": keys(Membership),
    "membership-invitation": lambda: [{"token": "nowhere"}],
    "role-end": keys(RoleGrant),
    "role-confirm": keys(RoleGrant),
    "calendar": lambda: [{"year": 2026}, {"year": 1}],
    **{name: uids(Call) for name in ("officer_call", "call_clone", "call_preview", "call_extend", "call_documents")},
    "call_edit": uids(Call, part="facts"),
    "call_form": uids(Call),
    "call_section": uids(Call, section_id="basic"),
    "call_field": uids(Call, section_id="basic", field_id="title"),
    "proposal-start": _codes,
    "call-check": _codes,
    "call-review": _codes,
    "call-funding": _codes,
    **{
        name: uids(Proposal)
        for name in (
            *("proposal", "proposal-write", "proposal-member-add", "proposal-check", "proposal-versions"),
            *("proposal-examination", "proposal-return"),
        )
    },
    "proposal-section": uids(Proposal, name="basic"),
    "proposal-presence": uids(Proposal, name="basic"),
    "proposal-receipt": uids(Proposal, number=1),
    "proposal-member": _members,
    "team-invitation": lambda: [{"token": "nowhere"}],
    "letter": uids(Letter),
    "recommendation-letter": uids(RecommendationLetter),
    "recommendation-list": uids(RecommendationLetter),
    "finding": keys(Finding),
    "funding-list": uids(FundingList),
    "funding-refill": uids(FundingList),
    "funding-item": _items,
    "objection": uids(Objection),
    "objection-objector": uids(Objection),
    "project": uids(Project),
    "contract": uids(Contract),
    "contract-edit": uids(Contract),
    "contract-sign": uids(Contract),
    "contract-versions": uids(Contract),
    "contract-pdf": uids(Contract, number=1),
    "change-kinds": uids(Project),
    "change-ask": uids(Project, kind="title"),
    "change": uids(ProjectChange),
    "change-decision": uids(ProjectChange),
    "supplement": uids(Supplement),
    "supplement-sign": uids(Supplement),
    "contract-more-time": uids(Contract),
    "money": uids(Project),
    "payment-plan": uids(Project),
    "own-funds": uids(Project),
    "repayment": uids(Project),
    "own-funds-strike": uids(OwnFunds),
    "instalment-pay": uids(Instalment),
    "instalment-arrival": uids(Instalment),
    "milestone": uids(Milestone),
    "spending": uids(Project),
    "results": uids(Project),
    "result-record": uids(Project),
    "result-strike": uids(Result),
    **{
        name: uids(Acceptance)
        for name in ("acceptance", "acceptance-edit", "acceptance-appeal", "acceptance-opinion", "acceptance-proposal")
    },
    "report": uids(Report),
    "report-edit": uids(Report),
    "spending-record": uids(Project),
    "spending-import": uids(Project),
    "spending-file": uids(SpendingFile),
    "spending-strike": uids(Spending),
    "adjust": uids(Project),
    "channel-draft": lambda: [{"name": "2021-08-13"}, {"name": "2001-01-01"}],
    "channel-delivered": lambda: [{"name": "2021-08-13"}, {"name": "2001-01-01"}],
    "channel-version": uids(ChannelVersion),
    "channel-edit": uids(ChannelVersion),
    "channel-preview-ask": uids(ChannelVersion),
    "channel-standing": uids(ChannelStanding),
    "channel-preview": uids(ChannelPreview),
    "handover": uids(Handover),
    "handover-new": keys(User),
    "delegate": uids(Project),
    "delegation-end": uids(Delegation),
    "adjustment": uids(Adjustment),
    "adjustment-decision": uids(Adjustment),
    "adjustment-policy": uids(Organisation),
    **{
        name: uids(Assignment)
        for name in (
            *("review", "review_names", "review_accept", "review_decline"),
            *("review_conflict", "review_save", "review_submit"),
            *("review_change", "review_versions", "review_say"),
        )
    },
    "expert_tie_remove": keys(Tie),
    "expert_work_remove": keys(ExpertiseItem),
    "expert_station_remove": keys(Station),
    "expert_document_remove": uids(StoredFile),
    "expert_kinds": uids(ExpertProfile),
    "expert_absence_remove": keys(Absence),
    "organisation_experts": uids(Organisation),
    "expert": uids(ExpertProfile),
    "pool_list": uids(PoolList),
    "portfolio-forget": keys(SavedView),
    "portfolio-sheet": uids(PortfolioSheet),
    "appeal": uids(AcceptanceAppeal),
    "project-archive-ask": uids(Project),
    "project-archive": uids(ProjectArchive),
    "expert_step": _steps(ExpertProfile, "admit", "suspend"),
    **{
        name: uids(ReviewRound)
        for name in (
            *("round", "round_plan", "round_rules", "round_terms", "round_deadline", "round_ranking", "round_names"),
            *("round_compute", "round_method", "round_ranking_xlsx", "round_ranking_csv", "round_report"),
            *("round_credit", "round_fees", "round_fees_xlsx", "round_fees_make"),
            *("invitations", "round_phases", "round_chair"),
            *("round_opinions", "round_release", "round_meetings"),
        )
    },
    "round_rate": lambda: (
        [
            {"uid": row.round.uid, "expert": row.expert.uid}
            for row in ExpertCredit.objects.select_related("round", "expert")[:MOST]
        ]
        or [{"uid": NOWHERE, "expert": NOWHERE}]
    ),
    "opinion_redact": lambda: (
        [
            {"uid": row.assignment.round.uid, "pk": row.pk}
            for row in ScoreSheet.objects.select_related("assignment__round")[:MOST]
        ]
        or [{"uid": NOWHERE, "pk": NO_KEY}]
    ),
    "fee_line": lambda: (
        [{"uid": row.sheet.round.uid, "pk": row.pk} for row in FeeLine.objects.select_related("sheet__round")[:MOST]]
        or [{"uid": NOWHERE, "pk": NO_KEY}]
    ),
    "fee_step": lambda: (
        [
            {"uid": row.round.uid, "name": name}
            for row in FeeSheet.objects.select_related("round")[:MOST]
            for name in ("confirm", "reopen")
        ]
        or [{"uid": NOWHERE, "name": "confirm"}]
    ),
    "name_rule": keys(NameFinding),
    **{
        name: uids(Meeting)
        for name in ("meeting", "meeting_live", "meeting_plan", "meeting_minutes", "meeting_minutes_pdf")
    },
    "meeting_attendance": lambda: _of_meetings(MeetingMember),
    "meeting_papers": lambda: _of_meetings(MeetingItem),
    "meeting_act": lambda: [{**one, "name": "step"} for one in _of_meetings(MeetingItem)],
    "meeting_step": _steps(Meeting, "close", "cancel"),
    "draw": uids(Draw),
    "draw_confirm": uids(Draw),
    "draw_step": _steps(Draw, "start", "again", "withdraw"),
    "draw_take_out": _drawn,
    "draw_put_back": _drawn,
    "draw_part": uids(Draw, part="inputs"),
    "round_step": _steps(ReviewRound, "open", "cancel"),
    "assignment_step": _steps(Assignment, "invite", "replace"),
    "dossier_assign": uids(Dossier),
    "dossier_pin": _pins,
    "notice-object": uids(PublicNotice),
    "picture": lambda: [{"name": "nowhere.png"}],
    "call_calendar": lambda: [{"slug": "nowhere"}],
    "archived_call": _codes,
    "session-end": lambda: [{"pk": NO_KEY}],
    "column_feed": lambda: [{"slug": "news"}, {"slug": "nowhere"}],
}
