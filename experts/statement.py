"""The statement of impartiality and confidentiality that experts sign once for a round."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATEMENT = _(
    "I review impartially, keep everything confidential, use it for this review only "
    "and give it to no person and no tool."
)
