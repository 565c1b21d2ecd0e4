# What the policies allow stands in live/_units/commerce/policies.hcl, beside the reason.
