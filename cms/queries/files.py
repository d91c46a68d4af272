"""Where images and documents of the admin are shown."""

from __future__ import annotations

from django.db import models
from wagtail.models import ReferenceIndex


def is_on_a_page(file: models.Model) -> bool:
    """Whether any page, live or draft, shows the image or document."""
    return bool(ReferenceIndex.get_references_to(file).exists())
