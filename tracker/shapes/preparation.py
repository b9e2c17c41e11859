"""Questions to prepare for an interview, with answers, recall and stories."""

from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum


class Topic(LabelledEnum):
    """Topics of questions, in the order of an interview."""

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
        """The label that people read."""
        return {
            "opening": "About you", "motivation": "Why this job", "behavioural": "How you work",
            "leading": "Leading others", "terms": "Terms", "ask_them": "Questions to ask them",
        }.get(self.value, self.value.replace("_", " ").capitalize())  # fmt: skip


class Recall(LabelledEnum):
    """Ratings of how well an answer was remembered: the four of FSRS in order."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"

    @property
    def number(self) -> int:
        """The FSRS rating, from 1 for again to 4 for easy."""
        return list(Recall).index(self) + 1


@dataclass(frozen=True)
class StoryPart:
    """A part of a story: text of the profile, or a prompt if it has none."""

    label: str
    text: str
    is_prompt: bool = False


@dataclass(frozen=True)
class Story:
    """A bullet laid out as situation, task, action and result, to answer a question."""

    bullet_id: str
    parts: list[StoryPart] = field(default_factory=list)


@dataclass(frozen=True)
class LikelyQuestion:
    """A likely question and why; `key` is its key in the question bank.

    `stories_label` counts its stories, and `is_unsupported` is true if a bullet should answer it and none does.
    """

    key: str
    topic: str
    text: str
    why: str
    stories: list[Story] = field(default_factory=list)
    stories_label: str = ""
    is_unsupported: bool = False


@dataclass(frozen=True)
class PractisedQuestion:
    """A question of an interview with the user's answer, whether it is ready, and whether it is due."""

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
    stories_label: str = ""
    is_unsupported: bool = False


@dataclass(frozen=True)
class TopicGroup:
    """The questions of one topic."""

    topic: str
    label: str
    questions: list[PractisedQuestion] = field(default_factory=list)


@dataclass(frozen=True)
class PracticePage:
    """The questions of an interview by topic, suggested ones, and the next one to practise.

    Without bullets `has_bullets` is false, and no question is marked as unsupported.
    """

    interview_id: str
    application_id: str
    title: str
    subject: str
    when: str
    groups: list[TopicGroup]
    suggested: list[LikelyQuestion]
    count: int
    ready: int
    due: int
    now: PractisedQuestion | None = None
    has_bullets: bool = True
