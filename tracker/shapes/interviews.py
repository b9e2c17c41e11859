"""Interviews as agendas, calendars and their own dialogs show them."""

from dataclasses import dataclass, field

from tracker.shapes.applications import Fact


@dataclass(frozen=True)
class InterviewItem:
    """An interview in a list or calendar; every time is in the reader's zone, `own_time` in the interview's."""

    id: str
    application_id: str
    company: str
    role: str
    subject: str
    mark: str
    tint: str
    kind: str
    kind_label: str
    round: int
    round_label: str
    state: str
    state_label: str
    date: str
    day: str
    day_exact: str
    time: str
    ends: str
    when: str
    own_time: str
    duration: str
    place: str
    link: str
    interviewers: str
    rating: int
    is_scheduled: bool
    is_past: bool
    is_now: bool
    needs_debrief: bool
    has_debrief: bool
    has_preparation: bool


@dataclass(frozen=True)
class InterviewDetail:
    """One interview whole; `typed` holds each field as the text a form starts from, `facts` all but the long ones."""

    line: InterviewItem
    preparation: str
    preparation_html: str
    debrief: str
    debrief_html: str
    typed: dict[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class InterviewPage:
    """One interview, and those that overlap it while it is to come."""

    detail: InterviewDetail
    overlapping: list[InterviewItem]


@dataclass(frozen=True)
class TimePreview:
    """A time still being typed: `problem` says that the clocks skip it, `question` and two `choices` that they show it twice."""

    problem: str = ""
    question: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[InterviewItem] = field(default_factory=list)


@dataclass(frozen=True)
class AgendaDay:
    """The interviews of one day, in their order; the label is `Today`, `Tomorrow` or the day's name."""

    date: str
    label: str
    exact: str
    is_today: bool
    interviews: list[InterviewItem] = field(default_factory=list)


@dataclass(frozen=True)
class PastPage:
    """One page of past interviews, those that need a debrief first; `after` continues it."""

    interviews: list[InterviewItem]
    after: str = ""


@dataclass(frozen=True)
class Block:
    """An interview in a column of hours: how far down, how long, how far in, how wide, in percent."""

    line: InterviewItem
    top: float
    height: float
    left: float
    width: float
    is_short: bool = False


@dataclass(frozen=True)
class Hour:
    """A line of the time axis."""

    label: str
    top: float


@dataclass(frozen=True)
class CalendarDay:
    """One cell of a calendar; in a week its interviews are `blocks` too.

    The `time` of an interview that began on an earlier day says until when it goes on.
    """

    date: str
    number: int
    label: str
    is_today: bool
    is_other_month: bool = False
    interviews: list[InterviewItem] = field(default_factory=list)
    weekday: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Calendar:
    """A month's or a week's grid; `previous`, `here` and `next` are days that name the neighbouring grids.

    A week has a time axis of `hours` too, `hours_shown` of them, and `now` is how far down the present moment is.
    """

    title: str
    here: str
    previous: str
    next: str
    weekdays: list[str]
    weeks: list[list[CalendarDay]]
    hours: list[Hour] = field(default_factory=list)
    hours_shown: int = 0
    now: float = -1
