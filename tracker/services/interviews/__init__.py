"""The verbs of an interview: schedule, move, edit, settle, debrief, delete, and every list of them."""
