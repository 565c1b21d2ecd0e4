# Who may talk to whom stands in live/_units/bookstore/security-groups.hcl, beside the reason.
rules_per_group = 60 # the account's quota; raise it here once AWS has raised it there
