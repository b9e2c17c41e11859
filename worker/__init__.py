"""Background jobs: RQ workers and their schedule."""
