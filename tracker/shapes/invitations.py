"""Invitations to interviews, and the effect of importing one."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from tracker.shapes.interviews import TimeForm

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Invitation:
    """One version of an invitation.

    `starts_at` is a local time in `zone` with its `fold`, as a form shows it; it is empty for a whole day, which is `day` (ISO).
    `domains` are those of the organizer and attendees; `words` is text that may name the company and role.
    """

    uid: str
    sequence: int
    stamp: datetime | None
    is_cancelled: bool
    title: str
    starts_at: str
    zone: str
    fold: str
    day: str
    minutes: int
    place: str
    interviewers: str
    domains: tuple[str, ...]
    words: str

    @property
    def version(self) -> tuple[int, datetime]:
        """The order of versions: by sequence, then by time of writing."""
        return self.version_of(self.sequence, self.stamp)

    @staticmethod
    def version_of(sequence: int, stamp: datetime | None) -> tuple[int, datetime]:
        """Return a version by its sequence and time of writing."""
        return sequence, stamp or _NEVER


class InvitationAction(StrEnum):
    """Effects of importing an invitation."""

    SCHEDULE = "schedule"
    MOVE = "move"
    CANCEL = "cancel"


@dataclass(frozen=True)
class InvitationPlan:
    """The effect of an import in a sentence, and the fields of the interview that it changes."""

    action: InvitationAction
    sentence: str
    typed: dict[str, str]
    interview_id: str
    application_id: str


@dataclass(frozen=True)
class InvitationPreview:
    """An import to confirm: its action and effect, its application, and the form."""

    action: str
    title: str
    sentence: str
    interview_id: str
    application_id: str
    subject: str
    form: TimeForm
