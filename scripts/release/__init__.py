"""Releases: which image a service runs, and how much traffic a new version gets."""
