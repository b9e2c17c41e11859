"""Encryption in the age format: files of another implementation open, altered ones don't."""

import base64
import io
import os

import pytest

from tracker.backup import Unusable, age

PASSPHRASE = "correct horse battery staple"
BY_ANOTHER_IMPLEMENTATION = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBiamllalRsdHhNbEtzQlFNWE9LNm1nIDE2CkRxK2JIQUcvNTdlT29kdjc2c3dSaUZHMkFj"
    "Ukd4emk0ZE1GK1ZSelRSM2MKLS0tIFBzZXR2MWRrR0o1REhHa240RHdYVTYyUDdHenE4K2pNNUJTZTNHRlBGOE0KZ7xqLhUIAMk6NJIUH+lDmtvK"
    "y9QwnFDjTSU4nYCAEi4mgS9rmAxDLabMTi8qZN8POnmnVA=="
)
SIZES = (0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 3 * age.CHUNK + 7)


def encrypted(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    file = io.BytesIO()
    writer = age.Writer(file, passphrase)
    for start in range(0, len(content), 10_007):
        writer.write(content[start : start + 10_007])
    writer.finish()
    return file.getvalue()


def decrypted(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return io.BufferedReader(age.Reader(io.BytesIO(file), passphrase)).read()


def test_a_file_of_another_implementation_of_the_format_opens() -> None:
    assert decrypted(BY_ANOTHER_IMPLEMENTATION) == b"Restored by Pursuit."


@pytest.mark.parametrize("size", SIZES)
def test_content_of_any_size_is_decrypted_unchanged(size: int) -> None:
    content = os.urandom(size)
    assert decrypted(encrypted(content)) == content


def test_an_encrypted_file_is_read_from_any_position() -> None:
    content = os.urandom(3 * age.CHUNK)
    reader = io.BufferedReader(age.Reader(io.BytesIO(encrypted(content)), PASSPHRASE))
    for position in (2 * age.CHUNK + 5, 0, age.CHUNK - 3):
        reader.seek(position)
        assert reader.read(10) == content[position : position + 10]
    assert reader.seek(-4, io.SEEK_END) == len(content) - 4
    assert reader.read() == content[-4:]


@pytest.mark.parametrize("passphrase", ["", "correct horse battery stapl", f"{PASSPHRASE} ", "другая"])
def test_no_other_passphrase_opens_it(passphrase: str) -> None:
    with pytest.raises(Unusable, match="passphrase is wrong"):
        decrypted(encrypted(b"x"), passphrase)


def test_every_altered_byte_is_noticed() -> None:
    whole = encrypted(b"every row")
    for position in range(len(whole)):
        altered = bytearray(whole)
        altered[position] ^= 1
        with pytest.raises(Unusable):
            decrypted(bytes(altered))


def test_a_file_cut_off_anywhere_is_noticed() -> None:
    whole = encrypted(os.urandom(2 * age.CHUNK + 100))
    start = len(whole) - 2 * age.CHUNK - 100 - 3 * age.TAG
    ends = [*range(start + 1), *(start + number * (age.CHUNK + age.TAG) for number in (1, 2)), len(whole) - 1]
    for end in ends:
        with pytest.raises(Unusable):
            decrypted(whole[:end])


def test_reordered_chunks_are_rejected() -> None:
    whole = encrypted(os.urandom(3 * age.CHUNK))
    size = age.CHUNK + age.TAG
    start = len(whole) - 3 * size
    swapped = whole[:start] + whole[start + size : start + 2 * size] + whole[start : start + size]
    with pytest.raises(Unusable):
        decrypted(swapped + whole[start + 2 * size :])


def test_a_work_factor_that_would_take_all_memory_is_refused() -> None:
    whole = encrypted(b"x").replace(b" 10\n", b" 30\n", 1)
    with pytest.raises(Unusable, match="encryption isn't supported"):
        decrypted(whole)
