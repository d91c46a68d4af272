"""States and kinds of this room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutboxState(TextChoices):
    """Where an effect stands."""

    WAITING = "waiting", _("waiting")
    LEASED = "leased", _("being delivered")
    DONE = "done", _("delivered")
    DEAD = "dead", _("given up")
    DROPPED = "dropped", _("dropped")


class FileState(TextChoices):
    """Where an upload stands at the gate."""

    WAITING = "waiting", _("waiting for the scan")
    CLEAN = "clean", _("accepted")
    REFUSED = "refused", _("refused")


class RouteState(TextChoices):
    """Where an approval route stands."""

    OPEN = "open", _("under way")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned for correction")
    CANCELLED = "cancelled", _("cancelled")


class Verdict(TextChoices):
    """What one approver said."""

    APPROVE = "approve", _("approve")
    REFUSE = "refuse", _("refuse")
    RETURN = "return", _("return for correction")


class DeadlineState(TextChoices):
    """Where a deadline stands."""

    RUNNING = "running", _("running")
    MET = "met", _("met")
    EXPIRED = "expired", pgettext_lazy("deadline", "expired")
    LIFTED = "lifted", _("lifted")
