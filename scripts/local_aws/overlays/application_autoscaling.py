"""Application Auto Scaling tags: moto 5.2.5 answers the tag operations with an error.

The Terraform provider lists the tags of every target it reads, so without them no target works.
"""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from scripts.local_aws.overlays.hooks import store, wrap

_tags = store("application_autoscaling_tags")


def install() -> None:
    @wrap(ApplicationAutoScalingResponse, "register_scalable_target")
    def register(inner: Any, self: Any) -> Any:
        answer = inner(self)
        sent = json.loads(self.body or "{}").get("Tags")
        arn = json.loads(answer).get("ScalableTargetARN") if isinstance(answer, str) else None
        if sent and arn:
            _tags[arn] = dict(sent)
        return answer

    for name in ("list_tags_for_resource", "tag_resource", "untag_resource"):
        setattr(ApplicationAutoScalingResponse, name, globals()[f"_{name}"])


def _list_tags_for_resource(self: Any) -> str:
    return json.dumps({"Tags": _tags.get(json.loads(self.body)["ResourceARN"], {})})


def _tag_resource(self: Any) -> str:
    data = json.loads(self.body)
    _tags.setdefault(data["ResourceARN"], {}).update(data["Tags"])
    return "{}"


def _untag_resource(self: Any) -> str:
    data = json.loads(self.body)
    kept = _tags.get(data["ResourceARN"], {})
    for key in data["TagKeys"]:
        kept.pop(key, None)
    return "{}"
