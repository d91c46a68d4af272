from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed


@pytest.fixture
def catalogue(tmp_path: Path, settings: Any) -> Iterator[Path]:
    folder = tmp_path / "room" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "room" / "locale"]
    source = folder / "django.po"
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Unheard of"\nmsgstr "闻所未闻"\n', encoding="utf-8")
    translation_file_changed(None, source.with_suffix(".mo"))
    yield source
    translation_file_changed(None, source.with_suffix(".mo"))


def said() -> str:
    with translation.override("zh-hans"):
        return translation.gettext("Unheard of")


@pytest.mark.usefixtures("catalogue")
def test_the_process_that_compiles_speaks_the_new_words_at_once() -> None:
    assert said() == "Unheard of"
    call_command("compile_messages", verbosity=0)
    assert said() == "闻所未闻"
