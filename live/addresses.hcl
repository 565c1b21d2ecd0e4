# The address plan: the IPv4 range of each system's VPC, by environment and region.
#
# Within one environment no two ranges overlap, over regions too, so that any two systems can be joined later.
# Environments are accounts of their own and are never joined, so the same range may serve in several of them:
# pyshop's network is asked for as 10.0.0.0/16 everywhere. The others differ all the same; it costs nothing.
locals {
  vpc_cidrs = {
    dev = {
      us-east-1 = {
        pyshop          = "10.0.0.0/16"
        order-analytics = "10.10.0.0/16"
        commerce        = "10.20.0.0/16"
        bookstore       = "10.30.0.0/16"
        storefront      = "10.40.0.0/16"
      }
    }
    staging = {
      us-east-1 = {
        pyshop          = "10.0.0.0/16"
        order-analytics = "10.11.0.0/16"
        commerce        = "10.21.0.0/16"
        bookstore       = "10.31.0.0/16"
        storefront      = "10.41.0.0/16"
      }
    }
    prod = {
      us-east-1 = {
        pyshop          = "10.0.0.0/16"
        order-analytics = "10.12.0.0/16"
        commerce        = "10.22.0.0/16"
        bookstore       = "10.32.0.0/16"
        storefront      = "10.42.0.0/16"
      }
      us-west-2 = {
        pyshop          = "10.3.0.0/16"
        order-analytics = "10.13.0.0/16"
        commerce        = "10.23.0.0/16"
        bookstore       = "10.33.0.0/16"
        storefront      = "10.43.0.0/16"
      }
    }
  }
}
