"""CloudFront: ministack 1.5.33 lists empty groups in a headers policy, which Terraform would take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import cloudfront

from scripts.local_aws.overlays.hooks import Document, wrap

_GROUPS = {"CustomHeadersConfig", "RemoveHeadersConfig"}


def install() -> None:
    @wrap(cloudfront, "_build_rhp_config_xml")
    def build(inner: Callable[..., Any], parent: Any, cfg: Document, *args: Any) -> Any:
        built = inner(parent, cfg, *args)
        for group in [child for child in parent if child.tag.rpartition("}")[2] in _GROUPS]:
            if group[0].text == "0":
                parent.remove(group)
        return built
