"""Matching a posting with a profile: requirements, their evidence, and years counted from dates."""

from datetime import date

import pytest

from tracker.services.matching.degrees import degrees_in
from tracker.services.matching.languages import languages_in
from tracker.services.matching.match import match
from tracker.services.matching.numbers import numbers_in
from tracker.services.matching.skills import skills_in
from tracker.services.matching.tenure import at_work, tenure
from tracker.services.matching.years import years_in
from tracker.shapes.matching import ProfilePart, Requirement, RequirementKind
from tracker.shapes.profile import Bullet, Position, Profile

TODAY = date(2026, 11, 24)
ANN = Profile(
    "Ann",
    "Backend engineer",
    ("German (native)", "English C1"),
    (
        Position("p1", "job", "Software engineer", "Foo GmbH", "2018", "2021-06"),
        Position("p2", "job", "Senior engineer", "Bar", "2021-04", is_current=True),
        Position("e1", "study", "BSc Computer Science", "TU Berlin", "2014", "2017"),
    ),
    (
        Bullet("b1", "Built billing services in Python and Django on PostgreSQL", (), "p1"),
        Bullet("b2", "Ran 40 services on k8s", ("Kubernetes",), "p2"),
        Bullet("b3", "Mentored three juniors", (), "p2"),
    ),
)
POSTING = """Acme is looking for somebody.

About us
We use Rust.

What you will do
- Build services in Python
What we ask
- 5+ years of Python, or at least three years with Kubernetes
- Java, Kotlin or Go
- AWS or GCP; Terraform is a plus
- Fluent English (C1), conversational French
- Bachelor's degree in Computer Science or related
- No experience with Rust needed
- Strong communication, SQL
Nice to have:
- AWS certified
What we offer
- Courses in Scala
"""


def requirements_in(posting: str, role: str = "", profile: Profile = ANN) -> list[Requirement]:
    return list(match(role, posting, profile, TODAY).requirements)


def of(asks: list[Requirement], kind: RequirementKind, word: str) -> Requirement:
    return next(ask for ask in asks if ask.kind == kind and word in ask.words)


def test_each_requirement_is_listed_with_the_bullets_that_support_it() -> None:
    asks = requirements_in(POSTING)
    python = of(asks, RequirementKind.YEARS, "Python")
    assert (python.line, python.is_must, python.bullet_ids) == (9, True, ("b1",))
    assert python.line_text.startswith("- 5+ years")
    assert of(asks, RequirementKind.SKILL, "SQL").support[0].why == "PostgreSQL is SQL too."
    assert of(asks, RequirementKind.SKILL, "Java").words == ("Java", "Kotlin", "Go")
    assert not of(asks, RequirementKind.SKILL, "Java").is_met


def test_the_same_posting_gives_the_same_answer_and_a_figure_with_its_n() -> None:
    first, second = (match("Senior engineer", POSTING, ANN, TODAY) for _ in range(2))
    assert first == second
    assert first.counted == sum(ask.kind != RequirementKind.SOFT for ask in first.requirements)
    assert first.met == sum(ask.is_met for ask in first.requirements if ask.kind != RequirementKind.SOFT)
    assert first.coverage == round(100 * first.met / first.counted)
    assert match("", "We bake bread.", ANN, TODAY).coverage is None


def test_must_haves_and_nice_to_haves_are_distinguished() -> None:
    asks = requirements_in(POSTING)
    assert of(asks, RequirementKind.SKILL, "AWS").is_must
    assert not of(asks, RequirementKind.SKILL, "Terraform").is_must
    assert not of(asks, RequirementKind.CERTIFICATE, "AWS certified").is_must
    missing = match("", POSTING, ANN, TODAY).missing_musts
    assert ("Java", "Kotlin", "Go") in [ask.words for ask in missing]


@pytest.mark.parametrize(
    ("line", "words", "is_met"),
    [
        ("5+ years of Kubernetes", ("Kubernetes",), True),
        ("9 years of Kubernetes", ("Kubernetes",), False),
        ("2 years with Django and Kubernetes", ("Django", "Kubernetes"), True),
        ("2 years with Kubernetes and Kafka", ("Kubernetes", "Kafka"), False),
        ("2 years with Java, Kubernetes or Go", ("Java", "Kubernetes", "Go"), True),
        ("2 years of Kubernetes\nWe need k8s", ("Kubernetes",), True),
    ],
)
def test_years_of_a_skill_and_the_skill_are_a_single_requirement(
    line: str, words: tuple[str, ...], is_met: bool
) -> None:
    requirements = match("", f"Requirements\n- {line}", ANN, TODAY)
    (ask,) = requirements.requirements
    assert (ask.kind, requirements.counted, ask.is_met) == (RequirementKind.YEARS, 1, is_met)
    assert tuple(word for group in ask.named_skills for word in group) == words
    assert ask.bullet_ids


def test_a_required_skill_is_separate_from_optional_years_of_it() -> None:
    asks = requirements_in(
        "Kafka is required\n5 years of Kafka would be a plus\nPython is a plus\nMust: 2 years of Python"
    )
    assert [(ask.kind, ask.is_must) for ask in asks] == [
        (RequirementKind.SKILL, True),
        (RequirementKind.YEARS, False),
        (RequirementKind.YEARS, True),
    ]


def test_a_skill_is_asked_for_once_under_whichever_name() -> None:
    assert [ask.words for ask in requirements_in("Golang\nWe need Go, React.js\nReact")] == [
        ("Golang",),
        ("React.js",),
    ]


def test_years_that_suffice_without_one_of_their_skills_say_which() -> None:
    (ask,) = requirements_in("2 years with Kubernetes and Kafka")
    assert ask.note.endswith("Nothing mentions Kafka.")


@pytest.mark.parametrize(
    "soft", ["Strong communication", "A team player", "self-motivated", "problem solving"]
)
def test_soft_skills_are_listed_but_neither_required_nor_counted(soft: str) -> None:
    requirements = match("", f"Requirements\n- {soft} is required\n- Kafka", ANN, TODAY)
    assert [(ask.kind, ask.is_must) for ask in requirements.requirements] == [
        (RequirementKind.SOFT, False),
        (RequirementKind.SKILL, True),
    ]
    assert (requirements.counted, requirements.met, requirements.coverage) == (1, 0, 0)
    assert [ask.words for ask in requirements.missing] == [("Kafka",)]
    assert match("", f"- {soft}", ANN, TODAY).coverage is None


def test_a_plain_word_in_a_bullet_is_no_skill_of_that_name() -> None:
    cook = Profile(bullets=(Bullet("b", "Opened in spring and let guests express wishes"),))
    assert [ask.is_met for ask in requirements_in("We need Spring, Express", profile=cook)] == [False, False]


@pytest.mark.parametrize(
    "line",
    [
        "No experience with Rust needed",
        "Rust is not required",
        "You don't need Rust",
        "About us\nWe use Rust",
    ],
)
def test_text_without_a_requirement_yields_none(line: str) -> None:
    assert requirements_in(line) == []


def test_years_are_counted_from_dates_and_say_how() -> None:
    asks = requirements_in(POSTING)
    python = of(asks, RequirementKind.YEARS, "Python")
    assert not python.is_met
    assert "2.6 to 3.5 years" in python.note
    assert "positions that mention Python." in python.note
    assert of(asks, RequirementKind.YEARS, "Kubernetes").is_met
    undated = Profile(positions=(Position("p", "job", "Cook", "Inn"),))
    assert (
        requirements_in("3 years of experience", profile=undated)[0].note
        == "No dated position to count from."
    )


def test_overlaps_are_counted_once_and_unknown_months_stay_open() -> None:
    position = Position("a", "job", "", "", "2020-01", "2021-12")
    other = Position("b", "job", "", "", "2021-01", "2022-12")
    assert tenure([position, other], TODAY).words == "3 years"
    vague = tenure([Position("c", "job", "", "", "2018", "2021")], TODAY)
    assert (vague.least, vague.most) == (25, 48)
    assert tenure([Position("d", "job", "", "")], TODAY).undated == 1
    assert at_work(ANN, TODAY).most == 106


def test_languages_are_met_at_their_level() -> None:
    asks = requirements_in(POSTING + "\nMust: native German\n")
    assert of(asks, RequirementKind.LANGUAGE, "English").is_met
    assert of(asks, RequirementKind.LANGUAGE, "French").words == ("French", "intermediate")
    assert not of(asks, RequirementKind.LANGUAGE, "French").is_met
    assert [language.level for language in languages_in("Spanish B1, English C2", is_list=True)] == [3, 6]
    assert languages_in("We serve the German market and polish shoes") == []


def test_a_degree_and_a_level_are_met_by_positions() -> None:
    asks = requirements_in("Requirements\nA Master's degree in physics", "Senior developer")
    assert not of(asks, RequirementKind.DEGREE, "physics").is_met
    assert of(asks, RequirementKind.SENIORITY, "Senior").support[0].ground == ProfilePart.POSITION
    assert of(requirements_in(POSTING), RequirementKind.DEGREE, "computer science").is_met


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200 people, 40k and half a million", [1200, 40_000, 500_000]),
        ("twenty-five, a dozen, two hundred and fifty", [25, 12, 250]),
        ("$1.2m, 99.9%", [1_200_000, 99.9]),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        ("5+ years of Python", 5, "Python"),
        ("at least three years with Kubernetes", 3, "Kubernetes"),
        ("2-4 years in sales", 2, "sales"),
        ("several years of experience as a nurse", 3, "nurse"),
        ("a decade of nursing experience", 10, "nursing"),
        ("18 months in retail", 1.5, "retail"),
        ("three years or more with Python or a language like it", 3, "Python"),
        ("two years of Java or similar", 2, "Java"),
    ],
)
def test_spans_of_years_are_read_with_what_was_done_in_them(text: str, value: float, subject: str) -> None:
    claim = years_in(text)[0]
    assert (claim.value, claim.subject) == (value, subject)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Services in Go, Python and Rust. Go to market. I have written Go for years", ["go", "python", "rust", "go-to-market", "go"]),
        ("AWS/GCP and CI/CD on k8s", ["aws", "gcp", "ci/cd", "kubernetes"]),
        ("We excel at service in spring", []),
        ("Excel and Spring Boot", ["excel", "spring boot"]),
    ],
)  # fmt: skip
def test_skills_are_found_under_all_their_names(text: str, names: list[str]) -> None:
    assert [skill.name for skill in skills_in(text)] == names


def test_degrees_are_ranked() -> None:
    assert [degree.rank for degree in degrees_in("a PhD, an MSc, a Bachelor of Arts and a diploma")] == [
        5,
        4,
        3,
        2,
    ]
    assert degrees_in("Scrum master at a master bakery") == []
