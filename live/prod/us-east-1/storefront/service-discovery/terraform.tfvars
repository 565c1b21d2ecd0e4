# One name a service, as in the registry.
services = {
  cart     = {}
  checkout = {}
  product  = {}
}
