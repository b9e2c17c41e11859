"""The people of the tests."""

from uuid import uuid4

from tracker.services import people
from tracker.shapes.people import Who


def newcomer(name: str) -> Who:
    """A person seen for the first time."""
    email = f"{name.lower()}@example.com"
    user_id = people.welcome("https://issuer.example", f"{name}-{uuid4()}", name=name, email=email)
    return Who(user_id=user_id, name=name, email=email)
