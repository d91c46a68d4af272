"""Where the chance of a draw comes from: a seed anybody can check afterwards, spread by SHA-256 and SHAKE-256.

Commit and reveal: before the candidates are known the office publishes `commitment(nonce)`. When the inputs are frozen
it publishes their hash, draws with `seed_for(nonce, round, inputs)`, and reveals the nonce. Neither hash can be bent
later, and the bits do not depend on any library's generator.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

import numpy as np

from experts.draw.problem import Problem


def nonce() -> str:
    """A fresh secret of 256 bits, in hex."""
    return secrets.token_hex(32)


def commitment(secret: str) -> str:
    """What is published before the draw: SHA-256 of the nonce, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def kept(secret: str, published: str) -> bool:
    """Whether the revealed nonce is the one committed to."""
    return hmac.compare_digest(commitment(secret), published)


def seed_for(secret: str, reference: str, inputs_sha256: str) -> str:
    """The seed of one round: SHA-256 over nonce, the round's reference and the hash of its inputs, in hex."""
    return hashlib.sha256(f"{secret}\n{reference}\n{inputs_sha256}".encode()).hexdigest()


def key_of(problem: Problem, seed: str | int) -> bytes:
    """The key of one draw: the seed bound to all that is drawn from, however the file was formatted."""
    found = hashlib.sha256(f"{type(seed).__name__}:{seed}\n".encode())
    found.update(repr((problem.per_institution, problem.per_home, problem.cap)).encode())
    for values in (problem.need, problem.most, problem.least, problem.institution, problem.region, problem.home):
        found.update(np.ascontiguousarray(values, dtype="<i8").tobytes())
    found.update(np.ascontiguousarray(problem.keys, dtype="<i8").tobytes() + problem.forced.tobytes())
    found.update(np.ascontiguousarray(problem.pairs.score, dtype="<f8").tobytes())
    return found.digest()


def coins(key: bytes, turn: int, size: int) -> list[bool]:
    """`size` fair coins of one turn of the draw."""
    return [bool(byte & 1) for byte in hashlib.shake_256(key + turn.to_bytes(4, "big")).digest(size)]
