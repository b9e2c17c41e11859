"""The words of a search as the index spells them: names with symbols, emails, scripts without blanks."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, func

from tracker.storable_text import clean

_LANGUAGES = {"c": "clanguage", "r": "rlanguage", "go": "golang"}
"""The terms of languages whose names are also plain words."""
_LETTER = r"[^\W\d_]"
_SYMBOLS = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (rf"\b({_LETTER}+)\+\+", r" \1pp "),
        (rf"\b({_LETTER})\+$", r"\1pp"),
        (rf"\b({_LETTER})#", r" \1sharp "),
        (r"(?<!\w)\.(n(?:et?)?)\b", r" dot\1"),
        (rf"\b({_LETTER})&({_LETTER})\b", r"\1and\2"),
        (rf"\b({_LETTER})-(?={_LETTER}{{2}})", r"\1"),
        (rf"(?<={_LETTER}{{2}})-({_LETTER})\b", r"\1"),
    )
)
"""Replacements of symbols, as migration 0022 applies them to texts, also in words that are still being typed."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{_UNSPACED}]+")
MAX_SEARCH = 200
"""Characters of a search beyond which it is cut."""
_SWAPPABLE = re.compile(r"[^\W\d_]{4,20}")


@dataclass(frozen=True)
class Word:
    """A typed word: the terms that an application must have, all of them."""

    typed: str
    terms: tuple[str, ...]
    is_exact: bool = False
    """True for the name of a language, which matches no longer word."""

    @property
    def has_symbols(self) -> bool:
        """Return True if symbols distinguish the name from other words, as in `C++`."""
        return self.terms != (self.typed,) and not self.typed.isalnum()

    def finished_terms(self) -> tuple[str, ...]:
        """Return the terms that no further letter can lengthen."""
        return self.terms if self.is_exact or _is_pair(self.terms[-1]) else self.terms[:-1]

    def unfinished_terms(self) -> tuple[str, ...]:
        """Return the term, if any, of which more may follow."""
        return self.terms[len(self.finished_terms()) :]

    def as_typed(self) -> "Word":
        """Return the word without its meaning as a language."""
        return replace(self, terms=(self.typed,), is_exact=False) if self.is_exact else self


def _is_pair(term: str) -> bool:
    return len(term) == 2 and bool(_RUN.fullmatch(term))


def words_of(typed: str) -> list[Word]:
    """Return the words of a search that have a letter or a digit."""
    plain = unicodedata.normalize("NFKC", typed).replace("\\", "").replace("/", " ")
    words = [_word(part) for part in plain.split()]
    return [word for word in words if word.terms]


def _word(typed: str) -> Word:
    bare = typed.strip(',;:()[]"')
    if language := _LANGUAGES.get(bare.lower()):
        return Word(bare, (language,), is_exact=True)
    spelled = bare
    for pattern, replacement in _SYMBOLS:
        spelled = pattern.sub(replacement, spelled)
    if "@" in spelled:
        spelled = re.sub(r"[@._+-]+", " ", spelled)
    terms = [term for part in spelled.split() for term in _pairs(part) if any(c.isalnum() for c in term)]
    return Word(bare, tuple(terms))


def _pairs(word: str) -> list[str]:
    """Return a word with its runs of unspaced letters as overlapping pairs, as the index has them."""
    terms, at = [], 0
    for run in _RUN.finditer(word):
        terms.append(word[at : run.start()])
        letters = run[0]
        terms += [letters[n : n + 2] for n in range(len(letters) - 1)] or [letters]
        at = run.end()
    return [*terms, word[at:]]


def swapped(word: str) -> list[str]:
    """Return the spellings of a word with two adjacent letters swapped; none for a short word."""
    if not _SWAPPABLE.fullmatch(word) or _RUN.search(word):
        return []
    spellings = (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1))
    return [spelling for spelling in dict.fromkeys(spellings) if spelling != word]


def text_conditions(
    text: ColumnElement[Any], search: str, *, is_exact: bool = False, with_swaps: bool = False
) -> list[ColumnElement[bool]]:
    """Return conditions that each word is part of a folded text.

    `is_exact` requires names of languages as words of their own; `with_swaps` accepts two letters swapped.
    """
    words = clean(search)[:MAX_SEARCH].split()
    return [_condition(text, word, is_exact=is_exact, with_swaps=with_swaps) for word in words]


def _condition(
    text: ColumnElement[Any], word: str, *, is_exact: bool, with_swaps: bool
) -> ColumnElement[bool]:
    if is_exact and word.lower() in _LANGUAGES and not word.islower():
        return text.regexp_match(rf"(^|[^[:alnum:]&+#-]){word.lower()}($|[^[:alnum:]&+#-])")
    if with_swaps and (spellings := swapped(word)):
        # One comparison with all spellings, which are letters alone, so that the text is folded once.
        return text.regexp_match(func.fold("|".join((word, *spellings))))
    return func.strpos(text, func.fold(word)) > 0
