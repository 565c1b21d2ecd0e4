"""GuardDuty: moto 5.2.5 forgets features of a detector, leaves out their agents and knows no organization's settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from moto.guardduty import urls
from moto.guardduty.models import Detector, GuardDutyBackend
from moto.guardduty.responses import GuardDutyResponse

from scripts.local_aws.overlays.hooks import Document, store, wrap

_ORGANIZATIONS = store("guardduty-organizations")
_AGENTS = {
    "EKS_RUNTIME_MONITORING": ("EKS_ADDON_MANAGEMENT",),
    "RUNTIME_MONITORING": ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"),
}


def install() -> None:
    urls.url_paths[r"{0}/detector/(?P<detector_id>[^/]+)/admin$"] = GuardDutyResponse.dispatch
    for name, answer in (
        ("describe_organization_configuration", _describe),
        ("update_organization_configuration", _update),
    ):
        setattr(GuardDutyResponse, name, answer)

    @wrap(Detector, "update")
    def keep_features(
        inner: Callable[..., None],
        self: Any,
        enable: bool | None,
        finding_publishing_frequency: str | None,
        data_sources: Document | None,
        features: list[Document] | None,
    ) -> None:
        """An update names the features that it changes; AWS leaves the others alone."""
        if features is not None:
            features = _merged(self.features, features, "status", "DISABLED")
        inner(self, enable, finding_publishing_frequency, data_sources, features)

    @wrap(GuardDutyBackend, "delete_detector")
    def delete(inner: Callable[..., None], self: Any, detector_id: str) -> None:
        inner(self, detector_id)
        _ORGANIZATIONS.pop(detector_id, None)


def _merged(known: Iterable[Document], given: Iterable[Document], field: str, off: str) -> list[Document]:
    """What was known and what an update names; AWS answers with all agents of a feature, in an order of its own."""
    features = {feature["name"]: feature for feature in (*known, *given)}
    for name, feature in features.items():
        said = {agent["name"]: agent for agent in feature.get("additionalConfiguration") or ()}
        agents = [said.get(agent, {"name": agent, field: off}) for agent in _AGENTS.get(name, ())]
        features[name] = {**feature, "additionalConfiguration": agents}
    return list(features.values())


def _organization(self: Any) -> tuple[str, Document]:
    """The detector that the path names, if there is one, and what was said of the accounts."""
    detector = str(self.path.split("/")[-2])
    self.guardduty_backend.get_detector(detector)
    return detector, _ORGANIZATIONS.get(detector, {"autoEnableOrganizationMembers": "NONE", "features": []})


def _describe(self: Any) -> str:
    _, said = _organization(self)
    members = said["autoEnableOrganizationMembers"]
    return json.dumps({**said, "autoEnable": members != "NONE", "memberAccountLimitReached": False})


def _update(self: Any) -> str:
    detector, said = _organization(self)
    _ORGANIZATIONS[detector] = {
        "autoEnableOrganizationMembers": self._get_param("autoEnableOrganizationMembers")
        or said["autoEnableOrganizationMembers"],
        "features": _merged(said["features"], self._get_param("features") or (), "autoEnable", "NONE"),
    }
    return "{}"
