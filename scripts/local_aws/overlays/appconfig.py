"""AppConfig: ministack 1.5.33 forgets keys and tags of what is rolled out, and why a version was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ministack.services import appconfig

from scripts.local_aws.overlays.hooks import Document, Response, store, wrap

_VERSIONS = re.compile(
    r"/applications/(?P<application>[^/]+)/configurationprofiles/(?P<profile>[^/]+)"
    r"/hostedconfigurationversions(?:/(?P<number>\d+))?/?$"
)
_DESCRIPTIONS = store("appconfig-version-descriptions")


def install() -> None:
    @wrap(appconfig, "_create_configuration_profile")
    def create_profile(inner: Callable[..., Any], application: str, body: Document) -> Any:
        answer = inner(application, body)
        if _fine(answer):
            _keep_key(
                appconfig._config_profiles[f"{application}/{json.loads(_body(answer))['Id']}"],
                body.get("KmsKeyIdentifier"),
            )
            return appconfig._get_configuration_profile(application, json.loads(_body(answer))["Id"])
        return answer

    @wrap(appconfig, "_update_configuration_profile")
    def update_profile(inner: Callable[..., Any], application: str, profile: str, body: Document) -> Any:
        answer = inner(application, profile, body)
        if _fine(answer) and "KmsKeyIdentifier" in body:
            _keep_key(appconfig._config_profiles[f"{application}/{profile}"], body["KmsKeyIdentifier"])
        return appconfig._get_configuration_profile(application, profile) if _fine(answer) else answer

    @wrap(appconfig, "_start_deployment")
    def start_deployment(
        inner: Callable[..., Any], application: str, environment: str, body: Document
    ) -> Any:
        answer = inner(application, environment, body)
        if _fine(answer):
            number = json.loads(_body(answer))["DeploymentNumber"]
            record = appconfig._deployments[f"{application}/{environment}/{number}"]
            _keep_key(record, body.get("KmsKeyIdentifier"))
            appconfig._apply_tags(
                appconfig._deployment_arn(application, environment, number), body.get("Tags") or {}
            )
        return answer

    @wrap(appconfig, "handle_request")
    async def handle_request(
        inner: Callable[..., Any], method: str, path: str, headers: dict[str, str], *rest: Any
    ) -> Response:
        status, answered, body = await inner(method, path, headers, *rest)
        found = _VERSIONS.match(path)
        if found is None or status not in (200, 201):
            return status, answered, body
        key = f"{found['application']}/{found['profile']}/{answered.get('Version-Number', found['number'])}"
        if method == "POST":
            lower = {name.lower(): value for name, value in headers.items()}
            _DESCRIPTIONS[key] = lower.get("description", "")
        return status, {**answered, "Description": _DESCRIPTIONS.get(key, "")}, body


def _fine(answer: Response) -> bool:
    return answer[0] < 400


def _body(answer: Response) -> bytes:
    return answer[2]


def _keep_key(record: Document, key: str | None) -> None:
    if key:
        record["KmsKeyIdentifier"] = record["KmsKeyArn"] = key
