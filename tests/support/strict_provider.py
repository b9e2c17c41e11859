"""Real OpenID provider, independent of our libraries, that requires PKCE and exact addresses."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2

from tests.support.npm_packages import NODE, installed
from tests.support.plain_http import NO_CERTIFICATES
from tracker.launch import embedded

VERSION = "9.13.3"
SECRET = "odd+characters/in%the:secret=&"
TIMEOUT = 60
SCRIPT = """
import Provider from 'oidc-provider';
const { issuer, port, clients, methods } = JSON.parse(process.argv[2]);
const person = (id) => ({
  sub: id, name: `${id} at the provider`, email: `${id}@example.com`, email_verified: !id.startsWith('unverified'),
});
const provider = new Provider(issuer, {
  clients,
  ...(methods.length ? { clientAuthMethods: methods } : {}),
  pkce: { required: () => true },
  cookies: { keys: ['a key of this test run'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  features: { devInteractions: { enabled: true } },
  findAccount: async (ctx, id) => ({ accountId: id, claims: async () => person(id) }),
});
provider.listen(port, '127.0.0.1');
"""


@dataclass
class StrictProvider:
    """Address and process of a running provider."""

    issuer: str
    process: subprocess.Popen[bytes]


@contextmanager
def strict_provider(folder: Path, redirect: str, *methods: str) -> Iterator[StrictProvider]:
    """Yield a provider with four clients, the first three of which may redirect to `redirect`.

    With `methods` it accepts only these ways of client authentication, and knows only the clients that use them.
    """
    port = embedded.free_port()
    issuer = f"http://127.0.0.1:{port}"
    clients = [
        client
        for client in _clients(redirect)
        if not methods or client.get("token_endpoint_auth_method", "client_secret_basic") in methods
    ]
    options = {"issuer": issuer, "port": port, "clients": clients, "methods": methods}
    script = _script()
    log = folder / f"provider-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(NODE), str(script), json.dumps(options)], stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait(issuer, process, log)
        yield StrictProvider(issuer, process)
    finally:
        process.terminate()
        process.wait(TIMEOUT)


class Visitor:
    """User with a browser that keeps cookies, who signs in at the provider."""

    def __init__(self, name: str) -> None:
        self.name = name

    def sign_in(self, address: str, home: str) -> str:
        """Submit the provider's forms; return the address on `home` to which it redirects."""
        return self._walk(address, home, refuse=False)

    def refuse(self, address: str, home: str) -> str:
        """Cancel at the provider; return the address to which it redirects."""
        return self._walk(address, home, refuse=True)

    def _walk(self, address: str, home: str, *, refuse: bool) -> str:
        with httpx2.Client(verify=NO_CERTIFICATES) as browser:
            answer = browser.get(address)
            for _ in range(20):
                here = str(answer.url)
                if answer.is_redirect:
                    address = urljoin(here, answer.headers["location"])
                    if address.startswith(home):
                        return address
                    answer = browser.get(address)
                    continue
                assert answer.status_code == 200, answer.text
                if refuse:
                    answer = browser.get(urljoin(here, _group(r'href="([^"]*/abort)"', answer.text)))
                    continue
                prompt = _group(r'name="prompt" value="(\w+)"', answer.text)
                fields = {"prompt": prompt, "login": self.name, "password": "any"}
                answer = browser.post(urljoin(here, _group(r'action="([^"]*)"', answer.text)), data=fields)
        raise AssertionError("the provider redirects in a loop")


def _group(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]


def _clients(redirect: str) -> list[dict[str, Any]]:
    left = [redirect.replace("/auth/callback", "/sign-in")]
    ours = {"redirect_uris": [redirect], "post_logout_redirect_uris": left, "client_secret": SECRET}
    return [
        {"client_id": "pursuit", **ours},
        {"client_id": "pursuit-post", **ours, "token_endpoint_auth_method": "client_secret_post"},
        {"client_id": "pursuit-public", "redirect_uris": [redirect], "token_endpoint_auth_method": "none"},
        {
            "client_id": "another",
            "redirect_uris": ["https://another.example/callback"],
            "client_secret": "x" * 20,
        },
    ]


def _script() -> Path:
    """Return the provider's script, beside the packages that it imports."""
    script = installed("oidc-provider", VERSION) / "provider.mjs"
    unfinished = script.with_suffix(f".{os.getpid()}")
    unfinished.write_text(SCRIPT)
    return unfinished.rename(script)  # At once, since another test may be starting it.


def _wait(issuer: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            httpx2.get(
                f"{issuer}/.well-known/openid-configuration", verify=NO_CERTIFICATES
            ).raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())
