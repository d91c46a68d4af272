"""Office Open XML: a zip of parts, without macros, bombs, foreign relations and archives inside."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from workflows.gate.kinds import OFFICE_PARTS
from workflows.gate.verdict import BadFileError

MOST_ENTRIES = 2000
MOST_BYTES = 200 * 1024 * 1024
MOST_EXPANSION = 100
END = b"PK\x05\x06"
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']\s*External""", re.IGNORECASE)
HYPERLINK = re.compile(rb"""\bType\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)


def check_office(path: Path, extension: str) -> None:
    """Raise BadFileError unless the file is a plain document of `extension`."""
    _nothing_around(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _not_a_bomb(archive, path.stat().st_size)
            _is_declared_as(archive, extension)
            for entry in archive.infolist():
                _check_part(entry.filename.lower(), archive.read(entry))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BadFileError("unreadable") from error


def _nothing_around(path: Path) -> None:
    """The archive begins at byte 0 and ends with its own end record: nothing hides before or behind it."""
    content = path.read_bytes()
    if not content.startswith(ARCHIVES[0]):
        raise BadFileError("type")
    end = content.rfind(END)
    if end < 0 or len(content) < end + 22:
        raise BadFileError("unreadable")
    (comment,) = struct.unpack("<H", content[end + 20 : end + 22])
    if end + 22 + comment != len(content):
        raise BadFileError("polyglot")


def _not_a_bomb(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or total > MOST_EXPANSION * size:
        raise BadFileError("bomb")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadFileError("encrypted")
    if len({entry.filename for entry in entries}) != len(entries):
        raise BadFileError("polyglot")


def _is_declared_as(archive: zipfile.ZipFile, extension: str) -> None:
    try:
        types = archive.read("[Content_Types].xml")
    except KeyError as error:
        raise BadFileError("type") from error
    if b"macroenabled" in types.lower():
        raise BadFileError("macro")
    if OFFICE_PARTS[extension].encode() not in types:
        raise BadFileError("type")


def _check_part(name: str, content: bytes) -> None:
    if "vbaproject" in name or "vbadata" in name or "/activex/" in name:
        raise BadFileError("macro")
    if content.startswith(ARCHIVES) or "/embeddings/" in name:
        raise BadFileError("nested")
    if name.endswith((".xml", ".rels")):
        _check_xml(name, content)


def _check_xml(name: str, content: bytes) -> None:
    if b"<!doctype" in content.replace(b"\x00", b"").lower():
        raise BadFileError("doctype")
    if name.endswith(".rels"):
        for relation in RELATION.findall(content.replace(b"\x00", b"")):
            if EXTERNAL.search(relation) and not HYPERLINK.search(relation):
                raise BadFileError("external")
