"""The priority of applications: scored by rules, explained by reasons that add up, and stored."""
