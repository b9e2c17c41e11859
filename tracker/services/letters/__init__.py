"""Cover letters: drafted from bullets by template, or asked of a model with the bullets as its only ground."""
