"""TLS setting for clients of loopback servers without TLS."""

import ssl

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For `verify`: reading the machine's certificates costs each new client 25 ms of processor time."""
