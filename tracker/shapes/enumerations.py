"""Enumerations of the domain, each with the label that people read."""

from enum import StrEnum


class LabelledEnum(StrEnum):
    """An enumeration value; its label is the value in sentence case unless the class overrides it."""

    @property
    def label(self) -> str:
        """The label that people read."""
        return _LABELS.get(self.value, self.value.replace("_", " ").capitalize())


class Stage(LabelledEnum):
    """Stages of an application, in order."""

    SAVED = "saved"
    APPLIED = "applied"
    SCREENING = "screening"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    CLOSED = "closed"

    @property
    def rank(self) -> int:
        """The position from 0 for saved to 5 for closed, which a funnel leaves out."""
        return _RANKS[self]


_RANKS = {stage: rank for rank, stage in enumerate(Stage)}


class Outcome(LabelledEnum):
    """Outcomes of closed applications."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no_response"
    EXPIRED = "expired"


class Workplace(LabelledEnum):
    """Places of work."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"


class Employment(LabelledEnum):
    """Types of contract."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    FREELANCE = "freelance"
    INTERNSHIP = "internship"
    TEMPORARY = "temporary"


class Period(LabelledEnum):
    """Periods that a salary can refer to."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"


class FollowUpWay(LabelledEnum):
    """Ways to follow up."""

    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class InterviewKind(LabelledEnum):
    """Kinds of interviews."""

    RECRUITER_SCREEN = "recruiter_screen"
    HIRING_MANAGER = "hiring_manager"
    TECHNICAL = "technical"
    CODING = "coding"
    SYSTEM_DESIGN = "system_design"
    BEHAVIOURAL = "behavioural"
    TAKE_HOME = "take_home"
    PANEL = "panel"
    ONSITE = "onsite"
    FINAL = "final"
    OTHER = "other"

    @property
    def noun(self) -> str:
        """The kind as a noun within a sentence, such as `technical interview`."""
        if self is InterviewKind.OTHER:
            return "interview"
        is_noun = self in (InterviewKind.RECRUITER_SCREEN, InterviewKind.TAKE_HOME)
        return self.label.lower() if is_noun else f"{self.label.lower()} interview"


class InterviewState(LabelledEnum):
    """States of an interview."""

    SCHEDULED = "scheduled"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class PositionKind(LabelledEnum):
    """Kinds of positions of the profile."""

    JOB = "job"
    EDUCATION = "education"
    PROJECT = "project"
    VOLUNTEERING = "volunteering"
    OTHER = "other"


class ImportState(LabelledEnum):
    """States of a resume import."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Door(LabelledEnum):
    """Entry points of changes."""

    WEB = "web"
    API = "api"
    IMPORT = "import"
    EMAIL = "email"
    WORKER = "worker"


class JobKind(LabelledEnum):
    """Kinds of background jobs."""

    SCORE_ALL = "score_all"
    REBUILD_SNAPSHOTS = "rebuild_snapshots"
    NIGHTLY_SNAPSHOT = "nightly_snapshot"
    REMIND = "remind"
    MAIL_REMINDER = "mail_reminder"
    READ_RESUME = "read_resume"
    WRITE_LETTER = "write_letter"
    SUGGEST_QUESTIONS = "suggest_questions"
    REALIGN_INTERVIEWS = "realign_interviews"
    ADD_SAMPLE = "add_sample"
    EXPORT_EVERYTHING = "export_everything"
    LOAD_EXPORT = "load_export"
    READ_POSTING = "read_posting"
    READ_IMPORT = "read_import"
    APPLY_IMPORT = "apply_import"


class JobState(LabelledEnum):
    """States of a job; a failed one may still be retried automatically."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Purpose(LabelledEnum):
    """Texts that a model can be asked to write."""

    LETTER = "letter"
    PARAGRAPH = "paragraph"
    QUESTIONS = "questions"


class WritingState(LabelledEnum):
    """States of a generation request; for an open one, see its job."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class EventKind(LabelledEnum):
    """Kinds of events: subject, dot, what happened to it."""

    APPLICATION_ADDED = "application.added"
    APPLICATION_EDITED = "application.edited"
    APPLICATION_DELETED = "application.deleted"
    APPLICATION_RESTORED = "application.restored"
    STAGE_CHANGED = "stage.changed"
    FOLLOW_UP_LOGGED = "follow_up.logged"
    INTERVIEW_SCHEDULED = "interview.scheduled"
    INTERVIEW_MOVED = "interview.moved"
    INTERVIEW_EDITED = "interview.edited"
    INTERVIEW_CANCELLED = "interview.cancelled"
    INTERVIEW_DONE = "interview.done"
    INTERVIEW_MISSED = "interview.missed"
    INTERVIEW_REOPENED = "interview.reopened"
    INTERVIEW_DELETED = "interview.deleted"
    INTERVIEW_DEBRIEFED = "interview.debriefed"
    CONTACT_ADDED = "contact.added"
    CONTACT_EDITED = "contact.edited"
    CONTACT_LINKED = "contact.linked"
    CONTACT_UNLINKED = "contact.unlinked"
    CONTACT_DELETED = "contact.deleted"
    INTERVIEW_THANKED = "interview.thanked"
    ACTION_SNOOZED = "action.snoozed"
    ACTION_DISMISSED = "action.dismissed"
    PROFILE_CHANGED = "profile.changed"
    QUESTIONS_ADDED = "questions.added"
    QUESTION_ANSWERED = "question.answered"
    QUESTION_REMOVED = "question.removed"
    LETTER_DRAFTED = "letter.drafted"
    LETTER_EDITED = "letter.edited"
    LETTER_SENT = "letter.sent"
    LETTER_REMOVED = "letter.removed"
    LETTER_ASKED = "letter.asked"
    LETTER_WRITTEN = "letter.written"
    WRITING_CANCELLED = "writing.cancelled"
    QUESTIONS_ASKED = "questions.asked"
    QUESTIONS_SUGGESTED = "questions.suggested"
    INTERVIEW_REALIGNED = "interview.realigned"


class ActionKind(LabelledEnum):
    """Kinds of actions; of two on one day, the one listed first comes first."""

    DECIDE = "decide"
    PREPARE = "prepare"
    APPLY = "apply"
    RESCHEDULE = "reschedule"
    FOLLOW_UP = "follow_up"
    THANK_YOU = "thank_you"
    DEBRIEF = "debrief"
    CLOSE = "close"
    DUPLICATE = "duplicate"
    COMPLETE = "complete"


class Lead(LabelledEnum):
    """Lead times of reminders."""

    HOUR = "hour"
    DAY = "day"


_LABELS = {
    "onsite": "On-site",
    "full_time": "Full-time",
    "part_time": "Part-time",
    "take_home": "Take-home",
    "no_show": "No-show",
    "api": "API",
    "email": "Email",
    "decide": "Decide on the offer",
    "debrief": "Write a debrief",
    "thank_you": "Send a thank-you note",
    "close": "Close as no response",
    "reschedule": "Ask for a new date",
    "duplicate": "Check a duplicate",
    "complete": "Add a missing detail",
    "score_all": "Score every application",
    "rebuild_snapshots": "Rebuild daily figures",
    "nightly_snapshot": "Save the figures of the day",
    "remind": "Create interview reminders",
    "realign_interviews": "Realign interviews to their local time",
    "mail_reminder": "Email a reminder",
    "read_resume": "Read a resume",
    "add_sample": "Add the sample data",
    "export_everything": "Export everything",
    "load_export": "Load an export",
    "read_posting": "Read a posting",
    "write_letter": "Write a letter",
    "suggest_questions": "Suggest questions for an interview",
}

RESPONSES = (Outcome.ACCEPTED, Outcome.DECLINED, Outcome.REJECTED)
"""Outcomes that count as a response; automatic acknowledgements don't."""
OFFERED = (Outcome.ACCEPTED, Outcome.DECLINED)
"""Outcomes that imply an offer, whether the application was ever in that stage or not."""
TALKING = (Stage.SCREENING, Stage.INTERVIEWING)
"""Stages in which the company has answered, and nothing is decided."""
WITH_DEADLINE = (Stage.SAVED, Stage.OFFER)
"""Stages in which a deadline applies: apply by it, or answer the offer by it."""


def choices(words: type[LabelledEnum]) -> list[tuple[str, str]]:
    """Return the values and labels of an enumeration, in display order."""
    return [(word.value, word.label) for word in words]
