from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Site

from cms.models import HomePage
from tests.factories import cms


@pytest.fixture(scope="module")
def site_of_module(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[HomePage | None]:
    """The site, built once for a module inside a transaction that is rolled back at its end.

    Nothing is built for a module one of whose tests needs transactions of its own.
    """
    if _commits(request):
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        Site.clear_site_root_paths_cache()
        yield cms.site()
        transaction.set_rollback(True)


def _commits(request: pytest.FixtureRequest) -> bool:
    """Whether a test of the module sees other transactions than its own."""
    items = [one for one in request.session.items if one.path == request.path]
    marks = [mark for one in items for mark in one.iter_markers("django_db")]
    return any(mark.kwargs.get("transaction") for mark in marks)


@pytest.fixture
def home(site_of_module: HomePage | None, db: Any) -> HomePage:
    """The front page of a site without records."""
    Site.clear_site_root_paths_cache()
    found: HomePage = HomePage.objects.get() if site_of_module else cms.site()
    return found
