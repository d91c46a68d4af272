"""What this room registers when it is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

RULED_IN_A_ROUND = (
    "fee_standards",
    "dossier_assign",
    "dossier_pin",
    "assignment_step",
    "draw",
    "draw_step",
    "draw_take_out",
    "name_rule",
    "meeting_plan",
)

LISTED_IN_THE_POOL = ("pool_lists", "pool_list")

OWN_PAGES = ("expert_works", "expert_stations", "expert_ties", "expert_absences", "expert_documents")


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from directory.policies import EXPERT, ORGANISATION_ADMIN, PERSON, READER
    from experts import reminders
    from experts.queries import attachments, reading
    from workflows import files
    from workflows.navigation import Entry
    from workflows.navigation import register as navigation

    navigation(
        Entry("mine", 30, _("My reviews"), "reviews", EXPERT, ("own_credit", "own_fees")),
        Entry("mine", 40, _("My expertise"), "expert_apply", PERSON, OWN_PAGES),
        Entry("organisation", 30, _("Recommend experts"), "own_experts", ORGANISATION_ADMIN, ("organisation_experts",)),
        Entry("programme", 40, _("Review rounds"), "rounds", READER, RULED_IN_A_ROUND),
        Entry("programme", 50, _("Expert pool"), "experts", READER, LISTED_IN_THE_POOL),
    )
    files.register_guest(reading.reads_file)
    files.register_holder(reading.holds_file)
    reminders.register()
    files.register_reader("experts.poollist", lambda _user, _list: False)
    files.register_reader("experts.expertprofile", _reads_papers)
    files.register_reader("experts.dossier", attachments.reads_copies)
    _verbs()
    _inbox()


def _reads_papers(user: Any, expert: Any) -> bool:
    """The papers of a profile are as visible as the profile."""
    from experts.models import ExpertProfile

    return bool(ExpertProfile.objects.visible_to(user).filter(pk=expert.pk).exists())


def _verbs() -> None:
    from experts import machines
    from experts.models import Assignment, Draw, FeeSheet, Meeting, ReviewRound
    from workflows.verbs import register as verb

    pages: tuple[tuple[Any, Any, str], ...] = (
        (ReviewRound, machines.ROUND, "round_step"),
        (Meeting, machines.MEETING, "meeting_step"),
    )
    for model, machine, address in pages:
        for row in machine.transitions:
            if not row.automatic:
                verb(model, row.name, page=_page(address, row.name))
    for name in ("start", "again", "withdraw"):
        verb(Draw, name, page=_page("draw_step", name))
    verb(Draw, "confirm", page=lambda draw: f"{reverse('draw', args=[draw.uid])}#confirm")
    for name in ("confirm", "reopen"):
        verb(FeeSheet, name, page=_fee_page(name))
    _expert_verbs()
    for name in ("invite", "replace"):
        verb(Assignment, name, page=_page("assignment_step", name))
    for name in ("accept", "decline", "begin"):
        verb(Assignment, name, page=_page("review"))
    verb(Assignment, "change", page=_page("review_change"))
    verb(Assignment, "recuse", page=_page("review_conflict"))
    verb(Assignment, "submit", page=_page("review_submit"))


def _fee_page(name: str) -> Any:
    return lambda sheet: reverse("fee_step", args=[sheet.round.uid, name])


def _expert_verbs() -> None:
    from experts.actions.pool import decline_pool, leave_pool
    from experts.models import ExpertProfile
    from workflows.verbs import register as verb

    for name in ("admit", "send_back", "enrol", "suspend", "readmit"):
        verb(ExpertProfile, name, page=_page("expert_step", name))
    verb(ExpertProfile, "apply", page=lambda _expert: reverse("expert_apply"))
    own: dict[str, Any] = {"subject": "expert", "back": lambda _expert, _user: reverse("expert_apply")}
    verb(ExpertProfile, "decline", action=decline_pool, **own)
    verb(ExpertProfile, "leave", action=leave_pool, **own)


def _page(address: str, *more: str) -> Any:
    return lambda record: reverse(address, args=[record.uid, *more])


def _inbox() -> None:
    from experts.queries.meeting_dates import SOURCES as MEETINGS
    from experts.queries.meeting_dates import meeting_dates
    from experts.queries.waiting import SOURCES
    from workflows import calendar
    from workflows.inbox import register

    for source in (*SOURCES, *MEETINGS):
        register(source)
    calendar.register(meeting_dates)
