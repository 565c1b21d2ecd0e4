# One name a service, as in the registry.
services = {
  cart     = {}
  checkout = {}
  product  = {}
}

destroy_instances_too = true # dev may be thrown away while tasks run
