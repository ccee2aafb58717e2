"""Make the first-run secrets: `python -m recovery_site.first_run`. Never overwrites one."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

VAR_DIR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var")


def vapid_key() -> str:
    """A P-256 private key as its 32 bytes in base64url, as push libraries read it (RFC 8292)."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


MAKERS = {
    "secret_key": lambda: secrets.token_urlsafe(50),
    "vapid_private_key": lambda: vapid_key(),
    "sealing_keys": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
}


def make_secrets(folder: Path) -> list[str]:
    """Write the missing secrets, readable by their owner alone; returns the names of those it made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for name, make in MAKERS.items():
        try:
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        made.append(name)
    return made


if __name__ == "__main__":
    for made_name in make_secrets(VAR_DIR / "secrets"):
        print(f"made {made_name} in {VAR_DIR / 'secrets'}: keep a copy somewhere safe")
