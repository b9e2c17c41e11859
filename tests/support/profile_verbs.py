"""The verbs of the profile, and what of bob's a stranger might name to each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.support.people import Person
from tracker.services.profile.changing import add_bullet, add_position
from tracker.services.profile.importing import take_text
from tracker.services.profile.resume.found import Found


@dataclass(frozen=True)
class Theirs:
    """A position, a bullet and a resume of bob's."""

    position: str
    bullet: str
    resume: str

    @property
    def ids(self) -> tuple[str, ...]:
        """What may not show."""
        return (self.position, self.bullet, self.resume)


def written(bob: Person, secret: str) -> Theirs:
    """A profile of bob's, and a resume on its way into it."""
    position = bob.does(add_position, {"title": secret, "organisation": secret})
    bullet = bob.does(add_bullet, {"text": secret, "skills": secret, "position_id": position})
    return Theirs(position, bullet, bob.does(take_text, secret))


Arguments = Callable[[Any], tuple[Any, ...]]

REFUSED: dict[str, Arguments] = {
    "profile.changing.add_bullet": lambda t: ({"text": "Mine", "position_id": t.profile.position},),
    "profile.changing.edit_position": lambda t: (t.profile.position, {"title": "Mine"}, {}),
    "profile.changing.move_position": lambda t: (t.profile.position, "up"),
    "profile.changing.remove_position": lambda t: (t.profile.position,),
    "profile.changing.edit_bullet": lambda t: (t.profile.bullet, {"text": "Mine"}, {}),
    "profile.changing.move_bullet": lambda t: (t.profile.bullet, "up"),
    "profile.changing.remove_bullet": lambda t: (t.profile.bullet,),
    "profile.importing.content_of": lambda t: (UUID(t.profile.resume),),
    "profile.importing.discard": lambda t: (t.profile.resume,),
    "profile.importing.held": lambda t: (t.profile.resume,),
    "profile.importing.propose": lambda t: (UUID(t.profile.resume), Found(headline="Mine")),
    "profile.importing.refuse": lambda t: (UUID(t.profile.resume), "mine"),
    "profile.reviewing.keep": lambda t: (t.profile.resume, ["headline"], {"headline": "Mine"}),
}

SEES_NOTHING: dict[str, Arguments] = {
    "profile.changes.about": lambda t: (),
    "profile.changing.add_position": lambda t: ({"title": "Mine"},),
    "profile.changing.edit_about": lambda t: ({"headline": "Mine"}, {}),
    "profile.changing.ordered_positions": lambda t: (),
    "profile.changing.ordered_bullets": lambda t: (UUID(t.profile.position),),
    "profile.importing.take": lambda t: (b"Engineer, Acme, 2019 - 2020", "cv.txt"),
    "profile.importing.take_text": lambda t: ("Engineer, Acme, 2019 - 2020",),
    "profile.reading.page": lambda t: (),
    "profile.reading.read": lambda t: (),
    "profile.reviewing.review": lambda t: (),
}

NO_ROWS = {"profile.changes.put_back", "profile.changes.recorded"}
