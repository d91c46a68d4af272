"""The refusals of the gate in words: what is wrong, and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows.errors import Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_PDF = _("Export the document as a PDF again and upload that.")
TEXTS: dict[str, tuple[_StrPromise, _StrPromise]] = {
    "empty": (_("The file is empty."), _("Choose another file.")),
    "size": (_("The file is too large."), _("Make it smaller or split it.")),
    "extension": (_("Files of this kind are not accepted."), _("Upload one of the kinds that the field names.")),
    "type": (_("The content of the file is not what its name says."), _PDF),
    "unreadable": (_("The file is damaged and cannot be read."), _PDF),
    "polyglot": (_("The file holds more than one document."), _PDF),
    "bomb": (_("The file unpacks to far more than its size."), _PDF),
    "macro": (_("The document contains macros."), _("Save it without macros, or export it as a PDF.")),
    "nested": (_("The document contains other files."), _("Take them out and upload them one by one.")),
    "external": (
        _("The document loads parts from elsewhere."),
        _("Paste pictures and parts into the document itself."),
    ),
    "doctype": (_("The document contains definitions that are not allowed."), _PDF),
    "script": (_("The PDF contains scripts or actions."), _("Print it into a new PDF and upload that.")),
    "encrypted": (_("The file is protected by a password."), _("Remove the password and upload it again.")),
    "pixels": (_("The image has more than 40 million pixels."), _("Make it smaller and upload it again.")),
    "virus": (_("The virus scanner found something in this file."), _("Clean your computer and make the file anew.")),
}


def reason(code: str) -> Reason:
    """The refusal `code` in words."""
    text, mend = TEXTS[code]
    return Reason(f"file_{code}", text, mend)
