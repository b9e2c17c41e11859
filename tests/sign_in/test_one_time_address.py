"""One-time addresses: who can make one, how often it works, and the terminal's output."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.server import WebServer, serve
from tracker import cli
from tracker.launch import browser
from tracker.launch import folder as folders
from tracker.launch.supervisor import Plan, Supervisor
from tracker.one_time_address import command, issue, redeem, restore
from tracker.settings import CHECKOUT, settings

HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def bare(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[WebServer]:
    """Yield Pursuit without pages or a provider, with four attempts a minute."""
    with serve(servers_folder, SIGN_INS_A_MINUTE="1000") as served:
        yield served


def test_an_address_works_once(tmp_path: Path) -> None:
    address = issue(tmp_path, HERE)
    assert redeem(tmp_path, address)
    assert not redeem(tmp_path, address)


def test_an_address_whose_sign_in_failed_works_again(tmp_path: Path) -> None:
    address = issue(tmp_path, HERE)
    assert redeem(tmp_path, address)
    restore(tmp_path, address)
    assert redeem(tmp_path, address)


def test_an_address_whose_sign_in_failed_does_not_outlive_a_newer_one(tmp_path: Path) -> None:
    older = issue(tmp_path, HERE)
    assert redeem(tmp_path, older)
    issue(tmp_path, HERE)
    restore(tmp_path, older)
    assert not redeem(tmp_path, older)


def test_concurrent_uses_of_an_address_sign_in_once(tmp_path: Path) -> None:
    for _ in range(20):
        address = issue(tmp_path, HERE)
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(lambda _, address=address: redeem(tmp_path, address), range(8))) == 1


def test_a_newer_address_takes_the_place_of_the_older(tmp_path: Path) -> None:
    older, newer = issue(tmp_path, HERE), issue(tmp_path, HERE)
    assert not redeem(tmp_path, older)
    assert redeem(tmp_path, newer)


@pytest.mark.parametrize("days", [-2, 2])
def test_an_address_of_another_day_does_not_work(tmp_path: Path, days: int) -> None:
    address = issue(tmp_path, HERE)
    (file,) = (tmp_path / "secrets" / "sign-in").iterdir()
    at = time.time() - days * 86_400
    os.utime(file, (at, at))
    assert not redeem(tmp_path, address)


@pytest.mark.parametrize(
    "typed", ["", "x", "x" * 43, "../" * 20, "\x00" * 43, "\ud800", "é" * 43, f"{HERE}/auth/local?token=", "x" * 1_000_000]
)  # fmt: skip
def test_an_invalid_token_does_not_sign_in(tmp_path: Path, typed: str) -> None:
    issue(tmp_path, HERE)
    assert not redeem(tmp_path, typed)
    assert len(list((tmp_path / "secrets" / "sign-in").iterdir())) == 1


def test_no_other_account_can_read_the_file_and_the_token_is_not_stored(tmp_path: Path) -> None:
    token = issue(tmp_path, HERE).partition("token=")[2]
    place = tmp_path / "secrets" / "sign-in"
    (file,) = place.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert token not in file.name + file.read_text()


def test_the_address_opens_a_session_and_redirects_without_the_token(bare: WebServer) -> None:
    with bare.client() as client:
        answer = client.get(bare.sign_in_address + "&next=/contacts")
        assert (answer.status_code, answer.headers["location"]) == (303, "/contacts")
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert f"pursuit-{bare.port}" in client.cookies


def test_the_same_browser_may_follow_it_again(bare: WebServer) -> None:
    address = bare.sign_in_address
    with bare.client() as client:
        client.get(address)
        assert client.get(address + "&next=/contacts").headers["location"] == "/contacts"


def test_another_browser_may_not_use_the_address_again(bare: WebServer) -> None:
    address = bare.sign_in_address
    with bare.client() as first, bare.client() as second:
        first.get(address)
        assert second.get(address).headers["location"] == "/sign-in?problem=used"
        assert not second.cookies


@pytest.mark.parametrize("method", ["POST", "PUT", "HEAD", "OPTIONS"])
def test_no_other_request_opens_a_session(bare: WebServer, method: str) -> None:
    address = bare.sign_in_address
    with bare.client() as client:
        assert "set-cookie" not in client.request(method, address).headers
        assert "set-cookie" not in client.post("/auth/local").headers
        assert "set-cookie" in client.get(address).headers


def test_the_token_is_in_no_log(bare: WebServer) -> None:
    address = bare.sign_in_address
    with bare.client() as client:
        client.get(address)
        client.get(address.replace("token=", "token=x"))
    assert address.partition("token=")[2] not in bare.output


def test_the_command_prints_an_address_for_the_port_that_runs(tmp_path: Path) -> None:
    folders.prepare(tmp_path)
    with folders.owned(tmp_path, "http://127.0.0.1:8123"):
        command = [sys.executable, "-m", "tracker", "sign-in", "--data-dir", str(tmp_path)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert output.startswith("http://127.0.0.1:8123/auth/local?token=")
    assert redeem(tmp_path, output)


def second_start(folder: Path, owner: str, **environment: str) -> str:
    """Return the output of `tracker up` on a folder in use by another process."""
    folders.prepare(folder)
    command = [sys.executable, "-m", "tracker", "up", "--port", "8999", "--data-dir", str(folder)]
    with folders.owned(folder, owner):
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
        )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_a_second_start_prints_an_address_of_the_first(tmp_path: Path) -> None:
    message, again = second_start(tmp_path, "http://127.0.0.1:8123").splitlines()
    assert message.startswith(f"Pursuit already runs on {tmp_path}: http://127.0.0.1:8123/auth/local?token=")
    assert redeem(tmp_path, message.rpartition(" ")[2])
    assert again.startswith("The address works once; `.venv/bin/tracker sign-in --data-dir ")


def test_a_second_start_prints_none_where_people_sign_in_with_a_provider(tmp_path: Path) -> None:
    provider = {"OIDC_ISSUER": "https://id.example.com", "OIDC_CLIENT_ID": "pursuit"}
    output = second_start(tmp_path, "http://127.0.0.1:8123", **provider)
    assert output == f"Pursuit already runs on {tmp_path}: http://127.0.0.1:8123 (process {os.getpid()}).\n"


def test_a_command_at_work_on_the_folder_is_no_place_to_sign_in(tmp_path: Path) -> None:
    output = second_start(tmp_path, "a backup is being restored into it")
    assert (
        output
        == f"Pursuit already runs on {tmp_path}: a backup is being restored into it (process {os.getpid()}).\n"
    )
    with folders.owned(tmp_path, "a backup is being restored into it"):
        assert folders.running_address(tmp_path) == ""


def test_the_command_says_where_to_sign_in_with_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "https://id.example.com")
    monkeypatch.setenv("OIDC_CLIENT_ID", "pursuit")
    settings.cache_clear()
    result = CliRunner().invoke(cli.commands, ["sign-in"])
    monkeypatch.undo()
    settings.cache_clear()
    assert "there is no local account" in str(result.exception)


@pytest.mark.parametrize("is_local", [True, False])
def test_the_start_prints_an_address_that_signs_in_where_there_is_a_local_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_local: bool
) -> None:
    make = (lambda: issue(tmp_path, HERE)) if is_local else None
    plan = Plan(tmp_path, "127.0.0.1", 8000, HERE, lambda _: [], sign_in_address=make)
    Supervisor(plan)._print_address()
    output = capsys.readouterr().out
    assert f"Pursuit is ready: {HERE}" in output
    address = output.partition("ready: ")[2].split()[0]
    assert redeem(tmp_path, address) == is_local
    assert (f"`.venv/bin/tracker sign-in --data-dir {tmp_path}` prints another" in output) == is_local


def test_the_usual_folder_needs_no_option() -> None:
    assert command(CHECKOUT / "data") == ".venv/bin/tracker sign-in"


def test_a_browser_is_opened_only_on_a_screen_through_a_private_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    stand_in = tmp_path / "browser"
    stand_in.write_text(f'#!/bin/sh\necho "$1" > {opened}\nenv >> {opened}\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{stand_in} %s")
    monkeypatch.setenv("PURSUIT_SECRET", "another-secret")
    (tmp_path / "run").mkdir()
    browser.open_in_browser(tmp_path, f"{HERE}/auth/local?token=a-secret")
    assert not opened.exists()
    monkeypatch.setattr(browser, "is_wanted", lambda: True)
    browser.open_in_browser(tmp_path, f"{HERE}/auth/local?token=a-secret")
    page = tmp_path / "run" / browser.PAGE
    address, environment = opened.read_text().split("\n", 1)
    assert address == page.as_uri()
    assert "secret" not in environment
    assert "a-secret" in page.read_text()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_a_terminal_without_a_person_is_no_place_to_open_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("SSH_CONNECTION", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert browser.is_wanted()
    for name in ("SSH_CONNECTION", "CI"):
        with monkeypatch.context() as changed:
            changed.setenv(name, "1")
            assert not browser.is_wanted()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert not browser.is_wanted()
