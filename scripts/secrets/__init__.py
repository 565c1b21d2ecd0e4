"""Secrets without their values: which there are, how a new one is drawn or put in."""
