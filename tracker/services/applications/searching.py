"""Searching applications: the ways to find what somebody typed, each for when the one before finds nothing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, func

from tracker.storable_text import clean

_QUOTE = "\ue000"
"""Stands for a quotation mark until accents are folded, since folding turns some letters and marks into one."""


class Way(NamedTuple):
    """One way to search: what it looks for, `words` or what is `similar`, nothing where all is shown; and the text it asks for,
    by parameter."""

    finds: str
    asked: dict[str, str]


def ways(words: str) -> Iterator[Way]:
    """The ways to search: for words of which the last one may be unfinished, for words that may all be, and for headlines that
    are alike; where nothing was typed, the one that shows all.

    What begins a word is looked up among everybody's words before the person's are kept, so whole words come first.
    """
    typed = clean(words).strip()[:200]
    if not typed:
        yield Way("", {})
        return
    asked = [word for word in typed.replace(_QUOTE, "").split() if any(c.isalnum() for c in word)]
    yield _words(typed, asked[:-1], asked[-1:])
    if len(asked) > 1:
        yield _words(typed, [], asked)
    yield Way("similar", {"alike": typed})


def _words(typed: str, whole: list[str], begun: list[str]) -> Way:
    quoted = [f"{_QUOTE}{word}{_QUOTE}" for word in whole] + [f"{_QUOTE}{word}{_QUOTE}:*" for word in begun]
    part = "%" + typed.replace("\\", "").replace("%", r"\%").replace("_", r"\_") + "%"
    return Way("words", {"phrase": " & ".join(quoted), "part": part})


def found(finds: str, latest: int | None = None) -> Any:
    """What gives the applications a way finds, its texts being parameters; None where it finds all.

    Words find applications that hold every one of them, or whose headline holds all that was typed; what is similar, those
    whose headline is like the text, typing errors and all. With `latest`, at most so many are found, those touched last: all
    that the first page of a plain search needs.
    """
    if not finds:
        return None
    if finds == "similar":
        alike = func.fold(_text("alike"))
        if latest is None:
            return func.find_similar_applications(alike)
        return func.find_latest_similar_applications(alike, latest)
    phrase = func.fold(_text("phrase"))
    for mark, written in (("\\", ""), ("'", "''"), (_QUOTE, "'")):
        phrase = func.replace(phrase, mark, written)
    asked = (func.to_tsquery("simple", phrase), func.fold(_text("part")))
    return func.find_applications(*asked) if latest is None else func.find_latest_applications(*asked, latest)


def _text(name: str) -> Any:
    return bindparam(name, type_=Text())
