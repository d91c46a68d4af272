"""What follows from events that Wagtail announces by signals only: a page's seal, its search document, its files."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

from django.db import connections
from django.db.models.signals import post_delete, post_migrate, pre_delete
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.actions.seals import seal_page, unseal_page
from cms.models import SearchDocument
from cms.queries.files import is_on_a_page
from workflows.actions.outbox import queue
from workflows.errors import Reason, Refused


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Queue the indexing of the page; each event is its own effect, the last one wins."""
    queue(kind="cms.page.changed", key=f"cms.page:{instance.pk}:{uuid.uuid4().hex}", payload={"page_id": instance.pk})


def page_went_live(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Seal the page as it is live now; a draft that was moved has nothing to seal."""
    if instance.live:
        seal_page(page_id=instance.pk)


def page_went_down(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Journal that the page is live no more."""
    unseal_page(page_id=instance.pk)


def page_removed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Journal that a live page was removed."""
    if instance.live:
        unseal_page(page_id=instance.pk)


def file_removed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refuse to remove a file that a page shows."""
    if is_on_a_page(instance):
        raise Refused(
            Reason("on_a_page", _("A page shows this file."), _("Take it off the page and have that approved first."))
        )


def tables_made(sender: Any, using: str, **kwargs: Any) -> None:
    """Give the search engine what it needs as soon as the room's tables stand, with or without migrations."""
    connection = connections[using]
    if SearchDocument._meta.db_table not in connection.introspection.table_names():
        return  # another room alone was migrated
    create = import_module("cms.migrations.0002_search_engines").CREATE
    with connection.cursor() as cursor:
        for statement in create.get(connection.vendor, ()):
            cursor.execute(statement)


def connect(config: Any) -> None:
    """Connect the receivers; called once from `AppConfig.ready`."""
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(page_changed, dispatch_uid=f"cms.page_changed.{id(signal)}")
    for signal in (page_published, post_page_move):
        signal.connect(page_went_live, dispatch_uid=f"cms.page_went_live.{id(signal)}")
    page_unpublished.connect(page_went_down, dispatch_uid="cms.page_went_down")
    post_delete.connect(page_removed, sender=Page, dispatch_uid="cms.page_removed")
    for model in (get_image_model(), get_document_model()):
        pre_delete.connect(file_removed, sender=model, dispatch_uid=f"cms.file_removed.{model._meta.label_lower}")
    post_delete.connect(page_changed, sender=Page, dispatch_uid="cms.page_deleted")
    post_migrate.connect(tables_made, sender=config, dispatch_uid="cms.tables_made")
