"""What the planned resources will cost in a month: an estimate, from a dated price list and written-down usage."""
