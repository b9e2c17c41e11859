"""The priority of applications: scored by rules, explained by reasons that add up, kept, compared and tried out."""
