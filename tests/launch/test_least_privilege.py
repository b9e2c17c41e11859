"""Least privilege of each process, in the environment and in the database."""

import ast
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from psycopg import errors

from tests.support.owner import owner_engine
from tests.support.supervised import wait_until
from tracker.commands.doctor import report
from tracker.launch import children, embedded, environments, programs, roles, schema
from tracker.launch.account import unprivileged_account
from tracker.launch.cluster import Cluster
from tracker.settings import CHECKOUT, settings

SECRETS = {
    "GOOGLE_CLIENT_SECRET": {"web"},
    "OIDC_CLIENT_SECRET": {"web"},
    "SMTP_PASSWORD": {"worker"},
    "AI_API_KEY": {"web", "worker"},
    "PURSUIT_SECRET": {"web", "worker"},
    "AWS_SECRET_ACCESS_KEY": set[str](),
    "MIGRATION_DATABASE_URL": set[str](),
    "DATABASE_URL": {"web", "worker"},
    "REDIS_URL": {"web", "worker"},
}
SETTINGS = {
    "GOOGLE_CLIENT_ID": "id",
    "SMTP_HOST": "mail.example",
    "MAIL_FROM": "a@example.com",
    "AI_MODEL": "m",
}


@pytest.fixture
def secret_values(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Set each secret in the environment to a value of its own; yield them."""
    values = {name: f"postgresql://{secrets.token_hex(16)}" for name in SECRETS}
    for name, value in (values | SETTINGS | {"AI_BASE_URL": "https://api.example.com"}).items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield values
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize("part", ["server", "build", "web", "worker"])
def test_a_child_process_sees_only_the_secrets_it_needs(
    folder: Path, secret_values: dict[str, str], part: str
) -> None:
    environment = {
        "server": environments.of_server,
        "build": environments.of_build,
        "web": environments.of_web,
        "worker": environments.of_worker,
        "upkeep": environments.of_upkeep,
    }[part]()
    command = [sys.executable, "-c", "import signal; print('here', flush=True); signal.pause()"]
    child = children.start(part, command, folder=folder, environment=environment)
    wait_until(lambda: "here" in child.output)
    seen = psutil.Process(child.process.pid).environ()
    child.stop()
    for name, parts in SECRETS.items():
        assert (secret_values[name] in seen.values()) == (part in parts), name
    assert seen["PATH"] == os.environ["PATH"]


def test_a_worker_that_backs_up_an_external_server_knows_its_owner(
    secret_values: dict[str, str],
) -> None:
    seen = programs.workers(1, backs_up=True).environment
    assert seen["MIGRATION_DATABASE_URL"] == secret_values["MIGRATION_DATABASE_URL"]


def test_no_secret_of_ours_reaches_the_real_servers(folder: Path, secret_values: dict[str, str]) -> None:
    with embedded.start_postgres(folder) as database, embedded.start_valkey(folder) as valkey:
        for server in (database, valkey):
            seen = Path(f"/proc/{server.child.process.pid}/environ").read_bytes().decode(errors="replace")
            assert not any(value in seen for value in secret_values.values())


@pytest.mark.parametrize("program", ["initdb", "postgres"])
def test_no_secret_of_ours_reaches_the_programs_that_make_the_database(
    folder: Path, secret_values: dict[str, str], program: str
) -> None:
    stand_in, printed = folder / program, folder / "environment"
    stand_in.write_text(f"#!/bin/sh\nenv >> {printed}\necho 'postgres (PostgreSQL) 18.0'\n")
    stand_in.chmod(0o755)
    printed.touch()
    printed.chmod(0o666)
    cluster = Cluster(folder, folder, unprivileged_account())
    if program == "initdb":
        (folder / "postgres").symlink_to("/bin/true")
        with pytest.raises(FileNotFoundError, match=r"cluster\.new"):
            cluster.make("owner", "password", folder / "log")
    else:
        cluster.path.mkdir()
        (cluster.path / "PG_VERSION").write_text("18")
        cluster.require_same_version()
        cluster.set_password("owner", "password")
    assert "PATH=" in printed.read_text()
    assert not any(value in printed.read_text() for value in secret_values.values())


def test_no_secret_of_ours_reaches_any_program_of_a_first_start(
    folder: Path, secret_values: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: dict[str, dict[str, str]] = {}

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **options: Any) -> None:
            inherited = os.environ if options.get("env") is None else options["env"]
            started.setdefault(Path(command[0]).name, {}).update(inherited)
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    with embedded.start_postgres(folder), embedded.start_valkey(folder):
        pass
    assert started.keys() >= {"initdb", "postgres", "valkey-server"} | (
        {"sh"} if unprivileged_account() else set()
    )
    for program, environment in started.items():
        assert not set(secret_values.values()) & set(environment.values()), program


def test_every_program_is_started_with_an_environment_of_its_own() -> None:
    starts = {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")}
    inheriting = {"os.system", "os.popen", "os.execv", "os.execvp", "webbrowser.open"}
    for path in sorted((CHECKOUT / "tracker").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called, options = ast.unparse(node.func), {keyword.arg for keyword in node.keywords}
                assert called not in inheriting, f"{path}:{node.lineno}"
                assert called not in starts or "env" in options, f"{path}:{node.lineno}"


def test_settings_load_without_the_secrets_of_other_programs(secret_values: dict[str, str]) -> None:
    for environment in (environments.of_web(), environments.of_worker()):
        assert environment.keys() >= SETTINGS.keys()
    assert programs.workers(1).environment["GOOGLE_CLIENT_SECRET"] == environments.WITHHELD


def test_a_program_without_secrets_accepts_the_settings_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PURSUIT_SECRET", "a secret of the operator's own choice")
    environment = environments.of_upkeep()
    assert "choice" not in environment["PURSUIT_SECRET"]
    subprocess.run(
        [sys.executable, "-c", "from tracker.settings import settings; settings()"],
        cwd=CHECKOUT,
        env=environment,
        check=True,
    )


def test_a_new_secret_setting_is_withheld_until_a_part_asks_for_it() -> None:
    known = {name for name, field in type(settings()).model_fields.items() if not field.repr}
    assert known >= environments.WEB_SECRETS | environments.WORKER_SECRETS


def test_the_application_connects_as_a_role_that_row_level_security_holds(database_url: str) -> None:
    assert roles.bypassing_role(database_url) == ""
    with connected(database_url) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("SELECT count(*) FROM application")


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE pursuit",
        "ALTER TABLE application DISABLE ROW LEVEL SECURITY",
        "CREATE ROLE other SUPERUSER",
        "ALTER ROLE pursuit_app BYPASSRLS",
        "CREATE TABLE mine (id int)",
        "DROP TABLE application",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_the_application_role_can_gain_no_privilege(database_url: str, statement: str) -> None:
    with connected(database_url) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_a_lost_password_of_that_role_is_reset_at_the_next_start(folder: Path) -> None:
    embedded.start_postgres(folder).stop()
    (folder / "secrets" / "postgres-app").unlink()
    with embedded.start_postgres(folder) as server, connected(server.app_url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("pursuit_app",)


def test_the_doctor_names_an_address_with_power_over_everyones_rows(
    folder: Path, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", owner_url)
    [database] = [finding for finding in report(folder) if finding.title == "Database"]
    assert not database.fine
    assert "with the rights of" in database.detail


def test_an_operators_role_gets_access_by_migrations(
    database_url: str, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owner_engine().begin() as owner:
        owner.exec_driver_sql("CREATE ROLE narrow LOGIN NOINHERIT PASSWORD 'p'")
    own = psycopg.conninfo.conninfo_to_dict(owner_url.replace("+psycopg", ""))
    url = f"postgresql+psycopg://narrow:p@{own['host']}:{own['port']}/{own['dbname']}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MIGRATION_DATABASE_URL", owner_url)
    schema.migrate_and_grant()
    with connected(url) as connection:
        connection.execute("SET ROLE tracker_app")
        connection.execute("RESET ROLE")
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    assert roles.bypassing_role(url) == ""
    with owner_engine().begin() as owner:
        owner.exec_driver_sql("DROP OWNED BY narrow; DROP ROLE narrow")


def connected(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
