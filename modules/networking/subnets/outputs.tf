output "subnet_ids" {
  description = "Id of each subnet, by tier and availability zone."
  value = {
    for tier, zones in var.tiers : tier => { for zone in keys(zones) : zone => aws_subnet.this["${tier}/${zone}"].id }
  }
  # A subnet without its own table uses the VPC's main one, which leads nowhere.
  depends_on = [aws_route_table_association.this]
}

output "subnet_arns" {
  description = "ARN of each subnet, by tier and availability zone."
  value = {
    for tier, zones in var.tiers : tier => { for zone in keys(zones) : zone => aws_subnet.this["${tier}/${zone}"].arn }
  }
}

output "route_table_ids" {
  description = "Id of each subnet's route table, by tier and availability zone."
  value = {
    for tier, zones in var.tiers : tier => { for zone in keys(zones) : zone => aws_route_table.this["${tier}/${zone}"].id }
  }
}
