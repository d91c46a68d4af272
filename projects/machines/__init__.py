"""The machines of this room, one glance each; `bind` is called when the room is ready."""

from __future__ import annotations

from django.apps import apps

from projects.machines.acceptance import ACCEPTANCE, ACCEPTANCE_APPEAL
from projects.machines.adjustment import ADJUSTMENT
from projects.machines.call import CALL, CALL_EXTENSION
from projects.machines.change import PROJECT_CHANGE, SUPPLEMENT
from projects.machines.channel import CHANNEL_VERSION
from projects.machines.contract import CONTRACT, PROJECT
from projects.machines.decision import FUNDING_LIST, OBJECTION, PUBLIC_NOTICE
from projects.machines.handover import HANDOVER
from projects.machines.payment import INSTALMENT, MILESTONE, REPAYMENT
from projects.machines.proposal import PROPOSAL
from projects.machines.report import REPORT
from projects.machines.standing import CHANNEL_STANDING

ALL = (
    CALL,
    CALL_EXTENSION,
    PROPOSAL,
    FUNDING_LIST,
    PUBLIC_NOTICE,
    OBJECTION,
    CONTRACT,
    PROJECT,
    ADJUSTMENT,
    CHANNEL_VERSION,
    CHANNEL_STANDING,
    HANDOVER,
    MILESTONE,
    INSTALMENT,
    REPAYMENT,
    REPORT,
    ACCEPTANCE,
    ACCEPTANCE_APPEAL,
    PROJECT_CHANGE,
    SUPPLEMENT,
)


def bind() -> None:
    """Give each model its transitions."""
    for machine in ALL:
        machine.bind(apps.get_model(machine.model))
