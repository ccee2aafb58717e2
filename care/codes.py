"""Codes that connect people: what they look like, and how they are kept."""

import secrets

from django.utils.crypto import salted_hmac

# Crockford's base32, without letters that look alike: ten characters hold 50 bits; a code lives a week and works once.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_code() -> str:
    """A fresh code in two groups, to be read aloud or sent as a link."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{text[:5]}-{text[5:]}"


def tidy(code: str) -> str:
    """A code as typed, without spaces and dashes, with look-alike letters read as what is meant."""
    plain = "".join(char for char in code.upper() if char.isalnum())
    return plain.translate(str.maketrans("OILU", "011V"))


def digest(code: str) -> str:
    """What is stored of a code: a keyed hash."""
    return salted_hmac("care.invite", tidy(code), algorithm="sha256").hexdigest()
