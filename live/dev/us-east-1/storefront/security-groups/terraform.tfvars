# Who may talk to whom stands in live/_units/storefront/security-groups.hcl; it is the same in every environment.
