"""Sealed text opens only with the right key in the right place."""

import base64
import secrets
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts import sealing
from accounts.sealing import SealBroken, Sealed

PERSON, ROW = uuid.uuid4(), uuid.uuid4()
WHERE = sealing.place("entry.body", ROW, PERSON)


@pytest.fixture
def key():
    return sealing.new_data_key()


@pytest.mark.parametrize("text", ["plain", "naïve 🌊 שלום", "x" * 100_000, "\u202eabc\u202c", "'; DROP TABLE"])
def test_what_was_sealed_opens_again(key, text):
    sealed = sealing.seal(key, text, WHERE)
    assert text.encode() not in sealed.data
    assert sealing.unseal(key, sealed, WHERE) == text


def test_empty_text_stays_empty(key):
    assert sealing.seal(key, "", WHERE).data == b""
    assert sealing.unseal(key, Sealed(b""), WHERE) == ""


def test_the_same_words_never_look_the_same(key):
    assert sealing.seal(key, "river", WHERE).data != sealing.seal(key, "river", WHERE).data


@pytest.mark.parametrize(
    "elsewhere",
    [
        sealing.place("entry.title", ROW, PERSON),
        sealing.place("entry.body", uuid.uuid4(), PERSON),
        sealing.place("entry.body", ROW, uuid.uuid4()),
    ],
    ids=["another field", "another row", "another person"],
)
def test_a_value_moved_to_another_place_does_not_open(key, elsewhere):
    sealed = sealing.seal(key, "words", WHERE)
    with pytest.raises(SealBroken):
        sealing.unseal(key, sealed, elsewhere)


def test_every_single_flipped_bit_is_noticed(key):
    data = sealing.seal(key, "words", WHERE).data
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            with pytest.raises(SealBroken):
                sealing.unseal(key, Sealed(bytes(changed)), WHERE)


def test_another_persons_key_does_not_open(key):
    with pytest.raises(SealBroken):
        sealing.unseal(sealing.new_data_key(), sealing.seal(key, "words", WHERE), WHERE)


def test_sealed_bytes_cannot_be_printed(key):
    sealed = sealing.seal(key, "words", WHERE)
    assert f"{sealed}" == repr(sealed) == str([sealed])[1:-1] == "<sealed>"


def test_a_wrapped_key_belongs_to_one_person(key):
    wrapped = sealing.wrap(key, PERSON)
    assert sealing.unwrap(wrapped, PERSON) == key
    with pytest.raises(SealBroken):
        sealing.unwrap(wrapped, uuid.uuid4())


def test_an_older_master_key_still_opens_and_shows_as_old(key, settings):
    wrapped = sealing.wrap(key, PERSON)
    assert sealing.is_current(wrapped)
    settings.SEALING_KEYS = [base64.b64encode(secrets.token_bytes(32)).decode(), *settings.SEALING_KEYS]
    assert sealing.unwrap(wrapped, PERSON) == key
    assert not sealing.is_current(wrapped)
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    with pytest.raises(SealBroken):
        sealing.unwrap(wrapped, PERSON)


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(b"x" * 31).decode(), "not base64!"])
def test_a_broken_master_key_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured):
        sealing.parse_master_key(text)
