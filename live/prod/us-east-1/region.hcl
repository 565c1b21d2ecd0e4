# Availability zones of this region that units may use, in the order in which they are taken.
locals {
  azs = ["us-east-1a", "us-east-1b", "us-east-1c"]
}
