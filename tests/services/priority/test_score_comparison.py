"""Two explained scores side by side, written by hand."""

from typing import Any
from unittest.mock import patch

import pytest

from tracker.services.priority import comparison
from tracker.services.priority.comparison import compare
from tracker.services.priority.score import signed_points
from tracker.shapes.priority import Comparison, ExplainedScore, Reason

LEFT, RIGHT = (f"01890000-0000-7000-8000-00000000000{n}" for n in (1, 2))


def explained(row_id: str, company: str, **points: int) -> ExplainedScore:
    reasons = [
        Reason(name, name.capitalize(), number, f"{name} of {company}.", signed_points(number))
        for name, number in points.items()
    ]
    shown = [Reason("start", "Start", 50, "", "50"), *(reason for reason in reasons if reason.points)]
    silent = [reason for reason in reasons if not reason.points]
    return ExplainedScore(row_id, "Engineer", company, 50 + sum(points.values()), shown, silent, 50)


def compared(left: dict[str, int], right: dict[str, int]) -> Comparison:
    both = [explained(RIGHT, "Right", **right), explained(LEFT, "Left", **left)]
    scope: Any = None
    with patch.object(comparison, "_explained", return_value=both):
        return compare(scope, LEFT, RIGHT)


def test_factors_are_listed_by_their_difference_with_what_each_side_says() -> None:
    seen = compared({"salary": 8, "place": -3, "contact": 0}, {"salary": 7, "place": 4, "contact": 0})
    assert [(line.label, line.left, line.right, line.ahead, line.favours) for line in seen.lines] == [
        ("Place", "−3", "+4", "−7", "right"), ("Salary", "+8", "+7", "+1", "left")
    ]  # fmt: skip
    assert (seen.lines[0].left_sentence, seen.lines[0].right_sentence) == ("place of Left.", "place of Right.")  # fmt: skip
    assert (seen.alike, seen.apart) == ("Contact", "−6")
    assert (seen.left.company, seen.right.company) == ("Left", "Right")


def test_opposite_points_differ_most_and_equal_ones_not_at_all() -> None:
    seen = compared({"salary": 5, "place": 5, "contact": -5}, {"salary": -5, "place": 5, "contact": -4})
    assert [(line.label, line.ahead) for line in seen.lines] == [("Salary", "+10"), ("Contact", "−1")]
    assert seen.alike == "Place"


def test_a_reason_of_one_side_alone_is_compared_with_none() -> None:
    seen = compared({"salary": 2}, {"cap": -4})
    assert [(line.label, line.left, line.right, line.left_sentence, line.right_sentence) for line in seen.lines] == [
        ("Cap", "0", "−4", "Doesn't apply.", "cap of Right."),
        ("Salary", "+2", "0", "salary of Left.", "Doesn't apply."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ({"a": 1}, {"a": 0}, "Engineer at Left ranks 1 point above Engineer at Right, mainly because of its a."),
        ({"a": 0}, {"a": 1}, "Engineer at Right ranks 1 point above Engineer at Left, mainly because of its a."),
        (
            {"a": 5, "b": 4, "c": 1}, {"c": 2},
            "Engineer at Left ranks 8 points above Engineer at Right, mainly because of its a and b.",
        ),
        (
            {"a": 5, "b": 4, "c": 3, "d": 2}, {},
            "Engineer at Left ranks 14 points above Engineer at Right, mainly because of its a, b and c.",
        ),
        ({"a": 2, "b": 0}, {"b": 2}, "Both have a score of 52."),
    ],
)  # fmt: skip
def test_the_answer_names_up_to_three_factors_that_favour_the_higher_score(
    left: dict[str, int], right: dict[str, int], answer: str
) -> None:
    assert compared(left, right).answer == answer


def test_every_line_is_at_least_as_far_apart_as_the_next() -> None:
    seen = compared({"a": 1, "b": -9, "c": 4}, {"a": 3, "b": -9, "d": -6, "e": 1})
    distances = [abs(int(line.ahead.replace("−", "-"))) for line in seen.lines]
    assert distances == [6, 4, 2, 1]
