"""Message catalogues: compiled without system gettext, and compared with what the source asks for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

LOCALE = "zh_Hans"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}


class GettextMissingError(RuntimeError):
    """Collecting strings needs xgettext; running Tala does not."""


@dataclass(frozen=True)
class Gap:
    """One string without a good translation: where it stands, what it is, what is wrong."""

    where: str
    msgid: str
    fault: str

    def __str__(self) -> str:
        return f"{self.where}: {self.msgid!r} {self.fault}"


def catalogues(root: Path) -> list[Path]:
    """Every catalogue of our rooms under `root`."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_all(root: Path) -> list[Path]:
    """Compile each catalogue that is newer than its .mo; the files written."""
    written = []
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        _compile(source, target)
        written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    catalogue = polib.pofile(str(source), encoding="utf-8")
    for name, value in HEADER.items():
        catalogue.metadata.setdefault(name, value)
    # Under a name of its own first: a process that is starting never reads half a file.
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    catalogue.save_as_mofile(str(draft))
    draft.replace(target)


def gaps(root: Path, rooms: Iterable[str]) -> list[Gap]:
    """What the source of `rooms` asks for and no catalogue answers well. Raises GettextMissingError."""
    known = _translations(root)
    return [gap for entry in wanted(root, rooms) for gap in _faults(entry, known)]


def wanted(root: Path, rooms: Iterable[str]) -> list[polib.POEntry]:
    """Every string that Python and templates of `rooms` mark for translation, with its places."""
    if not shutil.which("xgettext"):
        raise GettextMissingError("xgettext is not installed (apt-get install gettext)")
    with tempfile.TemporaryDirectory() as tree:
        _copy_sources(root, rooms, Path(tree))
        (Path(tree) / "locale").mkdir()
        _make_messages(Path(tree))
        result = Path(tree) / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
        return list(polib.pofile(str(result))) if result.exists() else []


def _copy_sources(root: Path, rooms: Iterable[str], tree: Path) -> None:
    for room in rooms:
        for pattern in ("*.py", "*.html", "*.txt"):
            for source in (root / room).rglob(pattern):
                copy = tree / source.relative_to(root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)


def _make_messages(tree: Path) -> None:
    command = [sys.executable, "-m", "django", "makemessages", "-l", LOCALE, "-e", "py,html,txt", "--no-wrap"]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(  # noqa: S603 - our own interpreter with fixed arguments
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _translations(root: Path) -> dict[tuple[str, str], list[polib.POEntry]]:
    known: dict[tuple[str, str], list[polib.POEntry]] = {}
    for path in root.glob(f"*/locale/{LOCALE}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            if not entry.obsolete:
                known.setdefault((entry.msgctxt or "", entry.msgid), []).append(entry)
    return known


def _faults(entry: polib.POEntry, known: dict[tuple[str, str], list[polib.POEntry]]) -> Iterator[Gap]:
    where = entry.occurrences[0][0] if entry.occurrences else "?"
    answers = known.get((entry.msgctxt or "", entry.msgid), [])
    if not any(answer.translated() or answer.fuzzy for answer in answers):
        yield Gap(where, entry.msgid, "has no translation")
    for answer in answers:
        if answer.fuzzy:
            yield Gap(where, entry.msgid, "is fuzzy")
        elif answer.translated() and not _placeholders_agree(entry, answer):
            yield Gap(where, entry.msgid, "has other placeholders in its translation")


def _placeholders_agree(entry: polib.POEntry, answer: polib.POEntry) -> bool:
    texts = [answer.msgstr] if not entry.msgid_plural else list(answer.msgstr_plural.values())
    originals = {_placeholders(entry.msgid)}
    if entry.msgid_plural:
        originals.add(_placeholders(entry.msgid_plural))
    return all(_placeholders(text) in originals for text in texts)


def _placeholders(text: str) -> tuple[str, ...]:
    return tuple(sorted(PLACEHOLDER.findall(text.replace("%%", ""))))
