"""Environments of child processes, each limited to what the process needs."""

import os
import re
from collections.abc import Mapping

from tracker.settings import Settings

SYSTEM = r"PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|(DY)?LD_LIBRARY_PATH"
PYTHON = r"PYTHON\w+|VIRTUAL_ENV|COLUMNS|TERM|NO_COLOR"
NETWORK = r"(?i:\w+_PROXY)|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|NODE_EXTRA_CA_CERTS"
FRAMEWORK = r"(__)?REFLEX_\w+|GRANIAN_\w+"
TOOLS = r"(?i:NPM_CONFIG_\w+)|BUN_\w+|NODE_\w+"
DESKTOP = r"DISPLAY|WAYLAND_\w+|XAUTHORITY|XDG_\w+|DBUS_\w+|SESSION_MANAGER|DESKTOP_\w+|BROWSER|(GDK|GTK|QT|MOZ)_\w+"
BACKUP, OWNER = r"BACKUP_\w+", "MIGRATION_DATABASE_URL"
WITHHELD = "withheld-from-a-program-that-has-no-use-for-it"
"""Placeholder for a secret that a program doesn't need, long enough for the settings' checks."""
WEB_SECRETS = {"google_client_secret", "oidc_client_secret", "ai_api_key", "secret"}
WORKER_SECRETS = {"smtp_password", "ai_api_key", "secret"}


def of_server() -> dict[str, str]:
    """Return the environment of PostgreSQL and Valkey."""
    return _matching(SYSTEM)


def of_browser() -> dict[str, str]:
    """Return the environment of the user's browser: the desktop's variables, and no setting of Pursuit."""
    return _matching(SYSTEM, NETWORK, DESKTOP)


def of_build() -> dict[str, str]:
    """Return the environment of a web build, which doesn't depend on settings."""
    return {**_matching(SYSTEM, PYTHON, NETWORK, FRAMEWORK, TOOLS), **_named("PURSUIT_DATA_DIR")}


def of_web() -> dict[str, str]:
    """Return the environment of the web server."""
    return {**_matching(SYSTEM, PYTHON, NETWORK, FRAMEWORK), **_settings(WEB_SECRETS)}


def of_worker(*, backs_up: bool = False) -> dict[str, str]:
    """Return a worker's environment; with `backs_up`, it includes the address of the database's owner."""
    patterns = (SYSTEM, PYTHON, NETWORK, BACKUP, *([OWNER] if backs_up else []))
    return {**_matching(*patterns), **_settings(WORKER_SECRETS)}


def of_upkeep() -> dict[str, str]:
    """Return the environment of a command that migrates or fills the database as its owner."""
    return {**_matching(SYSTEM, PYTHON, OWNER), **_settings(set())}


def _matching(*patterns: str) -> dict[str, str]:
    pattern = re.compile("|".join(patterns))
    return {name: value for name, value in os.environ.items() if pattern.fullmatch(name)}


def _settings(secrets: set[str]) -> dict[str, str]:
    """Return every setting by its variable; secrets outside `secrets` are replaced by a placeholder."""
    variables: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        value = _named(str(field.validation_alias or name))
        variables |= value if field.repr or name in secrets else dict.fromkeys(value, WITHHELD)
    return variables


def _named(variable: str, source: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return a variable in the case in which it is set; settings ignore case."""
    return {name: value for name, value in source.items() if name.upper() == variable.upper() and value}
