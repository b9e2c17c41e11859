"""Calls to a language model, streamed or whole, in the response format that the server supports.

A request is repeated only without a response format that the server rejects; other retries are up to the job.
"""

import logging
import re
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import httpx2

from tracker.errors import Sorry, Upstream
from tracker.services.model.answer_limits import answer_limits, is_reasoning_model
from tracker.services.model.failures import (
    BROKE_OFF,
    UNREADABLE,
    filtered,
    refuses_form,
    to_user_error,
)
from tracker.services.model.json_answers import json_in
from tracker.services.model.timed_stream import Timeouts, with_timeouts
from tracker.services.model.transport import PublicTransport, forbid_compression, limit_size
from tracker.settings import settings
from tracker.shapes.model import Answer, ConnectionTest, Piece, Request, Service, Usage
from tracker.storable_text import clean

if TYPE_CHECKING:  # Importing openai takes 13 MiB and 0.3 s, so only processes that call a model do it.
    from openai import OpenAI
    from openai.types.chat import ChatCompletionChunk

TIMEOUTS = Timeouts()
SCHEMA, OBJECT, PLAIN, BARE = "schema", "object", "plain", "bare"
_FORMS = (SCHEMA, OBJECT, PLAIN, BARE)
"""Response formats, the strictest first: a JSON schema, any JSON, none, and none without usage statistics."""
_CHARACTERS_A_TOKEN = 4
_LONGEST_TOKEN = 16
_MOST_TOKENS = 1_000_000
_known_forms: dict[tuple[str, str], str] = {}
log = logging.getLogger(__name__)


def installation() -> Service | None:
    """Return the AI service that the operator configured for all users, or None."""
    values = settings()
    return Service(values.ai_base_url, values.ai_model, values.ai_api_key) if values.ai_configured else None


def operator_timeouts() -> Timeouts:
    """Return the operator's timeouts; a model without a GPU may read for minutes before its first word."""
    total = settings().ai_seconds
    return Timeouts(first=max(60.0, total / 2), between=max(30.0, total / 8), total=total)


def stream(
    request: Request, timeouts: Timeouts = TIMEOUTS, service: Service | None = None
) -> Generator[Piece, None, None]:
    """Yield an answer piece by piece, the last with the usage; raises Upstream when it breaks off.

    Uses the operator's service by default. While nothing arrives, it yields an empty piece every half second.
    """
    service = service or _configured()
    try:
        with _client(service, timeouts) as client:
            forms = list(_forms_for(service, request))
            while True:
                try:
                    yield from _pieces(client, service, request, forms[0], timeouts)
                except Exception as error:
                    if is_reasoning_model(service, error):
                        continue
                    if forms[0] == BARE or not refuses_form(error):
                        raise
                    forms.pop(0)
                    continue
                _known_forms[service.base_url, service.model] = forms[0]
                return
    except Exception as error:
        raise _as_sorry(error, service) from None


def answer(request: Request, timeouts: Timeouts = TIMEOUTS, service: Service | None = None) -> Answer:
    """Return a whole answer, parsed as JSON if the request has a schema; raises Upstream if malformed."""
    text, usage = "", Usage()
    for piece in stream(request, timeouts, service):
        text += piece.text
        usage = piece.usage or usage
    if not request.schema:
        return Answer(text, None, usage)
    data = json_in(text)
    if data is None:
        raise Upstream(UNREADABLE)
    return Answer(text, data, usage)


def check_connection(timeouts: Timeouts = TIMEOUTS, service: Service | None = None) -> ConnectionTest:
    """Ask the model for a word; return whether it answered, or what is wrong: key, model, address, TLS."""
    service = service or installation()
    if service is None:
        return ConnectionTest(
            False,
            "No AI service is set up: set AI_BASE_URL and AI_MODEL, and AI_API_KEY where it wants a key.",
        )
    from openai.types.chat import ChatCompletion

    try:
        completion = _word(service, timeouts)
    except Exception as error:
        problem = _as_sorry(error, service)
        if not service.key and "refuses the key" in problem.message:
            return ConnectionTest(
                False, f"{service.host} wants a key. {_with_setting_names('Set AI_API_KEY.', service)}"
            )
        return ConnectionTest(False, problem.message)
    if (
        not isinstance(completion, ChatCompletion)
        or not isinstance(completion.choices, list)
        or not completion.choices
    ):
        nothing = (
            "answers, but not as an OpenAI-compatible API does. Check AI_BASE_URL; it often ends in /v1."
        )
        return ConnectionTest(False, _with_setting_names(f"{service.host} {nothing}", service))
    return ConnectionTest(True, f"{service.model} at {service.host} answers.")


def _word(service: Service, timeouts: Timeouts) -> Any:
    """Return the answer to the shortest possible request, within the timeout for a whole answer."""
    import openai

    with _client(service, timeouts) as client:

        def attempts() -> Iterator[Any]:
            arguments: Any = {
                "model": service.model,
                "messages": [{"role": "user", "content": "Answer with the word yes."}],
            }
            try:
                yield client.chat.completions.create(**arguments, **answer_limits(service, 16))
            except openai.APIStatusError as error:
                if not is_reasoning_model(service, error):
                    raise
                yield client.chat.completions.create(**arguments, **answer_limits(service, 16))

        with closing(with_timeouts(attempts, timeouts, client.close)) as answers:  # type: ignore[type-var]
            return next(completion for completion in answers if completion is not None)


def estimated(request: Request, text: str) -> Usage:
    """Return the usage estimated from the texts, at four characters a token."""
    length = len(request.rules) + len(request.matter)
    return Usage(-(-length // _CHARACTERS_A_TOKEN), -(-len(text) // _CHARACTERS_A_TOKEN), is_estimated=True)


def _configured() -> Service:
    service = installation()
    if service is None:
        raise Sorry("No AI service is set up here. Without one Pursuit drafts from your bullets by template.")
    return service


def _client(service: Service, timeouts: Timeouts) -> "OpenAI":
    """Return a client without retries, and without redirects, which could send the key to another host."""
    from openai import OpenAI

    limits = httpx2.Timeout(timeouts.first, connect=timeouts.connect)
    outside: dict[str, Any] = (
        {"transport": PublicTransport(), "trust_env": False} if service.is_public_only else {}
    )
    return OpenAI(
        base_url=service.base_url,
        api_key=service.key or "none",
        max_retries=0,
        timeout=limits,
        http_client=httpx2.Client(
            follow_redirects=False,
            timeout=limits,
            event_hooks={"request": [forbid_compression], "response": [limit_size]},
            **outside,
        ),
    )


def _forms_for(service: Service, request: Request) -> tuple[str, ...]:
    """Return the formats to try, starting with the one this server was last seen to accept."""
    known = _known_forms.get((service.base_url, service.model), SCHEMA)
    first = max(_FORMS.index(known), 0 if request.schema else _FORMS.index(PLAIN))
    return _FORMS[first:]


def _pieces(
    client: "OpenAI", service: Service, request: Request, form: str, timeouts: Timeouts
) -> Iterator[Piece]:
    streams: list[Any] = []

    def chunks() -> "Iterator[ChatCompletionChunk]":
        streams.append(client.chat.completions.create(**_arguments(service, request, form)))
        yield from streams[0]

    def close() -> None:
        for stream_response in streams:
            with suppress(Exception):
                stream_response.close()

    text, finish, usage = "", None, None
    for chunk in with_timeouts(chunks, timeouts, close):
        if chunk is None:
            yield Piece("")
            continue
        text_piece, ended, counted = _read(chunk)
        finish, usage = ended or finish, counted or usage
        text += text_piece
        if len(text) > _LONGEST_TOKEN * request.most_tokens:
            raise Upstream("The AI service's answer was far too long.")
        yield Piece(text_piece)
    _check_end(text, finish)
    yield Piece("", usage or estimated(request, text))


def _read(chunk: Any) -> tuple[str, str | None, Usage | None]:
    """Return a chunk's text, how the answer ended, and the usage; servers omit any of them."""
    try:
        counted = getattr(chunk, "usage", None)
        usage = Usage(_number(counted.prompt_tokens), _number(counted.completion_tokens)) if counted else None
        if not chunk.choices:
            return "", None, usage
        choice = chunk.choices[0]
        refusal = getattr(choice.delta, "refusal", None) if choice.delta else None
        content = choice.delta.content if choice.delta else None
    except (AttributeError, TypeError, ValueError, ArithmeticError, LookupError):
        raise Upstream(UNREADABLE) from None
    if refusal:
        raise Sorry("The model refused to write this.")
    return clean(content) if isinstance(content, str) else "", choice.finish_reason, usage


def _number(tokens: Any) -> int:
    """Return a server's token count, clamped, since it may be any number."""
    return min(max(int(tokens or 0), 0), _MOST_TOKENS)


def _check_end(text: str, finish: str | None) -> None:
    if finish == "content_filter":
        raise filtered()
    if finish == "length":
        raise Sorry("The model's answer was too long. Ask for a shorter letter.")
    if finish is None:
        raise Upstream(BROKE_OFF if text else UNREADABLE)
    if not text.strip():
        raise Upstream("The AI service's answer was empty.")


def _arguments(service: Service, request: Request, form: str) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "model": service.model,
        "messages": [
            {"role": "system", "content": request.rules},
            {"role": "user", "content": request.matter},
        ],
        **answer_limits(service, request.most_tokens, request.temperature),
        "stream": True,
    }
    if form != BARE:
        arguments["stream_options"] = {"include_usage": True}
    if form == SCHEMA and request.schema:
        schema = {"name": request.schema_name, "schema": request.schema, "strict": True}
        arguments["response_format"] = {"type": "json_schema", "json_schema": schema}
    if form == OBJECT and request.schema:
        arguments["response_format"] = {"type": "json_object"}
    return arguments


def _as_sorry(error: Exception, service: Service) -> Sorry:
    problem = to_user_error(error, service.model, service.host)
    if problem is not error:
        status = getattr(error, "status_code", "")
        log.warning("model at %s: %s %s", service.host, type(error).__name__, status)
    problem.message = _with_setting_names(problem.message, service)
    return problem


_IN_SETTINGS = {"AI_BASE_URL": "the address", "AI_API_KEY": "the key", "AI_MODEL": "the model"}


def _with_setting_names(message: str, service: Service) -> str:
    """Return a message that names settings as variables for the operator and as fields for the user."""
    for name, words in _IN_SETTINGS.items() if service.is_own else ():
        message = re.sub(rf"(^|\. ){name}", rf"\1{words.capitalize()}", message).replace(name, words)
    return message
