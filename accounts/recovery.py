"""The printable recovery code: what it looks like, how it is kept, how it is checked."""

import secrets

from django.contrib.auth.hashers import check_password, make_password

from accounts.models import Person, RecoveryCode

# No letters that look alike on paper (Crockford's base32): 20 characters hold 100 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 5, 4


def new_code() -> str:
    """A fresh code, in groups a person can read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def tidy(code: str) -> str:
    """The code as typed, without spaces and dashes, with look-alike letters read as what is on the paper."""
    plain = "".join(char for char in code.upper() if char.isalnum())
    return plain.translate(str.maketrans("OILU", "011V"))


def keep(person: Person, code: str) -> None:
    """Store the code's hash in place of an earlier one."""
    RecoveryCode.objects.update_or_create(person=person, defaults={"code_hash": make_password(tidy(code))})


def owner_of(username: str, code: str) -> Person | None:
    """The active person whose code this is, or None. A wrong name costs as much time as a wrong code."""
    person = Person.objects.filter(username__iexact=username.strip(), is_active=True).first()
    stored = RecoveryCode.objects.filter(person=person).first() if person else None
    if stored is None:
        make_password(tidy(code))
        return None
    return person if check_password(tidy(code), stored.code_hash) else None
