"""The names of the groups that stand for the two editorial roles in the Wagtail admin."""

from __future__ import annotations

from directory.enums import Role

EDITORS = "tala: editors"
APPROVERS = "tala: approvers"
GROUP_OF_ROLE: dict[Role, str] = {Role.EDITOR: EDITORS, Role.APPROVER: APPROVERS}
