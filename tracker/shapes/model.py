"""What is asked of a language model, and what comes back."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """A question: the rules, the matter, and where the answer has to have a form its JSON schema."""

    rules: str
    matter: str
    schema: dict[str, Any] = field(default_factory=dict)
    schema_name: str = "answer"
    most_tokens: int = 2_000
    temperature: float = 0.3


@dataclass(frozen=True)
class Usage:
    """The tokens read and written; `is_estimated` where the server didn't count them."""

    read: int = 0
    written: int = 0
    is_estimated: bool = False


@dataclass(frozen=True)
class Piece:
    """A part of an answer as it arrives; the last one is empty and tells the usage."""

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
