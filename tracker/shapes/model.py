"""What is asked of a language model, and what comes back."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

KEPT = "•" * 12
"""What stands in the field of a key that is kept: nobody is shown it again."""


@dataclass(frozen=True)
class Service:
    """A server that speaks OpenAI's protocol, and the model asked there.

    `is_own` says that the person set it up for themselves, with their own key; `is_public_only`, that it may be no machine
    of the network Pursuit runs in.
    """

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    is_own: bool = False
    is_public_only: bool = False

    @property
    def host(self) -> str:
        """What people know the server by."""
        return urlsplit(self.base_url).netloc


@dataclass(frozen=True)
class Request:
    """A question: the rules, the matter, and where the answer has to have a form its JSON schema."""

    rules: str
    matter: str
    schema: dict[str, Any] = field(default_factory=dict)
    schema_name: str = "answer"
    most_tokens: int = 2_000
    temperature: float = 0.3

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for beside the words."""
        return {"max_tokens": self.most_tokens, "temperature": self.temperature, "form": self.schema_name}


@dataclass(frozen=True)
class Usage:
    """The tokens read and written; `is_estimated` where the server didn't count them."""

    read: int = 0
    written: int = 0
    is_estimated: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of an answer as it arrives, empty while nothing does; the last one is empty and tells the usage."""

    text: str
    usage: Usage | None = None


@dataclass(frozen=True)
class Answer:
    """A whole answer, its JSON where a schema was given, and the usage."""

    text: str
    data: Any = None
    usage: Usage = Usage()


@dataclass(frozen=True)
class Tested:
    """Whether the model answers, and a sentence that says so or what is wrong."""

    is_ok: bool
    sentence: str


@dataclass(frozen=True)
class Spent:
    """Questions asked and tokens read and written within a day, those of what is still being written at their most."""

    requests: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class ServiceSheet:
    """The AI service as Settings show it: what is typed, whether a key is kept, who pays, and what today has taken."""

    typed: dict[str, str]
    has_key: bool
    asks: str
    """Which model is asked where, in words; empty while none is set up."""
    is_own: bool
    used: list[tuple[str, str]]
    """What today has taken, and of how much: (what, in words)."""
