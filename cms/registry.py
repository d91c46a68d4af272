"""What this room registers when it is ready: verbs, navigation, a source of the inbox."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.enums import ProfileState
from directory.enums import Role
from directory.queries.standing import holds
from workflows import inbox, navigation, verbs


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from cms.actions import profile as actions
    from cms.models import ProfileChange
    from cms.policies import SITE_READER

    for name in ("approve_profile", "refuse_profile", "withdraw_profile"):
        verbs.register(ProfileChange, name, action=getattr(actions, name), subject="change")
    label = gettext_lazy("Names and numbers of the site")
    navigation.register(navigation.Entry("site", 10, label, "site_profile", SITE_READER, ("site_profile_edit",)))
    inbox.register(inbox.Source("cms.profile", holds(Role.APPROVER), _to_approve, _approve, title="reason"))


def _to_approve(user: Any) -> QuerySet[Any]:
    from cms.models import ProfileChange

    return ProfileChange.objects.filter(state=ProfileState.PROPOSED).exclude(proposed_by=user.pk)


def _approve(row: inbox.Row) -> inbox.Waiting:
    why = _("An editor asks you to approve other names and numbers of the site.")
    return inbox.Waiting(row.title, why, reverse("site_profile"), row.due, gettext_lazy("website"), "go")
