"""API key of the tests' AI service."""

KEY = "sk-secret-of-the-operator"
