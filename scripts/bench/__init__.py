"""Measure what the warm provider is worth: the same trees, planned with and without it, in one call."""
