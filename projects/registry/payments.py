"""What payments and milestones register when the room is ready: verbs, readers of papers, sources of the inbox."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from projects.models import OwnFunds, Repayment
    from projects.queries.payments_in_hand import SOURCES
    from workflows import files, inbox

    _verbs()
    for source in SOURCES:
        inbox.register(source)
    for model in (OwnFunds, Repayment):
        files.register_reader(model._meta.label, _reads_paper)


def _verbs() -> None:
    from projects.actions import payment, repayment
    from projects.models import Instalment, Milestone, Repayment
    from projects.queries.repayments import in_words
    from workflows.verbs import register as verb

    verb(Milestone, "claim", action=payment.claim_milestone)
    verb(Milestone, "reach", action=payment.reach_milestone)
    verb(Milestone, "send_back", action=payment.send_back_milestone)
    verb(Repayment, "confirm", action=repayment.confirm_repayment, says=in_words)
    verb(Repayment, "reject", action=repayment.reject_repayment, says=in_words)
    verb(Instalment, "pay", page=lambda one: reverse("instalment-pay", args=[one.uid]))
    verb(Instalment, "arrive", page=lambda one: reverse("instalment-arrival", args=[one.uid]))
    verb(Instalment, "take_back", action=payment.take_back_payment)


def _reads_paper(user: Any, record: Any) -> bool:
    return bool(type(record).objects.visible_to(user).filter(pk=record.pk).exists())
