"""Bullets that answer a question, laid out as stories in the profile's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.grounding.labelled import letters
from tests.support.people import Person
from tests.support.practice_meetings import questions_of, schedule_meeting
from tracker.services.preparation import edits
from tracker.services.preparation.likely_questions import BANK
from tracker.services.preparation.practice_page import practice_page
from tracker.services.preparation.stories import MAX_STORIES, is_answered_from_bullets, outcome_of, stories
from tracker.services.profile.edits import add_bullet, add_position
from tracker.shapes.preparation import Story, Topic
from tracker.shapes.profile import Bullet, Position, Profile

ANN = Profile(
    positions=(
        Position("p1", "job", "Senior engineer", "Bar", "2021-04", is_current=True),
        Position("p2", "job", "Engineer", "", "2018", "2021-03"),
    ),
    bullets=(
        Bullet("slow", "Added indexes to PostgreSQL, cutting page loads from 900 to 120 ms", (), "p1"),
        Bullet("led", "Led a team of six after the founder had left", (), "p1"),
        Bullet("dispute", "Mediated between support and sales until both signed one plan", (), "p1"),
        Bullet("outage", "Restored billing during an outage and wrote the postmortem", (), "p2"),
        Bullet("loose", "Scaled the queue to 2 million messages a day", ("Kafka",)),
    ),
)


def stories_of(text: str, why: str = "", topic: str = Topic.TECHNICAL, profile: Profile = ANN) -> list[Story]:
    return stories(text, why, topic, profile)


def parts(story: Story) -> dict[str, tuple[str, bool]]:
    return {part.label: (part.text, part.is_prompt) for part in story.parts}


@pytest.mark.parametrize(
    ("text", "why", "first"),
    [
        ("Tell me about a disagreement with a colleague, and how it ended.", "", "dispute"),
        ("Tell me about something that went wrong because of you.", "", "outage"),
        ("When were you leading a team?", "", "led"),
        ("A query that was fast has become slow. What do you look at?", "", "slow"),
        ("Design a service: what breaks first when ten times as many people use it?", "", "loose"),
        ("Where do you keep offsets?", "", ""),
        ("Where do you keep offsets?", "Asked often. The posting names kafka.", "loose"),
        ("How well do you know PostgreSQL?", "", "slow"),
        ("How did you come to sign one plan with sales?", "", "dispute"),
    ],
)
def test_the_bullet_that_answers_a_question_comes_first(text: str, why: str, first: str) -> None:
    titles = stories_of(text, why)
    assert (titles[0].bullet_id if titles else "") == first
    assert len(titles) <= MAX_STORIES


def test_a_bullet_is_laid_out_as_a_story_in_its_own_words() -> None:
    assert parts(stories_of("A page feels slow. How do you find out why?")[0]) == {
        "Situation": ("Senior engineer at Bar, Apr 2021 – now", False),
        "Task": ("How slow was it, and who noticed?", True),
        "Action": ("Added indexes to PostgreSQL, cutting page loads from 900 to 120 ms", False),
        "Result": ("cutting page loads from 900 to 120 ms", False),
    }
    led = parts(stories_of("When did you lead a team?")[0])
    assert led["Task"] == ("after the founder had left", False)
    dispute = parts(stories_of("Tell me about a conflict.")[0])
    assert dispute["Result"] == ("What came of it? A figure helps.", True)
    assert parts(stories_of("What do you know of Kafka?")[0])["Situation"] == (
        "Where was it, and when?",
        True,
    )


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Cut the build by 40 %", "by 40 %"),
        ("Rewrote the parser, which saved two people a day a week", "which saved two people a day a week"),
        ("Negotiated a frame contract worth SEK 9m a year", "SEK 9m a year"),
        ("Raised €2.5m", "€2.5m"),
        ("Ran the migration to Python 3 in 2019", ""),
        ("Introduced code review; bugs in production halved", "bugs in production halved"),
        ("Moved to weekly releases, so that customers waited less", "so that customers waited less"),
        ("Taught in Lyon", ""),
        ("Led a team of six after the founder had left", ""),
        ("Sold 900 tickets after a cold call", "900 tickets"),
        ("Grew a team from two to six", "from two to six"),
    ],
)
def test_the_outcome_of_a_story_is_part_of_its_bullet_or_empty(text: str, outcome: str) -> None:
    assert outcome_of(text) == outcome


@pytest.mark.parametrize("letter", letters(), ids=lambda letter: letter.name)
def test_nothing_in_a_story_is_invented_and_it_is_the_same_every_time(letter: object) -> None:
    profile: Profile = letter.profile  # type: ignore[attr-defined]
    texts = {bullet.id: bullet.text for bullet in profile.bullets}
    for question in BANK.values():
        first_stories = stories(question.text, question.why, question.topic, profile)
        assert first_stories == stories(question.text, question.why, question.topic, profile)
        for story in first_stories:
            text_of_part = {part.label: part.text for part in story.parts if not part.is_prompt}
            assert text_of_part["Action"] == texts[story.bullet_id]
            assert all(
                text_of_part[name] in texts[story.bullet_id]
                for name in ("Task", "Result")
                if name in text_of_part
            )
            prompts = [part.text for part in story.parts if part.is_prompt]
            assert all("?" in prompt for prompt in prompts)


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_question_and_any_bullet_give_parts_of_that_bullet(text: str, bullet_text: str) -> None:
    assert outcome_of(bullet_text) in bullet_text
    for story in stories(text, "", Topic.BEHAVIOURAL, Profile(bullets=(Bullet("b", bullet_text),))):
        assert story.bullet_id == "b"


def test_questions_about_terms_and_motives_have_no_story() -> None:
    silent = {
        key for key, question in BANK.items() if not is_answered_from_bullets(question.text, question.topic)
    }
    assert {"salary", "ask-first-months", "why-us", "why-leave"} <= silent
    assert not {"conflict", "proudest", "about-you", "back-slow"} & silent


def test_the_practice_page_shows_stories_or_that_none_fits(alice: Person) -> None:
    of = schedule_meeting(alice, posting_text="You know PostgreSQL.")
    alice.call(edits.add_from_bank, of, ["back-slow", "conflict", "salary"])
    assert not alice.call(practice_page, of).has_bullets
    assert not any(question.stories_label or question.is_unsupported for question in questions_of(alice, of))
    job = str(alice.call(add_position, {"title": "Engineer", "organisation": "Bar", "begun": "2021"}))
    bullet = str(alice.call(add_bullet, {"text": "Tuned slow queries", "position_id": job}))
    alice.call(add_bullet, {"text": "Made PostgreSQL faster"})
    shown = {question.topic: question for question in questions_of(alice, of)}
    slow, conflict, terms = (shown[topic] for topic in ("technical", "behavioural", "terms"))
    assert slow.stories[0].bullet_id == bullet
    assert (slow.stories_label, slow.is_unsupported) == ("Answer from 2 of your bullets", False)
    assert (conflict.stories_label, conflict.is_unsupported) == ("", True)
    assert (terms.stories_label, terms.is_unsupported) == ("", False)
    assert any(question.is_unsupported for question in alice.call(practice_page, of).suggested)


def test_no_user_sees_stories_of_another_profile(alice: Person, bob: Person) -> None:
    bob.call(add_bullet, {"text": "Tuned slow queries"})
    of = schedule_meeting(alice)
    alice.call(edits.add_from_bank, of, ["back-slow"])
    assert questions_of(alice, of)[0].stories == []
