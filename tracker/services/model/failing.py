"""What went wrong between Pursuit and a model, in words a person can read: worth another try, or not.

No message repeats what the server said, since servers repeat keys.
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

LONGEST_REST = 3_600.0
UNREADABLE = "The AI service answered in a form Pursuit can't read."
BROKE_OFF = "The AI service broke off in the middle of its answer."
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|too (?:long|large|many tokens)|maximum context|exceeds? .{0,30}(?:tokens|context)|prompt is too",
    re.IGNORECASE,
)
_OTHER_TERMS = re.compile(r"max_completion_tokens|unsupported.{0,40}temperature", re.IGNORECASE)
_FILTERED = re.compile(r"content[_ ](?:filter|policy)|safety|moderation", re.IGNORECASE)


def put_in_words(error: Exception, model: str, host: str) -> Sorry:
    """The error as something to tell: `Upstream` where another try may help, otherwise `Sorry`."""
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
        said = _said(error)
        if _TOO_LONG.search(said):
            return too_long()
        return filtered() if _FILTERED.search(said) else Upstream(BROKE_OFF)
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return Sorry("AI_BASE_URL isn't an address Pursuit can use.")
    return Upstream(UNREADABLE)


def too_long() -> Sorry:
    """The matter doesn't fit into the model."""
    return Sorry(
        "This posting is too long for the model. Shorten its text to what the job asks for, or use a model that reads more."
    )


def filtered() -> Sorry:
    """The service's own rules forbid the answer."""
    return Sorry("The AI service withheld its answer by its own rules on content.")


def refuses_form(error: Exception) -> bool:
    """Whether a server may only dislike the form asked for: one that doesn't know JSON schemas says 400, 422 or 500."""
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
    said = _said(error)
    return not _TOO_LONG.search(said) and "model_not_found" not in said and not _FILTERED.search(said)


def refuses_terms(error: Exception) -> bool:
    """Whether a model wants its limit under another name, or no temperature, as OpenAI's own that think first do."""
    import openai

    if not isinstance(error, openai.APIStatusError) or error.status_code not in (400, 422):
        return False
    return bool(_OTHER_TERMS.search(_said(error)))


def _said(error: "openai.APIError") -> str:
    return f"{error.message} {error.code or ''} {error.type or ''}"


def _of_status(error: "openai.APIStatusError", model: str, host: str) -> Sorry:
    status, said = error.status_code, _said(error)
    if 300 <= status < 400:
        return Sorry(
            f"{host} sends requests on to another address. Set AI_BASE_URL to the address the API really has."
        )
    if status == 401 or status == 403:
        return Sorry(f"{host} refuses the key. Check AI_API_KEY.")
    if status == 402 or "insufficient_quota" in said:
        return Sorry(f"The account at {host} has no credit left.")
    if status == 404:
        return Sorry(
            f"{host} doesn't know the model “{model}”, or has no API at this address. Check AI_MODEL and AI_BASE_URL."
        )
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(said)):
        return too_long()
    if status in (400, 403, 422) and _FILTERED.search(said):
        return filtered()
    if status == 429:
        return Upstream(f"{host} asks for a rest: too many requests.", after=rest(error.response.headers))
    if status >= 500 or status in (408, 409, 425):
        return Upstream(
            f"{host} is out of order just now (error {status}).", after=rest(error.response.headers)
        )
    return Sorry(f"{host} doesn't accept the request (error {status}).")


def rest(headers: httpx2.Headers) -> float | None:
    """The seconds a server asks to wait, an hour at most; None where it doesn't say or can't be understood."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        written = headers.get(name, "")
        try:
            seconds = float(written) * unit
        except ValueError:
            try:
                seconds = parsedate_to_datetime(written).timestamp() - time.time()
            except (ValueError, TypeError, OverflowError):
                continue
        if math.isfinite(seconds):
            return min(max(seconds, 0.0), LONGEST_REST)
    return None


def _of_silence(error: Exception, host: str) -> Upstream:
    cause = error.__cause__
    if isinstance(cause, httpx2.ConnectTimeout) or isinstance(error, httpx2.ConnectTimeout):
        return Upstream(f"{host} doesn't answer: no connection in time.")
    return Upstream(f"{host} took too long to answer.")


def _of_connection(error: Exception, host: str) -> Sorry:
    said = " ".join(str(one) for one in (error, error.__cause__, error.__context__) if one)
    if re.search(r"CERTIFICATE_VERIFY|certificate verify|self.signed|hostname mismatch", said, re.IGNORECASE):
        return Sorry(f"The certificate of {host} isn't trusted, so nothing was sent to it.")
    if re.search(r"\bSSL\b|\bTLS\b|WRONG_VERSION|_ssl\.c", said):
        return Sorry(
            f"{host} doesn't speak TLS as it should. Check whether AI_BASE_URL begins with http or https."
        )
    if isinstance(error, httpx2.UnsupportedProtocol) or isinstance(
        error.__cause__, httpx2.UnsupportedProtocol
    ):
        return Sorry("AI_BASE_URL has to begin with http:// or https://.")
    cause = error.__cause__ or error
    if isinstance(cause, httpx2.ConnectError):
        return Upstream(f"Pursuit can't reach {host}. Check AI_BASE_URL, and that the server runs.")
    return Upstream(BROKE_OFF)
