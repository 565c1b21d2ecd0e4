"""Auto Scaling: moto 5.2.5 loses a group's warm-up and life span, and whether a policy is enabled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.autoscaling.models import FakeAutoScalingGroup, FakeScalingPolicy
from moto.autoscaling.responses import AutoScalingResponse

from scripts.local_aws.overlays.hooks import wrap

# Of a group, by their names in the API; -1 takes a warm-up back, 0 a life span.
_LIMITS = {
    "DefaultInstanceWarmup": ("default_instance_warmup", -1),
    "MaxInstanceLifetime": ("max_instance_lifetime", 0),
}


def install() -> None:
    for _, (attribute, _none) in _LIMITS.items():
        setattr(FakeAutoScalingGroup, attribute, None)  # of groups without
    for operation in ("create_auto_scaling_group", "update_auto_scaling_group"):
        wrap(AutoScalingResponse, operation)(_keep_limits)
    wrap(AutoScalingResponse, "put_scaling_policy")(_keep_enabled)
    FakeScalingPolicy.enabled = True  # type: ignore[attr-defined]  # unless said otherwise

    @wrap(FakeScalingPolicy, "__init__")
    def no_empty_prediction(inner: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
        inner(self, *args, **kwargs)
        self.predictive_scaling_configuration = self.predictive_scaling_configuration or None


def _keep_limits(inner: Callable[..., Any], self: Any) -> Any:
    answer = inner(self)
    name = self._get_param("AutoScalingGroupName")
    group = self.autoscaling_backend.autoscaling_groups[name]
    for field, (attribute, none) in _LIMITS.items():
        value = self._get_param(field)
        if value is not None:
            setattr(group, attribute, None if int(value) == none else int(value))
    return answer


def _keep_enabled(inner: Callable[..., Any], self: Any) -> Any:
    answer = inner(self)
    enabled = self._get_param("Enabled")
    policy = self.autoscaling_backend.policies[self._get_param("PolicyName")]
    policy.enabled = True if enabled is None else str(enabled).lower() == "true"
    return answer
