"""The caller of a request: the user of its access token, and their transactions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from tracker.api.sign_in_limits import client_address
from tracker.api.v1.problems import ApiError, unauthorized
from tracker.db import Scope, scoped
from tracker.services import access_tokens
from tracker.shapes.access_tokens import TokenHolder
from tracker.shapes.audit import Client
from tracker.shapes.enumerations import Door
from tracker.shapes.people import Who

P = ParamSpec("P")
R = TypeVar("R")
_bearer = HTTPBearer(auto_error=False, scheme_name="AccessToken", description="A token from Settings.")


@dataclass(frozen=True)
class Caller:
    """The user whose token a request carries."""

    user: Who
    holder: TokenHolder

    def read(self, service: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what a service function reads, in one transaction."""
        with scoped(self.user, Door.API) as scope:
            return service(scope, *args, **kwargs)


def reading_caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Caller:
    """Return the caller; raises the problem of a missing, unknown, expired or revoked token."""
    if credentials is None:
        raise unauthorized("Send an access token as a bearer token.")
    holder = access_tokens.holder_of(credentials.credentials)
    if holder is None:
        raise unauthorized("This token is unknown, expired or revoked.")
    agent = request.headers.get("user-agent", "")[:300]
    client = Client(agent, client_address(request.scope, request.headers))
    return Caller(replace(holder.user, client=client), holder)


Reader = Annotated[Caller, Depends(reading_caller)]
"""Caller of an operation that reads."""


def writing_caller(caller: Reader) -> Caller:
    """Return the caller of an operation that writes; raises the problem of a token that may only read."""
    if not caller.holder.can_write:
        challenge = {"WWW-Authenticate": 'Bearer realm="Pursuit", error="insufficient_scope", scope="write"'}
        raise ApiError(403, "read-only-token", "This token may only read", headers=challenge)
    return caller


Writer = Annotated[Caller, Depends(writing_caller)]
"""Caller of an operation that writes."""
