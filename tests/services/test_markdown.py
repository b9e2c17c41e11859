"""Rendering of notes: list numbers, links, unsafe markup."""

import re

import pytest

from tracker.services.markdown import as_html

REL = 'rel="noopener noreferrer nofollow"'


def numbers(markdown: str) -> list[int]:
    """Return the numbers that a browser shows before the items."""
    shown, following = [], 1
    for tag, value in re.findall(r'<(ol|li)(?: (?:start|value)="(\d+)")?>', as_html(markdown)):
        following = int(value) if value else 1 if tag == "ol" else following
        if tag == "li":
            shown.append(following)
            following += 1
    return shown


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("1986. A great year", [1986]),
        ("1986. A great year\n1990. Another\n1991. And one", [1986, 1990, 1991]),
        ("1. a\n1. b\n1. c", [1, 2, 3]),
        ("3) a\n2) b\n1) c", [3, 2, 1]),
        ("0. a\n1. b", [0, 1]),
    ],
)
def test_items_have_the_numbers_that_were_typed(markdown: str, shown: list[int]) -> None:
    assert numbers(markdown) == shown


@pytest.mark.parametrize(
    ("markdown", "address", "label"),
    [
        (
            "See https://acme.example/a_b_c, please",
            "https://acme.example/a_b_c",
            "https://acme.example/a_b_c",
        ),
        ("(http://acme.example/)", "http://acme.example/", "http://acme.example/"),
        ("www.acme.example/jobs.", "https://www.acme.example/jobs", "www.acme.example/jobs"),
        ("Site:https://acme.example!", "https://acme.example", "https://acme.example"),
        ("**https://acme.example**", "https://acme.example", "https://acme.example"),
        ("- https://acme.example。", "https://acme.example", "https://acme.example"),
        ("<https://acme.example>", "https://acme.example", "https://acme.example"),
        ("[Jobs](https://acme.example)", "https://acme.example", "Jobs"),
    ],
)
def test_an_address_is_a_link(markdown: str, address: str, label: str) -> None:
    link = re.search(r"<a [^>]*>[^<]*</a>", as_html(markdown))
    assert link is not None
    assert f'href="{address}"' in link[0]
    assert REL in link[0]
    assert 'target="_blank"' in link[0]
    assert link[0].endswith(f">{label}</a>")


@pytest.mark.parametrize(
    "markdown",
    [
        "javascript:alert(1)", "[x](javascript:alert(1))", "data:text/html,x", "ftp://a.example", "//a.example", "file:///etc/passwd",
        "node.js and asp.net 1.2", "`https://acme.example`", "vbscript:https", "ann@acme.example",
    ],
)  # fmt: skip
def test_only_web_and_email_addresses_become_links(markdown: str) -> None:
    assert "<a" not in as_html(markdown)


def test_an_address_cannot_break_out_of_its_attribute() -> None:
    html = as_html('https://acme.example/"onmouseover="alert(1) <script>x</script>')
    assert "<script" not in html
    assert re.findall(r"<a [^>]*>", html) == [
        f'<a href="https://acme.example/%22onmouseover=%22alert(1)" target="_blank" {REL}>'
    ]
