"""The requirements of a posting: skills, years, languages, degrees, certificates and seniority."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.duplicates import without_duplicates
from tracker.services.matching.languages import languages_in
from tracker.services.matching.lines import ABOUT, DUTIES, MUST, NICE, OFFER, posting_lines, sentences
from tracker.services.matching.phrases import either
from tracker.services.matching.seniority import level_of
from tracker.services.matching.skills import Mention, certificates_in, skills_in, soft_in
from tracker.services.matching.years import Years, years_in
from tracker.shapes.matching import PostingLine, Requirement, RequirementKind

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
_NOT_REQUIRED = re.compile(
    r"\b(?:no(?! fewer| less| more)\b[^.;]*?\b(?:needed|necessary|required|experience|expected)|(?:is|are)?\s*(?:not|n[’']t)(?: \w+)? (?:need|require|necessary|expect)\w*"
    r"|(?:do|does)(?:n[’']t| not) (?:need|require|have to|matter|expect)|not looking for|rather than|instead of|without (?:a |any )?(?:degree|experience))\b",
    re.IGNORECASE,
)  # fmt: skip
_CLAUSE = re.compile(
    r";|\bbut\b|,\s*(?=(?:but|while|though|although)\b)|(?<=[a-z)]),\s+(?=[^,;]*\b(?:is|are|would be) (?:a |an )?(?:plus|bonus|not)\b)"
)


def requirements_of(role: str, posting: str) -> list[Requirement]:
    """Return the requirements in the posting's order without duplicates; a must anywhere is a must."""
    requirements = [requirement for clause in _clauses(posting) for requirement in _in_clause(*clause)]
    level = level_of(role)
    if level:
        requirements.insert(0, Requirement(RequirementKind.SENIORITY, (level.value,), 0, role, is_must=False))
    return without_duplicates(requirements)


def required_skills(posting: str) -> tuple[str, ...]:
    """Return the required skills that `requirements_of` finds, in a quarter of its time.

    Each under its canonical name; `|` separates alternatives.
    """
    skills: dict[str, None] = {}
    for _, clause, _ in _clauses(posting):
        if skills_in(clause) and not _NOT_REQUIRED.search(clause):
            for group in _groups(clause):
                skills["|".join(sorted({mention.name for mention in group}))] = None
    return tuple(skills)


def _clauses(posting: str) -> Iterator[tuple[PostingLine, str, str]]:
    """Yield each clause that may state a requirement, with its line and its sentence."""
    for line in posting_lines(posting):
        if line.section not in (OFFER, ABOUT, "heading"):
            for sentence in sentences(line):
                for clause in _CLAUSE.split(sentence):
                    yield line, clause, sentence


def _groups(clause: str) -> list[list[Mention]]:
    """Return the skills of a clause, alternatives grouped, without those within certificates or degrees."""
    spans = [(mention.start, mention.end) for mention in certificates_in(clause)]
    spans += [(mention.start, mention.end) for mention in degrees_in(clause)]
    return _alternatives(clause, [mention for mention in skills_in(clause) if not _within(mention, spans)])


def _in_clause(line: PostingLine, clause: str, sentence: str) -> Iterator[Requirement]:
    if _NOT_REQUIRED.search(clause):
        return
    is_must = bool(_is_must(line, clause, sentence))

    def requirement(kind: RequirementKind, *words: str) -> Requirement:
        return Requirement(kind, words, line.number, line.text, is_must)

    for mention in certificates_in(clause):
        yield requirement(RequirementKind.CERTIFICATE, clause[mention.start : mention.end])
    degrees = degrees_in(clause)
    if degrees:
        lowest = min(degrees, key=lambda degree: degree.rank)
        yield requirement(
            RequirementKind.DEGREE,
            *(clause[mention.start : mention.end] for mention in degrees),
            lowest.field,
        )
    for language in languages_in(clause):
        yield requirement(RequirementKind.LANGUAGE, language.name, str(language.level))
    groups = _groups(clause)
    for years in years_in(clause):
        skill_groups = _of_years(years, groups)
        groups = [group for group in groups if group not in skill_groups]
        skills = tuple(_written(clause, group) for group in skill_groups)
        alternatives = (
            skills[0]
            if len(skill_groups) == 1 and len(skill_groups[0]) > len(skills_in(years.subject))
            else ()
        )
        subject = either(alternatives) if alternatives else years.subject
        yield replace(
            requirement(RequirementKind.YEARS, clause[years.start : years.end], subject), skills=skills
        )
    for group in groups:
        yield requirement(RequirementKind.SKILL, *_written(clause, group))
    for mention in soft_in(clause):
        yield replace(requirement(RequirementKind.SOFT, clause[mention.start : mention.end]), is_must=False)


def _of_years(years: Years, groups: list[list[Mention]]) -> list[list[Mention]]:
    """Return the skills that a duration is of; they are required as part of it, not again."""
    names = {mention.name for mention in skills_in(years.subject)}
    return [group for group in groups if any(mention.name in names for mention in group)]


def _written(clause: str, group: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause[mention.start : mention.end] for mention in group))


def _is_must(line: PostingLine, clause: str, sentence: str) -> bool:
    for text in (clause, sentence):
        if _NICE.search(text):
            return False
        if _MUST.search(text):
            return True
    return line.section == MUST and line.section not in (NICE, DUTIES)


def _within(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    return any(mention.start < end and mention.end > start for start, end in spans)


def _alternatives(clause: str, mentions: list[Mention]) -> list[list[Mention]]:
    """Group skills of which any will do: `Java, Kotlin or Go`, `React/Vue`."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        between = clause[groups[-1][-1].end : mention.start] if groups else ""
        if (groups and re.fullmatch(r"\s*(?:/|,?\s*or(?:\s+an?)?)\s*", between, re.IGNORECASE)) or (
            groups and re.fullmatch(r"\s*,\s*", between) and _or_follows(clause, mention, mentions)
        ):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _or_follows(clause: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Return whether the list of this skill ends with `or`."""
    for following in mentions[mentions.index(mention) + 1 :]:
        between = clause[mention.end : following.start]
        if re.fullmatch(r"\s*,?\s*or\s+", between):
            return True
        if not re.fullmatch(r"\s*,\s*", between):
            return False
        mention = following
    return False
