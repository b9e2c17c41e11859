"""Resumes: what kind of file it is, the text in it, and the positions, bullets and languages in the text."""
