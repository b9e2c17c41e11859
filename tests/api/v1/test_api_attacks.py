"""Schemathesis against the whole document: generated and malformed requests, and sequences of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.api_client import secret_of
from tests.support.people import Person
from tests.support.server import serve

CONFIG = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = "30" if os.environ.get("CI") else "5"
"""Generated requests of each operation and phase."""


@pytest.fixture
def origin(alice: Person, tmp_path: Path) -> object:
    with serve(tmp_path, API_REQUESTS_A_MINUTE="1000000") as served:
        yield served.origin


def test_no_generated_request_breaks_the_contract(alice: Person, origin: str) -> None:
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), "run", f"{origin}/api/v1/openapi.json",
        "--max-examples", EXAMPLES, "--generation-deterministic", "--no-color",
    ]  # fmt: skip
    environment = {**os.environ, "API_TOKEN": secret_of(alice)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr
