fleets = {
  imports = {
    # Amazon's own image; after the first build of platform/golden-image, /acme-prod-platform-base/latest-image.
    ami            = { parameter_name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }
    instance_types = ["m7g.large", "m6g.large"]
    capacity       = { minimum = 2, maximum = 6 }
    spot           = { on_demand_base = 2, on_demand_percent = 50 } # what must always run is on demand; of the rest, half
    snapshots_kept = 7
  }
}
