"""The examples of the API guide, run as a reader would."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_client import secret_of
from tests.support.people import Person
from tests.support.server import serve
from tracker.settings import CHECKOUT

GUIDE = (CHECKOUT / "docs" / "api.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def environment(alice: Person, tmp_path: Path) -> Iterator[dict[str, str]]:
    with serve(tmp_path) as served:
        yield {**os.environ, "PURSUIT": served.origin, "TOKEN": secret_of(alice)}


def test_the_examples_with_curl_do_what_the_guide_says(alice: Person, environment: dict[str, str]) -> None:
    script = "\n".join(["set -eu", *blocks("sh")])
    run = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert '"name":"Alice"' in run.stdout
    [row] = alice.rows("SELECT company, stage, source FROM application")
    assert row == {"company": "Linear", "stage": "interviewing", "source": "Lever"}
    [interview] = alice.rows("SELECT kind, zone, minutes FROM interview")
    assert interview == {"kind": "technical", "zone": "Europe/Berlin", "minutes": 60}


def test_the_example_in_python_changes_what_it_added(alice: Person, environment: dict[str, str]) -> None:
    [script] = blocks("python")
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout == "Acme Met Maria at the meetup\n", run.stderr
    assert [row["notes"] for row in alice.rows("SELECT notes FROM application")] == [
        "Met Maria at the meetup"
    ]
