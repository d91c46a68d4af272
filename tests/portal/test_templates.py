"""Every template of every room keeps to the strict policy: no style, no script inside the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = ("portal", "cms", "labs", "projects", "experts", "directory", "workflows")
TEMPLATES = sorted(path for room in ROOMS for path in (Path(settings.BASE_DIR) / room).glob("templates/**/*.html"))
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script(?![^>]*(?:\bsrc=|application/(?:ld\+)?json))[^>]*>"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"javascript:"),
    "something from another host": re.compile(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//"),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_has_nothing_that_the_policy_blocks(template: Path) -> None:
    text = TAGS.sub("", template.read_text(encoding="utf-8"))
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "text",
    ['<p style="x">', "<style>", "<script>", '<b onclick="x()">', '<script src="//cdn.example/x.js"></script>'],
)
def test_the_patterns_find_what_they_are_for(text: str) -> None:
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] != []
