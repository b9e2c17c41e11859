"""Compare a posting's requirements with a profile: deterministic, and without a model."""

from dataclasses import replace
from datetime import date

from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import WORDS_OF_LEVEL, languages_in
from tracker.services.matching.phrases import either
from tracker.services.matching.requirements import requirements_of
from tracker.services.matching.seniority import level_of
from tracker.services.matching.skills import (
    certificates_in,
    in_plain_words,
    listed_skills,
    name_of,
    skills_in,
    with_broader,
)
from tracker.services.matching.stems import common_stems, contains_words
from tracker.services.matching.tenure import at_work, is_job, positions_with, skills_of, tenure, with_skill
from tracker.services.matching.years import years_in
from tracker.shapes.matching import MatchResult, ProfilePart, Requirement, RequirementKind, Support, Tenure
from tracker.shapes.priority import Seniority
from tracker.shapes.profile import Bullet, Profile


def match(role: str, posting: str, profile: Profile, today: date) -> MatchResult:
    """Return a posting's requirements, which bullets support each, and how many are met."""
    requirements = tuple(
        _ANSWERS[requirement.kind](requirement, profile, today)
        for requirement in requirements_of(role, posting)
    )
    counted = [requirement for requirement in requirements if requirement.kind != RequirementKind.SOFT]
    met = sum(requirement.is_met for requirement in counted)
    return MatchResult(requirements, round(100 * met / len(counted)) if counted else None, len(counted), met)


def _answered(requirement: Requirement, support: list[Support], note: str = "") -> Requirement:
    return replace(requirement, is_met=bool(support), support=tuple(dict.fromkeys(support)), note=note)


def _skill(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    return _answered(requirement, [part for word in requirement.words for part in support_for(profile, word)])


def support_for(profile: Profile, skill: str) -> list[Support]:
    """Return the profile parts that support a skill: by name, by a narrower skill or in plain words."""
    name, support, is_plain = name_of(skill), [], in_plain_words(skill)
    is_known = bool(skills_in(skill)) or bool(certificates_in(skill))
    for bullet in profile.bullets:
        bullet_skills = frozenset(
            {mention.name for mention in skills_in(bullet.text)} | listed_skills(bullet.skills)
        )
        if name in bullet_skills:
            support.append(Support(ProfilePart.BULLET, bullet.id, f"It names {skill}."))
        elif name in with_broader(bullet_skills):
            narrower = sorted(shown for shown in bullet_skills if name in with_broader(frozenset({shown})))
            support.append(
                Support(ProfilePart.BULLET, bullet.id, f"{_as_written(bullet, narrower[0])} is {skill} too.")
            )
        elif is_plain and contains_words(bullet.text, skill) and (is_known or len(skill) > 3):
            support.append(Support(ProfilePart.BULLET, bullet.id, f"It mentions {skill}."))
    if support:
        return support
    positions = [
        position
        for position in profile.positions
        if name in skills_of(position.title) or (is_plain and contains_words(position.title, skill))
    ]
    return [
        Support(ProfilePart.POSITION, position.id, f"The title says {skill}.") for position in positions
    ] or (
        [Support(ProfilePart.HEADLINE, "", f"The headline says {skill}.")]
        if name in skills_of(profile.headline)
        else []
    )


def _as_written(bullet: Bullet, name: str) -> str:
    """Return a skill of a bullet in the bullet's own spelling, beginning with a capital letter."""
    mentions = (mention for mention in skills_in(bullet.text) if mention.name == name)
    spellings = [bullet.text[mention.start : mention.end] for mention in mentions]
    spellings += [skill for skill in bullet.skills if name in listed_skills((skill,))]
    return spellings[0][0].upper() + spellings[0][1:]


def _years(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    """Require both the duration and support for every skill it names."""
    by_duration = _long_enough(requirement, profile, today)
    by_skill = [
        [part for word in group for part in support_for(profile, word)] for group in requirement.skills
    ]
    unsupported = [
        either(group) for group, parts in zip(requirement.skills, by_skill, strict=True) if not parts
    ]
    support = dict.fromkeys([*by_duration.support, *(part for parts in by_skill for part in parts)])
    addition = f" Nothing mentions {' or '.join(unsupported)}." if unsupported and by_duration.is_met else ""
    return replace(
        by_duration,
        is_met=by_duration.is_met and not unsupported,
        support=tuple(support),
        note=f"{by_duration.note}{addition}",
    )


def _long_enough(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    required = years_in(requirement.words[0])[0].value
    counted, ids, subject = counted_for(profile, requirement.words[1], today)
    if not counted.most:
        note = f"No dated position mentions {subject}." if subject else "No dated position to count from."
        return _answered(requirement, [], note)
    note = f"{counted.words} counted from positions{f' that mention {subject}' if subject else ''}."
    if counted.undated:
        note += f" {counted.undated} without dates left out."
    if counted.most / 12 + 0.05 < required:
        return _answered(requirement, [], note)
    if counted.least / 12 < required:
        note += " It depends on the exact months."
    return _answered(
        requirement, [Support(ProfilePart.POSITION, position_id, note) for position_id in ids], note
    )


def counted_for(profile: Profile, subject: str, today: date) -> tuple[Tenure, list[str], str]:
    """Return the time spent on the subject of `years of …`, the positions counted, and the subject."""
    skills = skills_in(subject)
    if skills:
        longest = max(skills, key=lambda mention: with_skill(profile, mention.name, today).most)
        with_it = positions_with(profile, longest.name)
        as_written = subject[longest.start : longest.end]
        return with_skill(profile, longest.name, today), [position.id for position in with_it], as_written
    bullet_position_ids = {
        bullet.position_id for bullet in profile.bullets if subject and common_stems(bullet.text, subject)
    }
    positions = [
        position
        for position in profile.positions
        if subject and (common_stems(position.title, subject) or position.id in bullet_position_ids)
    ]
    if subject:
        return tenure(positions, today), [position.id for position in positions], subject
    return at_work(profile, today), [position.id for position in profile.positions if is_job(position)], ""


def _language(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    name, required_level = requirement.words[0], int(requirement.words[1])
    worded = replace(
        requirement,
        words=(name.capitalize(), WORDS_OF_LEVEL[required_level]) if required_level else (name.capitalize(),),
    )
    for line in profile.languages:
        for language in languages_in(line, is_list=True):
            if language.name == name:
                is_enough = not required_level or not language.level or language.level >= required_level
                note = f"The profile says {line}."
                return _answered(
                    worded, [Support(ProfilePart.LANGUAGES, "", note)] if is_enough else [], note
                )
    bullets = [
        bullet
        for bullet in profile.bullets
        if any(language.name == name for language in languages_in(bullet.text))
    ]
    return _answered(
        worded,
        [Support(ProfilePart.BULLET, bullet.id, f"It mentions {name.capitalize()}.") for bullet in bullets],
    )


def _degree(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    required_rank = min(degree.rank for word in requirement.words for degree in degrees_in(f"{word} in x"))
    parts = [(ProfilePart.POSITION, part.id, part.title) for part in profile.positions]
    parts += [(ProfilePart.BULLET, part.id, part.text) for part in profile.bullets]
    parts.append((ProfilePart.HEADLINE, "", profile.headline))
    support = [
        Support(
            ground,
            row_id,
            f"{text[degree.start : degree.end]}{' in ' + degree.field if degree.field else ''}.",
        )
        for ground, row_id, text in parts
        for degree in degrees_in(text)
        if degree.rank >= max(required_rank, 2 if not required_rank else 1)
    ]
    return _answered(replace(requirement, words=tuple(word for word in requirement.words if word)), support)


def _certificate(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    names = {mention.name for mention in certificates_in(requirement.words[0])}
    texts = [
        (ProfilePart.BULLET, part.id, f"{part.text}, {', '.join(part.skills)}") for part in profile.bullets
    ]
    texts += [(ProfilePart.POSITION, part.id, part.title) for part in profile.positions]
    texts.append((ProfilePart.HEADLINE, "", profile.headline))
    naming_parts = [
        (ground, row_id)
        for ground, row_id, text in texts
        if names & {part.name for part in certificates_in(text)}
    ]
    return _answered(
        requirement,
        [Support(ground, row_id, f"It names {requirement.words[0]}.") for ground, row_id in naming_parts],
    )


def _seniority(requirement: Requirement, profile: Profile, today: date) -> Requirement:
    required = Seniority(requirement.words[0])
    levels = [(position, level_of(position.title)) for position in profile.positions]
    support = [
        Support(ProfilePart.POSITION, position.id, f"{position.title} is as high.")
        for position, level in levels
        if level and level.rank >= required.rank
    ]
    if not support and (level := level_of(profile.headline)) and level.rank >= required.rank:
        support = [Support(ProfilePart.HEADLINE, "", "The headline says so.")]
    worded = replace(requirement, words=(required.label,))
    if not support and required.rank <= Seniority.MID.rank:
        worked = at_work(profile, today)
        support = [
            Support(ProfilePart.POSITION, position.id, f"{worked.words} at work.")
            for position in profile.positions
            if worked.most >= 12 * required.rank
        ]
    return _answered(worded, support)


_ANSWERS = {
    RequirementKind.SKILL: _skill,
    RequirementKind.YEARS: _years,
    RequirementKind.LANGUAGE: _language,
    RequirementKind.DEGREE: _degree,
    RequirementKind.CERTIFICATE: _certificate,
    RequirementKind.SENIORITY: _seniority,
    RequirementKind.SOFT: _skill,
}
