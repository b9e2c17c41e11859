"""SMTP server that records the messages it takes."""

import asyncio
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tracker.launch import embedded


class Post:
    """Mail server that records messages and answers as a test says."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answers: list[str] = []
        self.hangs_up = self.drips = False
        self.port = embedded.free_port()
        self.start()

    def start(self) -> None:
        """Listen, on the same port after each stop."""
        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            auth_require_tls=False,
            authenticator=self.authenticate,
            enable_SMTPUTF8=False,
        )
        self.controller.start()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Accept a message, or answer as configured."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return answer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept an address, or drip an endless answer if configured."""
        while self.drips:
            await server.push("250-Wait")
            await asyncio.sleep(0.1)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer QUIT, or close the connection midway."""
        if self.hangs_up and server.transport:
            server.transport.abort()
        return "221 Bye"

    def authenticate(self, *arguments: Any) -> AuthResult:
        """Accept clients that know the password, the last argument."""
        fine = isinstance(arguments[-1], LoginPassword) and arguments[-1].password == b"right"
        return AuthResult(success=fine, handled=fine)
