"""Measure what the warm provider is worth: the same trees, planned with and without it, in one call."""

from scripts.bench.run import Row, run_bench

__all__ = ["Row", "run_bench"]
