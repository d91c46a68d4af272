"""Forms of the admin's images and documents: what readers may already see cannot change behind an approval."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.queries.files import is_on_a_page

NAMES = ("title", "description")


class _Kept:
    """A file stays the file it was uploaded as; its names stay while a page shows it."""

    instance: Any
    changed_data: list[str]

    def clean(self) -> dict[str, Any]:
        """Refuse another file, and other names for one that is on a page."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if self.instance.pk is None:
            return cleaned
        if "file" in self.changed_data:
            self._refuse("file", _("A file is not replaced: upload the new one and put it on the page for approval."))
        renamed = [name for name in NAMES if name in self.changed_data]
        if renamed and is_on_a_page(self.instance):
            for name in renamed:
                self._refuse(name, _("A page shows this file: upload it anew under the other name."))
        return cleaned

    def _refuse(self, field: str, message: Any) -> None:
        self.add_error(field, message)  # type: ignore[attr-defined]


class KeptImageForm(_Kept, BaseImageForm):
    """The form of an image. Named by the setting WAGTAILIMAGES_IMAGE_FORM_BASE."""


class KeptDocumentForm(_Kept, BaseDocumentForm):
    """The form of a document. Named by the setting WAGTAILDOCS_DOCUMENT_FORM_BASE."""
