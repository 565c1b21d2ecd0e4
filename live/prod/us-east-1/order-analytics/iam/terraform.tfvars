# What each function may do stands in live/_units/order-analytics/iam.hcl, beside the reason.
permissions_boundary_arn = null # the policy that your organisation bounds roles with, if it has one
