"""What to do next, and why: found by rules over the rows as they are, put off, dismissed, done."""
