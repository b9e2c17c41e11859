"""Check a letter against the profile and the posting, and mark every claim that neither supports."""
