"""Questions to prepare for an interview, and how well their answers are known."""

from dataclasses import dataclass, field

from tracker.shapes.words import Word


class Topic(Word):
    """What a question is about, in the order of a talk."""

    OPENING = "opening"
    MOTIVATION = "motivation"
    BEHAVIOURAL = "behavioural"
    TECHNICAL = "technical"
    SYSTEM_DESIGN = "system_design"
    LEADING = "leading"
    TERMS = "terms"
    ASK_THEM = "ask_them"

    @property
    def label(self) -> str:
        """What people read."""
        return {
            "opening": "About you", "motivation": "Why this job", "behavioural": "How you work",
            "leading": "Leading others", "terms": "Terms", "ask_them": "Questions to ask them",
        }.get(self.value, self.value.replace("_", " ").capitalize())  # fmt: skip


class Recall(Word):
    """How an answer came, from memory; the four ratings of FSRS in its order."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"

    @property
    def number(self) -> int:
        """1 for again … 4 for easy, as FSRS counts them."""
        return list(Recall).index(self) + 1


@dataclass(frozen=True)
class StoryPart:
    """A part of an answer that is told as a story: the profile's own words, or where it has none a prompt to the person."""

    label: str
    text: str
    is_prompt: bool = False


@dataclass(frozen=True)
class Story:
    """A bullet that answers a question, laid out as situation, task, action and result."""

    bullet_id: str
    parts: list[StoryPart] = field(default_factory=list)


@dataclass(frozen=True)
class Likely:
    """A question that may well be asked, and why; `key` names it in the bank. `told` counts its stories in words, and
    `is_unspoken` says that a bullet would answer it and none does."""

    key: str
    topic: str
    text: str
    why: str
    stories: list[Story] = field(default_factory=list)
    told: str = ""
    is_unspoken: bool = False


@dataclass(frozen=True)
class PractisedQuestion:
    """A question of one interview with the person's own answer: whether it is prepared, and when it wants practice.

    Its stories are as those of a likely one.
    """

    id: str
    topic: str
    text: str
    why: str
    answer: str
    answer_html: str
    is_ready: bool
    is_due: bool
    recall: str
    standing: str
    stories: list[Story] = field(default_factory=list)
    told: str = ""
    is_unspoken: bool = False


@dataclass(frozen=True)
class TopicGroup:
    """The questions of one topic."""

    topic: str
    label: str
    questions: list[PractisedQuestion] = field(default_factory=list)


@dataclass(frozen=True)
class PracticeSheet:
    """All questions of an interview by topic, what else may well be asked, and the next question to practise.

    Without any bullet `has_bullets` is false, and no question says that nothing speaks to it.
    """

    interview_id: str
    application_id: str
    title: str
    subject: str
    when: str
    groups: list[TopicGroup]
    suggested: list[Likely]
    count: int
    ready: int
    due: int
    now: PractisedQuestion | None = None
    has_bullets: bool = True
