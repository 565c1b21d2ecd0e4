"""Copies of the data itself: snapshots before something risky, and their return as new resources."""
