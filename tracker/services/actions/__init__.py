"""Actions: computed by rules from the rows, then snoozed, dismissed or done."""
