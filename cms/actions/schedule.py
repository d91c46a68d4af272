"""Pages that were approved for a later time go live by the clock, and pages with an end go down by it."""

from __future__ import annotations

import datetime as dt

from wagtail.models import Page, Revision

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def keep_schedule(*, at: dt.datetime) -> tuple[int, int]:
    """Take down what has ended by `at` and publish what is due; how many of each. Each page is a unit of its own.

    A time stands on a revision only after a second person approved it (`cms.actions.publication`).
    """
    ended = list(Page.objects.filter(live=True, expire_at__lte=at).order_by("expire_at", "pk"))
    due = list(Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at", "pk"))
    for page in ended:
        _end(page)
    for revision in due:
        _publish(revision)
    return len(ended), len(due)


def _end(page: Page) -> None:
    with unit():
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        journal.append(action="cms.page.expire", subject=page, by=SYSTEM)


def _publish(revision: Revision) -> None:
    with unit():
        revision.publish(log_action="wagtail.publish.scheduled")
        page = Page.objects.get(pk=revision.object_id)
        journal.append(action="cms.page.go_live", subject=page, by=SYSTEM, data={"revision": revision.pk})
