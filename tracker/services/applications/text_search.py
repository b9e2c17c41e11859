"""Text search of applications, in steps: each step runs when the previous one has no matches."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, func

from tracker.services.search_words import MAX_SEARCH, Word, swapped, words_of
from tracker.storable_text import clean

_QUOTE = "\ue000"
"""Placeholder for a quotation mark until accents are folded, since folding turns some characters into quotation marks."""

_INDEXED = re.compile(r"[^\W_]{3}")


class SearchStep(NamedTuple):
    """One search: its kind (`words`, `similar`, or empty for no search) and its query parameters."""

    kind: str
    parameters: dict[str, str | None]


def search_steps(search: str) -> Iterator[SearchStep]:
    """Yield the searches to try in order: last word unfinished, all words unfinished, misspelled words.

    Without a search text the only step matches everything. A prefix is expanded in the whole index before rows are
    limited to the user, so whole words come first. Names of languages are exact: `Go` isn't the start of `Google`,
    unless it was typed in lower case and no application has the language.
    """
    typed = clean(search).strip()[:MAX_SEARCH]
    if not typed:
        yield SearchStep("", {})
        return
    words = words_of(typed.replace(_QUOTE, ""))
    is_exact = any(word.is_exact for word in words)
    yield _words_step(None if is_exact else typed, words[:-1], words[-1:])
    if is_exact and (len(words) > 1 or typed.islower()):
        words = [word.as_typed() for word in words]
        yield _words_step(None, words[:-1], words[-1:])
    if len(words) > 1:
        yield _words_step(None if is_exact else typed, [], words)
    similar = _similar_step(typed, words)
    if not is_exact and any(similar.parameters.values()):
        yield similar


def _words_step(text: str | None, whole: list[Word], prefixes: list[Word]) -> SearchStep:
    terms = [_term(term) for word in whole for term in word.terms]
    for word in prefixes:
        terms += [
            *map(_term, word.finished_terms()),
            *(_term(term, ":*") for term in word.unfinished_terms()),
        ]
    return SearchStep("words", {"phrase": " & ".join(terms), "part": _part(text)})


def _similar_step(text: str, words: list[Word]) -> SearchStep:
    """Search for words with two letters swapped, and without any for similar headlines."""
    terms = [term for word in words for term in word.terms]
    swaps = [[_term(spelling) for spelling in swapped(term)] for term in terms]
    # Words with swapped letters are whole: of prefixes PostgreSQL expects too many matches to use the index.
    groups = swaps
    if len(terms) > 1:
        groups = [[_term(term, ":*"), *others] for term, others in zip(terms, swaps, strict=True)]
    has_symbols = any(word.has_symbols for word in words)
    return SearchStep(
        "similar",
        {
            "alike": None if has_symbols else text,
            "swapped": " & ".join(f"({' | '.join(group)})" for group in groups) if any(swaps) else None,
        },
    )


def _term(term: str, prefix: str = "") -> str:
    return f"{_QUOTE}{term}{_QUOTE}{prefix}"


def _part(text: str | None) -> str | None:
    """Return the pattern of a text within headlines; None for a text too short for the index."""
    if text is None or not _INDEXED.search(text):
        return None
    return "%" + text.replace("\\", "").replace("%", r"\%").replace("_", r"\_") + "%"


def matching_ids(kind: str, latest: int | None = None) -> Any:
    """Return the function call that selects the matching ids, or None for no search.

    A words search matches applications with every word, or with the text in the headline; a similar search matches
    swapped letters anywhere, else headlines despite typing errors. `latest` limits the matches to the most recently
    changed ones, enough for the first page.
    """
    if not kind:
        return None
    if kind == "similar":
        arguments = (func.fold(_text("alike")), _query("swapped"))
        if latest is None:
            return func.find_similar_applications(*arguments)
        return func.find_latest_similar_applications(*arguments, latest)
    arguments = (_query("phrase"), func.fold(_text("part")))
    return (
        func.find_applications(*arguments)
        if latest is None
        else func.find_latest_applications(*arguments, latest)
    )


def _query(name: str) -> Any:
    phrase = func.fold(_text(name))
    for mark, replacement in (("\\", ""), ("'", "''"), (_QUOTE, "'")):
        phrase = func.replace(phrase, mark, replacement)
    return func.to_tsquery("simple", phrase)


def _text(name: str) -> Any:
    return bindparam(name, type_=Text())
