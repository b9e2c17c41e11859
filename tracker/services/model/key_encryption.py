"""Encryption of users' API keys: the database is useless without the installation's secret."""

from base64 import urlsafe_b64encode
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.data_secrets import secret
from tracker.errors import Sorry
from tracker.settings import settings


def encrypt(user_id: UUID, key: str) -> str:
    """Return a user's key encrypted; an empty key stays empty."""
    return _fernet(user_id).encrypt(key.encode()).decode() if key else ""


def decrypt(user_id: UUID, encrypted: str) -> str:
    """Return the decrypted key; raises Sorry for another user's or altered key, or a changed secret."""
    try:
        return _fernet(user_id).decrypt(encrypted.encode()).decode() if encrypted else ""
    except InvalidToken:
        raise Sorry(
            "Your key was encrypted with a secret that this installation no longer has. Enter it again in Settings."
        ) from None


def _fernet(user_id: UUID) -> Fernet:
    """Return Fernet (AES-128-CBC and HMAC-SHA-256) with a key derived per user by HKDF (RFC 5869).

    A key that is moved to another user's row can't be decrypted there.
    """
    installation_secret = settings().secret or secret(settings().data_dir, "sealing")
    derived = HKDF(SHA256(), 32, salt=None, info=b"pursuit model key " + user_id.bytes).derive(
        installation_secret.encode()
    )
    return Fernet(urlsafe_b64encode(derived))
