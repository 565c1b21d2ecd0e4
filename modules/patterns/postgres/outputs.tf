output "alarm_arns" {
  description = "ARN of each alarm: <primary or replica>/<alarm> of an instance, <alarm> of a cluster."
  value       = merge(concat([{}], module.instance[*].alarm_arns, module.cluster[*].alarm_arns)...)
}

output "application_secret_arns" {
  description = "ARN of each secret of application_secrets."
  value       = module.application_secrets.secret_arns
}

output "connection_secret_arn" {
  description = "ARN of the secret with the connection's parts and DATABASE_URL; known once it has a value."
  value       = local.connection_secret_arn
}

output "database_name" {
  description = "Name of the database that the connection opens."
  value       = one(concat(module.instance[*].database_name, module.cluster[*].database_name))
}

output "endpoint" {
  description = "Host name of the primary: the instance, or the cluster's writer."
  value       = one(concat(module.instance[*].address, module.cluster[*].endpoint))
}

output "identifier" {
  description = "Identifier of the instance or the cluster, which a snapshot and a dashboard name."
  value       = one(concat(module.instance[*].identifier, module.cluster[*].cluster_identifier))
}

output "metric_dimension" {
  description = "Dimension by which CloudWatch finds the database: DBInstanceIdentifier or DBClusterIdentifier, and its value."
  value       = { (var.instance == null ? "DBClusterIdentifier" : "DBInstanceIdentifier") = var.name }
}

output "password_secret_arn" {
  description = "ARN of the secret that holds the password alone."
  value       = one(concat(module.instance[*].password_secret_arn, module.cluster[*].password_secret_arn))
}

output "port" {
  description = "Port of the database and of the proxy."
  value       = one(concat(module.instance[*].port, module.cluster[*].port))
}

output "proxy_endpoint" {
  description = "Host name of the proxy; null without one."
  value       = one(module.proxy[*].endpoint)
}

output "reader_endpoints" {
  description = "Host names to read from, keyed by replica; those of a cluster stand behind one, keyed readers."
  value = merge(concat(
    [{}],
    module.instance[*].replica_addresses,
    [for cluster in module.cluster : { readers = cluster.reader_endpoint }],
  )...)
}

output "resource_id" {
  description = "The id by which IAM policies name the database for rds-db:connect."
  value       = one(concat(module.instance[*].resource_id, module.cluster[*].resource_id))
}

output "secret_references" {
  description = "DATABASE_URL and each key of application_secrets, as a task definition references them: what web-service takes as container.secret_arns."
  value       = local.secret_references
}

output "security_group_ids" {
  description = "Security groups of the database: those of security_group_ids and the own one."
  value       = local.security_group_ids
}
