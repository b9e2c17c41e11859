"""Calendar files: a feed that calendars subscribe to, and downloads of interviews."""
