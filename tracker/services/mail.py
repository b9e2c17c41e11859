"""Mail sent through the operator's server; nothing here knows what it says."""

import smtplib
import ssl
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from tracker.errors import Sorry, Upstream
from tracker.settings import settings

PATIENCE = 20.0
"""Seconds for each word the server owes us."""


def send(to: str, subject: str, body: str, key: str) -> None:
    """Hand one message in plain text to the server; `key` makes its identifier, so that one sent twice is known for the same.

    Upstream when the server is away, busy or refuses for now; Sorry when it refuses for good.
    """
    message = EmailMessage()
    domain = parseaddr(settings().mail_from)[1].rpartition("@")[2]
    try:
        message["From"], message["To"], message["Subject"] = settings().mail_from, to, subject
        message["Date"], message["Message-ID"] = formatdate(), f"<{key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
    except (MessageError, ValueError) as error:
        raise Sorry("The address can't be written to.") from error
    try:
        with _connected() as server:
            server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refused(error) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Sorry("The mail server refused the name and password Pursuit has for it.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Upstream("The mail server didn't answer as it should.") from error


def greet() -> str:
    """Whether the server lets us in, in words; for the operator."""
    try:
        with _connected() as server:
            server.noop()
    except (smtplib.SMTPException, OSError) as error:
        raise Sorry(f"{settings().smtp_host}:{settings().smtp_port} doesn't let us in: {error}") from error
    return f"{settings().smtp_host}:{settings().smtp_port} lets us in"


def _connected() -> smtplib.SMTP:
    given = settings()
    trusted = ssl.create_default_context()
    if given.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            given.smtp_host, given.smtp_port, timeout=PATIENCE, context=trusted
        )
    else:
        server = smtplib.SMTP(given.smtp_host, given.smtp_port, timeout=PATIENCE)
    try:
        if given.smtp_security == "starttls":
            server.starttls(context=trusted)
        if given.smtp_user:
            server.login(given.smtp_user, given.smtp_password)
    except BaseException:
        server.close()
        raise
    return server


def _refused(error: Exception) -> Sorry:
    """A server's code in the four hundreds means later, in the five hundreds never."""
    answers = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else [error.args]
    code, *_ = next(iter(answers))
    if isinstance(code, int) and code < 500:
        return Upstream("The mail server asked to be tried again later.")
    return Sorry("The mail server refused the message.")
