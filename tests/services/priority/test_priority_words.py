"""Words in postings, and levels in titles."""

import pytest

from tracker.services.matching.seniority import level_of
from tracker.services.matching.technologies import canonical, found_in, found_in_posting
from tracker.shapes.priority import Seniority


@pytest.mark.parametrize(
    ("posting", "words", "matches"),
    [
        ("You write JS and a little Java.", ("JavaScript", "Java"), {"javascript", "java"}),
        ("Node.js services", ("JavaScript", "Node"), {"node.js"}),
        ("JavaScript only", ("Java",), set()),
        ("Modern C++20, some C#.", ("C++", "C#", "C"), {"c++", "c#"}),
        ("Embedded work in C, C++ and Rust", ("C",), {"c"}),
        ("C-level support and vitamin C for all", ("C",), set()),
        ("Services in Go, Python and Rust", ("Go",), {"go"}),
        ("Go developers wanted", ("go",), {"go"}),
        ("We use Golang", ("Go",), {"go"}),
        ("Go to market with us and go further. Go ahead and Go to lunch.", ("Go",), set()),
        ("You go, and we go, with you", ("Go",), set()),
        ("Statistics in R or Python", ("R",), {"r"}),
        ("An R&D team", ("R",), set()),
        ("React quickly, and react to incidents", ("React",), set()),
        ("react, typescript", ("React.js", "TS"), {"react", "typescript"}),
        ("PostgreSQL and NoSQL", ("SQL", "Postgres"), {"postgresql"}),
        ("ASP.NET on .NET 8", (".NET",), {".net"}),
        ("visit example.net today", (".NET",), set()),
        ("Machine\n learning in the small", ("ML",), {"machine learning"}),
        ("We expect you to be unpaid.", ("Unpaid",), {"unpaid"}),
    ],
)
def test_whole_words_are_found_under_all_their_names(
    posting: str, words: tuple[str, ...], matches: set[str]
) -> None:
    assert found_in(posting, words) == matches


def test_an_application_without_a_posting_has_only_the_words_of_its_role() -> None:
    assert found_in_posting("Engineer", " ", ("Python",)) is None
    assert found_in_posting("Python engineer", "", ("Python", "Go")) == {"python"}
    assert found_in_posting("Engineer", "We bake bread", ("Python",)) == frozenset()
    assert canonical("  K8s ") == "kubernetes"


@pytest.mark.parametrize(
    ("role", "level"),
    [
        ("Senior backend engineer", Seniority.SENIOR),
        ("Sr. Engineer", Seniority.SENIOR),
        ("Engineering Manager, Platform", Seniority.MANAGER),
        ("Product manager", None),
        ("Staff engineer", Seniority.STAFF),
        ("Engineering lead", Seniority.STAFF),
        ("Leading edge developer", None),
        ("Internal tools engineer", None),
        ("Internship in data", Seniority.INTERN),
        ("Software engineer II", Seniority.MID),
        ("Jr developer", Seniority.JUNIOR),
        ("Developer", None),
    ],
)
def test_a_title_names_its_level(role: str, level: Seniority | None) -> None:
    assert level_of(role) is level
