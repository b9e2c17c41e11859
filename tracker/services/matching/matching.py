"""A posting's asks held against a profile: the same answer on every run, and no model asked."""

from dataclasses import replace
from datetime import date

from tracker.services.matching.asking import asks_of
from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import WORDS_OF_LEVEL, languages_in
from tracker.services.matching.skills import CAPITALISED, certificates_in, name_of, skills_in, with_broader
from tracker.services.matching.stems import holds, shared
from tracker.services.matching.tenure import at_work, is_job, positions_with, skills_of, tenure, with_skill
from tracker.services.matching.wording import either
from tracker.services.matching.years import years_in
from tracker.services.priority.titles import level_of
from tracker.shapes.matching import Ask, AskKind, Ground, Matching, Speaks, Tenure
from tracker.shapes.priority import Seniority
from tracker.shapes.profile import Profile


def match(role: str, posting: str, profile: Profile, today: date) -> Matching:
    """What a posting asks for, which bullets speak to each, and how much of it is covered."""
    asks = tuple(_ANSWERS[ask.kind](ask, profile, today) for ask in asks_of(role, posting))
    counted = [ask for ask in asks if ask.kind != AskKind.SOFT]
    met = sum(ask.is_met for ask in counted)
    return Matching(asks, round(100 * met / len(counted)) if counted else None, len(counted), met)


def _answered(ask: Ask, speaks: list[Speaks], note: str = "") -> Ask:
    return replace(ask, is_met=bool(speaks), speaks=tuple(dict.fromkeys(speaks)), note=note)


def _skill(ask: Ask, profile: Profile, today: date) -> Ask:
    return _answered(ask, [one for word in ask.words for one in speaking(profile, word)])


def speaking(profile: Profile, skill: str) -> list[Speaks]:
    """The parts of a profile that speak of a skill: under one of its names, by a narrower one, or in plain words."""
    wanted, spoken = name_of(skill), []
    known = bool(skills_in(skill)) or bool(certificates_in(skill))
    is_plain = skill.lower() in CAPITALISED
    for bullet in profile.bullets:
        own = frozenset(
            {found.name for found in skills_in(bullet.text)} | {name_of(one) for one in bullet.skills}
        )
        if wanted in own:
            spoken.append(Speaks(Ground.BULLET, bullet.id, f"It names {skill}."))
        elif wanted in with_broader(own):
            by = sorted(one for one in own if wanted in with_broader(frozenset({one})))
            spoken.append(Speaks(Ground.BULLET, bullet.id, f"{by[0].capitalize()} is {skill} too."))
        elif not is_plain and holds(bullet.text, skill) and (known or len(skill) > 3):
            spoken.append(Speaks(Ground.BULLET, bullet.id, f"It speaks of {skill}."))
    if spoken:
        return spoken
    titled = [one for one in profile.positions if wanted in skills_of(one.title) or holds(one.title, skill)]
    return [Speaks(Ground.POSITION, one.id, f"The title says {skill}.") for one in titled] or (
        [Speaks(Ground.HEADLINE, "", f"The headline says {skill}.")]
        if wanted in skills_of(profile.headline)
        else []
    )


def _years(ask: Ask, profile: Profile, today: date) -> Ask:
    """Met when it was done for long enough, and every skill that it names is spoken of."""
    answered = _long_enough(ask, profile, today)
    behind = [[one for word in group for one in speaking(profile, word)] for group in ask.skills]
    silent = [either(group) for group, spoken in zip(ask.skills, behind, strict=True) if not spoken]
    told = dict.fromkeys([*answered.speaks, *(one for spoken in behind for one in spoken)])
    without = f" Nothing speaks of {' or of '.join(silent)}." if silent and answered.is_met else ""
    return replace(
        answered,
        is_met=answered.is_met and not silent,
        speaks=tuple(told),
        note=f"{answered.note}{without}",
    )


def _long_enough(ask: Ask, profile: Profile, today: date) -> Ask:
    wanted = years_in(ask.words[0])[0].value
    counted, ids, what = counted_for(profile, ask.words[1], today)
    if not counted.most:
        note = f"No dated position speaks of {what}." if what else "No dated position to count from."
        return _answered(ask, [], note)
    note = f"{counted.words} counted from positions{f' that speak of {what}' if what else ''}."
    if counted.undated:
        note += f" {counted.undated} without dates left out."
    if counted.most / 12 + 0.05 < wanted:
        return _answered(ask, [], note)
    if counted.least / 12 < wanted:
        note += " It depends on the months."
    return _answered(ask, [Speaks(Ground.POSITION, one, note) for one in ids], note)


def counted_for(profile: Profile, subject: str, today: date) -> tuple[Tenure, list[str], str]:
    """The time spent on what `years of …` names, the positions it is counted from, and what was looked for."""
    skills = skills_in(subject)
    if skills:
        longest = max(skills, key=lambda one: with_skill(profile, one.name, today).most)
        with_it = positions_with(profile, longest.name)
        return with_skill(profile, longest.name, today), [one.id for one in with_it], longest.name
    named = {one.position_id for one in profile.bullets if subject and shared(one.text, subject)}
    held = [one for one in profile.positions if subject and (shared(one.title, subject) or one.id in named)]
    if subject:
        return tenure(held, today), [one.id for one in held], subject
    return at_work(profile, today), [one.id for one in profile.positions if is_job(one)], ""


def _language(ask: Ask, profile: Profile, today: date) -> Ask:
    name, wanted = ask.words[0], int(ask.words[1])
    named = replace(
        ask, words=(name.capitalize(), WORDS_OF_LEVEL[wanted]) if wanted else (name.capitalize(),)
    )
    for written in profile.languages:
        for spoken in languages_in(written, listed=True):
            if spoken.name == name:
                enough = not wanted or not spoken.level or spoken.level >= wanted
                note = f"The profile says {written}."
                return _answered(named, [Speaks(Ground.LANGUAGES, "", note)] if enough else [], note)
    said = [one for one in profile.bullets if any(spoken.name == name for spoken in languages_in(one.text))]
    return _answered(
        named, [Speaks(Ground.BULLET, one.id, f"It speaks of {name.capitalize()}.") for one in said]
    )


def _degree(ask: Ask, profile: Profile, today: date) -> Ask:
    wanted = min(degree.rank for word in ask.words for degree in degrees_in(f"{word} in x"))
    parts = [(Ground.POSITION, one.id, one.title) for one in profile.positions]
    parts += [(Ground.BULLET, one.id, one.text) for one in profile.bullets]
    parts.append((Ground.HEADLINE, "", profile.headline))
    speaks = [
        Speaks(
            ground,
            row_id,
            f"{text[degree.start : degree.end]}{' in ' + degree.field if degree.field else ''}.",
        )
        for ground, row_id, text in parts
        for degree in degrees_in(text)
        if degree.rank >= max(wanted, 2 if not wanted else 1)
    ]
    return _answered(replace(ask, words=tuple(word for word in ask.words if word)), speaks)


def _certificate(ask: Ask, profile: Profile, today: date) -> Ask:
    wanted = {found.name for found in certificates_in(ask.words[0])}
    texts = [(Ground.BULLET, one.id, f"{one.text}, {', '.join(one.skills)}") for one in profile.bullets]
    texts += [(Ground.POSITION, one.id, one.title) for one in profile.positions]
    texts.append((Ground.HEADLINE, "", profile.headline))
    said = [
        (ground, row_id)
        for ground, row_id, text in texts
        if wanted & {one.name for one in certificates_in(text)}
    ]
    return _answered(ask, [Speaks(ground, row_id, f"It names {ask.words[0]}.") for ground, row_id in said])


def _seniority(ask: Ask, profile: Profile, today: date) -> Ask:
    wanted = Seniority(ask.words[0])
    held = [(one, level_of(one.title)) for one in profile.positions]
    high = [
        Speaks(Ground.POSITION, one.id, f"{one.title} is as high.")
        for one, level in held
        if level and level.rank >= wanted.rank
    ]
    if not high and (level := level_of(profile.headline)) and level.rank >= wanted.rank:
        high = [Speaks(Ground.HEADLINE, "", "The headline says so.")]
    named = replace(ask, words=(wanted.label,))
    if not high and wanted.rank <= Seniority.MID.rank:
        worked = at_work(profile, today)
        high = [
            Speaks(Ground.POSITION, one.id, f"{worked.words} at work.")
            for one in profile.positions
            if worked.most >= 12 * wanted.rank
        ]
    return _answered(named, high)


_ANSWERS = {
    AskKind.SKILL: _skill,
    AskKind.YEARS: _years,
    AskKind.LANGUAGE: _language,
    AskKind.DEGREE: _degree,
    AskKind.CERTIFICATE: _certificate,
    AskKind.SENIORITY: _seniority,
    AskKind.SOFT: _skill,
}
