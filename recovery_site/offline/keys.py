"""The key pair that phones seal to. The public half is handed out; the private half never leaves the server.

A phone makes a key pair for each log, agrees on a secret with the server's public key (ECDH over P-256), derives an AES-256 key
with HKDF-SHA-256 (RFC 5869) and seals with GCM, bound to the log's id, kind and owner. What waits on a phone can be opened by
nobody who holds the phone. The private keys are derived from the master keys, so that they rotate with them.
"""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

CURVE = ec.SECP256R1()
# The order of P-256 (NIST SP 800-186).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PUBLIC_BYTES, NONCE_BYTES = 65, 12
INFO = b"daybook outbox 1"


class NotOurs(ValueError):
    """Something that does not open: sealed for another key, another log or another person, or broken on the way."""


@cache
def private_keys(masters: tuple[str, ...]) -> dict[str, ec.EllipticCurvePrivateKey]:
    """Private keys by name, the current one first."""
    found = {}
    for master in masters:
        seed = HKDF(hashes.SHA256(), 48, b"", b"daybook outbox key").derive(base64.b64decode(master))
        private = ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, CURVE)
        found[hashlib.sha256(public_bytes(private)).hexdigest()[:16]] = private
    return found


def public_bytes(private: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as 65 bytes, as WebCrypto takes it ("raw")."""
    return private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def keys() -> dict[str, ec.EllipticCurvePrivateKey]:
    """The keys of this installation."""
    return private_keys(tuple(settings.SEALING_KEYS))


def current() -> tuple[str, str]:
    """Name and public half (base64) of the key to seal to."""
    name, private = next(iter(keys().items()))
    return name, base64.b64encode(public_bytes(private)).decode()


def open_sealed(name: str, parcel: str, bound_to: str) -> bytes:
    """What a phone sealed: base64 of its public key, the nonce and the ciphertext. Raises NotOurs."""
    private = keys().get(name)
    if private is None:
        raise NotOurs("unknown key")
    try:
        raw = base64.b64decode(parcel, validate=True)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw[:PUBLIC_BYTES])
        secret = HKDF(hashes.SHA256(), 32, b"", INFO).derive(private.exchange(ec.ECDH(), theirs))
        nonce, sealed = raw[PUBLIC_BYTES : PUBLIC_BYTES + NONCE_BYTES], raw[PUBLIC_BYTES + NONCE_BYTES :]
        return AESGCM(secret).decrypt(nonce, sealed, bound_to.encode())
    except (ValueError, TypeError, InvalidTag) as error:
        raise NotOurs("does not open") from error


def owner_of(person_id: object) -> str:
    """How a phone knows whose a log is: a keyed hash, so that the phone holds no id."""
    return hmac.new(settings.SECRET_KEY.encode(), f"daybook owner {person_id}".encode(), hashlib.sha256).hexdigest()[:32]
