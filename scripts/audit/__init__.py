"""What a plan does that it should not: Checkov's rules and ours over redacted plans, less what was waived."""
