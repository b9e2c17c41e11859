"""Interviews in lists, calendars and on their own page."""

from dataclasses import dataclass, field

from tracker.shapes.applications import Fact


@dataclass(frozen=True)
class InterviewItem:
    """An interview in a list; times are in the user's zone, and `own_time` is in the interview's."""

    id: str
    application_id: str
    company: str
    role: str
    subject: str
    mark: str
    tint: str
    kind: str
    kind_label: str
    kind_noun: str
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


@dataclass(frozen=True)
class InterviewDetail:
    """An interview with its notes; `typed` holds each field's form text, and `facts` the short fields."""

    line: InterviewItem
    preparation: str
    preparation_html: str
    debrief: str
    debrief_html: str
    typed: dict[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class InterviewPage:
    """An interview, and the scheduled ones that overlap it."""

    detail: InterviewDetail
    overlapping: list[InterviewItem]


@dataclass(frozen=True)
class TimePreview:
    """A preview of a time that is being typed.

    `problem` says that the zone skips it; `question` and two `choices`, that it occurs twice; `own_time` is
    `16:00 your time` where the user's clock shows another time.
    """

    problem: str = ""
    own_time: str = ""
    question: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[InterviewItem] = field(default_factory=list)


@dataclass(frozen=True)
class TimeForm:
    """Initial values of a form with a time, their preview, zones and applications to choose from."""

    typed: dict[str, str]
    preview: TimePreview
    zones: list[tuple[str, str]]
    offered: list[tuple[str, str]] = field(default_factory=list)
    has_more: bool = False


@dataclass(frozen=True)
class AgendaDay:
    """The interviews of one day in order; the label is `Today`, `Tomorrow` or the date."""

    date: str
    label: str
    exact: str
    is_today: bool
    interviews: list[InterviewItem] = field(default_factory=list)


@dataclass(frozen=True)
class PastPage:
    """A page of past interviews, those that need a debrief first; `after` is the next page's cursor."""

    interviews: list[InterviewItem]
    after: str = ""


@dataclass(frozen=True)
class Block:
    """An interview in a column of hours: top, height, left and width in percent."""

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
    """A day of a calendar; in a week its interviews are also `blocks`.

    An interview that began on an earlier day shows its end in `time`.
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
    """A month's or week's grid.

    `previous`, `here` and `next` are dates that identify the neighbouring grids. A week also has a time axis of `hours`,
    of which it shows `hours_shown` from `first_hour` on; `now` is the current time's position in percent.
    """

    title: str
    here: str
    previous: str
    next: str
    weekdays: list[str]
    weeks: list[list[CalendarDay]]
    hours: list[Hour] = field(default_factory=list)
    first_hour: int = 0
    hours_shown: int = 0
    now: float = -1
