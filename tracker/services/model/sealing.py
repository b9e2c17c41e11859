"""Keys of people's own, kept sealed: what lies in the database is of no use without the secret of the installation."""

from base64 import urlsafe_b64encode
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.data_secrets import secret
from tracker.errors import Sorry
from tracker.settings import settings


def seal(user_id: UUID, key: str) -> str:
    """A person's key as it is kept; the empty one stays empty."""
    return _fernet(user_id).encrypt(key.encode()).decode() if key else ""


def unseal(user_id: UUID, sealed: str) -> str:
    """The key again; `Sorry` when it was sealed for somebody else, by another secret, or was altered."""
    try:
        return _fernet(user_id).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise Sorry(
            "Your key was kept under a secret that this installation no longer has. Type it again in Settings."
        ) from None


def _fernet(user_id: UUID) -> Fernet:
    """Fernet (AES-128-CBC and HMAC-SHA-256) under a key derived for one person by HKDF (RFC 5869).

    A sealed key that is moved to somebody else's row can't be opened there.
    """
    sealing_secret = settings().secret or secret(settings().data_dir, "sealing")
    derived = HKDF(SHA256(), 32, salt=None, info=b"pursuit model key " + user_id.bytes).derive(
        sealing_secret.encode()
    )
    return Fernet(urlsafe_b64encode(derived))
