"""Sealing as a phone does, for tests: the same bytes as WebCrypto makes."""

import base64
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from accounts.ids import new_id
from recovery_site.offline.keys import CURVE, INFO, public_bytes


def sealed(public, content, bound_to):
    """Base64 of a fresh public key, the nonce and the ciphertext."""
    mine = ec.generate_private_key(CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(public))
    secret = HKDF(hashes.SHA256(), 32, b"", INFO).derive(mine.exchange(ec.ECDH(), theirs))
    nonce = os.urandom(12)
    return base64.b64encode(public_bytes(mine) + nonce + AESGCM(secret).encrypt(nonce, content, bound_to.encode())).decode()


class Phone:
    """A phone that somebody is signed in on: it knows the session's answer and seals to its key."""

    def __init__(self, client):
        self.client, self.session = client, client.get("/session/").json()

    def parcel(self, kind, fields, *, at="2026-11-20T17:00:00.000Z", row_id=None, owner=None, **more):
        row_id = str(row_id or new_id())
        pairs = [[name, one] for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
        content = json.dumps({"fields": pairs, "at": at, "tz": "America/New_York"}).encode()
        bound = f"{row_id}|{kind}|{owner or self.session['owner']}"
        key = self.session["key"]
        entry = {"client_uuid": row_id, "type": kind, "schema_version": 1, "key": key["id"]}
        return entry | {"sealed": sealed(key["public"], content, bound)} | more

    def send(self, *parcels, owner=None, client=None):
        body = {"owner": owner or self.session.get("owner", ""), "entries": list(parcels)}
        return (client or self.client).post("/sync/", json.dumps(body), content_type="application/json")

    def statuses(self, *parcels):
        return [result["status"] for result in self.send(*parcels).json()["results"]]
