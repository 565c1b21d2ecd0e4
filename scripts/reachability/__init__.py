"""Who reaches whom on which port, computed from groups, network ACLs, routes and addresses."""

from scripts.reachability.model import (
    INTERNET,
    AclRule,
    GroupRule,
    Member,
    Network,
    Ports,
    Subnet,
)
from scripts.reachability.paths import reachable, table

__all__ = ["INTERNET", "AclRule", "GroupRule", "Member", "Network", "Ports", "Subnet", "reachable", "table"]
