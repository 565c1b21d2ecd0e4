fleets = {
  imports = {
    # Amazon's own image; after the first build of platform/golden-image, /acme-staging-platform-base/latest-image.
    ami            = { parameter_name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }
    instance_types = ["t4g.small", "t4g.medium"] # two types: an interruption of Spot is rarer
    capacity       = { minimum = 1, maximum = 2 }
    spot           = {}
    schedules = {
      night   = { recurrence = "0 20 * * MON-FRI", minimum = 0, maximum = 0 } # nobody tests at night
      morning = { recurrence = "0 6 * * MON-FRI", minimum = 1, maximum = 2 }
    }
  }
}
