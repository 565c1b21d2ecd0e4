output "load_balancer_arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "load_balancer_arn_suffix" {
  description = "The load balancer as CloudWatch's dimension names it."
  value       = aws_lb.this.arn_suffix
}

output "dns_name" {
  description = "DNS name of the load balancer, the target of alias records."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of dns_name, which alias records need."
  value       = aws_lb.this.zone_id
}

output "main_listener_arn" {
  description = "Listener that answers requests: HTTPS, or HTTP where that was allowed; null for a network load balancer."
  value       = local.main_listener_arn
}

output "network_listener_arns" {
  description = "Listeners of a network load balancer, keyed as in network_listeners."
  value       = { for key, listener in aws_lb_listener.network : key => listener.arn }
}

output "target_group_arns" {
  description = "ARN of each target group, keyed as in target_groups; a pair by its -blue and -green."
  value       = { for key, group in aws_lb_target_group.this : key => group.arn }
  # A service may join a target group only once a listener uses it.
  depends_on = [aws_lb_listener.https, aws_lb_listener.http, aws_lb_listener.network, aws_lb_listener_rule.this, aws_lb_listener_rule.released]
}

output "target_group_arn_suffixes" {
  description = "Each target group as CloudWatch's dimension names it."
  value       = { for key, group in aws_lb_target_group.this : key => group.arn_suffix }
}

output "target_group_names" {
  description = "Name of each target group, as CodeDeploy asks for it."
  value       = { for key, group in aws_lb_target_group.this : key => group.name }
}

output "rule_arns" {
  description = "ARN of each listener rule, keyed as in rules."
  value       = { for key, rule in merge(aws_lb_listener_rule.this, aws_lb_listener_rule.released) : key => rule.arn }
}
