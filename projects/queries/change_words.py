"""What a change changes, in words: the part, what stood there, what is to stand there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.budget import in_wan
from projects.enums import ChangeKind, InstalmentState, TerminationReason
from projects.models import Milestone, Project
from projects.queries.payments import live_instalments

Row = tuple[str, str, str]
Content = Mapping[str, Any]
LABELS = {
    "title": gettext_lazy("Title"),
    "ends_on": gettext_lazy("Ends"),
    "work": gettext_lazy("Work in the added time"),
    "goals": gettext_lazy("Goals"),
    "targets": gettext_lazy("Indicators"),
    "milestones": gettext_lazy("Milestones"),
    "waiting": gettext_lazy("Instalments that wait for them"),
    "investigator": gettext_lazy("Investigator"),
    "organisation": gettext_lazy("Host"),
    "method": gettext_lazy("Technical route"),
    "leave": pgettext_lazy("team", "Leave"),
    "join": pgettext_lazy("team", "Join"),
    "why": gettext_lazy("Why it ends"),
    "basis": gettext_lazy("Decision it follows"),
    "spent": gettext_lazy("Spent, 万元"),
    "returned": gettext_lazy("To be returned, 万元"),
}


def rows_of(project: Project, content: Content, kind: ChangeKind, payload: Mapping[str, Any]) -> list[Row]:
    """The rows of a change before it is in force, in the present language. Empty for suspension and resumption."""
    words = WORDS.get(kind)
    return words(project, content, payload) if words else []


def in_words(rows: list[Row]) -> str:
    """The rows as lines, for a supplementary contract and for messages."""
    return "\n".join(f"{LABELS[key]}: {_arrow(old, new)}" for key, old, new in rows)


def _arrow(old: str, new: str) -> str:
    return f"{old} → {new}" if old else new


def day_in_words(day: dt.date) -> str:
    """The whole date as the site writes it."""
    return date_format(day, "DATE_FORMAT")


def targets_in_words(targets: list[dict[str, str]]) -> str:
    """Indicators, one a line, as they are typed."""
    return "\n".join(" | ".join((one["name"], one["value"], one["check"])) for one in targets)


def _title(project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    return [("title", project.title, payload["title"])]


def _extension(project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    ends = (day_in_words(project.ends_on), day_in_words(dt.date.fromisoformat(payload["ends_on"])))
    return [("ends_on", *ends), ("work", "", payload["work"])]


def _goals(project: Project, content: Content, payload: Mapping[str, Any]) -> list[Row]:
    targets = targets_in_words(content.get("targets", [])), targets_in_words(payload["targets"])
    rows = [("goals", str(content.get("goals", "")), payload["goals"]), ("targets", *targets)]
    return [row for row in rows if row[1] != row[2]] + _milestones(project, payload.get("milestones", {}))


def _milestones(project: Project, texts: Mapping[str, str]) -> list[Row]:
    """The milestones with other texts, and the instalments that are paid once these are reached."""
    if not texts:
        return []
    stones = list(Milestone.objects.filter(project=project, number__in=texts).order_by("number"))
    rest = live_instalments(project).filter(milestone__in=stones, state=InstalmentState.PLANNED)
    old = "\n".join(f"{_stone(one)}: {one.text}" for one in stones)
    new = "\n".join(f"{_stone(one)}: {texts[str(one.number)]}" for one in stones)
    money = _("Instalment %(number)d, %(amount)s 万元: milestone %(milestone)d")
    waiting = [
        money % {"number": one.number, "amount": in_wan(one.amount), "milestone": one.milestone.number}
        for one in rest
        if one.milestone
    ]
    return [("milestones", old, new), *([("waiting", "", "\n".join(waiting))] if waiting else [])]


def _stone(one: Milestone) -> str:
    return f"{one.number} ({day_in_words(one.due_on)})"


def _investigator(project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    return [("investigator", project.investigator.name, payload["name"])]


def _organisation(project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    return [("organisation", project.organisation.name, payload["name"])]


def _participants(_project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    joins = "\n".join(f"{one['name']}，{one['organisation']}，{one['task']}" for one in payload["join"])
    rows = [("leave", "", "、".join(payload["leave"])), ("join", "", joins)]
    return [row for row in rows if row[2]]


def _method(_project: Project, content: Content, payload: Mapping[str, Any]) -> list[Row]:
    return [("method", str(content.get("method", "")), payload["method"])]


def _termination(_project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    why = str(TerminationReason(payload["why"]).label)
    return [("why", "", why), ("spent", "", _wan(payload["spent"])), ("returned", "", _wan(payload["returned"]))]


def _revocation(_project: Project, _content: Content, payload: Mapping[str, Any]) -> list[Row]:
    return [("basis", "", payload["basis"]), ("returned", "", _wan(payload["returned"]))]


def _wan(amount: str) -> str:
    return in_wan(Decimal(amount))


def heading(number: int, kind: str) -> str:
    """What a change is called on its page and in messages."""
    return _("%(kind)s, change no. %(number)d") % {"kind": ChangeKind(kind).label, "number": number}


Words = Callable[[Project, Content, Mapping[str, Any]], list[Row]]
WORDS: dict[ChangeKind, Words] = {
    ChangeKind.TITLE: _title,
    ChangeKind.EXTENSION: _extension,
    ChangeKind.GOALS: _goals,
    ChangeKind.INVESTIGATOR: _investigator,
    ChangeKind.ORGANISATION: _organisation,
    ChangeKind.PARTICIPANTS: _participants,
    ChangeKind.METHOD: _method,
    ChangeKind.TERMINATION: _termination,
    ChangeKind.REVOCATION: _revocation,
}
