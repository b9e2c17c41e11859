"""Figures as files, from figures written by hand."""

import csv
import io
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from tests.support.written_figures import HALF, NO_FIGURES, POINTS, stay
from tracker.errors import NotFound
from tracker.services.figures import analytics_page
from tracker.services.figures.analytics_page import as_csv
from tracker.services.figures.exports import export_table
from tracker.shapes.analytics import NO_TABLE, Table, TableRow
from tracker.shapes.figures import Breakdown, Group, NamedRate, Selection, Step


def exported(name: str, table: Table = NO_TABLE, **figures: Any) -> list[list[str]]:
    return export_table(name, replace(NO_FIGURES, **figures), table)[1]


def test_files_hold_numbers_where_the_page_says_that_there_are_too_few() -> None:
    stays = [stay("saved", 2.5, "2.5 days"), replace(stay("applied", 2.5, "not enough yet"), n=4)]
    assert exported("stays", stays=[*stays, replace(stay("offer", None, "not enough yet"), n=9)]) == [
        ["Saved", "2.5", "6", "2"], ["Applied", "", "4", "2"], ["Offer", "", "9", "2"],
    ]  # fmt: skip
    assert exported("waiting", waiting=replace(NO_FIGURES.waiting, points=POINTS[:1])) == [
        ["2", "10", "4", "1", "40.0", "10.0", "75.0"]
    ]


def test_a_file_of_the_funnel_has_the_shares_of_the_page() -> None:
    steps = [Step(name, name, 5, HALF, HALF, "") for name in ("saved", "applied", "screening")]
    share = ["50.0", "23.7", "76.3"]
    assert exported("funnel", funnel=steps) == [
        ["saved", "5", *[""] * 6], ["applied", "5", *share, *[""] * 3], ["screening", "5", *share, *share]
    ]  # fmt: skip


def test_files_of_rates_count_beside_each_share() -> None:
    few = replace(HALF, n=4, of="1 of 4")
    named = [NamedRate("response", "Response rate", HALF, ""), NamedRate("offer", "Offer rate", few, "")]
    assert exported("rates", rates=named) == [
        ["Response rate", "5", "10", "50.0", "23.7", "76.3"], ["Offer rate", "1", "4", "", "", ""]
    ]  # fmt: skip
    groups = [Group("linkedin", "LinkedIn", 10, HALF, few, HALF, "")]
    table = replace(NO_TABLE, heads=["Source", "Hidden"])
    share = ["50.0", "23.7", "76.3"]
    assert exported("source", table, breakdowns=[Breakdown("source", "By source", groups)]) == [
        ["LinkedIn", "10", "5", "1", "5", *share, "", "", "", *share]
    ]


def test_a_figure_without_shares_is_exported_as_on_the_page() -> None:
    table = replace(NO_TABLE, rows=[TableRow("Saved", ["6"], "/saved", 50.0)])
    assert exported("flow", table) == [["Saved", "6"]]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", " =1+1", "\t=1+1"])
def test_no_cell_of_a_file_is_a_formula_for_a_spreadsheet(cell: str) -> None:
    table = (["Head"], [[cell, "1-1", "a=b"]])
    scope: Any = None
    with patch.multiple(
        analytics_page, figures=lambda *_: NO_FIGURES, tables=lambda *_: {"flow": NO_TABLE}, export_table=lambda *_: table
    ):  # fmt: skip
        text = as_csv(scope, Selection(), "flow")
        with pytest.raises(NotFound):
            as_csv(scope, Selection(), "secrets")
    assert text.startswith("\ufeffHead")
    assert list(csv.reader(io.StringIO(text)))[1] == [f"'{cell}", "1-1", "a=b"]
