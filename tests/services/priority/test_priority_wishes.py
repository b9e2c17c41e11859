"""Wishes: typed, rejected, saved and previewed; two applications compared."""

from datetime import date, timedelta

import pytest

from tests.support.people import Person
from tracker.errors import Invalid, NotFound
from tracker.services.applications.application_list import page
from tracker.services.countries import countries
from tracker.services.priority.comparison import compare
from tracker.services.priority.preview import preview_weights
from tracker.services.priority.stored_scores import score_all
from tracker.services.priority.wishes_form import read, save
from tracker.shapes.filters import Filters
from tracker.shapes.priority import Factor

TYPED = {
    "countries": "Germany, fr",
    "salary_floor": "60k",
    "salary_target": "75k",
    "currency": "EUR",
    "salary_period": "year",
    "wanted": "Python, Go",
    "workplaces_remote": "on",
    "breakers_salary": "on",
    "weight_salary": "5",
    "rates": "usd 1,5\nGBP: 0.9",
}


def test_saving_wishes_keeps_the_input_and_requests_every_score(alice: Person) -> None:
    assert alice.call(save, TYPED) == "Priorities saved. Scores are being recalculated"
    sheet = alice.call(read)
    assert sheet.typed["countries"] == "Germany, France"
    assert (sheet.typed["salary_target"], sheet.typed["workplaces_remote"]) == ("75000", "on")
    assert sheet.typed["rates"] == "GBP 0.9\nUSD 1.5"
    assert sheet.weights["salary"] == 5
    assert [row["kind"] for row in alice.rows("SELECT kind FROM job")] == ["score_all"]
    alice.call(save, {})
    assert alice.call(read).typed["countries"] == ""


def test_a_pasted_salary_sets_the_currency_and_the_period(alice: Person) -> None:
    alice.call(save, {**TYPED, "salary_floor": "£4,000–£5,000 a month", "salary_target": ""})
    typed = alice.call(read).typed
    assert [typed[name] for name in ("salary_floor", "salary_target", "currency", "salary_period")] == [
        "4000",
        "5000",
        "GBP",
        "month",
    ]


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("countries", "Narnia"),
        ("salary_floor", "80k"),
        ("salary_target", "lots"),
        ("salary_target", "9999999999.999"),
        ("salary_floor", "1e400000000"),
        ("currency", "gold"),
        ("rates", "USD"),
        ("rates", "USD 0"),
        ("rates", "USD 0.0000000001"),
        ("wanted", ", ".join(f"word{n}" for n in range(51))),
        ("wanted", "?!"),
        ("avoided", "golang"),
        ("weight_salary", "6"),
        ("weight_salary", "much"),
    ],
)
def test_an_invalid_wish_is_rejected_at_its_field(alice: Person, field: str, raw: str) -> None:
    with pytest.raises(Invalid) as wrong:
        alice.call(save, {**TYPED, field: raw})
    assert list(wrong.value.fields) == [field]
    assert alice.rows("SELECT 1 FROM wishes") == []


def test_a_salary_in_another_currency_and_period_is_compared_with_the_wish(alice: Person) -> None:
    def offer(amount: str, currency: str, period: str) -> str:
        return alice.add_application(
            f"{amount} {currency}", salary_from=amount, currency=currency, salary_period=period
        )

    good, poor = offer("60", "GBP", "hour"), offer("3000", "USD", "month")
    unknown, strange = alice.add_application(), offer("50000", "XTS", "year")
    alice.call(save, TYPED)
    alice.call(score_all)
    scores = {card.id: card.score for card in alice.call(page, Filters(sort="score")).cards}
    assert scores[good] > scores[unknown] == scores[strange] > scores[poor] == 10


def test_the_list_is_sorted_by_score(alice: Person) -> None:
    for stars in ("1", "5", "3"):
        alice.add_application(f"Company {stars}", excitement=stars)
    cards = alice.call(page, Filters(sort="score")).cards
    assert [card.company for card in cards] == ["Company 5", "Company 3", "Company 1"]


def test_a_preview_of_weights_saves_nothing(alice: Person) -> None:
    alice.add_application("Keen", excitement="5")
    urgent = alice.add_application("Urgent", deadline=str(alice_today(alice) + timedelta(days=1)))
    plain = alice.add_application("Plain")
    alice.call(save, {"weight_excitement": "5", "weight_deadline": "1"})
    before = alice.rows("SELECT * FROM priority ORDER BY application_id")
    order = alice.call(preview_weights, {"weight_excitement": "0", "weight_deadline": "5"})
    assert order[0].id == urgent
    assert (order[0].moved, order[0].direction) == ("↑ 1", "up")
    assert plain in [line.id for line in order]
    assert alice.rows("SELECT * FROM priority ORDER BY application_id") == before


def alice_today(person: Person) -> date:
    with person.scope() as scope:
        return scope.today


def test_a_comparison_says_what_puts_one_above_the_other(alice: Person, bob: Person) -> None:
    keen, dull = alice.add_application("Keen", excitement="5"), alice.add_application("Dull", excitement="1")
    comparison = alice.call(compare, dull, keen)
    assert comparison.lines[0].label == "Excitement"
    assert comparison.lines[0].favours == "right"
    assert (
        sum(int(line.ahead.replace("−", "-")) for line in comparison.lines)
        == comparison.left.score - comparison.right.score
    )
    assert comparison.answer.startswith("Engineer at Keen ranks ")
    assert comparison.answer.endswith("mainly because of its excitement.")
    with pytest.raises(NotFound):
        alice.call(compare, keen, bob.add_application())


def test_every_country_is_read_again_as_it_is_shown(alice: Person) -> None:
    for code, name in countries():
        alice.call(save, {"countries": code})
        assert alice.call(read).typed["countries"] == name
        alice.call(save, {"countries": name})
        assert alice.rows("SELECT countries FROM wishes")[0]["countries"] == [code]


OFF = {f"weight_{factor}": "0" for factor in Factor}


@pytest.mark.parametrize(
    ("weights", "better", "answer"),
    [
        ({"excitement": "1"}, {"excitement": "5"}, "ranks 50 points above Engineer at Dull, mainly because of its excitement."),
        (
            {"excitement": "2", "deadline": "1"},
            {"excitement": "5", "deadline": "2026-11-03"},
            "ranks 50 points above Engineer at Dull, mainly because of its excitement and deadline.",
        ),
        (
            {"excitement": "4", "deadline": "3", "seniority": "2"},
            {"excitement": "5", "deadline": "2026-11-03", "role": "Senior engineer"},
            "ranks 50 points above Engineer at Dull, mainly because of its excitement, deadline and seniority.",
        ),
    ],
)  # fmt: skip
def test_a_comparison_lists_its_reasons_with_the_weightiest_first(
    alice: Person, weights: dict[str, str], better: dict[str, str], answer: str
) -> None:
    alice.call(
        save, OFF | {f"weight_{name}": weight for name, weight in weights.items()} | {"levels_senior": "on"}
    )
    keen, dull = alice.add_application("Keen", **better), alice.add_application("Dull")
    assert alice.call(compare, keen, dull).answer.endswith(answer)
    mirrored = alice.call(compare, dull, keen)
    assert mirrored.answer.endswith(answer)
    assert {line.favours for line in mirrored.lines} == {"right"}
    assert mirrored.apart == "−50"


def test_a_comparison_of_equals_says_so(alice: Person) -> None:
    alice.call(save, OFF | {"weight_excitement": "1"})
    first, second = alice.add_application("First"), alice.add_application("Second")
    comparison = alice.call(compare, first, second)
    assert comparison.answer == "Both have a score of 50."
    assert (comparison.lines, comparison.alike) == ([], "Excitement")


@pytest.mark.parametrize("is_left", [True, False])
def test_a_reason_of_one_application_is_compared_with_nothing(alice: Person, is_left: bool) -> None:
    alice.call(save, OFF | {"weight_excitement": "1", "breaking_words": "unpaid"})
    plain, broken = (
        alice.add_application("Plain"),
        alice.add_application("Broken", posting_text="It is unpaid."),
    )
    comparison = alice.call(compare, *((broken, plain) if is_left else (plain, broken)))
    (line,) = comparison.lines
    own, other = (line.left, line.right) if is_left else (line.right, line.left)
    sentences = (line.left_sentence, line.right_sentence)
    assert (line.label, own, other) == ("Deal-breaker", "−40", "0")
    assert sentences[not is_left] == "The posting says unpaid. That caps the score at 10."
    assert sentences[is_left] == "Doesn't apply."
    assert (line.favours, line.ahead) == (("right", "−40") if is_left else ("left", "+40"))
