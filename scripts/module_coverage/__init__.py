"""What the tests of a module have not shown: inputs never changed, rules never broken, outputs never read."""
