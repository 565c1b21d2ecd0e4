"""GuardDuty: moto 5.2.5 forgets every feature of a detector but those of the last update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.guardduty.models import Detector

from scripts.local_aws.overlays.hooks import Document, wrap


def install() -> None:
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
            known = {feature["name"]: feature for feature in self.features}
            features = list((known | {feature["name"]: feature for feature in features}).values())
        inner(self, enable, finding_publishing_frequency, data_sources, features)
