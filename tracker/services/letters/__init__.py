"""Cover letters: drafted from bullets by template, or written by a model from the bullets alone."""
