"""Who is in which group of the Wagtail admin: exactly those who hold the role now."""

from __future__ import annotations

from django.contrib.auth.models import Group

from cms.editors import GROUP_OF_ROLE
from directory.models import User
from directory.queries.standing import standing
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def sync_editor(*, user: User) -> bool:
    """Put the user into the groups of the editorial roles held now and out of the others; whether anything changed."""
    due = {name for role, name in GROUP_OF_ROLE.items() if standing(user).has(role)}
    held = set(user.groups.filter(name__in=GROUP_OF_ROLE.values()).values_list("name", flat=True))
    if due == held:
        return False
    with unit():
        user.groups.remove(*Group.objects.filter(name__in=held - due))
        user.groups.add(*Group.objects.filter(name__in=due - held))
        journal.append(action="cms.editor.sync", subject=user, by=SYSTEM, data={"groups": sorted(due)})
    return True
