"""Calendar files: the feed that calendars read without signing in, and downloads of interviews."""

import hashlib

from fastapi import APIRouter, Request, Response

from tracker.api import plain_responses, rate_limits, sign_in_limits
from tracker.api.access import signed_in_user
from tracker.db import scoped
from tracker.services.calendar_files import feed_content, feeds
from tracker.services.calendar_files.ics import MEDIA

router = APIRouter(include_in_schema=False)
FETCHES_A_MINUTE = 60
"""Maximum fetches of feeds by one network in a minute, of unknown addresses too."""
TOO_MANY = "Too many requests from your network. Try again in a minute."


@router.api_route("/api/feeds/{token}.ics", methods=["GET", "HEAD"])
def feed(request: Request, token: str) -> Response:
    """Return the feed of a secret address; an unknown address is answered like any other unknown path."""
    address = sign_in_limits.client_address(request.scope, request.headers)
    key = f"feed {address}"
    if rate_limits.count({key: FETCHES_A_MINUTE})[key].is_exceeded:
        wait = {"Retry-After": rate_limits.until_reset()}
        return plain_responses.respond(request.headers, 429, TOO_MANY, headers=wait)
    content = feeds.fetch(token)
    if content is None:
        return plain_responses.respond(request.headers, 404, plain_responses.NO_PAGE)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    if _has_tag(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA)


@router.get("/interviews/upcoming.ics")
def upcoming(request: Request) -> Response:
    """Return all scheduled interviews that aren't over."""
    with scoped(signed_in_user(request.headers)) as scope:
        content = feed_content.upcoming_interviews(scope)
    return _download(content, "interviews.ics")


@router.get("/interviews/{interview_id}.ics")
def interview(request: Request, interview_id: str) -> Response:
    """Return one interview."""
    with scoped(signed_in_user(request.headers)) as scope:
        content = feed_content.one_interview(scope, interview_id)
    return _download(content, "interview.ics")


def _download(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=MEDIA)


def _has_tag(request: Request, tag: str) -> bool:
    """Return whether If-None-Match names this version, which the client then needn't receive again."""
    tags = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(listed.strip().removeprefix("W/") in (tag, "*") for listed in tags)
