# Who may talk to whom stands in live/_units/commerce/security-groups.hcl: it is the same in every environment.
