"""The key of the AI service of the tests."""

KEY = "sk-secret-of-the-operator"
