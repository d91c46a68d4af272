"""What the rules of the green channel register when the room is ready: verbs, navigation, inbox, clock."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.policies import READER
from directory.queries.standing import holds
from projects.enums import ChannelVersionState, StandingState
from workflows import inbox, navigation, verbs


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from projects.actions import channel_rules as actions
    from projects.models import ChannelVersion

    verbs.register(ChannelVersion, "propose", action=actions.propose_rules, subject="version")
    verbs.register(ChannelVersion, "approve", action=actions.approve_rules, subject="version")
    verbs.register(ChannelVersion, "return_rules", action=actions.return_rules, subject="version")
    verbs.register(ChannelVersion, "withdraw", action=actions.withdraw_rules, subject="version")
    verbs.register(ChannelVersion, "call_off", action=actions.call_off_rules, subject="version")
    own = ("channel-version", "channel-delivered", "channel-edit", "channel-preview")
    label = gettext_lazy("Rules of budget changes")
    navigation.register(navigation.Entry("programme", 30, label, "channel-rules", READER, own))
    columns = {"title": "document"}
    decision_maker, officer = holds(Role.DECISION_MAKER), holds(Role.PROGRAMME_OFFICER)
    inbox.register(inbox.Source("channel.approval", decision_maker, _to_approve, _approve, **columns))
    inbox.register(inbox.Source("channel.drafts", officer, _own_drafts, _finish, **columns))
    actions.register_clock()
    _standings()


def _standings() -> None:
    from projects.actions import standing as actions
    from projects.models import ChannelStanding
    from projects.views.standing import STANDINGS

    for name in ("grant", "refuse_standing", "withdraw_standing", "end_standing"):
        action = getattr(actions, f"{name.removesuffix('_standing')}_standing")
        verbs.register(ChannelStanding, name, action=action, subject="standing")
    own = ("channel-standing", "channel-standing-new")
    label = gettext_lazy("Pilots and credit grades")
    navigation.register(navigation.Entry("programme", 31, label, "channel-standings", STANDINGS, own))
    giver = holds(Role.DECISION_MAKER, Role.INTEGRITY_OFFICER)
    columns = {"title": "organisation__name"}
    inbox.register(inbox.Source("channel.standings", giver, _to_grant, _grant, **columns))


def _to_grant(user: Any) -> QuerySet[Any]:
    from projects.models import ChannelStanding

    return ChannelStanding.objects.filter(state=StandingState.PROPOSED).exclude(proposed_by=user.pk)


def _grant(row: inbox.Row) -> inbox.Waiting:
    url = reverse("channel-standing", args=[row.uid])
    why = _("Somebody asks you to approve a pilot status or a credit grade.")
    return inbox.Waiting(row.title, why, url, None, gettext_lazy("organisation"), "go")


def _to_approve(user: Any) -> QuerySet[Any]:
    from projects.models import ChannelVersion

    return ChannelVersion.objects.filter(state=ChannelVersionState.PROPOSED).exclude(drafted_by=user.pk)


def _own_drafts(user: Any) -> QuerySet[Any]:
    from projects.models import ChannelVersion

    return ChannelVersion.objects.filter(state=ChannelVersionState.DRAFT, drafted_by=user.pk)


def _approve(row: inbox.Row) -> inbox.Waiting:
    return _waiting(row, _("An officer asks you to approve these rules; the preview shows what they change."), "go")


def _finish(row: inbox.Row) -> inbox.Waiting:
    return _waiting(row, _("You are drafting these rules."), "")


def _waiting(row: inbox.Row, why: str, tone: Any) -> inbox.Waiting:
    title = _("Rules of budget changes")
    shown = f"{title} {row.title}" if row.title else title
    url = reverse("channel-version", args=[row.uid])
    return inbox.Waiting(shown, why, url, None, gettext_lazy("rules"), tone)
