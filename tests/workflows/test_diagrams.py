from __future__ import annotations

from django.conf import settings

from tests.factories.workflows import toy_machine
from workflows.diagrams import page


def test_the_page_of_the_machines_is_up_to_date() -> None:
    written = (settings.BASE_DIR / "docs" / "developer" / "machines.md").read_text(encoding="utf-8")

    assert written == page(), "run `make docs` and commit docs/developer/machines.md"


def test_a_machine_is_drawn_and_listed() -> None:
    with toy_machine():
        text = page()

    assert "  verified --> closed: toy_close" in text
    assert "| `toy_lapse` | registered | refused | the system |  | none |  |" in text
