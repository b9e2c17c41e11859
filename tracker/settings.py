"""Settings from the environment; Pursuit refuses to start with an invalid or insecure value."""

import os
from email.utils import parseaddr
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, HttpUrl, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from tracker.mail_address import rule

GOOGLE_ISSUER = "https://accounts.google.com"
CHECKOUT = Path(__file__).resolve().parent.parent


MAX_DEFAULT_PROCESSES = 4
"""Limit of the default number of web processes: each may open two pools of database connections."""


class SettingsError(Exception):
    """Setting with which Pursuit can't start safely; the message tells the operator what to do."""


def is_loopback(host: str) -> bool:
    """Return True if only this computer can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_nearby(host: str) -> bool:
    """Return True for this computer, a private network, or a name without a dot, as in a compose file."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


class Settings(BaseSettings):
    """Settings; each field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(default=CHECKOUT / "data", validation_alias="PURSUIT_DATA_DIR")
    host: str = Field(default="127.0.0.1", validation_alias="PURSUIT_HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias="PURSUIT_PORT")
    public_url: str = ""
    database_url: str = ""
    redis_url: str = ""
    database_pool: int = Field(default=10, ge=1, le=200)
    workers: int = Field(default=2, ge=1, le=32, validation_alias="PURSUIT_WORKERS")
    """Worker processes; with only one, a slow letter delays all other jobs."""
    web_processes: int = Field(default=0, ge=0, le=64, validation_alias="PURSUIT_WEB_PROCESSES")
    """Web processes of about 130 MiB; 0 means one, or with a provider one per core up to the limit."""
    job_lease: float = Field(default=60, gt=0, le=3600)
    """Seconds without a renewal after which a job's lease expires."""
    job_rest: float = Field(default=30, gt=0, le=3600)
    """Seconds before a failed job is retried, doubled for each retry."""

    google_client_id: str = ""
    google_client_secret: str = Field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_name: str = ""
    oidc_token_auth: Literal["", "client_secret_basic", "client_secret_post"] = ""
    oidc_sign_out: Literal["provider", "here"] = "provider"
    """Whether signing out also ends the provider's session."""
    sign_in_allow: Annotated[tuple[str, ...], NoDecode] = ()

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""
    """Sender of reminders by this server; without a server no mail is sent."""

    ai_base_url: str = ""
    ai_api_key: str = Field(default="", repr=False)
    ai_model: str = ""
    ai_seconds: float = Field(default=240, ge=10, le=840)
    """Longest time of an answer."""
    ai_requests_a_person: int = Field(default=100, ge=0)
    ai_tokens_a_person: int = Field(default=1_000_000, ge=0)
    """Daily limits per user, in the user's time zone, with any AI service."""
    ai_requests_a_day: int = Field(default=1_000, ge=0)
    ai_tokens_a_day: int = Field(default=10_000_000, ge=0)
    """Daily limits of the installation's AI service for all users together, by UTC day."""
    secret: str = Field(default="", repr=False, validation_alias="PURSUIT_SECRET")
    """Key that encrypts users' own API keys; without it, one is created in the data folder."""

    backup_passphrase: str = Field(default="", repr=False)
    backup_passphrase_file: Path | None = None
    """Passphrase of backups, as a value or in a file."""

    trusted_proxy_hops: int = Field(default=0, ge=0, le=10)
    sign_ins_a_minute: int = Field(default=20, ge=1)
    api_requests_a_minute: int = Field(default=600, ge=1)
    """Requests of an access token to the API; an address may make twice as many."""
    sockets_per_session: int = Field(default=60, ge=1)
    sockets_per_address: int = Field(default=50, ge=1)
    sockets_per_minute: int = Field(default=120, ge=1)
    sockets_of_strangers: int = Field(default=400, ge=1)
    """Limits of anonymous sockets: open per address, opened per address and minute, open in total."""

    @field_validator("sign_in_allow", mode="before")
    @classmethod
    def _split_allow_list(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(rule(part) for part in value.split(",") if part.strip())
        return value

    @field_validator("secret")
    @classmethod
    def _check_secret(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("PURSUIT_SECRET is too short: use 32 characters or more")
        return value

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str) -> str:
        if not value:
            return value
        url = HttpUrl(value)
        if url.path not in (None, "/") or url.query or url.fragment:
            raise ValueError("PUBLIC_URL must be only scheme and host, such as https://pursuit.example.com")
        return value.rstrip("/")

    @field_validator("ai_base_url")
    @classmethod
    def _check_ai_base_url(cls, value: str) -> str:
        if not value:
            return value
        url = HttpUrl(value)
        if url.query or url.fragment or url.username or url.password:
            raise ValueError(
                "AI_BASE_URL must be the API's address without a query or password, such as https://api.example.com/v1"
            )
        return value.rstrip("/")

    @model_validator(mode="after")
    def _check_ai_service(self) -> Self:
        if bool(self.ai_base_url) != bool(self.ai_model):
            raise ValueError("AI_BASE_URL and AI_MODEL belong together: set both or neither")
        url = urlsplit(self.ai_base_url)
        if self.ai_api_key and url.scheme == "http" and not is_nearby(url.hostname or ""):
            raise ValueError("AI_BASE_URL uses http, which would expose AI_API_KEY on the network: use https")
        return self

    @model_validator(mode="after")
    def _check_security(self) -> Self:
        if self.smtp_host and "@" not in parseaddr(self.mail_from)[1]:
            raise ValueError(
                "MAIL_FROM is missing: set it with SMTP_HOST, such as Pursuit <pursuit@example.com>"
            )
        if self.smtp_user and self.smtp_security == "none" and not is_loopback(self.smtp_host):
            raise ValueError(
                "SMTP_SECURITY is none, which would expose the password on the network: use starttls or tls"
            )
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("OIDC_ISSUER and OIDC_CLIENT_ID belong together: set both or neither")
        if self.google_client_id and not self.google_client_secret:
            raise ValueError("GOOGLE_CLIENT_SECRET is missing: set it with GOOGLE_CLIENT_ID")
        if not self.provider_configured and not is_loopback(self.host):
            raise ValueError(
                f"without a sign-in provider, Pursuit serves only this computer: start it with --host 127.0.0.1 "
                f"(not {self.host}), or set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or OIDC_ISSUER and OIDC_CLIENT_ID"
            )
        if self.provider_configured and not is_loopback(self.host) and not self.public_url:
            raise ValueError(
                "PUBLIC_URL is missing: set it to the address people use, such as https://pursuit.example.com"
            )
        return self

    @property
    def provider_configured(self) -> bool:
        """Return True if users sign in with an OpenID provider; False for the local account."""
        return bool(self.oidc_issuer or self.google_client_id)

    @property
    def web_process_count(self) -> int:
        """Return the number of web processes."""
        if self.web_processes or not self.provider_configured:
            return self.web_processes or 1
        return min(
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            MAX_DEFAULT_PROCESSES,
        )

    @property
    def ai_configured(self) -> bool:
        """Return True if the installation has an AI service."""
        return bool(self.ai_base_url and self.ai_model)

    @property
    def issuer(self) -> str:
        """Return the provider's issuer, whose discovery document is at `/.well-known/openid-configuration`."""
        return self.oidc_issuer.rstrip("/") or GOOGLE_ISSUER

    @property
    def client(self) -> tuple[str, str]:
        """Return the client id and secret; the secret is empty for a public client."""
        if self.oidc_issuer:
            return self.oidc_client_id, self.oidc_client_secret
        return self.google_client_id, self.google_client_secret

    @property
    def provider_name(self) -> str:
        """Return the provider's name on the sign-in button."""
        return self.oidc_name or ("your provider" if self.oidc_issuer else "Google")

    @property
    def origin(self) -> str:
        """Return the scheme and host at which browsers reach Pursuit."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """Return every allowed origin; on loopback, each of its names."""
        if self.public_url or not is_loopback(self.host):
            return (self.origin,)
        return tuple(
            dict.fromkeys((self.origin, f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}"))
        )

    @property
    def secure(self) -> bool:
        """Return True if Pursuit is reached over https: cookies are Secure with the `__Host-` prefix."""
        return self.origin.startswith("https://")


@lru_cache
def settings() -> Settings:
    """Return the settings of this process; raises SettingsError for an invalid or unsafe one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}: {message}" if name else message) from error
