"""Text search of applications, in steps: each step runs when the previous one has no matches."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, func

from tracker.storable_text import clean

_QUOTE = "\ue000"
"""Placeholder for a quotation mark until accents are folded, since folding turns some characters into quotation marks."""


class SearchStep(NamedTuple):
    """One search: its kind (`words`, `similar`, or empty for no search) and its query parameters."""

    kind: str
    parameters: dict[str, str]


def search_steps(search: str) -> Iterator[SearchStep]:
    """Yield the searches to try in order: last word unfinished, all words unfinished, similar headlines.

    Without a search text the only step matches everything. A prefix is expanded in the whole index before rows are
    limited to the user, so whole words come first.
    """
    typed = clean(search).strip()[:200]
    if not typed:
        yield SearchStep("", {})
        return
    words = [word for word in typed.replace(_QUOTE, "").split() if any(c.isalnum() for c in word)]
    yield _word_step(typed, words[:-1], words[-1:])
    if len(words) > 1:
        yield _word_step(typed, [], words)
    yield SearchStep("similar", {"alike": typed})


def _word_step(text: str, whole: list[str], prefixes: list[str]) -> SearchStep:
    quoted = [f"{_QUOTE}{word}{_QUOTE}" for word in whole] + [
        f"{_QUOTE}{word}{_QUOTE}:*" for word in prefixes
    ]
    part = "%" + text.replace("\\", "").replace("%", r"\%").replace("_", r"\_") + "%"
    return SearchStep("words", {"phrase": " & ".join(quoted), "part": part})


def matching_ids(kind: str, latest: int | None = None) -> Any:
    """Return the function call that selects the matching ids, or None for no search.

    A words search matches applications with every word, or with the text in the headline; a similar search matches
    headlines despite typing errors. `latest` limits the matches to the most recently changed ones, enough for the
    first page.
    """
    if not kind:
        return None
    if kind == "similar":
        similar_text = func.fold(_text("alike"))
        if latest is None:
            return func.find_similar_applications(similar_text)
        return func.find_latest_similar_applications(similar_text, latest)
    phrase = func.fold(_text("phrase"))
    for mark, replacement in (("\\", ""), ("'", "''"), (_QUOTE, "'")):
        phrase = func.replace(phrase, mark, replacement)
    arguments = (func.to_tsquery("simple", phrase), func.fold(_text("part")))
    return (
        func.find_applications(*arguments)
        if latest is None
        else func.find_latest_applications(*arguments, latest)
    )


def _text(name: str) -> Any:
    return bindparam(name, type_=Text())
