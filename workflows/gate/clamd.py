"""A client of the virus scanner clamd: INSTREAM over a unix socket."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

CHUNK = 64 * 1024
SECONDS = 60


class ScannerAwayError(RuntimeError):
    """The scanner does not answer: the file has to wait, it is not accepted unseen."""


def is_infected(path: Path, socket_path: str) -> bool:
    """Whether the scanner finds something in the file. Raises ScannerAwayError when it gives no clear answer."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, path.open("rb") as content:
            line.settimeout(SECONDS)
            line.connect(socket_path)
            line.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
            answer = _read_all(line)
    except OSError as error:
        raise ScannerAwayError(str(error)) from error
    if answer.endswith(b" FOUND"):
        return True
    if answer == b"stream: OK":
        return False
    raise ScannerAwayError(answer.decode(errors="replace"))


def _read_all(line: socket.socket) -> bytes:
    answer = b""
    while part := line.recv(4096):
        answer += part
    return answer.rstrip(b"\0\n")
