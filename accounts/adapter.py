"""What allauth asks us: how a person is made, and how second-factor secrets are stored."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.urls import reverse

from accounts import actions, sealing
from accounts.prefs import SHARED, set_prefs_cookie

MFA_PLACE = b"mfa-secret"
STAFF_SECONDS = 12 * 3600
UNTIL_THE_BROWSER_CLOSES = 0


class PersonAdapter(DefaultAccountAdapter):
    """Sign-up makes a person with a key; nothing is said in passing messages."""

    def save_user(self, request, user, form, commit=True):
        """Make the person, their key and the first line of their record."""
        person = super().save_user(request, user, form, commit=False)
        return actions.open_account(person)

    def add_message(self, *args, **kwargs) -> None:
        """No flash messages: pages say themselves what happened."""

    def post_login(self, request, user, **kwargs):
        """The preference cookie comes along; staff sign in again after twelve hours at the latest, and on a
        phone that others use everybody does when the browser was closed."""
        if user.is_staff or user.is_superuser or user.groups.exists():
            request.session.set_expiry(STAFF_SECONDS)
        elif SHARED in request.COOKIES:
            request.session.set_expiry(UNTIL_THE_BROWSER_CLOSES)
        return set_prefs_cookie(super().post_login(request, user, **kwargs), user)

    def get_login_redirect_url(self, request) -> str:
        """Editors land where they were going, people on Today."""
        return reverse("today")


class SealedMFAAdapter(DefaultMFAAdapter):
    """Seals TOTP secrets and recovery seeds (allauth stores them in clear unless told otherwise)."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with a key drawn from the current master key."""
        key = _mfa_key(sealing.master_keys()[0])
        return base64.b64encode(sealing.seal(key, text, MFA_PLACE).data).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it with whichever master key fits; raises SealBroken when none does."""
        sealed = sealing.Sealed(base64.b64decode(encrypted_text))
        for master in sealing.master_keys():
            try:
                return sealing.unseal(_mfa_key(master), sealed, MFA_PLACE)
            except sealing.SealBroken:
                continue
        raise sealing.SealBroken("no master key fits")


def _mfa_key(master: sealing.MasterKey) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"daybook-mfa").derive(master.key)
