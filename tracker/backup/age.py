"""Passphrase encryption in the age format (age-encryption.org/v1), in authenticated chunks of 64 KiB.

An encrypted backup can be opened without Pursuit: `age --decrypt backup.zip.age`.
Specification: https://c2sp.org/age
"""

import base64
import io
import os
import re
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tracker.backup import Unusable

MAGIC = b"age-encryption.org/v1\n"
CHUNK, TAG = 64 * 1024, 16
WORK_FACTOR = 17
"""Base-2 logarithm of scrypt's N: 128 MiB of memory and about half a second a guess."""
LARGEST_WORK_FACTOR = 20
_HEADER = re.compile(
    rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER = 256
DAMAGED = "This backup is damaged or incomplete: a part of it can't be decrypted."
DOES_NOT_OPEN = "The passphrase is wrong, or the backup's header is damaged."


class Writer:
    """Writer that encrypts into `file`; without `finish` the result is detectably incomplete."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._buffer = bytearray()
        self._chunks = 0
        file_key, nonce = os.urandom(16), os.urandom(16)
        file.write(_header(file_key, passphrase))
        file.write(nonce)
        self._cipher = _payload_cipher(file_key, nonce)

    def write(self, data: bytes) -> int:
        """Encrypt `data`; up to 64 KiB stay buffered until `finish`."""
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._encrypt(CHUNK, is_last=False)
        return len(data)

    def finish(self) -> None:
        """Encrypt the buffered rest as the last chunk."""
        self._encrypt(len(self._buffer), is_last=True)

    def _encrypt(self, size: int, *, is_last: bool) -> None:
        chunk = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._file.write(self._cipher.encrypt(_chunk_nonce(self._chunks, is_last), chunk, None))
        self._chunks += 1


class Reader(io.RawIOBase):
    """Seekable decrypted content of `file`, one chunk in memory; raises Unusable if it was altered."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._file = file
        file_key = _file_key(file, passphrase)
        self._cipher = _payload_cipher(file_key, file.read(16))
        self._start = file.tell()
        encrypted = max(file.seek(0, io.SEEK_END) - self._start, 0)
        self._chunks = max(-(-encrypted // (CHUNK + TAG)), 1)
        self._size = max(encrypted - self._chunks * TAG, 0)
        self._position = 0
        self._current = (-1, b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in the decrypted content."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(origin + offset, 0)
        return self._position

    def tell(self) -> int:
        """Return the position in the decrypted content."""
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Decrypt up to the end of the current chunk into `buffer`."""
        if self._position >= self._size and self._size:
            return 0
        index, offset = divmod(self._position, CHUNK)
        plaintext = self._decrypted(index)[offset : offset + len(buffer)]
        buffer[: len(plaintext)] = plaintext
        self._position += len(plaintext)
        return len(plaintext)

    def _decrypted(self, index: int) -> bytes:
        if self._current[0] != index:
            self._file.seek(self._start + index * (CHUNK + TAG))
            nonce = _chunk_nonce(index, index == self._chunks - 1)
            try:
                chunk = self._cipher.decrypt(nonce, self._file.read(CHUNK + TAG), None)
            except InvalidTag as error:
                raise Unusable(DAMAGED) from error
            self._current = (index, chunk)
        return self._current[1]


def _header(file_key: bytes, passphrase: str) -> bytes:
    salt = os.urandom(16)
    wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, WORK_FACTOR)).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n" % (_encoded(salt), WORK_FACTOR, _encoded(wrapped))
    signed = MAGIC + stanza + b"---"
    return signed + b" " + _encoded(_signature(file_key, signed).finalize()) + b"\n"


def _file_key(file: BinaryIO, passphrase: str) -> bytes:
    """Read the header and decrypt the file key; raises Unusable for a wrong passphrase."""
    file.seek(0)
    head = file.read(_LONGEST_HEADER)
    match = _HEADER.match(head, len(MAGIC))
    if not head.startswith(MAGIC) or not match or int(match[2]) > LARGEST_WORK_FACTOR:
        raise Unusable("This backup's encryption isn't supported, or its header is damaged.")
    file.seek(match.end())
    salt, wrapped, signature = (_decoded(match[number]) for number in (1, 3, 4))
    try:
        wrap_key = _wrap_key(passphrase, salt, int(match[2]))
        file_key = ChaCha20Poly1305(wrap_key).decrypt(bytes(12), wrapped, None)
        signed = head[: match.start(4) - 1]
        _signature(file_key, signed).verify(signature)
    except (InvalidTag, InvalidSignature) as error:
        raise Unusable(DOES_NOT_OPEN) from error
    return file_key


def _wrap_key(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    label = b"age-encryption.org/v1/scrypt"
    return Scrypt(salt=label + salt, length=32, n=2**work_factor, r=8, p=1).derive(passphrase.encode())


def _signature(file_key: bytes, signed: bytes) -> HMAC:
    mac = HMAC(HKDF(SHA256(), 32, salt=None, info=b"header").derive(file_key), SHA256())
    mac.update(signed)
    return mac


def _payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=nonce, info=b"payload").derive(file_key))


def _chunk_nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _encoded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    """Decode base64 without padding, in its one canonical form."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _encoded(data) != text:
        raise Unusable(DOES_NOT_OPEN)
    return data
