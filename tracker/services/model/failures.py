"""Errors of model calls as messages for people: `Upstream` if a retry may help, else `Sorry`.

Messages never quote the server, which may echo the key.
"""

import math
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpx2

from tracker.errors import Sorry, Upstream

if TYPE_CHECKING:  # see client.py
    import openai

LONGEST_DELAY = 3_600.0
UNREADABLE = "The AI service answered in a form Pursuit can't read."
BROKE_OFF = "The AI service broke off in the middle of its answer."
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|too (?:long|large|many tokens)|maximum context|exceeds? .{0,30}(?:tokens|context)|prompt is too",
    re.IGNORECASE,
)
_OTHER_TERMS = re.compile(r"max_completion_tokens|unsupported.{0,40}temperature", re.IGNORECASE)
_FILTERED = re.compile(r"content[_ ](?:filter|policy)|safety|moderation", re.IGNORECASE)


def to_user_error(error: Exception, model: str, host: str) -> Sorry:
    """Return an error for users: `Upstream` if a retry may help, otherwise `Sorry`."""
    import openai

    if isinstance(error, Sorry):
        return error
    if isinstance(error.__cause__, Sorry):
        return error.__cause__
    if isinstance(error, openai.APIStatusError):
        return _of_status(error, model, host)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return _of_silence(error, host)
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError):
        return _of_connection(error, host)
    if isinstance(error, openai.APIError):
        details = _details(error)
        if _TOO_LONG.search(details):
            return too_long()
        return filtered() if _FILTERED.search(details) else Upstream(BROKE_OFF)
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return Sorry("AI_BASE_URL isn't an address Pursuit can use.")
    return Upstream(UNREADABLE)


def too_long() -> Sorry:
    """Return the error for a text that exceeds the model's context."""
    return Sorry(
        "This posting is too long for the model. Shorten it to the requirements, or use a model with a larger context."
    )


def filtered() -> Sorry:
    """Return the error for an answer that the service's content rules withheld."""
    return Sorry("The AI service withheld its answer because of its content rules.")


def refuses_form(error: Exception) -> bool:
    """Return whether a server may reject only the response format: some answer 400, 422 or 500."""
    import openai

    if not isinstance(error, openai.APIStatusError) or error.status_code not in (
        400,
        404,
        415,
        422,
        500,
        501,
    ):
        return False
    details = _details(error)
    return (
        not _TOO_LONG.search(details) and "model_not_found" not in details and not _FILTERED.search(details)
    )


def refuses_terms(error: Exception) -> bool:
    """Return whether a model rejects the length limit or the temperature, as reasoning models do."""
    import openai

    if not isinstance(error, openai.APIStatusError) or error.status_code not in (400, 422):
        return False
    return bool(_OTHER_TERMS.search(_details(error)))


def _details(error: "openai.APIError") -> str:
    return f"{error.message} {error.code or ''} {error.type or ''}"


def _of_status(error: "openai.APIStatusError", model: str, host: str) -> Sorry:
    status, details = error.status_code, _details(error)
    if 300 <= status < 400:
        return Sorry(f"{host} redirects to another address. Set AI_BASE_URL to the API's actual address.")
    if status in {401, 403}:
        return Sorry(f"{host} refuses the key. Check AI_API_KEY.")
    if status == 402 or "insufficient_quota" in details:
        return Sorry(f"The account at {host} has no credit left.")
    if status == 404:
        return Sorry(
            f"{host} doesn't know the model “{model}”, or has no API at this address. Check AI_MODEL and AI_BASE_URL."
        )
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(details)):
        return too_long()
    if status in (400, 403, 422) and _FILTERED.search(details):
        return filtered()
    if status == 429:
        return Upstream(f"{host} received too many requests.", after=retry_after(error.response.headers))
    if status >= 500 or status in (408, 409, 425):
        return Upstream(f"{host} is unavailable (error {status}).", after=retry_after(error.response.headers))
    return Sorry(f"{host} doesn't accept the request (error {status}).")


def retry_after(headers: httpx2.Headers) -> float | None:
    """Return the seconds that a server asks to wait, at most an hour; None when it doesn't say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name, "")
        try:
            seconds = float(value) * unit
        except ValueError:
            try:
                seconds = parsedate_to_datetime(value).timestamp() - time.time()
            except (ValueError, TypeError, OverflowError):
                continue
        if math.isfinite(seconds):
            return min(max(seconds, 0.0), LONGEST_DELAY)
    return None


def _of_silence(error: Exception, host: str) -> Upstream:
    cause = error.__cause__
    if isinstance(cause, httpx2.ConnectTimeout) or isinstance(error, httpx2.ConnectTimeout):
        return Upstream(f"{host} doesn't answer: the connection timed out.")
    return Upstream(f"{host} took too long to answer.")


def _of_connection(error: Exception, host: str) -> Sorry:
    details = " ".join(
        str(cause_or_context)
        for cause_or_context in (error, error.__cause__, error.__context__)
        if cause_or_context
    )
    if re.search(
        r"CERTIFICATE_VERIFY|certificate verify|self.signed|hostname mismatch", details, re.IGNORECASE
    ):
        return Sorry(f"The certificate of {host} isn't trusted, so nothing was sent to it.")
    if re.search(r"\bSSL\b|\bTLS\b|WRONG_VERSION|_ssl\.c", details):
        return Sorry(f"{host} failed the TLS handshake. Check whether AI_BASE_URL begins with http or https.")
    if isinstance(error, httpx2.UnsupportedProtocol) or isinstance(
        error.__cause__, httpx2.UnsupportedProtocol
    ):
        return Sorry("AI_BASE_URL must begin with http:// or https://.")
    cause = error.__cause__ or error
    if isinstance(cause, httpx2.ConnectError):
        return Upstream(f"Pursuit can't reach {host}. Check AI_BASE_URL, and that the server is running.")
    return Upstream(BROKE_OFF)
