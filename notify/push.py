"""Notifications by Web Push (RFC 8030, 8291, 8292): to a few known makers only, with nothing in them that says anything."""

import base64
import hashlib
import json
from email.utils import parseaddr
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from accounts import sealing
from notify.models import PushDevice

PLACE = b"push-device"
SECONDS_TO_LIVE, PATIENCE, LONGEST = 3600, 10, 4000
GONE = (404, 410)
# An endpoint is what a browser sends us: only its makers' own hosts are ever asked (no request forgery from here).
HOSTS = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com")
ENDINGS = (".push.apple.com", ".notify.windows.com", ".push.services.mozilla.com")


def is_offered() -> bool:
    """Whether this installation has a key to send with."""
    return bool(settings.VAPID_PRIVATE_KEY)


@cache
def signer(private: str) -> Vapid02:
    """The key that tells a maker who sends."""
    return Vapid02.from_string(private)


def public_key() -> str:
    """The public half, as a browser takes it (base64url without padding)."""
    point = signer(settings.VAPID_PRIVATE_KEY).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def is_allowed(endpoint: str) -> bool:
    """Whether an endpoint belongs to a known maker (or to a host that the settings add)."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if host in settings.PUSH_HOSTS:
        return True
    return parts.scheme == "https" and parts.port in (None, 443) and (host in HOSTS or host.endswith(ENDINGS))


def keep(person: Any, subscription: dict[str, Any]) -> None:
    """Store a phone, once. Raises ValueError for something that is none, or a maker we do not know."""
    endpoint = str(subscription["endpoint"])
    keys = {name: str(subscription["keys"][name]) for name in ("p256dh", "auth")}
    told = json.dumps({"endpoint": endpoint, "keys": keys})
    if len(told) > LONGEST or not is_allowed(endpoint):
        raise ValueError("not a maker we know")
    sealed = sealing.seal(_key(sealing.master_keys()[0]), told, PLACE)
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    PushDevice.objects.update_or_create(person=person, digest=digest, defaults={"sealed": sealed.data})


def opened(device: PushDevice) -> dict[str, Any]:
    """The phone's address; raises SealBroken when no master key fits."""
    for master in sealing.master_keys():
        try:
            return json.loads(sealing.unseal(_key(master), sealing.Sealed(bytes(device.sealed)), PLACE))
        except sealing.SealBroken:
            continue
    raise sealing.SealBroken("no master key fits")


def send(device: PushDevice, tokens: dict[str, str]) -> bool:
    """Notify one phone; forget it where its maker says that it is gone. Tells whether it was taken."""
    try:
        webpush(
            opened(device),
            json.dumps(tokens),
            vapid_private_key=signer(settings.VAPID_PRIVATE_KEY),
            vapid_claims={"sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"},
            ttl=SECONDS_TO_LIVE,
            timeout=PATIENCE,
        )
    except WebPushException as error:
        if error.response is not None and error.response.status_code in GONE:
            device.delete()
        return False
    except sealing.SealBroken:  # sealed under a master key that was taken away: the phone can be switched on anew
        device.delete()
        return False
    except OSError:
        return False
    return True


def _key(master: sealing.MasterKey) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"daybook-push").derive(master.key)
