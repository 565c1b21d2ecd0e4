locals {
  # Availability zones of this region that units may use, in the order in which they are taken.
  azs = ["us-west-2a", "us-west-2b", "us-west-2c"]

  # Ends every name, so that roles and buckets of two regions of one account never meet.
  name_suffix = "-usw2"

  # The region that takes copies of this one's backups; null keeps them here.
  copies_to = null
}
