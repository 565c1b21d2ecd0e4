locals {
  # Availability zones of this region that units may use, in the order in which they are taken.
  azs = ["us-east-1a", "us-east-1b", "us-east-1c"]

  # Ends every name, so that roles and buckets of two regions of one account never meet; the first region needs none.
  name_suffix = ""

  # The region that takes copies of this one's backups.
  copies_to = "us-west-2"
}
