"""Signing in and out over HTTP: events can't set a cookie that scripts can't read, so these are plain routes."""

import logging
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import redis
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from tracker import one_time_address
from tracker.api import limits, plain
from tracker.api.doors import SIGN_IN, is_same_origin
from tracker.cookies import purposes_in, set_cookie, token_in
from tracker.log_text import one_line
from tracker.services import audit, people, sessions, sign_in
from tracker.services.provider import CannotSignIn
from tracker.services.sign_in import local_path
from tracker.settings import is_loopback, settings
from tracker.shapes.audit import Client
from tracker.shapes.sign_in import Problem

router = APIRouter(prefix="/auth", include_in_schema=False)
log = logging.getLogger(__name__)


@router.get("/start")
def start(request: Request, next: str = "/", fresh: str = "") -> RedirectResponse:
    """Send the browser to the provider, with a cookie that ties the attempt to this browser.

    With `fresh`, a signed-in person confirms that it's them.
    """
    if not settings().provider_configured:
        return _to(SIGN_IN)
    if request.headers.get("host", "").lower() != urlsplit(settings().origin).netloc:
        again = {"next": local_path(next), **({"fresh": "1"} if fresh else {})}
        return _to(f"{settings().origin}/auth/start?{urlencode(again)}")
    try:
        who = sessions.find(token_in(_cookies(request))) if fresh else None
        begun = sign_in.begin(local_path(next), who)
    except (CannotSignIn, redis.RedisError) as error:
        return _sorry(error, request)
    answer = _to(begun.address)
    for purpose in purposes_in(_cookies(request), sign_in.ATTEMPT)[sign_in.ATTEMPTS_AT_ONCE - 1 :]:
        answer.headers.append("Set-Cookie", set_cookie("", 0, purpose))
    answer.headers.append("Set-Cookie", set_cookie(begun.token, sign_in.ATTEMPT_SECONDS, begun.purpose))
    return answer


@router.get("/callback")
def callback(request: Request) -> RedirectResponse:
    """Take the provider's answer, and open a session when every check of it passes."""
    purpose = sign_in.purpose_of(request.query_params.get("state", ""))
    try:
        entry = sign_in.finish(token_in(_cookies(request), purpose), dict(request.query_params))
    except (CannotSignIn, redis.RedisError) as error:
        answer = _sorry(error, request)
    else:
        answer = _welcome(request, entry.user_id, entry.next, entry.hint)
    answer.headers.append("Set-Cookie", set_cookie("", 0, purpose))
    return answer


@router.get("/local")
def local(request: Request, token: str = "", next: str = "/") -> RedirectResponse:
    """Open the one local account with a one-time token, on this computer only and where there is no provider."""
    if settings().provider_configured or not is_loopback(settings().host):
        return _sorry(CannotSignIn(Problem.NO_LOCAL), request)
    if one_time_address.redeem(settings().data_dir, token):
        return _welcome_local(request, token, next)
    if sessions.find(token_in(_cookies(request))):
        return _to(local_path(next))
    return _sorry(CannotSignIn(Problem.USED, user_id=people.existing_user(*people.LOCAL)), request)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this browser's session, on its open sockets as well, then the provider's where it can be ended."""
    if not is_same_origin(request.headers):
        return _sorry(CannotSignIn(Problem.FOREIGN), request)
    hint = sessions.close(token_in(_cookies(request)), _client(request))
    address = "" if hint is None else sign_in.logout_address(hint)
    # A redirect from here would break the rule that forms of ours lead to us, which browsers hold redirects to as well.
    answer = plain.leading_to(address, "Signing out at your provider too") if address else _to(SIGN_IN)
    answer.headers.append("Set-Cookie", set_cookie("", 0))
    return answer


def _welcome_local(request: Request, token: str, next_path: str) -> RedirectResponse:
    """Open a session of the local account; its one-time token stays valid when that fails."""
    try:
        return _welcome(request, people.sign_up_local(), local_path(next_path))
    except Exception:
        one_time_address.restore(settings().data_dir, token)
        raise


def _welcome(request: Request, user_id: UUID, next_path: str, hint: str = "") -> RedirectResponse:
    """Open a fresh session, whatever cookie came along, and end the one that cookie had."""
    sessions.close(token_in(_cookies(request)))
    client = _client(request)
    token = sessions.open_session(user_id, client.browser, client.address, hint)
    answer = _to(next_path)
    answer.headers.append("Set-Cookie", set_cookie(token, int(sessions.LASTS.total_seconds())))
    return answer


def _sorry(error: Exception, request: Request) -> RedirectResponse:
    problem = error.problem if isinstance(error, CannotSignIn) else Problem.UNAVAILABLE
    client = _client(request)
    log.warning(
        "Sign-in refused from %s: %s (%s)", one_line(client.address, 100), problem, one_line(str(error))
    )
    if isinstance(error, CannotSignIn) and error.user_id:
        audit.note_refusal(error.user_id, problem, client)
    wanted = error.next if isinstance(error, CannotSignIn) else ""
    again = {"again": "1", "next": wanted} if wanted else {}
    return _to(f"{SIGN_IN}?{urlencode({'problem': problem.value, **again})}")


def _client(request: Request) -> Client:
    agent = request.headers.get("user-agent", "")
    return Client(agent[:300], limits.address_of(request.scope, request.headers))


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


def _cookies(request: Request) -> str:
    return "; ".join(request.headers.getlist("cookie"))
