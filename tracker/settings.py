"""What an operator may set, read once from the environment; a bad or insecure value refuses to start."""

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


MAX_CHOSEN = 4
"""Web processes at most where the operator names no number: each may open two pools of database connections."""


class SettingsError(Exception):
    """A setting that makes it impossible or unsafe to start; the message is one line an operator can act on."""


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_nearby(host: str) -> bool:
    """Whether a host is this computer, one of a private network, or a name without a dot, as in a compose file."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


class Settings(BaseSettings):
    """One frozen set of settings; each field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(default=CHECKOUT / "data", validation_alias="PURSUIT_DATA_DIR")
    host: str = Field(default="127.0.0.1", validation_alias="PURSUIT_HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias="PURSUIT_PORT")
    public_url: str = ""
    database_url: str = ""
    redis_url: str = ""
    database_pool: int = Field(default=10, ge=1, le=200)
    workers: int = Field(default=2, ge=1, le=32, validation_alias="PURSUIT_WORKERS")
    """Workers beside the web server: with one alone, a letter that a model writes slowly keeps everything else waiting."""
    web_processes: int = Field(default=0, ge=0, le=64, validation_alias="PURSUIT_WEB_PROCESSES")
    """Web processes, of about 130 MiB each; 0 is one for the one local account, and else one for each core, up to MAX_CHOSEN."""
    job_lease: float = Field(default=60, gt=0, le=3600)
    """Seconds of silence after which a job is taken to be nobody's, and given to another worker."""
    job_rest: float = Field(default=30, gt=0, le=3600)
    """Seconds before a job that a service failed is tried again; each time twice as long."""

    google_client_id: str = ""
    google_client_secret: str = Field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_name: str = ""
    oidc_token_auth: Literal["", "client_secret_basic", "client_secret_post"] = ""
    oidc_sign_out: Literal["provider", "here"] = "provider"
    """Whether signing out ends the provider's own session too, where it can be ended."""
    sign_in_allow: Annotated[tuple[str, ...], NoDecode] = ()

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""
    """Reminders are mailed through this server, in this name; without a server they aren't."""

    ai_base_url: str = ""
    ai_api_key: str = Field(default="", repr=False)
    ai_model: str = ""
    ai_seconds: float = Field(default=240, ge=10, le=840)
    """How long an answer may take in all."""
    ai_requests_a_person: int = Field(default=100, ge=0)
    ai_tokens_a_person: int = Field(default=1_000_000, ge=0)
    """What each person may ask of a model in a day of theirs, whoever pays."""
    ai_requests_a_day: int = Field(default=1_000, ge=0)
    ai_tokens_a_day: int = Field(default=10_000_000, ge=0)
    """What all people together may ask of the operator's service in a day of UTC."""
    secret: str = Field(default="", repr=False, validation_alias="PURSUIT_SECRET")
    """What people's own keys are sealed with; without it, a secret is made and kept in the data folder."""

    backup_passphrase: str = Field(default="", repr=False)
    backup_passphrase_file: Path | None = None
    """What backups are encrypted with, itself or in a file."""

    trusted_proxy_hops: int = Field(default=0, ge=0, le=10)
    sign_ins_a_minute: int = Field(default=20, ge=1)
    sockets_per_session: int = Field(default=60, ge=1)
    sockets_per_address: int = Field(default=50, ge=1)
    sockets_per_minute: int = Field(default=120, ge=1)
    sockets_of_strangers: int = Field(default=400, ge=1)
    """Sockets of browsers that aren't signed in: open from one address, opened by it in a minute, open in all."""

    @field_validator("sign_in_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(rule(part) for part in value.split(",") if part.strip())
        return value

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("PURSUIT_SECRET is too short to keep a secret: use 32 signs or more")
        return value

    @field_validator("public_url")
    @classmethod
    def _bare_origin(cls, value: str) -> str:
        if not value:
            return value
        url = HttpUrl(value)
        if url.path not in (None, "/") or url.query or url.fragment:
            raise ValueError("PUBLIC_URL is the bare address, such as https://pursuit.example.com")
        return value.rstrip("/")

    @field_validator("ai_base_url")
    @classmethod
    def _address_of_api(cls, value: str) -> str:
        if not value:
            return value
        url = HttpUrl(value)
        if url.query or url.fragment or url.username or url.password:
            raise ValueError(
                "AI_BASE_URL is the address of the API alone, such as https://api.example.com/v1"
            )
        return value.rstrip("/")

    @model_validator(mode="after")
    def _ai_whole(self) -> Self:
        if bool(self.ai_base_url) != bool(self.ai_model):
            raise ValueError("AI_BASE_URL and AI_MODEL belong together: set both or neither")
        url = urlsplit(self.ai_base_url)
        if self.ai_api_key and url.scheme == "http" and not is_nearby(url.hostname or ""):
            raise ValueError(
                "AI_BASE_URL is plain http, where AI_API_KEY could be read on the way: use https"
            )
        return self

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.smtp_host and "@" not in parseaddr(self.mail_from)[1]:
            raise ValueError(
                "MAIL_FROM is missing: set it beside SMTP_HOST, such as Pursuit <pursuit@example.com>"
            )
        if self.smtp_user and self.smtp_security == "none" and not is_loopback(self.smtp_host):
            raise ValueError(
                "SMTP_SECURITY is none: the password would travel in the open; use starttls or tls"
            )
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("OIDC_ISSUER and OIDC_CLIENT_ID belong together: set both or neither")
        if self.google_client_id and not self.google_client_secret:
            raise ValueError("GOOGLE_CLIENT_SECRET is missing: set it beside GOOGLE_CLIENT_ID")
        if not self.provider_configured and not is_loopback(self.host):
            raise ValueError(
                f"without a sign-in provider Pursuit serves this computer only: start it with --host 127.0.0.1 "
                f"(not {self.host}), or set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or OIDC_ISSUER and OIDC_CLIENT_ID"
            )
        if self.provider_configured and not is_loopback(self.host) and not self.public_url:
            raise ValueError(
                "PUBLIC_URL is missing: set it to the address people use, such as https://pursuit.example.com"
            )
        return self

    @property
    def provider_configured(self) -> bool:
        """Whether people sign in with an OpenID provider rather than as the one local account."""
        return bool(self.oidc_issuer or self.google_client_id)

    @property
    def web_process_count(self) -> int:
        """The number of processes that serve the web."""
        if self.web_processes or not self.provider_configured:
            return self.web_processes or 1
        return min(
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            MAX_CHOSEN,
        )

    @property
    def ai_configured(self) -> bool:
        """Whether a language model may be asked."""
        return bool(self.ai_base_url and self.ai_model)

    @property
    def issuer(self) -> str:
        """The provider's issuer, whose discovery document lies under `/.well-known/openid-configuration`."""
        return self.oidc_issuer.rstrip("/") or GOOGLE_ISSUER

    @property
    def client(self) -> tuple[str, str]:
        """The client id and secret known to the provider; the secret is empty for a public client."""
        if self.oidc_issuer:
            return self.oidc_client_id, self.oidc_client_secret
        return self.google_client_id, self.google_client_secret

    @property
    def provider_name(self) -> str:
        """What the sign-in button calls the provider."""
        return self.oidc_name or ("your provider" if self.oidc_issuer else "Google")

    @property
    def origin(self) -> str:
        """The one address, scheme and host, at which the browser reaches Pursuit."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """Every origin a page of this installation may have; on loopback each of its names."""
        if self.public_url or not is_loopback(self.host):
            return (self.origin,)
        return tuple(
            dict.fromkeys((self.origin, f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}"))
        )

    @property
    def secure(self) -> bool:
        """Whether people reach Pursuit over https, so that cookies are Secure and carry `__Host-`."""
        return self.origin.startswith("https://")


@lru_cache
def settings() -> Settings:
    """The settings of this process; raises SettingsError with one line when one is bad or unsafe."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        words = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}: {words}" if name else words) from error
