"""Requests to a language model, and their answers."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

STORED_KEY = "•" * 12
"""Placeholder for a stored key, which is never shown again."""


@dataclass(frozen=True)
class Service:
    """An OpenAI-compatible server and a model.

    `is_own` is true for a user's own service; `is_public_only` forbids addresses of Pursuit's own network.
    """

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    is_own: bool = False
    is_public_only: bool = False

    @property
    def host(self) -> str:
        """The host and port shown to people."""
        return urlsplit(self.base_url).netloc


@dataclass(frozen=True)
class Request:
    """A model request: the rules, the content, and a JSON schema if the answer must match one."""

    rules: str
    matter: str
    schema: dict[str, Any] = field(default_factory=dict)
    schema_name: str = "answer"
    most_tokens: int = 2_000
    temperature: float = 0.3

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the request, for the model call's record."""
        return {"max_tokens": self.most_tokens, "temperature": self.temperature, "form": self.schema_name}


@dataclass(frozen=True)
class Usage:
    """Prompt and answer tokens; `is_estimated` if the server didn't count them."""

    read: int = 0
    written: int = 0
    is_estimated: bool = False


@dataclass(frozen=True)
class Piece:
    """A piece of a streamed answer, possibly empty; the last is empty and has the usage."""

    text: str
    usage: Usage | None = None


@dataclass(frozen=True)
class Answer:
    """A complete answer, parsed as JSON if a schema was given, with its usage."""

    text: str
    data: Any = None
    usage: Usage = Usage()


@dataclass(frozen=True)
class ConnectionTest:
    """The result of a connection test, with a sentence."""

    is_ok: bool
    sentence: str


@dataclass(frozen=True)
class DayUsage:
    """Requests and tokens of a day; running requests count with their maximum."""

    requests: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class ServiceForm:
    """The AI service in Settings: form text, whether a key is stored, who pays, and today's usage."""

    typed: dict[str, str]
    has_key: bool
    asks: str
    """Model and host as text; empty without a service."""
    is_own: bool
    used: list[tuple[str, str]]
    """Today's usage and limits, as label and text."""
