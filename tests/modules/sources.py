"""Where outputs come from that no plan knows, since AWS gives them."""

import tftest


def sources(plan: tftest.TerraformPlanOutput, *outputs: str) -> dict[str, str]:
    """The reference that each output begins with: what it is, or what its elements are, before the apply."""
    root = plan["configuration"]["root_module"]
    return {name: root["outputs"][name]["expression"]["references"][0] for name in outputs}
