"""Search as you type: what it finds, what it forgives, and what it ignores."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.people import Person
from tracker.services.applications.application_list import page
from tracker.services.applications.board import board_columns
from tracker.shapes.filters import Filters


def companies_matching(person: Person, words: str) -> list[str]:
    return sorted(card.company for card in person.call(page, Filters(q=words)).cards)


@pytest.fixture
def searcher(alice: Person) -> Person:
    alice.add_application("Nestlé", "Ingénieur logiciel", location="Zürich")
    alice.add_application("O’Reilly", "C++ developer", location="Sebastopol")
    alice.add_application("Anthropic", "Site reliability engineer", notes="asked Małgorzata about Kubernetes")
    alice.add_application("Node.js Ltd", "Designer", posting_text="We value kindness. 100% remote_first")
    return alice


@pytest.mark.parametrize(
    ("words", "companies"),
    [
        ("nestle", ["Nestlé"]),
        ("NESTLÉ", ["Nestlé"]),
        ("zurich", ["Nestlé"]),
        ("ingenieur logic", ["Nestlé"]),
        ("inge logic", ["Nestlé"]),
        ("relia kube", ["Anthropic"]),
        ("logiciel nestle", ["Nestlé"]),
        ("o'reilly", ["O’Reilly"]),
        ("o’reilly", ["O’Reilly"]),
        ("c++", ["O’Reilly"]),
        ("kubern", ["Anthropic"]),
        ("malgorzata", ["Anthropic"]),
        ("kindness", ["Node.js Ltd"]),
        ("node.js", ["Node.js Ltd"]),
        ("thropic", ["Anthropic"]),
        ("anthropic kubernetes", ["Anthropic"]),
        ("antropic", ["Anthropic"]),
        ("relaibility enginer", ["Anthropic"]),
        ("xqzwvkj", []),
        ("%", []),
        ("___", []),
        ("   ", ["Anthropic", "Nestlé", "Node.js Ltd", "O’Reilly"]),
    ],
)
def test_a_search_finds_similar_words(searcher: Person, words: str, companies: list[str]) -> None:
    assert companies_matching(searcher, words) == companies


POSTINGS = {
    "Cee": "Firmware in C, tests in Python.",
    "Cpp": "C/C++ engineer. Modern C++17.",
    "Csharp": "C#/.NET and ASP.NET, F#",
    "Apple": "Objective-C and Swift, cocoa",
    "Gopher": "Services in Go and gRPC, Node.js",
    "Market": "Go to market strategy, R&D budget, vitamin C, Series C, net sales, Google Cloud",
    "Stats": "Analysis with R or SAS; T-SQL.",
    "Rusty": "Rust, Ruby and React",
}


@pytest.fixture
def technical(alice: Person) -> Person:
    for company, posting in POSTINGS.items():
        alice.add_application(company, "Job", posting_text=posting)
    return alice


@pytest.mark.parametrize(
    ("words", "companies"),
    [
        ("C", ["Cee", "Cpp"]),
        ("C++", ["Cpp"]),
        ("c+", ["Cpp"]),
        ("C++17", ["Cpp"]),
        ("C/C++", ["Cpp"]),
        ("cpp", ["Cpp"]),
        ("C#", ["Csharp"]),
        ("csharp", ["Csharp"]),
        ("F#", ["Csharp"]),
        (".NET", ["Csharp"]),
        (".ne", ["Csharp"]),
        ("dotnet", ["Csharp"]),
        ("ASP.NET", ["Csharp"]),
        ("net sales", ["Market"]),
        ("Objective-C", ["Apple"]),
        ("Go", ["Gopher"]),
        ("go", ["Gopher"]),
        ("golang", ["Gopher"]),
        ("go grpc", ["Gopher"]),
        ("goog", ["Market"]),
        ("go to market", ["Market"]),
        ("node.js", ["Gopher"]),
        ("R", ["Stats"]),
        ("R&D", ["Market"]),
        ("T-SQL", ["Stats"]),
        ("sql", ["Stats"]),
        ("series c", ["Market"]),
        ("J#", []),
        ("Z++", []),
    ],
)
def test_the_name_of_a_technology_is_exact(technical: Person, words: str, companies: list[str]) -> None:
    assert companies_matching(technical, words) == companies


def test_a_language_that_no_posting_has_is_the_start_of_a_word_in_lower_case_only(alice: Person) -> None:
    alice.add_application("Google", "Clerk")
    assert companies_matching(alice, "go") == ["Google"]
    assert companies_matching(alice, "Go") == companies_matching(alice, "C") == []


@pytest.mark.parametrize(
    ("words", "is_similar"),
    [
        ("pyhton", True), ("senoir", True), ("bakcend", True), ("mitsral", True), ("senoir pyhton", True),
        ("python", False), ("pyth", False), ("senior back", False), ("Pyhton senior", True),
    ],
)  # fmt: skip
def test_swapped_letters_find_a_word_anywhere_in_a_posting(
    alice: Person, words: str, is_similar: bool
) -> None:
    alice.add_application(
        "Acme", "Engineer", posting_text="Senior backend developer: Python, models by Mistral."
    )
    alice.add_application("Other", "Cook", posting_text="Pastry")
    shown = alice.call(page, Filters(q=words))
    assert ([card.company for card in shown.cards], shown.is_similar) == (["Acme"], is_similar)


def test_a_word_as_typed_comes_before_words_with_swapped_letters(alice: Person) -> None:
    alice.add_application("Form", "Filler", posting_text="the form")
    alice.add_application("From", "Sender", posting_text="from here")
    assert companies_matching(alice, "form") == ["Form"]
    assert companies_matching(alice, "fro") == ["From"]


@pytest.mark.parametrize(
    ("words", "companies"),
    [
        ("エンジニア", ["東京"]),
        ("開発", ["東京"]),
        ("経験", ["東京"]),
        ("験", ["東京"]),
        ("Python開発", ["東京"]),
        ("ｴﾝｼﾞﾆｱ", ["東京"]),
        ("工程师", ["上海"]),
        ("师", ["上海"]),
        ("开发者", []),
        ("工师", []),
        ("개발", ["서울"]),
        ("นักพัฒนา", ["Bangkok"]),
        ("京", ["東京"]),
    ],
)
def test_a_word_within_a_text_without_blanks_is_found(
    alice: Person, words: str, companies: list[str]
) -> None:
    alice.add_application(
        "東京", "仕事", posting_text="私たちはPython開発エンジニアを募集しています。三年以上の経験"
    )
    alice.add_application("上海", "职位", posting_text="我们正在寻找一名高级后端工程师")
    alice.add_application("서울", "일", posting_text="우리는백엔드개발자를찾고있습니다")
    alice.add_application("Bangkok", "งาน", posting_text="เรากำลังมองหานักพัฒนาซอฟต์แวร์")
    assert companies_matching(alice, words) == companies


def test_a_very_long_text_without_blanks_can_be_saved_and_searched(alice: Person) -> None:
    letters = "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(100_000))
    alice.add_application("北京", "职位", posting_text=letters)
    alice.add_application("上海", "职位", posting_text=letters[::-1], notes=letters[::-1])
    assert companies_matching(alice, letters[49_995:50_000]) == ["北京"]


@pytest.mark.parametrize(
    "words",
    ["ann.smith@mail.acme.example", "ann.smith", "smith", "acme", "mail.acme.example", "@mail.acme", "smith@mail", "ann.smi", "SMITH@MAIL.ACME.EX"],
)  # fmt: skip
def test_parts_of_an_email_address_are_found(alice: Person, words: str) -> None:
    alice.add_application("Here", "Cook", posting_text="Apply to <ann.smith@mail.acme.example>, please")
    alice.add_application("There", "Cook", posting_text="Apply to bo@x.example")
    assert companies_matching(alice, words) == ["Here"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Back Oﬃce", "office"), ("Back office", "oﬃce"), ("ＡＣＭＥ", "acme"), ("İstanbul", "istanbul"), ("istanbul", "İSTANBUL"),
        ("L’Oréal", "oreal"), ("L'Oreal", "l’oréal"), ("Cafe\u0301", "café"), ("poste d'architecte", "architecte"), ("O'Reilly", "reilly"),
        ("tcp/ip", "ip"), ("e-mail", "email"), ("https://jobs.acme.example/senior", "senior"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(alice: Person, text: str, words: str) -> None:
    alice.add_application("One", "Cook", notes=text)
    alice.add_application("Other", "Cook", notes="nothing")
    assert companies_matching(alice, words) == ["One"]


def test_a_typo_is_tolerated_and_reported(searcher: Person) -> None:
    assert searcher.call(page, Filters(q="antropic")).is_similar
    assert not searcher.call(page, Filters(q="anthropic")).is_similar


def test_the_board_and_its_counts_search_in_the_same_way(searcher: Person) -> None:
    columns = searcher.call(board_columns, Filters(q="nestle"), {})
    assert [card.company for column in columns for card in column.cards] == ["Nestlé"]
    assert {column.stage: column.count for column in columns if column.count} == {"saved": 1}


def test_the_board_forgives_typing_errors_as_the_table_does(searcher: Person) -> None:
    columns = searcher.call(board_columns, Filters(q="antropic"), {})
    assert [card.company for column in columns for card in column.cards] == ["Anthropic"]


def test_no_other_users_rows_are_searched(searcher: Person, bob: Person) -> None:
    assert companies_matching(bob, "nestle") == companies_matching(bob, "antropic") == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40) | st.text(alphabet="'\"\\&|!()<>:*%_ ’‘ŉ＇＼％ab", max_size=20))
def test_any_search_text_is_accepted(alice: Person, words: str) -> None:
    alice.call(page, Filters(q=words))
