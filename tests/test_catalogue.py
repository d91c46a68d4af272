"""The catalogues: compiled, and complete."""

from __future__ import annotations

import gettext
import os
import shutil
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings

from workflows.catalogue import compile_all, gaps
from workflows.management.commands.missing_messages import ROOMS

CATALOGUE = """\
msgid "plain"
msgstr "直接"

#, fuzzy
msgid "guessed"
msgstr "猜测"

msgid "%(count)s rows"
msgstr "%(number)s 行"
"""
SOURCE = """\
from django.utils.translation import gettext as _
words = [_("plain"), _("guessed"), _("%(count)s rows"), _("forgotten")]
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "room" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "room" / "words.py").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def test_a_catalogue_is_compiled_only_when_it_is_newer(house: Path) -> None:
    (target,) = compile_all(house)

    with target.open("rb") as stream:
        words = gettext.GNUTranslations(stream)
    assert (words.gettext("plain"), words.gettext("guessed")) == ("直接", "guessed")
    assert compile_all(house) == []
    os.utime(target, (0, 0))
    assert compile_all(house) == [target]


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext is missing: apt-get install gettext")
def test_every_gap_is_named_with_its_file(house: Path) -> None:
    assert sorted(str(gap) for gap in gaps(house, ["room"])) == [
        "room/words.py: '%(count)s rows' has other placeholders in its translation",
        "room/words.py: 'forgotten' has no translation",
        "room/words.py: 'guessed' is fuzzy",
    ]


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext is not installed (apt-get install gettext)")
def test_every_string_of_every_room_is_said_in_chinese() -> None:
    assert [str(gap) for gap in gaps(settings.BASE_DIR, ROOMS)] == []


def test_rooms_that_say_the_same_words_mean_the_same() -> None:
    """One translation wins for the whole site: another meaning needs a context of its own."""
    meanings: dict[tuple[str | None, str], set[str]] = {}
    for path in sorted(settings.BASE_DIR.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            meanings.setdefault((entry.msgctxt, entry.msgid), set()).add(entry.msgstr)

    assert {words: said for words, said in meanings.items() if len(said) > 1} == {}


# Our wording of the same meaning; it may stand in the editors' desk too.
SAID_OUR_WAY = {
    "Account",
    "Actions",
    "Add",
    "Code",
    "Created",
    "Edit",
    "Email",
    "Filter",
    "Name",
    "Next",
    "Number",
    "Previous",
    "Saving…",
    "Summary",
    "This field is required.",
    "document",
    "name",
    "(optional)",
    "All",
}


def test_words_of_the_editors_desk_keep_their_meaning() -> None:
    """Our catalogues stand before Wagtail's: what we say without a context, its pages say too."""
    ours = {
        entry.msgid: entry.msgstr
        for path in settings.BASE_DIR.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if not entry.msgctxt
    }
    theirs = [
        entry
        for path in Path(wagtail.__file__).parent.rglob("zh_Hans/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path)).translated_entries()
        if not entry.msgctxt
    ]
    other = {one.msgid for one in theirs if one.msgid in ours and one.msgstr and ours[one.msgid] != one.msgstr}

    assert theirs != []
    assert other - SAID_OUR_WAY == set()
