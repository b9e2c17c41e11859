"""Everything in a profile and a posting that can support a claim, extracted once per letter."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.services.grounding.clauses import bare_name
from tracker.services.grounding.implied_quantities import derived
from tracker.services.grounding.quantities import Quantity
from tracker.services.matching.degrees import Degree, degrees_in
from tracker.services.matching.languages import Spoken, languages_in
from tracker.services.matching.lines import pieces
from tracker.services.matching.skills import certificates_in, name_of, skills_in, with_broader
from tracker.services.matching.stems import stem, stems
from tracker.services.matching.tenure import skills_of
from tracker.services.matching.years import years_in
from tracker.shapes.profile import Position, Profile


@dataclass(frozen=True)
class Source:
    """One text of the profile, the texts around it, and the position it belongs to."""

    text: str
    around: str = ""
    position: Position | None = None
    skills: tuple[str, ...] = ()

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities in the text, and those that follow from them."""
        return derived(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the text and of its surroundings."""
        return stems(f"{self.text} {' '.join(self.skills)} {self.around}")

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The stems of the text alone."""
        return stems(f"{self.text} {' '.join(self.skills)}")


@dataclass(frozen=True)
class Evidence:
    """Text of a profile, with the facts found in it."""

    profile: Profile
    today: date
    sources: tuple[Source, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """All text of the profile."""
        return "\n".join(
            [
                self.profile.name,
                *self.profile.languages,
                *(f"{source.text} {source.around} {', '.join(source.skills)}" for source in self.sources),
            ]
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the profile, in lower case."""
        return plain_words(self.text)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of titles and organisations, such as `sdr`."""
        names = [
            text
            for position in self.profile.positions
            for text in (position.title, bare_name(position.organisation))
        ]
        return frozenset(
            "".join(word[0] for word in name.split()).lower() for name in names if len(name.split()) > 1
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of the profile."""
        return stems(self.text)

    @cached_property
    def skills(self) -> frozenset[str]:
        """The skills that the profile shows, including broader ones."""
        names = frozenset[str]()
        for source in self.sources:
            names |= skills_of(f"{source.text} ; {source.around}", source.skills)
        return names

    @cached_property
    def certificates(self) -> frozenset[str]:
        """The certificates that the profile names."""
        return frozenset(certificate.name for certificate in certificates_in(self.text))

    @cached_property
    def degrees(self) -> list[tuple[Degree, str]]:
        """The degrees that the profile names, each with the text around it."""
        return [
            (degree, f"{source.text} {source.around}")
            for source in self.sources
            for degree in degrees_in(source.text)
        ]

    @cached_property
    def languages(self) -> dict[str, int]:
        """The profile's languages and the level of each, 0 where it gives none."""
        spoken: list[Spoken] = [
            language for line in self.profile.languages for language in languages_in(line, is_list=True)
        ]
        spoken += [language for source in self.sources for language in languages_in(source.text)]
        return {
            language.name: max(
                language.level, *(entry.level for entry in spoken if entry.name == language.name)
            )
            for language in spoken
        }

    @cached_property
    def stated_years(self) -> list[tuple[float, Source]]:
        """The durations that bullets and the headline state, each with its source."""
        return [(years.value, source) for source in self.sources for years in years_in(source.text)]

    def organisation_in(self, text: str) -> list[Position]:
        """Return the positions at an organisation that a text names."""
        return [position for position in self.profile.positions if _names(position.organisation, text)]


@dataclass(frozen=True)
class Advert:
    """Text about the employer and the role, with the facts found in it."""

    posting: str
    company: str
    role: str

    @cached_property
    def text(self) -> str:
        """All text of the company, the role and the posting."""
        return f"{self.company}\n{self.role}\n{self.posting}"

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, in lower case."""
        return plain_words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem."""
        return stems(self.text)

    @cached_property
    def skills(self) -> frozenset[str]:
        """The skills it names, including broader ones."""
        return with_broader(frozenset(skill.name for skill in skills_in(self.text)))

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities it states."""
        return [
            quantity
            for line in self.text.splitlines()
            for piece in pieces(line)
            for quantity in derived(piece)
        ]

    @cached_property
    def years(self) -> list[float]:
        """The durations it states, in years."""
        return [
            years.value
            for line in self.text.splitlines()
            for piece in pieces(line)
            for years in years_in(piece)
        ]


def evidence_of(profile: Profile, today: date) -> Evidence:
    """Return a profile's texts, each beside the position it belongs to."""
    positions_by_id = {position.id: position for position in profile.positions}
    sources = [Source(profile.headline)] if profile.headline else []
    sources += [Source(position.title, position.organisation, position) for position in profile.positions]
    for bullet in profile.bullets:
        position = positions_by_id.get(bullet.position_id)
        around = f"{position.title} {position.organisation}" if position else ""
        sources.append(
            Source(
                bullet.text,
                around,
                position,
                tuple(name_of(skill) if "." in skill else skill for skill in bullet.skills),
            )
        )
    return Evidence(profile, today, tuple(sources))


def plain_words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, without possessive endings, with their stems."""
    words = {
        re.sub(r"[’']s?$", "", word.lower()) for word in re.findall(r"[^\W_]+(?:[’'.&-][^\W_]+)*[’']?", text)
    }
    pieces = {piece for word in words for piece in re.split(r"[-.&’']", word) if piece}
    return frozenset(words | pieces | {stem(word) for word in pieces})


_COMMON_PARTS = (
    "the",
    "of",
    "and",
    "&",
    "hotel",
    "university",
    "city",
    "college",
    "st",
    "school",
    "institute",
)


def _names(organisation: str, text: str) -> bool:
    """Return whether a text names an organisation: whole, without legal form, in part or by its initials."""
    bare = bare_name(organisation)
    if not bare:
        return False
    parts = [part for part in bare.split() if part.lower() not in _COMMON_PARTS]
    initials = "".join(part[0] for part in bare.split())
    short = [part for part in parts[:1] if len(part) > 3] + [part for part in parts[1:] if len(part) > 5][-1:]
    short += [initials] if len(initials) > 2 else []
    if bare.lower().startswith("st ") and len(bare.split()) > 1:
        short.append(" ".join(bare.split()[:2]))
    return _holds(bare.lower(), text.lower()) or any(_holds(part, text) for part in short)


def _holds(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
