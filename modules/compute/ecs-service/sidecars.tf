locals {
  # Both take what the application sends over UDP or HTTP in the same task and pass it on to X-Ray.
  _tracers = {
    xray = {
      image       = "public.ecr.aws/xray/aws-xray-daemon:3.3.14"
      essential   = false
      command     = null
      cpu         = 32
      memory_mb   = 128
      environment = {}
      ports       = [{ number = 2000, protocol = "udp" }]
    }
    adot = {
      image       = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
      essential   = false
      command     = ["--config=/etc/ecs/ecs-default-config.yaml"]
      cpu         = 64
      memory_mb   = 256
      environment = {}
      ports       = [{ number = 4317, protocol = "tcp" }, { number = 2000, protocol = "udp" }]
    }
  }

  sidecars = merge(var.sidecars, { for kind, tracer in local._tracers : kind => tracer if kind == var.tracing })
}
