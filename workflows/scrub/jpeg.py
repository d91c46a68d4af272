"""JPEG: keeps what draws the picture, drops what tells of its making, without decoding it."""

from __future__ import annotations

from workflows.gate.verdict import BadFileError

START, END, SCAN = 0xD8, 0xD9, 0xDA
JFIF, COLOURS, ADOBE = 0xE0, 0xE2, 0xEE
# Segments that programs write what they like into: application data and comments. Of these JFIF, the ICC
# profile and Adobe's colour transform stay, for without them the colours change.
FREE = {*range(0xE0, 0xF0), 0xFE}
ICC = b"ICC_PROFILE\x00"
# After 0xFF inside a coded picture: a stuffed zero, or a restart mark.
INSIDE = {0x00, *range(0xD0, 0xD8)}


def without_segments(data: bytes) -> bytes:
    """`data` without EXIF, XMP, IPTC, thumbnails, comments and anything after its end. Raises BadFileError."""
    if data[:2] != bytes((0xFF, START)):
        raise BadFileError("unreadable")
    kept, at = [data[:2]], 2
    while True:
        marker, at = _marker(data, at)
        if marker == END:
            return b"".join([*kept, bytes((0xFF, END))])
        until = at + int.from_bytes(data[at : at + 2], "big")
        if until > len(data) or until < at + 2:
            raise BadFileError("unreadable")
        if _draws(marker, data[at + 2 : until]):
            kept.append(bytes((0xFF, marker)) + data[at:until])
        at = until
        if marker == SCAN:
            until = _end_of_scan(data, at)
            kept.append(data[at:until])
            at = until


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at or after fill bytes, and where its content begins."""
    if data[at : at + 1] != b"\xff":
        raise BadFileError("unreadable")
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise BadFileError("unreadable")
    return data[at], at + 1


def _draws(marker: int, content: bytes) -> bool:
    if marker == COLOURS:
        return content.startswith(ICC)
    return marker in {JFIF, ADOBE} or marker not in FREE


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands after the coded picture; stuffed and restart bytes belong to it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BadFileError("unreadable")
        if data[at + 1] not in INSIDE:
            return at
        at += 2
