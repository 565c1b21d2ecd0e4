# Off: dev runs no containers. To try one, name it, for example
# services = { fulfilment = { port = 8080, spot_weight = 1 } }
services = {}

allow_destroy_with_images = true # dev may be thrown away
