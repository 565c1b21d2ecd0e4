# What each role may do stands in live/_units/bookstore/iam.hcl, beside the reason.
permissions_boundary_arn = null # the policy that your organisation bounds roles with, if it has one
