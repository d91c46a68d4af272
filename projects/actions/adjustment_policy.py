"""What an organisation rules for the budgets of its projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.models import Organisation, User
from directory.queries.standing import standing
from projects.models import AdjustmentPolicy
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason


def rule_adjustments(*, organisation: Organisation, rules: Mapping[str, Any], by: User) -> AdjustmentPolicy:
    """Set the policy of an organisation; it holds for what is asked from now on. NotAllowed but for its administrators.

    rules -- equipment_decrease, second_signature_over (yuan), max_adjustments, freeze_before_end_days; None: no rule.
    """
    if organisation.pk not in standing(by).admin_of:
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        policy = AdjustmentPolicy.objects.filter(organisation=organisation).first()
        policy = policy or AdjustmentPolicy(organisation=organisation)
        for name, value in rules.items():
            setattr(policy, name, value)
        policy.version += 1
        policy.save()
        data = {name: None if value is None else str(value) for name, value in rules.items()}
        journal.append(action="projects.adjustment_policy.set", subject=policy, by=by, data=data)
    return policy
