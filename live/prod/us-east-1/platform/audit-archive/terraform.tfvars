# Governance mode: the privileged can still undo it. Compliance mode, which nobody can undo, needs
# compliance_mode_that_nobody_can_undo = true here.
object_lock = { retention_days = 365 }

# A year is asked for by audits; two more cost little where hardly anybody reads.
lifecycle_rules = {
  old = { transition_days = { STANDARD_IA = 30, GLACIER_IR = 90 }, expiration_days = 1095 }
}
