"""Everything that can be refused before Terraform starts."""
