# Off: dev runs no machines. To try one, name it, for example
# fleets = { imports = { ami = { parameter_name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }, instance_types = ["t4g.small"] } }
fleets = {}
