"""Mail sent through the operator's server; nothing here knows what it says."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from threading import Timer

from tracker.cache import valkey
from tracker.errors import Sorry, Upstream
from tracker.settings import settings

PATIENCE = 10.0
"""Seconds for each word the server owes us."""
WHOLE = 90.0
"""Seconds for all of them, so that one that drips them holds up nobody."""
REST = 60
"""Seconds for which a server that didn't answer isn't asked again, whoever's mail it is."""
_AWAY = "pursuit:mail:away"


def send(to: str, subject: str, body: str, key: str) -> None:
    """Hand one message in plain text to the server; `key` makes its identifier, so that one sent twice is known for the same.

    Upstream when the server is away, busy, or doesn't know us; Sorry when it refuses this message for good.
    """
    message = _written(to, subject, body, key)
    if valkey().exists(_AWAY):
        raise Upstream("The mail server didn't answer a moment ago.")
    try:
        with _connected() as server:
            server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refused(error) from error
    except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
        raise Sorry("The mail server can't write to this address.") from error
    except smtplib.SMTPAuthenticationError as error:
        raise Upstream("The mail server refused the name and password Pursuit has for it.") from error
    except (smtplib.SMTPException, OSError) as error:
        valkey().set(_AWAY, 1, ex=REST)
        raise Upstream("The mail server didn't answer as it should.") from error


def greet() -> str:
    """Whether the server lets us in, in words; for the operator."""
    try:
        with _connected() as server:
            server.noop()
    except (smtplib.SMTPException, OSError) as error:
        raise Sorry(f"{settings().smtp_host}:{settings().smtp_port} doesn't let us in: {error}") from error
    return f"{settings().smtp_host}:{settings().smtp_port} lets us in"


def _written(to: str, subject: str, body: str, key: str) -> EmailMessage:
    message, domain = EmailMessage(), parseaddr(settings().mail_from)[1].rpartition("@")[2]
    try:
        message["From"], message["To"], message["Subject"] = settings().mail_from, to, subject
        message["Date"], message["Message-ID"] = formatdate(), f"<{key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
    except (MessageError, ValueError) as error:
        raise Sorry("The address can't be written to.") from error
    return message


@contextmanager
def _connected() -> Iterator[smtplib.SMTP]:
    """The server, greeted and signed in to. Once it has taken a message, how it says goodbye doesn't matter."""
    given, trusted = settings(), ssl.create_default_context()
    server: smtplib.SMTP
    if given.smtp_security == "tls":
        server = smtplib.SMTP_SSL(given.smtp_host, given.smtp_port, timeout=PATIENCE, context=trusted)
    else:
        server = smtplib.SMTP(given.smtp_host, given.smtp_port, timeout=PATIENCE)
    ending = Timer(WHOLE, _cut, [server])
    ending.daemon = True
    ending.start()
    try:
        if given.smtp_security == "starttls":
            server.starttls(context=trusted)
        if given.smtp_user:
            server.login(given.smtp_user, given.smtp_password)
        if server.sock:
            server.sock.settimeout(WHOLE)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        ending.cancel()
        server.close()


def _cut(server: smtplib.SMTP) -> None:
    """End the conversation, whoever waits in it for a word."""
    if server.sock:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _refused(error: Exception) -> Sorry:
    """A server's code in the four hundreds means later, in the five hundreds never."""
    answers = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else [error.args]
    code, *_ = next(iter(answers))
    if isinstance(code, int) and code < 500:
        return Upstream("The mail server asked to be tried again later.")
    return Sorry("The mail server refused the message.")
