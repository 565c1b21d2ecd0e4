"""Which units a change makes plan again, and why: what each unit reads, what differs, how far it spreads."""
