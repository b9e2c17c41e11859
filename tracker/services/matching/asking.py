"""What a posting asks for, line by line: skills, years, languages, degrees, certificates and seniority."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import languages_in
from tracker.services.matching.lines import ABOUT, DUTIES, MUST, NICE, OFFER, posting_lines, sentences
from tracker.services.matching.merging import once
from tracker.services.matching.skills import Found, certificates_in, skills_in, soft_in
from tracker.services.matching.wording import either
from tracker.services.matching.years import Years, years_in
from tracker.services.priority.titles import level_of
from tracker.shapes.matching import Ask, AskKind, PostingLine

_MUST = re.compile(
    r"\b(?:must(?:-have)?s?|required|requires?|essential|mandatory|need(?:ed|s)? to|at least|minimum|you need|necessary"
    r"|non-negotiable|prerequisite)\b",
    re.IGNORECASE,
)
_NICE = re.compile(
    r"\b(?:nice[- ]to[- ]haves?|(?:is|are|would be|be) (?:a |an )?(?:big |huge |strong )?(?:plus|bonus|advantage|asset)|a plus|bonus|preferred"
    r"|preferably|ideally|desirable|advantageous|beneficial|welcome|optional|would be (?:great|good|nice)|good to have)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:no(?! fewer| less| more)\b[^.;]*?\b(?:needed|necessary|required|experience|expected)|(?:is|are)?\s*(?:not|n[’']t)(?: \w+)? (?:need|require|necessary|expect)\w*"
    r"|(?:do|does)(?:n[’']t| not) (?:need|require|have to|matter|expect)|not looking for|rather than|instead of|without (?:a |any )?(?:degree|experience))\b",
    re.IGNORECASE,
)  # fmt: skip
_CLAUSE = re.compile(
    r";|\bbut\b|,\s*(?=(?:but|while|though|although)\b)|(?<=[a-z)]),\s+(?=[^,;]*\b(?:is|are|would be) (?:a |an )?(?:plus|bonus|not)\b)"
)


def asks_of(role: str, posting: str) -> list[Ask]:
    """The asks in the posting's order, each thing once and as a must where it is one anywhere."""
    asks = [ask for where in _clauses(posting) for ask in _in_clause(*where)]
    level = level_of(role)
    if level:
        asks.insert(0, Ask(AskKind.SENIORITY, (level.value,), 0, role, is_must=False))
    return once(asks)


def skills_asked(posting: str) -> tuple[str, ...]:
    """The skills alone that `asks_of` finds, in a quarter of its time: the one name of each, and `|` before those that will do instead."""
    found: dict[str, None] = {}
    for _, clause, _ in _clauses(posting):
        if skills_in(clause) and not _NOT_ASKED.search(clause):
            for group in _groups(clause):
                found["|".join(sorted({one.name for one in group}))] = None
    return tuple(found)


def _clauses(posting: str) -> Iterator[tuple[PostingLine, str, str]]:
    """Each clause of what may ask for something, with its line before it and its sentence behind."""
    for line in posting_lines(posting):
        if line.section not in (OFFER, ABOUT, "heading"):
            for sentence in sentences(line):
                for clause in _CLAUSE.split(sentence):
                    yield line, clause, sentence


def _groups(clause: str) -> list[list[Found]]:
    """The skills of a clause, those of which one will do together; none that is part of a certificate or a degree."""
    taken = [(one.start, one.end) for one in certificates_in(clause)]
    taken += [(one.start, one.end) for one in degrees_in(clause)]
    return _alternatives(clause, [one for one in skills_in(clause) if not _within(one, taken)])


def _in_clause(line: PostingLine, clause: str, sentence: str) -> Iterator[Ask]:
    if _NOT_ASKED.search(clause):
        return
    is_must = bool(_is_must(line, clause, sentence))

    def ask(kind: AskKind, *words: str) -> Ask:
        return Ask(kind, words, line.number, line.text, is_must)

    for one in certificates_in(clause):
        yield ask(AskKind.CERTIFICATE, clause[one.start : one.end])
    degrees = degrees_in(clause)
    if degrees:
        lowest = min(degrees, key=lambda degree: degree.rank)
        yield ask(AskKind.DEGREE, *(clause[one.start : one.end] for one in degrees), lowest.field)
    for spoken in languages_in(clause):
        yield ask(AskKind.LANGUAGE, spoken.name, str(spoken.level))
    groups = _groups(clause)
    for years in years_in(clause):
        of = _of_years(years, groups)
        groups = [group for group in groups if group not in of]
        skills = tuple(_written(clause, group) for group in of)
        told = skills[0] if len(of) == 1 and len(of[0]) > len(skills_in(years.subject)) else ()
        subject = either(told) if told else years.subject
        yield replace(ask(AskKind.YEARS, clause[years.start : years.end], subject), skills=skills)
    for group in groups:
        yield ask(AskKind.SKILL, *_written(clause, group))
    for one in soft_in(clause):
        yield replace(ask(AskKind.SOFT, clause[one.start : one.end]), is_must=False)


def _of_years(years: Years, groups: list[list[Found]]) -> list[list[Found]]:
    """The skills that a span of years is of: with it they are asked for once."""
    named = {one.name for one in skills_in(years.subject)}
    return [group for group in groups if any(one.name in named for one in group)]


def _written(clause: str, group: list[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause[one.start : one.end] for one in group))


def _is_must(line: PostingLine, clause: str, sentence: str) -> bool:
    for text in (clause, sentence):
        if _NICE.search(text):
            return False
        if _MUST.search(text):
            return True
    return line.section == MUST and line.section not in (NICE, DUTIES)


def _within(one: Found, taken: list[tuple[int, int]]) -> bool:
    return any(one.start < end and one.end > start for start, end in taken)


def _alternatives(clause: str, found: list[Found]) -> list[list[Found]]:
    """Skills of which one will do stand together: `Java, Kotlin or Go`, `React/Vue`."""
    groups: list[list[Found]] = []
    for one in found:
        between = clause[groups[-1][-1].end : one.start] if groups else ""
        if (groups and re.fullmatch(r"\s*(?:/|,?\s*or(?:\s+an?)?)\s*", between, re.IGNORECASE)) or (
            groups and re.fullmatch(r"\s*,\s*", between) and _or_follows(clause, one, found)
        ):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _or_follows(clause: str, one: Found, found: list[Found]) -> bool:
    """Whether the list that this skill stands in ends with `or`."""
    for other in found[found.index(one) + 1 :]:
        between = clause[one.end : other.start]
        if re.fullmatch(r"\s*,?\s*or\s+", between):
            return True
        if not re.fullmatch(r"\s*,\s*", between):
            return False
        one = other
    return False
