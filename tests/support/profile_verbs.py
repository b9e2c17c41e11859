"""Service functions of the profile, with the arguments by which another user would reach bob's rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.support.people import Person
from tracker.services.profile.edits import add_bullet, add_position
from tracker.services.resume.imports import store_text
from tracker.services.resume.parsed_resume import ParsedResume


@dataclass(frozen=True)
class ProfileRows:
    """Position, bullet and resume of bob's."""

    position: str
    bullet: str
    resume: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids that may not show."""
        return (self.position, self.bullet, self.resume)


def create_rows(bob: Person, secret: str) -> ProfileRows:
    """Create a profile of bob's, and a resume that waits for review."""
    position = bob.call(add_position, {"title": secret, "organisation": secret})
    bullet = bob.call(add_bullet, {"text": secret, "skills": secret, "position_id": position})
    return ProfileRows(position, bullet, bob.call(store_text, secret))


Arguments = Callable[[Any], tuple[Any, ...]]

REFUSED: dict[str, Arguments] = {
    "profile.edits.add_bullet": lambda t: ({"text": "Mine", "position_id": t.profile.position},),
    "profile.edits.edit_position": lambda t: (t.profile.position, {"title": "Mine"}, {}),
    "profile.edits.move_position": lambda t: (t.profile.position, "up"),
    "profile.edits.set_position": lambda t: (t.profile.position, {"title": "Mine"}),
    "profile.edits.set_bullet": lambda t: (t.profile.bullet, {"text": "Mine"}),
    "profile.edits.remove_position": lambda t: (t.profile.position,),
    "profile.edits.edit_bullet": lambda t: (t.profile.bullet, {"text": "Mine"}, {}),
    "profile.edits.move_bullet": lambda t: (t.profile.bullet, "up"),
    "profile.edits.remove_bullet": lambda t: (t.profile.bullet,),
    "resume.imports.content_of": lambda t: (UUID(t.profile.resume),),
    "resume.imports.discard": lambda t: (t.profile.resume,),
    "resume.imports.resume_import": lambda t: (t.profile.resume,),
    "resume.imports.propose": lambda t: (UUID(t.profile.resume), ParsedResume(headline="Mine")),
    "resume.imports.refuse": lambda t: (UUID(t.profile.resume), "mine"),
    "resume.review.save_ticked": lambda t: (t.profile.resume, ["headline"], {"headline": "Mine"}),
}

SEES_NOTHING: dict[str, Arguments] = {
    "profile.changes.locked_profile": lambda t: (),
    "profile.edits.add_position": lambda t: ({"title": "Mine"},),
    "profile.edits.set_about": lambda t: ({"headline": "Mine"},),
    "profile.edits.edit_about": lambda t: ({"headline": "Mine"}, {}),
    "profile.edits.ordered_positions": lambda t: (),
    "profile.edits.ordered_bullets": lambda t: (UUID(t.profile.position),),
    "resume.imports.store_file": lambda t: (b"Engineer, Acme, 2019 - 2020", "cv.txt"),
    "resume.imports.store_text": lambda t: ("Engineer, Acme, 2019 - 2020",),
    "profile.profile_page.page": lambda t: (),
    "profile.profile_page.read": lambda t: (),
    "resume.review.review": lambda t: (),
}

NO_ROWS = {"profile.changes.undo_change", "profile.changes.recorded"}
