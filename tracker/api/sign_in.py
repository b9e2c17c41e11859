"""Sign-in and sign-out routes: only HTTP responses can set an HttpOnly cookie."""

import logging
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import redis
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from tracker import one_time_address
from tracker.api import plain_responses, sign_in_limits
from tracker.api.access import SIGN_IN, is_same_origin
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
    """Redirect to the provider, with a cookie that binds the attempt to this browser.

    With `fresh`, a signed-in user signs in again before an irreversible action.
    """
    if not settings().provider_configured:
        return _redirect(SIGN_IN)
    if request.headers.get("host", "").lower() != urlsplit(settings().origin).netloc:
        query = {"next": local_path(next), **({"fresh": "1"} if fresh else {})}
        return _redirect(f"{settings().origin}/auth/start?{urlencode(query)}")
    try:
        user = sessions.find(token_in(_cookies(request))) if fresh else None
        attempt = sign_in.begin(local_path(next), user)
    except (CannotSignIn, redis.RedisError) as error:
        return _refuse(error, request)
    response = _redirect(attempt.address)
    for purpose in purposes_in(_cookies(request), sign_in.ATTEMPT)[sign_in.MAX_ATTEMPTS - 1 :]:
        response.headers.append("Set-Cookie", set_cookie("", 0, purpose))
    response.headers.append("Set-Cookie", set_cookie(attempt.token, sign_in.ATTEMPT_SECONDS, attempt.purpose))
    return response


@router.get("/callback")
def callback(request: Request) -> RedirectResponse:
    """Check the provider's response and open a session."""
    purpose = sign_in.purpose_of(request.query_params.get("state", ""))
    try:
        entry = sign_in.finish(token_in(_cookies(request), purpose), dict(request.query_params))
    except (CannotSignIn, redis.RedisError) as error:
        response = _refuse(error, request)
    else:
        response = _welcome(request, entry.user_id, entry.next, entry.hint)
    response.headers.append("Set-Cookie", set_cookie("", 0, purpose))
    return response


@router.get("/local")
def local(request: Request, token: str = "", next: str = "/") -> RedirectResponse:
    """Open the local account with a one-time token, on this computer only and without a provider."""
    if settings().provider_configured or not is_loopback(settings().host):
        return _refuse(CannotSignIn(Problem.NO_LOCAL), request)
    if one_time_address.redeem(settings().data_dir, token):
        return _welcome_local(request, token, next)
    if sessions.find(token_in(_cookies(request))):
        return _redirect(local_path(next))
    return _refuse(CannotSignIn(Problem.USED, user_id=people.existing_user(*people.LOCAL)), request)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End this browser's session and its sockets, then the provider's session where possible."""
    if not is_same_origin(request.headers):
        return _refuse(CannotSignIn(Problem.FOREIGN), request)
    hint = sessions.end_session(token_in(_cookies(request)), _client(request))
    address = "" if hint is None else sign_in.logout_address(hint)
    # Browsers apply `form-action 'self'` to redirects too, so a page leads to the provider.
    if address:
        response = plain_responses.redirect_page(address, "Signing you out at your provider")
    else:
        response = _redirect(SIGN_IN)
    response.headers.append("Set-Cookie", set_cookie("", 0))
    return response


def _welcome_local(request: Request, token: str, next_path: str) -> RedirectResponse:
    """Open a session of the local account; the one-time token stays valid if that fails."""
    try:
        return _welcome(request, people.sign_up_local(), local_path(next_path))
    except Exception:
        one_time_address.restore(settings().data_dir, token)
        raise


def _welcome(request: Request, user_id: UUID, next_path: str, hint: str = "") -> RedirectResponse:
    """Open a new session and end the previous one of this browser."""
    sessions.end_session(token_in(_cookies(request)))
    client = _client(request)
    token = sessions.open_session(user_id, client.browser, client.address, hint)
    response = _redirect(next_path)
    response.headers.append("Set-Cookie", set_cookie(token, int(sessions.IDLE_LIFETIME.total_seconds())))
    return response


def _refuse(error: Exception, request: Request) -> RedirectResponse:
    problem = error.problem if isinstance(error, CannotSignIn) else Problem.UNAVAILABLE
    client = _client(request)
    log.warning(
        "Sign-in refused from %s: %s (%s)", one_line(client.address, 100), problem, one_line(str(error))
    )
    if isinstance(error, CannotSignIn) and error.user_id:
        audit.note_refusal(error.user_id, problem, client)
    next_path = error.next if isinstance(error, CannotSignIn) else ""
    retry = {"again": "1", "next": next_path} if next_path else {}
    return _redirect(f"{SIGN_IN}?{urlencode({'problem': problem.value, **retry})}")


def _client(request: Request) -> Client:
    agent = request.headers.get("user-agent", "")
    return Client(agent[:300], sign_in_limits.client_address(request.scope, request.headers))


def _redirect(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


def _cookies(request: Request) -> str:
    return "; ".join(request.headers.getlist("cookie"))
