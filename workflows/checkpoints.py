"""Checkpoints: the head of the journal at an instant, signed with Ed25519, kept outside of the database.

Whoever holds a checkpoint is a witness: a journal that was rewritten or cut no longer agrees with it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from workflows.digest import canonical

PUBLIC_KEY = "public-key.pem"
LATEST = "latest.json"


class BadCheckpointError(ValueError):
    """A file that is no checkpoint, or whose signature is not ours."""


@dataclass(frozen=True)
class Checkpoint:
    """`seq` and `hash` of the head, the instant (ISO, UTC), the release that wrote it, the signature (hex)."""

    seq: int
    hash: str
    at: str
    release: str
    signature: str = ""

    @property
    def signed_bytes(self) -> bytes:
        """What the signature is over: everything but itself."""
        return canonical({key: value for key, value in asdict(self).items() if key != "signature"})

    def to_json(self) -> str:
        """The text of the file."""
        return json.dumps(asdict(self), indent=1) + "\n"


def folder() -> Path:
    """Where checkpoints are kept; made when absent."""
    path = Path(settings.CHECKPOINT_DIR)
    path.mkdir(parents=True, exist_ok=True)
    return path


def read(path: Path, public_key: Ed25519PublicKey | None = None) -> Checkpoint:
    """The checkpoint in a file, its signature verified with our key. Raises BadCheckpointError."""
    try:
        checkpoint = Checkpoint(**json.loads(path.read_text()))
        (public_key or signing_key().public_key()).verify(bytes.fromhex(checkpoint.signature), checkpoint.signed_bytes)
    except (InvalidSignature, ValueError, TypeError, AttributeError) as error:
        raise BadCheckpointError(f"{path.name} is not a checkpoint signed by us") from error
    return checkpoint


def latest() -> Checkpoint | None:
    """The newest checkpoint, None when there is none yet."""
    path = folder() / LATEST
    return read(path) if path.exists() else None


def signing_key() -> Ed25519PrivateKey:
    """The private key; made on first use where `settings.CHECKPOINT_KEY_MADE_HERE` allows it."""
    path = Path(settings.CHECKPOINT_KEY_FILE)
    if not path.exists():
        if not settings.CHECKPOINT_KEY_MADE_HERE:
            raise ImproperlyConfigured(f"the key of the checkpoints is missing: {path}")
        _make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{path} holds no Ed25519 key")
    return key


def _make_key(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
        stream.write(pem)


def public_pem() -> bytes:
    """The public key, for whoever wants to verify a checkpoint."""
    return (
        signing_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
