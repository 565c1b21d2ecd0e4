"""Measure what the warm provider is worth: the same trees, planned with and without it, in one call."""

from scripts.bench.report import table, this_machine, write
from scripts.bench.run import SIZES, BenchError, Row, run_bench

__all__ = ["SIZES", "BenchError", "Row", "run_bench", "table", "this_machine", "write"]
