"""Interviews: schedule, move, edit, debrief, delete, and their lists and calendar."""
