permissions_boundary_arn = null # the policy that your organisation bounds roles with, if it has one
