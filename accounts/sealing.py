"""Sealed text: AES-256-GCM with a key of the person's own, wrapped by a master key outside the database.

Layout of a sealed value: version byte (1) | nonce (12 bytes) | ciphertext and tag. Additional data binds it to its place:
`label|row|person` (NIST SP 800-38D for GCM and its 96-bit random nonces).
"""

import base64
import binascii
import hashlib
import os
import uuid
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

VERSION = b"\x01"
NONCE_BYTES, KEY_BYTES, KEY_ID_BYTES = 12, 32, 8


class SealBroken(Exception):
    """A sealed value that does not open: wrong key, moved, or changed. Never answered with plain text."""


class Sealed:
    """Sealed bytes in memory. Cannot be printed, compared with text or turned into text by accident."""

    __slots__ = ("data",)

    def __init__(self, data: bytes):
        self.data = bytes(data)

    def __repr__(self) -> str:
        return "<sealed>"

    def __bool__(self) -> bool:
        return bool(self.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.data == self.data

    def __hash__(self) -> int:
        return hash(self.data)


class SealedField(models.BinaryField):
    """A binary column whose attribute is a `Sealed` and never decrypts; `label` is frozen for ever."""

    def __init__(self, *args, label: str = "", **kwargs):
        self.label = label
        kwargs.update(blank=True, default=b"", editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """The label belongs to the migration: changing it would make old rows unreadable."""
        name, path, args, kwargs = super().deconstruct()
        for given in ("blank", "default", "editable"):
            kwargs.pop(given, None)
        return name, path, args, {**kwargs, "label": self.label}

    def from_db_value(self, value, expression, connection) -> Sealed:
        """Wrap what the database gave."""
        return Sealed(value or b"")

    def get_db_prep_value(self, value, connection, prepared=False):
        """Only sealed bytes may be written; raises TypeError for words."""
        if value in (None, b"", ""):
            value = Sealed(b"")
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.label}: only sealed text is stored here; use grant.seal().")
        return super().get_db_prep_value(value.data, connection, prepared)


@dataclass(frozen=True)
class MasterKey:
    """One master key and its short public name."""

    key: bytes

    @property
    def key_id(self) -> bytes:
        """First bytes of the key's hash: says which key wrapped, tells nothing about it."""
        return hashlib.sha256(b"daybook-master" + self.key).digest()[:KEY_ID_BYTES]


def parse_master_key(text: str) -> MasterKey:
    """A key from its base64 text; raises ImproperlyConfigured unless it holds 32 bytes."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("SEALING_KEYS: each key is 32 bytes in base64.") from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured("SEALING_KEYS: each key is 32 bytes in base64.")
    return MasterKey(key)


@cache
def _keys(texts: tuple[str, ...]) -> tuple[MasterKey, ...]:
    return tuple(parse_master_key(text) for text in texts)


def master_keys() -> tuple[MasterKey, ...]:
    """All master keys, the current one first."""
    return _keys(tuple(settings.SEALING_KEYS))


def new_data_key() -> bytes:
    """A fresh 256-bit key for one person."""
    return AESGCM.generate_key(bit_length=256)


def wrap(data_key: bytes, person_id: uuid.UUID) -> bytes:
    """The data key, sealed by the current master key: key id | nonce | ciphertext."""
    master, nonce = master_keys()[0], os.urandom(NONCE_BYTES)
    return master.key_id + nonce + AESGCM(master.key).encrypt(nonce, data_key, b"data-key|" + person_id.bytes)


def unwrap(wrapped: bytes, person_id: uuid.UUID) -> bytes:
    """The data key; raises SealBroken when no master key opens it."""
    key_id, nonce = wrapped[:KEY_ID_BYTES], wrapped[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
    for master in master_keys():
        if master.key_id == key_id:
            return _decrypt(master.key, nonce, wrapped[KEY_ID_BYTES + NONCE_BYTES :], b"data-key|" + person_id.bytes)
    raise SealBroken("no master key fits")


def is_current(wrapped: bytes) -> bool:
    """Whether the current master key wrapped this."""
    return wrapped[:KEY_ID_BYTES] == master_keys()[0].key_id


def place(label: str, row_id: uuid.UUID, person_id: uuid.UUID) -> bytes:
    """Additional data that ties a value to its field, row and person."""
    return f"{label}|{row_id}|{person_id}".encode()


def seal(data_key: bytes, text: str, where: bytes) -> Sealed:
    """Seal `text` for one place; empty text stays empty."""
    if not text:
        return Sealed(b"")
    nonce = os.urandom(NONCE_BYTES)
    return Sealed(VERSION + nonce + AESGCM(data_key).encrypt(nonce, text.encode(), where))


def unseal(data_key: bytes, sealed: Sealed, where: bytes) -> str:
    """The text; raises SealBroken when anything about it changed."""
    if not sealed.data:
        return ""
    if sealed.data[:1] != VERSION:
        raise SealBroken("unknown version")
    head = 1 + NONCE_BYTES
    return _decrypt(data_key, sealed.data[1:head], sealed.data[head:], where).decode()


def _decrypt(key: bytes, nonce: bytes, data: bytes, where: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, data, where)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("does not open") from error
