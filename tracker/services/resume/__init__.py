"""Resumes: the type of the file, its text, and the positions, bullets and languages in the text."""
