"""Grounding check: what each rule marks and leaves alone, and its figures on the labelled letters."""

import time
from datetime import date
from itertools import pairwise

import pytest

from tests.support.grounding.labelled import letters
from tests.support.grounding.measures import measured
from tracker.services.grounding.check import check
from tracker.services.matching.match import match
from tracker.shapes.grounding import Mark, Subject
from tracker.shapes.letters import Paragraph
from tracker.shapes.profile import Bullet, Position, Profile

ANN = Profile(
    "Ann Lee",
    "Backend engineer",
    ("English (native)", "German B1"),
    (
        Position("p1", "job", "Software engineer", "Foo GmbH", "2016-01", "2019-12"),
        Position("p2", "job", "Senior engineer", "Barrow Ltd", "2020-01", is_current=True),
        Position("s1", "study", "BSc Computer Science", "TU Berlin", "2012", "2015"),
    ),
    (
        Bullet("b1", "Cut the AWS bill by 33 %", ("AWS",), "p2"),
        Bullet("b2", "Lead a team of 4 developers", (), "p2"),
        Bullet("b3", "Moved 500,000 customer records to PostgreSQL with Python", ("Python",), "p1"),
        Bullet("b4", "Brought the build from 60 minutes down to 15", (), "p2"),
    ),
)
POSTING = """Kestrel Labs builds software for 4,000 wind turbines.
Requirements
- Five years of Kubernetes
- Kafka, Go and a Master's degree
- Fluent Danish"""


def marks(text: str, profile: Profile = ANN, *, bullets: tuple[str, ...] = ()) -> list[Mark]:
    paragraph = Paragraph(text, bullets)
    return check(
        [paragraph], profile, posting=POSTING, company="Kestrel Labs GmbH", role="Staff engineer", today=date(2026, 11, 24)
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Dear Kestrel Labs team,",
        "I cut our AWS costs by a third.",
        "I moved half a million customer records to Postgres.",
        "I lead four engineers.",
        "I have more than ten years of experience.",
        "I spent four years at Foo, from 2016 to 2019.",
        "Our build is four times faster now: 15 minutes instead of an hour.",
        "I have a bachelor's degree in computer science from TU Berlin.",
        "My German is at B1.",
        "I would love to learn Kubernetes, and I look forward to Go.",
        "Although I have not used Go, I write Python.",
        "Kafka and Go are new to me.",
        "You ask for five years of Kubernetes, which I don't have.",
        "You run 4,000 wind turbines.",
        "I am applying for the position of Staff engineer.",
        "Kind regards",
    ],
)
def test_claims_that_the_profile_or_the_posting_supports_are_not_marked(text: str) -> None:
    assert marks(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "claim"),
    [
        ("I have five years of Kubernetes.", "years", "five years"),
        ("You ask for five years of Kubernetes, which I have.", "years", "five years"),
        ("I would bring five years of Kubernetes.", "years", "five years"),
        ("I have fifteen years of experience.", "years", "fifteen years"),
        ("I cut our AWS costs by 40 %.", "number", "40 %"),
        ("I lead a team of 12 developers.", "number", "12 developers"),
        ("I moved 5 million customer records.", "number", "5 million customer"),
        ("I worked at Google.", "employer", "Google"),
        ("I was Head of Engineering at Foo.", "title", "Head of Engineering"),
        ("I hold a Master's degree.", "degree", "Master's degree"),
        ("I joined Foo in 2014.", "date", "2014"),
        ("I know Kafka well.", "skill", "Kafka"),
        ("I am fluent in Danish.", "language", "Danish"),
        ("I speak fluent German.", "language", "German"),
        ("I am AWS certified.", "certificate", "AWS certified"),
        ("I was promoted twice.", "award", "promoted"),
    ],
)
def test_a_claim_about_the_applicant_needs_the_profile(text: str, kind: str, claim: str) -> None:
    found_marks = marks(text)
    assert (kind, claim) in [(mark.kind.value, text[mark.start : mark.end]) for mark in found_marks]
    assert all(mark.subject == Subject.APPLICANT and mark.why for mark in found_marks)


@pytest.mark.parametrize(
    "text",
    [
        "I admire your office in Singapore.",
        "Your recent Series B impressed me.",
        "You have 900 employees.",
        "You won an award for it.",
        "I would be your next Design Director.",
    ],
)
def test_a_claim_about_the_employer_needs_the_posting(text: str) -> None:
    assert [mark.subject for mark in marks(text)] == [Subject.EMPLOYER]


def test_the_posting_does_not_support_claims_about_the_applicant() -> None:
    assert "Only the posting" in marks("I have five years of Kubernetes.")[0].why


def test_a_paragraph_that_names_a_bullet_there_is_not_is_marked() -> None:
    assert marks("I write Python.", bullets=("b3",)) == []
    assert marks("I write Python.", bullets=("b9",))[0].why == "There is no bullet b9."


def test_an_empty_profile_bears_out_nothing_and_an_empty_letter_claims_nothing() -> None:
    assert marks("I have five years of Python at Foo.", Profile())
    assert marks("") == []


@pytest.mark.parametrize("junk", ["1 ", "one and ", "5 years of ", "Python, ", "your new ", "(", "\u0130 "])
def test_an_endless_posting_is_checked_in_bounded_time(junk: str) -> None:
    began = time.monotonic()
    text = junk * (6_000 // len(junk))
    check([Paragraph(text)], ANN, posting=text, company="İ", role="", today=date(2026, 11, 24))
    match("", text, ANN, date(2026, 11, 24))
    assert time.monotonic() - began < 20


def test_marks_are_ordered_and_do_not_overlap() -> None:
    found_marks = marks(
        "I worked at Google for nine years, led 40 people and know Kafka. I am fluent in Danish."
    )
    assert all(first.end <= second.start for first, second in pairwise(found_marks))
    assert len(found_marks) >= 5


def test_the_labelled_set_is_large_enough() -> None:
    everything = letters()
    assert len(everything) >= 8
    assert sum(len(letter.paragraphs) for letter in everything) >= 60
    claims = [claim for letter in everything for claim in letter.claims]
    assert sum(bool(claim.kind) for claim in claims) >= 200
    assert sum(not claim.kind for claim in claims) >= 300


@pytest.mark.parametrize("part", ["", "held_out"], ids=["all", "held out"])
def test_the_checker_finds_the_planted_claims_and_leaves_the_true_ones(part: str) -> None:
    measures = measured(letters(part))
    assert measures.recall >= 0.95
    assert measures.false_alarms < 0.05
