"""Short names of languages and names with symbols, exact among words that look like them."""

import pytest

from tracker.services.matching.match import support_for
from tracker.services.matching.profile_skills import profile_skills
from tracker.services.matching.skills import skills_in
from tracker.services.matching.technologies import found_in
from tracker.services.resume.text_resume import of_text
from tracker.shapes.profile import Bullet, Profile

WISHED = ("C", "C++", "C#", "R", "Go", "Node.js", ".NET")


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin C. Plan C.",
        "Vitamins A, B and C",
        "Series C startup",
        "Hepatitis B/C",
        "Grade C or above in maths",
        "A driving licence of category C, or C and E",
        "C-level support in the C suite",
        "Room C, in the basement",
        "Dr. C. Brown and R. Smith lead the choir in C major",
        "An R&D team, R & D, and R and D",
        "Salary R 20 000 at Toys R Us",
        "We go to market. Go to market with us.",
        "Go above and beyond. Go, team! Let's Go.",
        "Ready, set, Go. Pokémon Go, Lego and coffee to Go",
        "A go or no Go decision before we Go live",
        "Care of a lymph node, each node of a cluster",
    ],
)
def test_words_that_look_like_a_language_require_none(text: str) -> None:
    assert [skill.name for skill in skills_in(text) if skill.name in {"c", "r", "go", "node.js"}] == []
    assert found_in(text, WISHED) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("C", {"c"}),
        ("- R", {"r"}),
        ("Languages: Go", {"go"}),
        ("C/C++", {"c", "c++"}),
        ("C, C++ and C#", {"c", "c++", "c#"}),
        ("C++20 and C", {"c++", "c"}),
        ("Embedded C", {"c"}),
        ("5+ years of R and Go", {"r", "go"}),
        ("Go is our main language", {"go"}),
        ("Moved .NET services to Go", {".net", "go"}),
        ("go, python, rust", {"go"}),
        ("react, node, postgres", {"node.js"}),
        ("R-based pipelines", {"r"}),
        ("from C to Rust", {"c"}),
    ],
)
def test_languages_are_read_where_they_are_meant(text: str, names: set[str]) -> None:
    assert {skill.name for skill in skills_in(text)} & {name.lower() for name in WISHED} == names
    assert found_in(text, WISHED) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("F# and C#", ["f#", "c#"]),
        ("ASP.NET on .NET", ["asp.net", ".net"]),
        ("T-SQL and SQL", ["t-sql", "sql"]),
        ("Objective-C", ["objective-c"]),
        ("VB.NET", ["vb.net"]),
    ],
)
def test_a_name_within_a_longer_name_is_another_skill(text: str, names: list[str]) -> None:
    assert [skill.name for skill in skills_in(text)] == names


def test_plain_words_support_no_skill_whose_name_has_symbols() -> None:
    profile = Profile(
        bullets=(Bullet("b", "Raised net sales by setting one objective a week and testing it"),)
    )
    for skill in (".NET", "Objective-C", "A/B testing", "T-SQL"):
        assert support_for(profile, skill) == []
    assert not profile_skills(profile) & {".net", "objective-c", "a/b testing"}


def test_a_listed_pair_of_skills_supports_both() -> None:
    profile = Profile(bullets=(Bullet("b", "Wrote firmware", ("C/C++", "ASP.NET")),))
    for skill in ("C", "C++", ".NET"):
        assert support_for(profile, skill)
    assert not support_for(profile, "C#")


def test_a_resume_keeps_the_symbols_of_its_skills() -> None:
    listed = "C++, C#, .NET, .NET Core, F#, Node.js, ASP.NET, Objective-C, C/C++, T-SQL, R, Go."
    resume = of_text(f"""Experience
Engineer, Acme Ltd, 2019 - 2020
- Moved .NET services to Go. Led R&D, took vitamin C to market
- Wrote C++17, VB.NET and T-SQL in an Objective-C shop

Skills
{listed}
.NET
""")
    assert resume.loose[0].skills == listed.rstrip(".").split(", ")
    assert resume.loose[1].skills == [".NET"]
    first, second = resume.entries[0].points
    assert first.skills == [".NET", "Go"]
    assert second.skills == ["C++", "VB.NET", "T-SQL", "Objective-C"]
