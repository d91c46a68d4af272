"""What follows from events that Wagtail announces by signals only: the search document of a page is due."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

from django.db import connections
from django.db.models.signals import post_delete, post_migrate
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from cms.models import SearchDocument
from workflows.actions.outbox import queue


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Queue the indexing of the page; each event is its own effect, the last one wins."""
    queue(kind="cms.page.changed", key=f"cms.page:{instance.pk}:{uuid.uuid4().hex}", payload={"page_id": instance.pk})


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
    post_delete.connect(page_changed, sender=Page, dispatch_uid="cms.page_deleted")
    post_migrate.connect(tables_made, sender=config, dispatch_uid="cms.tables_made")
