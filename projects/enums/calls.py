"""What a call is, and the parts it has."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallKind(TextChoices):
    """What a call gives."""

    PROJECT = "project", _("research project")
    KEY_LAB = "key_lab", _("key laboratory")
    BASE = "base", _("cooperation base")


class CallState(TextChoices):
    """Where a call stands. Open or closed for filing follows from the deadline, not from the state."""

    DRAFT = "draft", _("draft")
    IN_APPROVAL = "in_approval", _("in approval")
    PUBLISHED = "published", _("published")
    CONCLUDED = "concluded", _("concluded")
    CANCELLED = "cancelled", _("cancelled")


class ExtensionState(TextChoices):
    """Where the extension of a published call stands."""

    PROPOSED = "proposed", pgettext_lazy("extension", "to be approved")
    APPROVED = "approved", pgettext_lazy("extension", "in force")
    REFUSED = "refused", pgettext_lazy("extension", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("extension", "withdrawn")


class BudgetMode(TextChoices):
    """How the money is planned (预算制 or 包干制)."""

    ITEMISED = "itemised", _("itemised budget")
    LUMP_SUM = "lump_sum", _("lump sum")


class ContactKind(TextChoices):
    """What a contact of a call answers."""

    GUIDE = "guide", _("the guide")
    RECOMMENDATION = "recommendation", _("recommendation")
    SYSTEM = "system", _("the system")
    BUDGET = "budget", _("budget")
    INTEGRITY = "integrity", _("research integrity")


class DocumentKind(TextChoices):
    """What a document of a call is for."""

    GUIDE = "guide", pgettext_lazy("document", "guide")
    TEMPLATE = "template", pgettext_lazy("document", "template")
    EXPLANATION = "explanation", pgettext_lazy("document", "how to fill it in")
    OTHER = "other", pgettext_lazy("document", "other")


class ScoreKind(TextChoices):
    """How a criterion is answered."""

    POINTS = "points", _("points")
    VETO = "veto", _("pass or fail")
