"""Mail sent through the operator's SMTP server."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, parseaddr
from threading import Timer

from tracker.cache import valkey
from tracker.errors import Sorry, Upstream
from tracker.settings import settings

TIMEOUT = 10.0
"""Seconds for each reply of the server."""
TOTAL_TIMEOUT = 90.0
"""Seconds for the whole session, so that a slow server doesn't block a worker."""
BACKOFF = 60
"""Seconds without further attempts, for any user, after the server didn't answer."""
LONGEST_LINE = 998
"""Characters of a line at most (RFC 5322, 2.1.1)."""
_UNAVAILABLE = "pursuit:mail:away"


def send(to: str, subject: str, body: str, key: str) -> None:
    """Send one plain-text message, with a Message-ID from `key` that identifies repeated messages.

    Raises Upstream when the server is unavailable, busy or rejects the login; Sorry when it rejects this message for good.
    """
    message = _message(to, subject, body, key)
    if valkey().exists(_UNAVAILABLE):
        raise Upstream("The mail server didn't answer a moment ago.")
    try:
        with _connected() as server:
            server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refused(error) from error
    except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
        raise Sorry("The mail server can't send to this address.") from error
    except smtplib.SMTPAuthenticationError as error:
        raise Upstream("The mail server rejected Pursuit's user name and password.") from error
    except (smtplib.SMTPException, OSError) as error:
        valkey().set(_UNAVAILABLE, 1, ex=BACKOFF)
        raise Upstream("The mail server didn't respond correctly.") from error


def check_connection() -> str:
    """Log in to the mail server and return a sentence for the operator. Raises Sorry on failure."""
    try:
        with _connected() as server:
            server.noop()
    except (smtplib.SMTPException, OSError) as error:
        raise Sorry(
            f"{settings().smtp_host}:{settings().smtp_port} rejects the connection: {error}"
        ) from error
    return f"{settings().smtp_host}:{settings().smtp_port} accepts the login"


def _message(to: str, subject: str, body: str, key: str) -> EmailMessage:
    # Where a plain subject fits in a line only without its name, Python's folding leaves the first line empty.
    folding = default.clone(max_line_length=LONGEST_LINE) if subject.isascii() else default
    message, domain = EmailMessage(folding), parseaddr(settings().mail_from)[1].rpartition("@")[2]
    try:
        message["From"], message["To"], message["Subject"] = settings().mail_from, to, subject
        message["Date"], message["Message-ID"] = formatdate(), f"<{key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
    except (MessageError, ValueError) as error:
        raise Sorry("The address is invalid.") from error
    return message


@contextmanager
def _connected() -> Iterator[smtplib.SMTP]:
    """Yield a connection after login. Errors of closing it are ignored, since the message was accepted."""
    config, tls_context = settings(), ssl.create_default_context()
    server: smtplib.SMTP
    if config.smtp_security == "tls":
        server = smtplib.SMTP_SSL(config.smtp_host, config.smtp_port, timeout=TIMEOUT, context=tls_context)
    else:
        server = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=TIMEOUT)
    watchdog = Timer(TOTAL_TIMEOUT, _abort, [server])
    watchdog.daemon = True
    watchdog.start()
    try:
        if config.smtp_security == "starttls":
            server.starttls(context=tls_context)
        if config.smtp_user:
            server.login(config.smtp_user, config.smtp_password)
        if server.sock:
            server.sock.settimeout(TOTAL_TIMEOUT)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        watchdog.cancel()
        server.close()


def _abort(server: smtplib.SMTP) -> None:
    """Close the socket, which ends any blocked call."""
    if server.sock:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _refused(error: Exception) -> Sorry:
    """Return a temporary error for reply codes below 500, else a permanent one."""
    replies = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else [error.args]
    code, *_ = next(iter(replies))
    if isinstance(code, int) and code < 500:
        return Upstream("The mail server asked to try again later.")
    return Sorry("The mail server refused the message.")
