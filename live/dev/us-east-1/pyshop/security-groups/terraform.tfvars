# Who may talk to whom stands in live/_units/pyshop/security-groups.hcl; it is the same everywhere.
