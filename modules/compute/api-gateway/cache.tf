locals {
  gets               = { for name, operation in local.operations : name => operation if startswith(name, "GET ") }
  _shared_parameters = try(local._given.components.parameters, {})

  # What is asked with has to be part of the key, or the answer about one book is given for all of them.
  _asked_with = { for name, operation in local.gets : name => toset(concat(
    [for found in regexall("\\{([^}+]+)\\+?\\}", name) : "method.request.path.${found[0]}"],
    [for parameter in concat(try(local._paths[split(" ", name)[1]].parameters, []), try(operation.parameters, [])) :
      "method.request.querystring.${try(parameter.name, local._shared_parameters[basename(parameter["$ref"])].name)}"
      if try(parameter.in, local._shared_parameters[basename(parameter["$ref"])].in, "") == "query"
    ],
  )) }
  _keyed_by = { for name, operation in local.gets : name => toset([
    for key in try(operation["x-amazon-apigateway-integration"].cacheKeyParameters, []) : replace(key, "multivaluequerystring", "querystring")
  ]) }
  not_in_cache_key = { for name in keys(local.gets) : name => setsubtract(local._asked_with[name], local._keyed_by[name]) }

  cached_seconds = var.cache == null ? {} : { for name, operation in var.cache.operations : name => operation.ttl_seconds }
  # What a stage says of all its operations, API Gateway keeps for GET alone.
  every_cached_seconds = lookup(local.cached_seconds, "GET *", 0)

  # A setting for one operation is all of its settings: it takes none from the stage's.
  method_settings = { for name in setsubtract(concat(keys(var.method_throttling), keys(local.cached_seconds)), ["GET *"]) : name => {
    cached_seconds = lookup(local.cached_seconds, name, startswith(name, "GET ") ? local.every_cached_seconds : 0)
    throttling     = lookup(var.method_throttling, name, var.throttling)
  } }
}
