variable "name" {
  description = "Name of the load balancer and prefix of its target groups and alarms; names over 32 characters are cut and end in a hash."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$", var.name)) && !startswith(var.name, "internal-") && length(var.name) <= 200
    error_message = "name must have at most 200 letters, digits and inner hyphens and not start with internal-, which AWS refuses; got \"${var.name}\"."
  }
}

variable "security_group_ids" {
  description = "Security groups of the load balancer. A network one cannot be given its first group later."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "security_group_ids must name at least one group, or AWS takes the VPC's default one; got ${jsonencode(var.security_group_ids)}."
  }
}

variable "subnet_ids" {
  description = "Subnets of the load balancer, keyed by availability zone."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name subnets in at least two zones; got ${jsonencode(keys(var.subnet_ids))}."
  }
}

variable "vpc_id" {
  description = "VPC of the target groups."
  type        = string
  nullable    = false
}

variable "access_logs" {
  description = "Bucket that receives the access logs (SSE-S3: load balancers cannot write under a KMS key); null only for a network load balancer or with allow_no_access_logs."
  type = object({
    bucket_name = string
    prefix      = optional(string)
  })
  default = null

  validation {
    condition     = var.access_logs != null || var.allow_no_access_logs || var.type == "network"
    error_message = "access_logs must name a bucket, or allow_no_access_logs must be true; got ${jsonencode(var.access_logs)}."
  }
}

variable "additional_certificate_arns" {
  description = "Certificates of further domains, keyed by domain."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.additional_certificate_arns) == 0 || (var.type == "application" && !var.allow_plain_http)
    error_message = "additional_certificate_arns need an HTTPS listener; got ${jsonencode(keys(var.additional_certificate_arns))} with type ${var.type} and allow_plain_http ${var.allow_plain_http}."
  }
}

variable "alarm_topic_arns" {
  description = "Topics that hear of each alarm and of its end."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alarms" {
  description = "When errors, slow answers and unhealthy targets raise an alarm; minutes is how long it must last. null makes none."
  type = object({
    errors_per_minute = optional(number, 10)
    minutes           = optional(number, 5)
    response_seconds  = optional(number, 1)
  })
  default = {}

  validation {
    condition     = var.alarms == null || try(var.alarms.errors_per_minute >= 0 && var.alarms.minutes >= 1 && var.alarms.response_seconds > 0, false)
    error_message = "alarms must have errors_per_minute of at least 0, minutes of at least 1 and response_seconds above 0; got ${jsonencode(var.alarms)}."
  }
}

variable "allow_no_access_logs" {
  description = "Whether an application load balancer may run without access logs."
  type        = bool
  default     = false
  nullable    = false
}

variable "allow_plain_http" {
  description = "Whether an application load balancer serves plain HTTP because it has no certificate."
  type        = bool
  default     = false
  nullable    = false
}

variable "certificate_arn" {
  description = "ACM certificate of the HTTPS listener; null only with allow_plain_http or for a network load balancer."
  type        = string
  default     = null

  validation {
    condition     = var.type == "network" || var.certificate_arn != null || var.allow_plain_http
    error_message = "An application load balancer needs certificate_arn to serve HTTPS, or allow_plain_http = true; got ${jsonencode(var.certificate_arn)}."
  }

  validation {
    condition     = var.certificate_arn == null || !var.allow_plain_http
    error_message = "allow_plain_http is for a load balancer without a certificate; got certificate_arn ${jsonencode(var.certificate_arn)}."
  }

  validation {
    condition     = var.type == "application" || var.certificate_arn == null
    error_message = "A network load balancer takes its certificates in network_listeners; got certificate_arn ${jsonencode(var.certificate_arn)}."
  }
}

variable "default_forward" {
  description = "Weight of each target group for requests that no rule matches; empty answers 404."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.default_forward), flatten([for key, group in var.target_groups : group.blue_green ? ["${key}-blue", "${key}-green"] : [key]]))) == 0
    error_message = "default_forward must be keyed by target group (a pair by its -blue and -green); got ${jsonencode(keys(var.default_forward))}."
  }

  validation {
    condition     = length(var.default_forward) <= 5 && alltrue([for weight in values(var.default_forward) : weight >= 0 && weight <= 999 && floor(weight) == weight])
    error_message = "default_forward may have at most 5 target groups with whole weights from 0 to 999; got ${jsonencode(var.default_forward)}."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the load balancer."
  type        = bool
  default     = true
  nullable    = false
}

variable "idle_timeout_seconds" {
  description = "How long an application load balancer keeps an idle connection."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.idle_timeout_seconds >= 1 && var.idle_timeout_seconds <= 4000
    error_message = "idle_timeout_seconds must be from 1 to 4000; got ${var.idle_timeout_seconds}."
  }
}

variable "internet_facing" {
  description = "Whether the load balancer has public addresses; otherwise only the VPC reaches it."
  type        = bool
  default     = false
  nullable    = false
}

variable "network_listeners" {
  description = "Ports of a network load balancer, keyed by purpose: the target group of each, and a certificate where it ends TLS itself."
  type = map(object({
    port            = number
    target_group    = string
    certificate_arn = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.network_listeners) == 0 || var.type == "network"
    error_message = "network_listeners are for type network; got ${jsonencode(keys(var.network_listeners))} with type ${var.type}."
  }

  validation {
    condition     = alltrue([for listener in values(var.network_listeners) : listener.port >= 1 && listener.port <= 65535 && contains(keys(var.target_groups), listener.target_group)])
    error_message = "A network listener needs a port from 1 to 65535 and a key of target_groups; got ${jsonencode({ for key, listener in var.network_listeners : key => "${listener.port} to ${listener.target_group}" })}."
  }
}

variable "rules" {
  description = <<-EOT
    Listener rules of an application load balancer, keyed by purpose and tried in the order of their priority: hosts,
    paths and headers must all match, and forward gives the weight of each target group. weights_moved_by_releases
    leaves the weights to releases after the first apply.
  EOT
  type = map(object({
    forward                   = map(number)
    priority                  = number
    headers                   = optional(map(list(string)), {})
    hosts                     = optional(list(string), [])
    paths                     = optional(list(string), [])
    weights_moved_by_releases = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.rules) == 0 || var.type == "application"
    error_message = "rules are for type application; got ${jsonencode(keys(var.rules))} with type ${var.type}."
  }

  validation {
    condition = alltrue([
      for rule in values(var.rules) : rule.priority >= 1 && rule.priority <= 50000 && floor(rule.priority) == rule.priority
    ]) && length(var.rules) == length(distinct([for rule in values(var.rules) : rule.priority]))
    error_message = "Rules must have different whole priorities from 1 to 50000; got ${jsonencode({ for key, rule in var.rules : key => rule.priority })}."
  }

  validation {
    # Elastic Load Balancing takes five values in a rule, over all its conditions.
    condition = alltrue([
      for rule in values(var.rules) : length(concat(rule.hosts, rule.paths, flatten(values(rule.headers)))) >= 1 &&
      length(concat(rule.hosts, rule.paths, flatten(values(rule.headers)))) <= 5
    ])
    error_message = "A rule needs from 1 to 5 hosts, paths and header values together; got ${jsonencode({
      for key, rule in var.rules : key => length(concat(rule.hosts, rule.paths, flatten(values(rule.headers))))
    })}."
  }

  validation {
    condition = alltrue([
      for rule in values(var.rules) : length(rule.forward) >= 1 && length(rule.forward) <= 5 &&
      alltrue([for weight in values(rule.forward) : weight >= 0 && weight <= 999 && floor(weight) == weight])
    ])
    error_message = "A rule must forward to 1 to 5 target groups with whole weights from 0 to 999; got ${jsonencode({ for key, rule in var.rules : key => rule.forward })}."
  }

  validation {
    condition = alltrue([
      for rule in values(var.rules) : length(setsubtract(
        keys(rule.forward), flatten([for key, group in var.target_groups : group.blue_green ? ["${key}-blue", "${key}-green"] : [key]])
      )) == 0
    ])
    error_message = "A rule must forward to keys of target_groups (a pair by its -blue and -green); got ${jsonencode({ for key, rule in var.rules : key => keys(rule.forward) })}."
  }
}

variable "ssl_policy" {
  description = "Security policy of the TLS listeners."
  type        = string
  default     = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  nullable    = false

  validation {
    # The Ext policies also begin with TLS 1.2 but offer ciphers without forward secrecy.
    condition     = can(regex("^ELBSecurityPolicy-TLS13-1-[23](-Res|-FIPS|-Res-FIPS)?-20[0-9]{2}-[0-9]{2}$", var.ssl_policy))
    error_message = "ssl_policy must be one of AWS's for TLS 1.2 and newer with forward secrecy, such as ELBSecurityPolicy-TLS13-1-2-2021-06; got \"${var.ssl_policy}\"."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "target_groups" {
  description = <<-EOT
    Where requests go, keyed by service. blue_green makes a pair, key-blue and key-green. A network load balancer
    takes protocol TCP; its target_type "alb" with load_balancer_arn puts it in front of an application one.
    With protocol HTTPS the way to the targets is encrypted too; the balancer does not check their certificate, so one
    that they signed themselves serves. AWS cannot change a group's port, protocol or target_type, nor delete a group in
    use: give the new one a new key, forward to it, then remove the old one.
  EOT
  type = map(object({
    port                   = number
    blue_green             = optional(bool, false)
    deregistration_seconds = optional(number, 30)
    health_check = optional(object({
      healthy_count    = optional(number, 2)
      interval_seconds = optional(number, 15)
      matcher          = optional(string, "200")
      path             = optional(string, "/healthz")
      protocol         = optional(string)
      timeout_seconds  = optional(number, 5)
      unhealthy_count  = optional(number, 3)
    }), {})
    load_balancer_arn  = optional(string)
    protocol           = optional(string, "HTTP")
    protocol_version   = optional(string, "HTTP1")
    slow_start_seconds = optional(number, 0)
    stickiness_seconds = optional(number)
    target_type        = optional(string, "ip")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key, group in var.target_groups : can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", key)) && group.port >= 1 && group.port <= 65535])
    error_message = "A target group needs a key of lower-case words joined by dashes and a port from 1 to 65535; got ${jsonencode({ for key, group in var.target_groups : key => group.port })}."
  }

  validation {
    condition = alltrue([
      for group in values(var.target_groups) : contains(var.type == "application" ? ["HTTP", "HTTPS"] : ["TCP", "TLS"], group.protocol)
    ])
    error_message = "A target group's protocol must be HTTP or HTTPS (type application), TCP or TLS (type network); got ${jsonencode({ for key, group in var.target_groups : key => group.protocol })} with type ${var.type}."
  }

  validation {
    condition = alltrue([
      for group in values(var.target_groups) :
      contains(var.type == "application" ? ["ip", "instance"] : ["ip", "instance", "alb"], group.target_type) &&
      (group.target_type == "alb") == (group.load_balancer_arn != null) && (group.target_type != "alb" || group.protocol == "TCP")
    ])
    error_message = "target_type must be ip or instance, or, in a network load balancer, alb with protocol TCP and load_balancer_arn; got ${jsonencode({ for key, group in var.target_groups : key => group.target_type })} with type ${var.type}."
  }

  validation {
    condition = alltrue([
      for group in values(var.target_groups) :
      contains(["HTTP", "HTTPS", "TCP"], coalesce(group.health_check.protocol, group.protocol == "TLS" ? "TCP" : group.protocol)) &&
      (group.target_type != "alb" || startswith(coalesce(group.health_check.protocol, "-"), "HTTP")) &&
      (var.type == "network" || group.health_check.protocol != "TCP")
    ])
    error_message = "health_check.protocol must be HTTP or HTTPS (TCP too in a network load balancer, but not for alb targets); got ${jsonencode({ for key, group in var.target_groups : key => group.health_check.protocol })}."
  }

  validation {
    condition = alltrue([
      for group in values(var.target_groups) : group.health_check.timeout_seconds < group.health_check.interval_seconds &&
      group.health_check.interval_seconds >= 5 && group.health_check.interval_seconds <= 300 && group.health_check.timeout_seconds >= 2 &&
      alltrue([for count in [group.health_check.healthy_count, group.health_check.unhealthy_count] : count >= 2 && count <= 10])
    ])
    error_message = "A health check needs a timeout of at least 2 s below its interval, an interval from 5 to 300 s, and counts from 2 to 10; got ${jsonencode({ for key, group in var.target_groups : key => group.health_check })}."
  }

  validation {
    condition = alltrue([
      for group in values(var.target_groups) : group.deregistration_seconds >= 0 && group.deregistration_seconds <= 3600 &&
      (group.slow_start_seconds == 0 || (group.slow_start_seconds >= 30 && group.slow_start_seconds <= 900)) &&
      (group.stickiness_seconds == null || try(group.stickiness_seconds >= 1 && group.stickiness_seconds <= 604800, false))
    ])
    error_message = "deregistration_seconds must be from 0 to 3600, slow_start_seconds 0 or from 30 to 900, stickiness_seconds from 1 to 604800; got ${jsonencode({
      for key, group in var.target_groups : key => [group.deregistration_seconds, group.slow_start_seconds, group.stickiness_seconds]
    })}."
  }

  validation {
    condition     = alltrue([for group in values(var.target_groups) : contains(["GRPC", "HTTP1", "HTTP2"], group.protocol_version)])
    error_message = "protocol_version must be GRPC, HTTP1 or HTTP2; got ${jsonencode({ for key, group in var.target_groups : key => group.protocol_version })}."
  }

  validation {
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
    condition = alltrue([
      for group in values(var.target_groups) : can(regex("^[0-9]+([,-][0-9]+)*$", group.health_check.matcher)) && alltrue([
        for code in regexall("[0-9]+", group.health_check.matcher) : var.type == "application" && group.protocol_version == "GRPC" ? tonumber(code) <= 99 : (
          tonumber(code) >= 200 && tonumber(code) <= (var.type == "application" ? 499 : 599)
        )
      ])
    ])
    error_message = "health_check.matcher must be codes such as \"200\" or \"200-299,404\": from 200 to 499 (599 in a network load balancer), with protocol_version GRPC from 0 to 99; got ${jsonencode({
      for key, group in var.target_groups : key => group.health_check.matcher
    })}."
  }
}

variable "type" {
  description = "\"application\" for HTTP, \"network\" for TCP and as what a REST API's VPC link reaches."
  type        = string
  default     = "application"
  nullable    = false

  validation {
    condition     = contains(["application", "network"], var.type)
    error_message = "type must be application or network; got \"${var.type}\"."
  }
}

variable "web_acl" {
  description = "Web ACL of REGIONAL scope that screens an application load balancer; null associates none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.web_acl == null || var.type == "application"
    error_message = "web_acl is for type application, because WAF does not screen TCP; got ${jsonencode(var.web_acl)}."
  }

  validation {
    # A web ACL for CloudFront has the scope global, and WAF associates a load balancer with one of its own Region alone:
    # https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
    condition     = var.web_acl == null ? true : can(regex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/.+$", var.web_acl.arn))
    error_message = "A load balancer takes a web ACL of REGIONAL scope; got ${jsonencode(var.web_acl)}."
  }
}
