"""What a visitor of a page sees of it, as one digest: the page's own fields and the files on it, bytes and names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.models.profile import FACTS, SiteFacts
from workflows.digest import digest

# What the journal calls a page that went live and one that was taken down.
SEAL = "cms.page.seal"
UNSEAL = "cms.page.unseal"
# What it calls the names and numbers of the site as they went live; nothing takes these down.
PROFILE_SEAL = "cms.profile.seal"
# Book-keeping of Wagtail: changes without a new approval and is not shown. Whatever is not named here is sealed.
BOOKKEEPING = frozenset(
    {
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "live_revision",
        "latest_revision_created_at",
        "last_published_at",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "go_live_at",
        "expire_at",
        "expired",
        "alias_of",
        "wagtail_admin_comments",
        "withdrawal_reason",
    }
)


def digest_of(page: Page, *, parent_id: int) -> str:
    """SHA-256, 64 hexadecimal digits. `page` is the specific page as the database has it now."""
    return digest({"page": _fields(page), "parent": parent_id, "files": [_file(one) for one in files_on(page)]})


def digests_of(facts: SiteFacts) -> dict[str, str]:
    """SHA-256 of each of the site's names and numbers, by the name of the field."""
    return {name: digest(getattr(facts, name)) for name in FACTS}


def _fields(page: Page) -> dict[str, Any]:
    streams = {field.name for field in page._meta.get_fields() if isinstance(field, StreamField)}
    return {
        name: json.loads(value) if name in streams else value
        for name, value in page.serializable_data().items()
        if name not in BOOKKEEPING
    }


def files_on(page: Page) -> Iterator[models.Model]:
    """The images and documents on a page, each once, in a fixed order."""
    kinds = (get_image_model(), get_document_model())
    found: set[tuple[Any, int]] = set()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField | RichTextField):
            references = field.extract_references(field.value_from_object(page))
            found |= {(model, int(pk)) for model, pk, _model_path, _path in references if model in kinds}
    for kind in kinds:
        yield from kind.objects.filter(pk__in=[pk for model, pk in found if model is kind]).order_by("pk")


def _file(one: Any) -> dict[str, Any]:
    return {
        "kind": one._meta.label_lower,
        "pk": one.pk,
        "title": one.title,
        "description": getattr(one, "description", ""),
        "sha256": _bytes(one),
    }


def _bytes(one: Any) -> str:
    try:
        with one.file.storage.open(one.file.name) as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
