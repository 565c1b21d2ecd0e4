variable "name" {
  description = "Folder of the queries in the console, for example acme-dev-shop."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_/-]+$", var.name))
    error_message = format("name may hold letters, digits, slashes, hyphens and underscores only; got %s.", jsonencode(var.name))
  }
}

variable "queries" {
  description = "Saved Logs Insights queries, keyed by the name that the console shows; the key is part of the state address."
  type = map(object({
    log_group_names = set(string)
    query           = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.queries) : length("${var.name}/${key}") <= 255])
    error_message = format("A query's name, <name>/<key>, may have 255 characters; got %s.", jsonencode([for key in keys(var.queries) : length("${var.name}/${key}") if length("${var.name}/${key}") > 255]))
  }

  validation {
    # What one query can read.
    condition     = alltrue([for query in var.queries : length(query.log_group_names) >= 1 && length(query.log_group_names) <= 50])
    error_message = format("A query reads 1 to 50 log groups; got %s.", jsonencode({ for key, query in var.queries : key => length(query.log_group_names) }))
  }

  validation {
    condition     = alltrue([for query in var.queries : length(trimspace(query.query)) >= 1 && length(query.query) <= 10000])
    error_message = format("A query's text has 1 to 10000 characters; got %s.", jsonencode({ for key, query in var.queries : key => length(query.query) }))
  }
}
