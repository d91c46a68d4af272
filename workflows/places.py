"""What this room puts into the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.navigation import Entry
from workflows.policies import SIGNED_IN, SYSTEM_STAFF

ENTRIES = (
    Entry("mine", 80, _("My dates"), "dates", SIGNED_IN, ("dates_open",)),
    Entry("mine", 90, _("Messages"), "messages", SIGNED_IN),
    Entry("system", 20, _("Undelivered effects"), "dead_letters", SYSTEM_STAFF),
)
