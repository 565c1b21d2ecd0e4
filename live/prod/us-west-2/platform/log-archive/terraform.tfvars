lifecycle_rules = {
  # A year is kept for audits; hardly anybody reads the old ones, but who does needs them at once.
  logs = { transition_days = { STANDARD_IA = 30, GLACIER_IR = 90 }, expiration_days = 365 }
}
