"""What people type or paste as numbers: harmless differences are taken out, lossy ones are named."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 64


def code(text: str) -> str:
    """A code with full-width characters, blanks, hyphens of decoration and a trailing ".0" taken out, in capitals.

    Raises ValidationError for what a spreadsheet has rounded: the digits are lost and must be typed again.
    """
    plain = unicodedata.normalize("NFKC", text).strip()[:LONGEST].upper()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?E\+?[0-9]+", plain):
        raise ValidationError(
            _("A spreadsheet has rounded this number (%(text)s). Format the column as text and copy it again."),
            "rounded",
            {"text": plain},
        )
    plain = re.sub(r"\.0+$", "", plain)
    return re.sub(r"[\s‐-―－]", "", plain)
