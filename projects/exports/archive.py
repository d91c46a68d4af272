"""The archive package as a ZIP: the same content gives the same bytes, and a manifest says what each part must be."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import storages
from django.utils.translation import gettext as _

from projects.exports.archive_parts import Part
from workflows.files import place_of

FORMAT = "tala-archive/1"
MANIFEST = "manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20


def write_archive(path: Path, head: Mapping[str, Any], parts: list[Part], told: Callable[[int], None]) -> None:
    """Write the parts and, last, the manifest with `head` and the SHA-256 and size of each. One part is in memory.

    told -- called with the number of parts written so far
    """
    entries = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number, part in enumerate(parts, 1):
            sha256, size = _put(package, part)
            entries.append({"path": part.path, "sha256": sha256, "bytes": size})
            told(number)
        manifest = {"format": FORMAT, **head, "entries": entries}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        package.writestr(_info(MANIFEST), text.encode(), zipfile.ZIP_DEFLATED)


def _put(package: zipfile.ZipFile, part: Part) -> tuple[str, int]:
    whole, size = hashlib.sha256(), 0
    with package.open(_info(part.path), "w") as target:
        for block in _blocks(part):
            target.write(block)
            whole.update(block)
            size += len(block)
    return whole.hexdigest(), size


def _blocks(part: Part) -> Iterator[bytes]:
    if part.file is None:
        yield part.make() if part.make else b""
        return
    with storages["private"].open(place_of(part.file.sha256)) as content:
        yield from _chunks(content)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while block := content.read(CHUNK):
        yield block


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def faults_of(path: Path) -> list[str]:
    """What is wrong with a package, each in a sentence; empty when it is whole."""
    try:
        with zipfile.ZipFile(path) as package:
            return list(_faults(package))
    except (OSError, zipfile.BadZipFile) as error:
        return [_("This is no package: %(why)s") % {"why": error}]


def _faults(package: zipfile.ZipFile) -> Iterator[str]:
    names = package.namelist()
    manifest = _manifest(package) if MANIFEST in names else None
    if manifest is None:
        yield _("The manifest is missing or cannot be read.")
        return
    told = {str(entry["path"]): entry for entry in manifest["entries"]}
    for name in sorted(set(names) - {MANIFEST} - told.keys()):
        yield _("%(name)s is not in the manifest.") % {"name": name}
    if len(names) != len(set(names)):
        yield _("A path stands twice in the package.")
    for name, entry in told.items():
        yield from _part_faults(package, name, entry)


def _manifest(package: zipfile.ZipFile) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(package.read(MANIFEST))
    except (ValueError, zipfile.BadZipFile):
        return None
    known = isinstance(found, dict) and found.get("format") == FORMAT and isinstance(found.get("entries"), list)
    return found if known else None


def _part_faults(package: zipfile.ZipFile, name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    if name not in package.namelist():
        yield _("%(name)s is missing.") % {"name": name}
        return
    whole = hashlib.sha256()
    try:
        with package.open(name) as content:
            for block in _chunks(content):
                whole.update(block)
    except zipfile.BadZipFile:
        yield _("%(name)s cannot be read.") % {"name": name}
        return
    if whole.hexdigest() != entry["sha256"]:
        yield _("%(name)s was changed.") % {"name": name}
