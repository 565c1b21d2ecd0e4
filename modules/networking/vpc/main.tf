resource "aws_vpc" "this" {
  cidr_block                       = var.cidr_block
  assign_generated_ipv6_cidr_block = var.assign_ipv6_cidr_block
  # Private DNS names of interface endpoints and of Cloud Map resolve only with both.
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = merge(var.tags, { Name = var.name })
}

# AWS makes this group with open rules and lets nobody delete it; naming no rule here takes them away.
resource "aws_default_security_group" "emptied" {
  vpc_id = aws_vpc.this.id
  tags   = merge(var.tags, { Name = "${var.name}-default-unused" })
}

resource "aws_vpc_block_public_access_exclusion" "this" {
  count = var.block_public_access_exclusion == null ? 0 : 1

  vpc_id                          = aws_vpc.this.id
  internet_gateway_exclusion_mode = var.block_public_access_exclusion
  tags                            = merge(var.tags, { Name = var.name })
}
