"""The AI service of a user: one of their own, with their key, or the installation's."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Invalid, Sorry
from tracker.models import OwnService, own_services
from tracker.services import audit, freshness
from tracker.services.field_parsers import InvalidField, parsed_by, text
from tracker.services.model.client import installation
from tracker.services.model.key_encryption import decrypt, encrypt
from tracker.services.model.usage_limits import installation_usage_lines, user_usage_lines
from tracker.settings import is_loopback, is_nearby, settings
from tracker.shapes.audit import AuditKind
from tracker.shapes.model import STORED_KEY, Service, ServiceForm


def service_of(scope: Scope) -> Service | None:
    """Return the user's AI service with its key, else the installation's, else None."""
    row = _row(scope)
    if row is None:
        return installation()
    key = decrypt(scope.user_id, row.sealed_key)
    return Service(row.base_url, row.model, key, is_own=True, is_public_only=_is_shared())


def require_service(scope: Scope) -> Service:
    """Return the user's AI service or the installation's; raises Sorry, with what to do, without one."""
    if service := service_of(scope):
        return service
    raise Sorry("No AI service is set up. Set one up in Settings, or draft from your bullets without one.")


def model_label(scope: Scope) -> str:
    """Return the model and host of the user's AI service; empty without one."""
    return _in_words(_row(scope))


def read(scope: Scope) -> ServiceForm:
    """Return the AI service as the Settings page shows it, never with its key."""
    row = _row(scope)
    return ServiceForm(
        typed={"base_url": row.base_url if row else "", "model": row.model if row else ""},
        has_key=bool(row and row.sealed_key),
        asks=_in_words(row),
        is_own=row is not None,
        used=[
            *user_usage_lines(scope),
            *(installation_usage_lines(scope) if row is None and installation() else ()),
        ],
    )


def save(scope: Scope, typed: Mapping[str, str]) -> str:
    """Save the user's own AI service; raises Invalid, or NotFresh without a fresh sign-in.

    The stored key is kept when its field is unchanged, but not for another address, so that it is never sent elsewhere.
    """
    fields = {"base_url": _address, "model": text(200, required="Enter the model's name."), "key": _key}
    values = parsed_by(fields, {name: str(typed.get(name, "")) for name in fields})
    freshness.require_fresh(scope)
    url, row = urlsplit(values["base_url"]), _row(scope)
    if values["key"] and url.scheme == "http" and not is_nearby(url.hostname or ""):
        raise Invalid({"base_url": "Use https: plain http would expose the key on the network."})
    if values["key"] != STORED_KEY:
        sealed = encrypt(scope.user_id, values["key"])
    elif row is not None and row.base_url == values["base_url"]:
        sealed = row.sealed_key
    else:
        raise Invalid({"key": "Enter the key for this address: the stored key belongs to another one."})
    if row is None:
        row = OwnService(user_id=scope.user_id, base_url=values["base_url"], model=values["model"])
        scope.session.add(row)
    row.base_url, row.model, row.sealed_key = values["base_url"], values["model"], sealed
    scope.session.flush()
    audit.note(scope, AuditKind.KEY_SAVED, Service(row.base_url, row.model).host)
    return "AI service saved"


def forget(scope: Scope) -> str:
    """Remove the user's own AI service with its key."""
    freshness.require_fresh(scope)
    if (row := _row(scope)) is not None:
        scope.session.delete(row)
        audit.note(scope, AuditKind.KEY_REMOVED)
    return "AI service removed"


def _in_words(row: OwnService | None) -> str:
    service = Service(row.base_url, row.model) if row else installation()
    return f"{service.model} at {service.host}" if service else ""


def _row(scope: Scope) -> OwnService | None:
    return scope.session.scalars(
        select(OwnService).where(own_services.user_id == scope.user_id)
    ).one_or_none()


def _is_shared() -> bool:
    """Return whether this installation has several users, who mustn't reach into its network."""
    return settings().provider_configured or not is_loopback(settings().host)


def _key(raw: str) -> str:
    """Parse a key, or the placeholder of a stored one."""
    typed = str(text(2000)(raw))
    if typed != STORED_KEY and not (typed.isascii() and typed.isprintable() and " " not in typed):
        raise InvalidField("A key has no spaces or accented letters. Copy it again from its source.")
    return typed


def _address(raw: str) -> str:
    """Parse the address of an API: https only, unless the installation is the user's own."""
    typed = str(text(500, required="Enter the address of the API.")(raw)).rstrip("/")
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
        is_valid = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        is_valid = False
    if not is_valid:
        raise InvalidField("Use the address of an API, such as https://api.example.com/v1.")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise InvalidField("Use the address without a user name, key or query.")
    if _is_shared() and (parts.scheme == "http" or _is_private(host)):
        raise InvalidField("Use an https address on the public internet.")
    return typed


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host
