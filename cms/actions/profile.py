"""Changing the site's names and numbers: proposed by an editor, put live by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms import rules as who
from cms.actions.seals import seal_profile
from cms.enums import ProfileState
from cms.models import ProfileChange, SiteProfile
from cms.models.profile import FACTS
from cms.queries.seals import changed_facts
from directory.models import User
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused


def propose_profile(*, profile: SiteProfile, facts: Mapping[str, str], reason: str, by: User) -> ProfileChange:
    """Propose other names and numbers; nothing is live before a second person approves.

    facts -- values by field; a field that is not named stays as it is live.
    Raises NotAllowed for others than editors; Refused while another change waits, where a value is not valid, and
    when nothing differs from what is live and sealed.
    """
    if not who.is_editor(by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        present = SiteProfile.objects.select_for_update().get(pk=profile.pk)
        values = {name: facts.get(name, getattr(present, name)) for name in FACTS}
        change = ProfileChange(profile=present, reason=reason.strip(), proposed_by=by, **values)
        _check(_faults(present, change))
        change.save()
        data = {"fields": differing(present, change)}
        journal.append(action="cms.profilechange.propose", subject=change, by=by, data=data)
    return change


def approve_profile(*, change: ProfileChange, by: Actor, note: str = "") -> ProfileChange:
    """Put the proposed names and numbers live and seal them, by an approver who did not propose them."""
    with unit():
        profile = SiteProfile.objects.select_for_update().get(pk=change.profile_id)
        with perform(change, "approve_profile", by=by, note=note) as row:
            row.approved_by_id = by.pk
        for name in FACTS:
            setattr(profile, name, getattr(change, name))
        profile.save()
        seal_profile(profile_id=profile.pk, by=by)
    return change


def refuse_profile(*, change: ProfileChange, by: Actor, note: str) -> ProfileChange:
    """Leave the names and numbers as they are, with the reason."""
    with perform(change, "refuse_profile", by=by, note=note):
        pass
    return change


def withdraw_profile(*, change: ProfileChange, by: Actor, note: str = "") -> ProfileChange:
    """Take back one's own proposal."""
    with perform(change, "withdraw_profile", by=by, note=note):
        pass
    return change


def differing(present: SiteProfile, change: ProfileChange) -> list[str]:
    """The fields in which a change differs from what is live."""
    return [name for name in FACTS if getattr(present, name) != getattr(change, name)]


def _faults(present: SiteProfile, change: ProfileChange) -> list[Reason]:
    if present.changes.filter(state=ProfileState.PROPOSED).exists():
        text = _("Another change of the names and numbers waits for approval.")
        return [Reason("change_waits", text, _("Have that one decided or withdrawn first."))]
    if not differing(present, change) and not changed_facts(present):
        return [Reason("no_difference", _("Nothing differs from what is live."), _("Change a field first."))]
    try:
        change.full_clean(exclude=["state"], validate_unique=False, validate_constraints=False)
    except ValidationError as faults:
        return [_invalid(change, name, messages) for name, messages in faults.message_dict.items()]
    return []


def _invalid(change: ProfileChange, name: str, messages: list[str]) -> Reason:
    label: Any = change._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a field of our own
    return Reason(f"invalid_{name}", _("%(field)s is not valid.") % {"field": label}, " ".join(messages))


def _check(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(*reasons)
