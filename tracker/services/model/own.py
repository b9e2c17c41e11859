"""Which service a person's questions go to: their own, with their own key, or the one the operator has set up."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import select

from tracker.db import Scope
from tracker.errors import Invalid, Sorry
from tracker.models import OwnService, own_services
from tracker.services import audit, freshness
from tracker.services.model.budget import used, used_by_all
from tracker.services.model.client import installation
from tracker.services.model.sealing import seal, unseal
from tracker.services.typed import Wrong, parsed_by, text
from tracker.settings import is_loopback, is_nearby, settings
from tracker.shapes.audit import AuditKind
from tracker.shapes.model import KEPT, Service, ServiceSheet


def service_of(scope: Scope) -> Service | None:
    """The service that answers this person, with its key: their own, else the installation's, else none."""
    row = _row(scope)
    if row is None:
        return installation()
    key = unseal(scope.user_id, row.sealed_key)
    return Service(row.base_url, row.model, key, is_own=True, is_public_only=_is_shared())


def insist(scope: Scope) -> Service:
    """The service that answers this person; `Sorry` that says what to do when there is none."""
    if service := service_of(scope):
        return service
    raise Sorry("No AI service is set up. Set one up in Settings, or draft from your bullets without one.")


def asked_in_words(scope: Scope) -> str:
    """Which model is asked where for this person; empty while none is set up."""
    return _in_words(_row(scope))


def read(scope: Scope) -> ServiceSheet:
    """The service as Settings show it, its key never."""
    row = _row(scope)
    return ServiceSheet(
        typed={"base_url": row.base_url if row else "", "model": row.model if row else ""},
        has_key=bool(row and row.sealed_key),
        asks=_in_words(row),
        is_own=row is not None,
        used=[*used(scope), *(used_by_all(scope) if row is None and installation() else ())],
    )


def save(scope: Scope, typed: Mapping[str, str]) -> str:
    """Keep a service of the person's own; Invalid for an address or a model that can't be one, NotFresh long after sign-in.

    The key that is kept stays when its field was left alone, unless the address is another: it goes nowhere else by itself.
    """
    fields = {"base_url": _address, "model": text(200, required="Name the model."), "key": _key}
    given = parsed_by(fields, {name: str(typed.get(name, "")) for name in fields})
    freshness.insist(scope)
    url, row = urlsplit(given["base_url"]), _row(scope)
    if given["key"] and url.scheme == "http" and not is_nearby(url.hostname or ""):
        raise Invalid({"base_url": "Use https: over plain http the key could be read on the way."})
    if given["key"] != KEPT:
        sealed = seal(scope.user_id, given["key"])
    elif row is not None and row.base_url == given["base_url"]:
        sealed = row.sealed_key
    else:
        raise Invalid({"key": "Type the key for this address: the one that is kept was for another."})
    if row is None:
        row = OwnService(user_id=scope.user_id, base_url=given["base_url"], model=given["model"])
        scope.session.add(row)
    row.base_url, row.model, row.sealed_key = given["base_url"], given["model"], sealed
    scope.session.flush()
    audit.note(scope, AuditKind.KEY_SAVED, Service(row.base_url, row.model).host)
    return "AI service saved"


def forget(scope: Scope) -> str:
    """Forget the person's own service, and its key with it."""
    freshness.insist(scope)
    if (row := _row(scope)) is not None:
        scope.session.delete(row)
        audit.note(scope, AuditKind.KEY_REMOVED)
    return "Your own AI service is forgotten"


def _in_words(row: OwnService | None) -> str:
    asked = Service(row.base_url, row.model) if row else installation()
    return f"{asked.model} at {asked.host}" if asked else ""


def _row(scope: Scope) -> OwnService | None:
    return scope.session.scalars(
        select(OwnService).where(own_services.user_id == scope.user_id)
    ).one_or_none()


def _is_shared() -> bool:
    """Whether others than whoever runs it use this installation: they may not reach into its network."""
    return settings().provider_configured or not is_loopback(settings().host)


def _key(raw: str) -> str:
    """A key as it can be sent; the sign that one is kept passes."""
    typed = str(text(2000)(raw))
    if typed != KEPT and not (typed.isascii() and typed.isprintable() and " " not in typed):
        raise Wrong("A key has no blanks and no accents. Copy it anew from where you got it.")
    return typed


def _address(raw: str) -> str:
    """The address of an API: https, unless the installation is the person's own."""
    typed = str(text(500, required="Type the address of the API.")(raw)).rstrip("/")
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
        is_one = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        raise Wrong("Use the address of an API, such as https://api.example.com/v1.")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise Wrong("Use the bare address, without a key or a question mark in it.")
    if _is_shared() and (parts.scheme == "http" or _is_private(host)):
        raise Wrong("Use an https address on the public internet.")
    return typed


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host
