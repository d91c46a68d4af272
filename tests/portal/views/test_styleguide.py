"""The style guide: in demo mode only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_style_guide(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_in_the_demo_it_shows_every_part(client: Client, settings: Any) -> None:
    settings.DEMO = True
    page = client.get("/styleguide/").content.decode()
    parts = ("where", "history", "badge warn", "button grave", "note no", "facts", "due", "tabs", "pager", "field bad")
    assert [part for part in parts if f'class="{part}' not in page] == []
