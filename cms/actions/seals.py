"""Sealing: the journal says of every live page what was put live, and of every page taken down that it was."""

from __future__ import annotations

from wagtail.models import Page

from cms.sealing import SEAL, UNSEAL, digest_of
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def seal_page(*, page_id: int) -> str:
    """Journal the digest of the page as it is live now, read anew from the database. The digest."""
    page = Page.objects.get(pk=page_id).specific
    sealed = digest_of(page, parent_id=page.get_parent().pk)
    with unit():
        journal.append(
            action=SEAL,
            subject=Page(pk=page_id),
            by=SYSTEM,
            data={"digest": sealed, "revision": page.live_revision_id},
        )
    return sealed


def unseal_page(*, page_id: int) -> None:
    """Journal that the page is no longer live."""
    with unit():
        journal.append(action=UNSEAL, subject=Page(pk=page_id), by=SYSTEM)
