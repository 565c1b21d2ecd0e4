# What a run of the pipeline may do stands in live/_units/platform/ci-policies.hcl, beside the reason.
