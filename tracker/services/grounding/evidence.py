"""All that a profile and a posting bear out, read once for a letter."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.services.grounding.clauses import bare_name
from tracker.services.grounding.quantities import Quantity, derived
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
    """One text of the profile, with the texts of the position it belongs to, and what it tells."""

    text: str
    around: str = ""
    position: Position | None = None
    skills: tuple[str, ...] = ()

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers it tells, and what they tell together."""
        return derived(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words and of those around it."""
        return stems(f"{self.text} {' '.join(self.skills)} {self.around}")

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The stems of its own words."""
        return stems(f"{self.text} {' '.join(self.skills)}")


@dataclass(frozen=True)
class Evidence:
    """What may be said of the applicant."""

    profile: Profile
    today: date
    sources: tuple[Source, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """Every word of the profile."""
        return "\n".join(
            [
                self.profile.name,
                *self.profile.languages,
                *(f"{one.text} {one.around} {', '.join(one.skills)}" for one in self.sources),
            ]
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the profile in lower case."""
        return plain_words(self.text)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of titles and organisations, such as `sdr`."""
        said = [text for one in self.profile.positions for text in (one.title, bare_name(one.organisation))]
        return frozenset(
            "".join(word[0] for word in one.split()).lower() for one in said if len(one.split()) > 1
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of the profile."""
        return stems(self.text)

    @cached_property
    def skills(self) -> frozenset[str]:
        """The skills that the profile shows, the broader ones among them."""
        found = frozenset[str]()
        for one in self.sources:
            found |= skills_of(f"{one.text} ; {one.around}", one.skills)
        return found

    @cached_property
    def certificates(self) -> frozenset[str]:
        """The certificates that the profile names."""
        return frozenset(one.name for one in certificates_in(self.text))

    @cached_property
    def degrees(self) -> list[tuple[Degree, str]]:
        """The degrees that the profile tells, each with the text it stands in."""
        return [
            (degree, f"{one.text} {one.around}") for one in self.sources for degree in degrees_in(one.text)
        ]

    @cached_property
    def languages(self) -> dict[str, int]:
        """The languages of the profile and how well each is spoken, 0 where nothing is said."""
        spoken: list[Spoken] = [
            one for written in self.profile.languages for one in languages_in(written, listed=True)
        ]
        spoken += [one for source in self.sources for one in languages_in(source.text)]
        return {
            one.name: max(one.level, *(other.level for other in spoken if other.name == one.name))
            for one in spoken
        }

    @cached_property
    def told_years(self) -> list[tuple[float, Source]]:
        """The spans of years that bullets and the headline tell outright."""
        return [(one.value, source) for source in self.sources for one in years_in(source.text)]

    def organisation_in(self, text: str) -> list[Position]:
        """The positions at an organisation that a text names."""
        return [one for one in self.profile.positions if _names(one.organisation, text)]


@dataclass(frozen=True)
class Advert:
    """What may be said of the employer and the role."""

    posting: str
    company: str
    role: str

    @cached_property
    def text(self) -> str:
        """Every word of it."""
        return f"{self.company}\n{self.role}\n{self.posting}"

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in lower case."""
        return plain_words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem."""
        return stems(self.text)

    @cached_property
    def skills(self) -> frozenset[str]:
        """The skills it names, the broader ones among them."""
        return with_broader(frozenset(one.name for one in skills_in(self.text)))

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers it tells."""
        return [one for line in self.text.splitlines() for piece in pieces(line) for one in derived(piece)]

    @cached_property
    def years(self) -> list[float]:
        """The spans of years it tells."""
        return [
            one.value for line in self.text.splitlines() for piece in pieces(line) for one in years_in(piece)
        ]


def evidence_of(profile: Profile, today: date) -> Evidence:
    """A profile's texts, each beside the position it belongs to."""
    by_id = {one.id: one for one in profile.positions}
    sources = [Source(profile.headline)] if profile.headline else []
    for one in profile.positions:
        sources.append(Source(one.title, one.organisation, one))
    for bullet in profile.bullets:
        held = by_id.get(bullet.position_id)
        around = f"{held.title} {held.organisation}" if held else ""
        sources.append(
            Source(
                bullet.text, around, held, tuple(name_of(one) if "." in one else one for one in bullet.skills)
            )
        )
    return Evidence(profile, today, tuple(sources))


def plain_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, without a possessive's ending, beside their stems."""
    found = {
        re.sub(r"[’']s?$", "", one.lower()) for one in re.findall(r"[^\W_]+(?:[’'.&-][^\W_]+)*[’']?", text)
    }
    pieces = {piece for one in found for piece in re.split(r"[-.&’']", one) if piece}
    return frozenset(found | pieces | {stem(one) for one in pieces})


_LITTLE = ("the", "of", "and", "&", "hotel", "university", "city", "college", "st", "school", "institute")


def _names(organisation: str, text: str) -> bool:
    """Whether a text names an organisation: whole, without its legal form, by its first or last word or by its initials."""
    bare = bare_name(organisation)
    if not bare:
        return False
    parts = [one for one in bare.split() if one.lower() not in _LITTLE]
    initials = "".join(one[0] for one in bare.split())
    short = [one for one in parts[:1] if len(one) > 3] + [one for one in parts[1:] if len(one) > 5][-1:]
    short += [initials] if len(initials) > 2 else []
    if bare.lower().startswith("st ") and len(bare.split()) > 1:
        short.append(" ".join(bare.split()[:2]))
    return _holds(bare.lower(), text.lower()) or any(_holds(one, text) for one in short)


def _holds(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))
