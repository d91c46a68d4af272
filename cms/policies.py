"""Policies of this room, for `workflows.policies.guarded`."""

from __future__ import annotations

from cms.models.profile import READERS
from directory.enums import Role
from directory.policies import role_policy

SITE_READER = role_policy(*READERS)
SITE_EDITOR = role_policy(Role.EDITOR)
