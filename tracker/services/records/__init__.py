"""Rows as records with raw values, for programs that read them through the API."""
