"""OpenID provider in an attacker's hands: a real server with real keys that lies as a test says."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

Claims = dict[str, Any]


class LyingProvider:
    """Issues ID tokens as set up; each attribute may be changed while it runs."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = new_key("one")
        self.shown_keys = [self.key]
        self.claims: Claims = {}
        self.without: set[str] = set()
        self.document: Claims = {}
        self.userinfo: Claims = {"sub": "mallory", "email": "mallory@evil.example", "email_verified": True}
        self.answer: Claims = {}
        self.raw = ""
        """The token endpoint's raw answer, in place of an honest one."""
        self.sign: Callable[[Claims], str] = self.signed
        self.status = 200
        self.key_requests = 0
        self.nonce = ""
        self.was_basic = self.was_posted = False

    def callback(self, authorization: str, **extra: str) -> str:
        """Return the address to which the browser is sent back."""
        parameters = {name: values[0] for name, values in parse_qs(urlsplit(authorization).query).items()}
        self.nonce = parameters["nonce"]
        return f"{parameters['redirect_uri']}?{urlencode({'state': parameters['state'], 'code': 'a code', **extra})}"

    def tokens(self) -> Claims:
        """Return the token endpoint's answer."""
        now = int(time.time())
        access = "an access token"
        half = hashlib.sha256(access.encode()).digest()[:16]
        honest = {
            "iss": self.issuer,
            "sub": "mallory",
            "aud": "pursuit",
            "exp": now + 300,
            "iat": now,
            "nonce": self.nonce,
            "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
            "name": "Mallory",
        }
        claims = {
            name: value for name, value in {**honest, **self.claims}.items() if name not in self.without
        }
        return {"access_token": access, "token_type": "Bearer", "id_token": self.sign(claims), **self.answer}

    def signed(self, claims: Claims, key: RSAKey | None = None) -> str:
        """Return the claims with an honest signature."""
        used = key or self.key
        header = {"alg": "RS256", "kid": used.kid, "typ": "JWT"}
        return str(jws.serialize_compact(header, json.dumps(claims).encode(), used))

    def signed_with_public_key(self, claims: Claims) -> str:
        """Return the claims signed with HS256 and the public key, which everyone has, as the secret."""
        signed = f"{_encoded({'alg': 'HS256', 'kid': 'one'})}.{_encoded(claims)}"
        digest = hmac.digest(self.key.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"

    def unsigned(self, claims: Claims) -> str:
        """Return the claims without a signature."""
        return f"{_encoded({'alg': 'none'})}.{_encoded(claims)}."

    def page(self, path: str) -> Claims:
        """Return the document at a path."""
        if path == "/keys":
            self.key_requests += 1
            return {"keys": [key.as_dict(private=False) for key in self.shown_keys]}
        endpoints = {"authorization_endpoint": "/go", "token_endpoint": "/token", "jwks_uri": "/keys"}
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                **{name: self.issuer + endpoint for name, endpoint in endpoints.items()},
                "userinfo_endpoint": f"{self.issuer}/me",
                **self.document,
            },
            "/me": self.userinfo,
        }
        return self.tokens() if path == "/token" else pages[path]


def _encoded(part: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@cache
def new_key(kid: str, owner: str = "") -> RSAKey:
    """Return a key with this id, cached because generating one is slow."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """Yield a running provider."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_raw = liar.raw and self.path == "/token"
            body = (liar.raw if is_raw else json.dumps(liar.page(self.path))).encode()
            self.send_response(liar.status if self.path == "/token" else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            liar.was_basic = self.headers.get("Authorization", "").startswith("Basic ")
            liar.was_posted = b"client_secret=" in body
            self.do_GET()

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar = LyingProvider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
