"""Policies by role, for `workflows.policies.guarded`."""

from __future__ import annotations

from directory.enums import Role
from directory.queries.standing import holds, standing
from workflows.policies import Policy


def role_policy(*roles: Role) -> Policy:
    """The policy of those who hold any of `roles`."""
    return Policy("+".join(sorted(roles)), holds(*roles))


PERSON = Policy("person", lambda user: standing(user).person_id is not None)
ORGANISATION_ADMIN = role_policy(Role.ORGANISATION_ADMIN)
RECOMMENDING_OFFICER = role_policy(Role.RECOMMENDING_OFFICER)
PROGRAMME_OFFICER = role_policy(Role.PROGRAMME_OFFICER)
DECISION_MAKER = role_policy(Role.DECISION_MAKER)
OFFICER = role_policy(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER)
READER = role_policy(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER, Role.AUDITOR)
EXPERT = role_policy(Role.EXPERT)
INTEGRITY_OFFICER = role_policy(Role.INTEGRITY_OFFICER)
AUDITOR = role_policy(Role.AUDITOR)
SYSTEM_ADMIN = role_policy(Role.SYSTEM_ADMIN)
