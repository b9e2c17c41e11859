"""Questions to a language model: streamed or whole, in the form asked for where the server knows how.

Nothing here is tried twice by itself, but for a form that a server refuses: jobs decide on another try.
"""

import json
import logging
import re
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import httpx2

from tracker.errors import Sorry, Upstream
from tracker.services.model.failing import (
    BROKE_OFF,
    UNREADABLE,
    filtered,
    put_in_words,
    refuses_form,
)
from tracker.services.model.reaching import Outside, bounded, plainly
from tracker.services.model.streaming import Patience, patiently
from tracker.services.model.terms import learns_terms, terms
from tracker.settings import settings
from tracker.shapes.model import Answer, Piece, Request, Service, Tested, Usage
from tracker.storable_text import clean

if (
    TYPE_CHECKING
):  # importing openai takes 13 MiB and a third of a second: only processes that call a model pay for it
    from openai import OpenAI
    from openai.types.chat import ChatCompletionChunk

PATIENCE = Patience()
SCHEMA, OBJECT, PLAIN, BARE = "schema", "object", "plain", "bare"
_FORMS = (SCHEMA, OBJECT, PLAIN, BARE)
"""Forms to ask for, the strictest first: a JSON schema, any JSON, none, and none without the usage of a stream."""
_CHARACTERS_A_TOKEN = 4
_LONGEST_TOKEN = 16
_MOST_TOKENS = 1_000_000
_known_forms: dict[tuple[str, str], str] = {}
log = logging.getLogger(__name__)


def installation() -> Service | None:
    """The service that the operator has set up for everyone, if any."""
    given = settings()
    return Service(given.ai_base_url, given.ai_model, given.ai_api_key) if given.ai_configured else None


def unhurried() -> Patience:
    """As long as the operator lets an answer take: a model on a processor reads for minutes before its first word."""
    total = settings().ai_seconds
    return Patience(first=max(60.0, total / 2), between=max(30.0, total / 8), total=total)


def stream(
    request: Request, patience: Patience = PATIENCE, service: Service | None = None
) -> Generator[Piece, None, None]:
    """An answer piece by piece, the last with the usage; `Upstream` when it breaks off, is empty, or takes too long.

    Asks the operator's service unless told another. While nothing arrives an empty piece comes now and then.
    """
    service = service or _configured()
    try:
        with _client(service, patience) as client:
            forms = list(_forms_for(service, request))
            while True:
                try:
                    yield from _pieces(client, service, request, forms[0], patience)
                except Exception as error:
                    if learns_terms(service, error):
                        continue
                    if forms[0] == BARE or not refuses_form(error):
                        raise
                    forms.pop(0)
                    continue
                _known_forms[service.base_url, service.model] = forms[0]
                return
    except Exception as error:
        raise _told(error, service) from None


def answer(request: Request, patience: Patience = PATIENCE, service: Service | None = None) -> Answer:
    """A whole answer, and its JSON where the request has a schema; `Upstream` when that can't be read."""
    text, usage = "", Usage()
    for piece in stream(request, patience, service):
        text += piece.text
        usage = piece.usage or usage
    if not request.schema:
        return Answer(text, None, usage)
    data = json_in(text)
    if data is None:
        raise Upstream(UNREADABLE)
    return Answer(text, data, usage)


def try_connection(patience: Patience = PATIENCE, service: Service | None = None) -> Tested:
    """Asks the model for a word, and says that it answered or what is wrong: key, model, address, TLS."""
    service = service or installation()
    if service is None:
        return Tested(
            False,
            "No AI service is set up: set AI_BASE_URL and AI_MODEL, and AI_API_KEY where it wants a key.",
        )
    from openai.types.chat import ChatCompletion

    try:
        said = _word(service, patience)
    except Exception as error:
        told = _told(error, service)
        if not service.key and "refuses the key" in told.message:
            return Tested(False, f"{service.host} wants a key. {_named('Set AI_API_KEY.', service)}")
        return Tested(False, told.message)
    if not isinstance(said, ChatCompletion) or not isinstance(said.choices, list) or not said.choices:
        nothing = (
            "answers, but not as an OpenAI-compatible API does. Check AI_BASE_URL; it often ends in /v1."
        )
        return Tested(False, _named(f"{service.host} {nothing}", service))
    return Tested(True, f"{service.model} at {service.host} answers.")


def _word(service: Service, patience: Patience) -> Any:
    """What the model answers to the shortest question, within the patience there is for all of an answer."""
    import openai

    with _client(service, patience) as client:

        def said() -> Iterator[Any]:
            asked: Any = {
                "model": service.model,
                "messages": [{"role": "user", "content": "Answer with the word yes."}],
            }
            try:
                yield client.chat.completions.create(**asked, **terms(service, 16))
            except openai.APIStatusError as error:
                if not learns_terms(service, error):
                    raise
                yield client.chat.completions.create(**asked, **terms(service, 16))

        with closing(patiently(said, patience, client.close)) as answers:  # type: ignore[type-var]
            return next(one for one in answers if one is not None)


def json_in(text: str) -> Any:
    """The JSON of a text, bare, in a fence or among other words; None where there is none."""
    fenced = re.search(r"```(?:json)?(.*?)```", text, re.DOTALL)
    for candidate in (text, fenced[1] if fenced else ""):
        with suppress(ValueError, RecursionError):
            return json.loads(candidate)
    for opening in re.finditer(r"[{\[]", text):
        with suppress(ValueError, RecursionError):
            return json.JSONDecoder().raw_decode(text, opening.start())[0]
    return None


def estimated(request: Request, text: str) -> Usage:
    """The usage by the length of the texts, four characters a token."""
    asked = len(request.rules) + len(request.matter)
    return Usage(-(-asked // _CHARACTERS_A_TOKEN), -(-len(text) // _CHARACTERS_A_TOKEN), is_estimated=True)


def _configured() -> Service:
    service = installation()
    if service is None:
        raise Sorry("No AI service is set up here. Without one Pursuit drafts from your bullets by template.")
    return service


def _client(service: Service, patience: Patience) -> "OpenAI":
    """A client that tries once and follows no redirect, since it would carry the posting and the key elsewhere."""
    from openai import OpenAI

    limits = httpx2.Timeout(patience.first, connect=patience.connect)
    outside: dict[str, Any] = {"transport": Outside(), "trust_env": False} if service.is_public_only else {}
    return OpenAI(
        base_url=service.base_url,
        api_key=service.key or "none",
        max_retries=0,
        timeout=limits,
        http_client=httpx2.Client(
            follow_redirects=False,
            timeout=limits,
            event_hooks={"request": [plainly], "response": [bounded]},
            **outside,
        ),
    )


def _forms_for(service: Service, request: Request) -> tuple[str, ...]:
    """The forms to try, from the one that this server was last seen to take."""
    known = _known_forms.get((service.base_url, service.model), SCHEMA)
    first = max(_FORMS.index(known), 0 if request.schema else _FORMS.index(PLAIN))
    return _FORMS[first:]


def _pieces(
    client: "OpenAI", service: Service, request: Request, form: str, patience: Patience
) -> Iterator[Piece]:
    opened: list[Any] = []

    def chunks() -> "Iterator[ChatCompletionChunk]":
        opened.append(client.chat.completions.create(**_asked(service, request, form)))
        yield from opened[0]

    def close() -> None:
        for one in opened:
            with suppress(Exception):
                one.close()

    text, finish, usage = "", None, None
    for chunk in patiently(chunks, patience, close):
        if chunk is None:
            yield Piece("")
            continue
        said, ended, counted = _read(chunk)
        finish, usage = ended or finish, counted or usage
        text += said
        if len(text) > _LONGEST_TOKEN * request.most_tokens:
            raise Upstream("The AI service wrote far more than it was asked for.")
        yield Piece(said)
    _check_end(text, finish)
    yield Piece("", usage or estimated(request, text))


def _read(chunk: Any) -> tuple[str, str | None, Usage | None]:
    """What a chunk says, how the answer ended, and the usage; servers leave out whatever they like."""
    try:
        counted = getattr(chunk, "usage", None)
        usage = Usage(_number(counted.prompt_tokens), _number(counted.completion_tokens)) if counted else None
        if not chunk.choices:
            return "", None, usage
        choice = chunk.choices[0]
        refusal = getattr(choice.delta, "refusal", None) if choice.delta else None
        said = choice.delta.content if choice.delta else None
    except (AttributeError, TypeError, ValueError, ArithmeticError, LookupError):
        raise Upstream(UNREADABLE) from None
    if refusal:
        raise Sorry("The model refused to write this.")
    return clean(said) if isinstance(said, str) else "", choice.finish_reason, usage


def _number(counted: Any) -> int:
    """Tokens as a server counted them, which may be any number at all."""
    return min(max(int(counted or 0), 0), _MOST_TOKENS)


def _check_end(text: str, finish: str | None) -> None:
    if finish == "content_filter":
        raise filtered()
    if finish == "length":
        raise Sorry("The model's answer grew longer than it may be. Ask for a shorter letter.")
    if finish is None:
        raise Upstream(BROKE_OFF if text else UNREADABLE)
    if not text.strip():
        raise Upstream("The AI service answered with nothing.")


def _asked(service: Service, request: Request, form: str) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "model": service.model,
        "messages": [
            {"role": "system", "content": request.rules},
            {"role": "user", "content": request.matter},
        ],
        **terms(service, request.most_tokens, request.temperature),
        "stream": True,
    }
    if form != BARE:
        asked["stream_options"] = {"include_usage": True}
    if form == SCHEMA and request.schema:
        described = {"name": request.schema_name, "schema": request.schema, "strict": True}
        asked["response_format"] = {"type": "json_schema", "json_schema": described}
    if form == OBJECT and request.schema:
        asked["response_format"] = {"type": "json_object"}
    return asked


def _told(error: Exception, service: Service) -> Sorry:
    told = put_in_words(error, service.model, service.host)
    if told is not error:
        status = getattr(error, "status_code", "")
        log.warning("model at %s: %s %s", service.host, type(error).__name__, status)
    told.message = _named(told.message, service)
    return told


_IN_SETTINGS = {"AI_BASE_URL": "the address", "AI_API_KEY": "the key", "AI_MODEL": "the model"}


def _named(message: str, service: Service) -> str:
    """A message as whoever set the service up knows its settings: by their variables, or by their fields."""
    for name, words in _IN_SETTINGS.items() if service.is_own else ():
        message = re.sub(rf"(^|\. ){name}", rf"\1{words.capitalize()}", message).replace(name, words)
    return message
