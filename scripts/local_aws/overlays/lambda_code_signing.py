"""Code signing configurations of Lambda: ministack 1.5.33 has none.

Its answer to CreateCodeSigningConfig is an empty document, at which the Terraform provider
crashes. Kept and returned here; signatures of packages are not checked.
"""

from __future__ import annotations

import re
import secrets
import time

from ministack.core.responses import get_account_id, get_region
from ministack.services import lambda_svc

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, store

_configs = store("lambda_code_signing")
_tags = store("lambda_code_signing_tags")
_PATH = re.compile(r"/2020-04-22/code-signing-configs/?(?P<arn>[^/]*)(?P<functions>/functions)?$")
_TAGS = re.compile(r"/2017-03-31/tags/(?P<arn>.*:code-signing-config:.*)$")


def install() -> None:
    answer_first(lambda_svc, _answer)
    inner = lambda_svc._create_function

    def create_function(data: Document) -> Response:
        answer: Response = inner(data)
        function = lambda_svc._functions.get(data.get("FunctionName", ""))
        if answer[0] == 201 and function is not None and data.get("CodeSigningConfigArn"):
            function["code_signing_config_arn"] = data["CodeSigningConfigArn"]
        return answer

    lambda_svc._create_function = create_function


def _answer(request: Request) -> Response | None:
    path = request.path.replace("%3A", ":").replace("%3a", ":")
    if found := _TAGS.search(path):
        return _answer_tags(request, found["arn"])
    found = _PATH.search(path)
    if not found:
        return None
    if not found["arn"]:
        return _create(request.json)
    config = _configs.get(found["arn"])
    if config is None:
        return refused(
            "ResourceNotFoundException",
            f"The code signing configuration {found['arn']} cannot be found.",
            404,
        )
    if found["functions"]:
        names = [
            f["config"]["FunctionArn"]
            for f in lambda_svc._functions.values()
            if f.get("code_signing_config_arn") == found["arn"]
        ]
        return ok({"FunctionArns": names})
    if request.method == "DELETE":
        _configs.pop(found["arn"])
        _tags.pop(found["arn"], None)
        return ok(status=204)
    if request.method == "PUT":
        config.update({k: v for k, v in request.json.items() if v is not None})
        config["LastModified"] = _now()
    return ok({"CodeSigningConfig": config})


def _create(data: Document) -> Response:
    identifier = f"csc-{secrets.token_hex(9)[:17]}"
    arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:code-signing-config:{identifier}"
    config = {
        "CodeSigningConfigId": identifier,
        "CodeSigningConfigArn": arn,
        "Description": data.get("Description", ""),
        "AllowedPublishers": data.get("AllowedPublishers", {}),
        "CodeSigningPolicies": data.get("CodeSigningPolicies") or {"UntrustedArtifactOnDeployment": "Warn"},
        "LastModified": _now(),
    }
    _configs[arn] = config
    _tags[arn] = dict(data.get("Tags") or {})
    return ok({"CodeSigningConfig": config}, 201)


def _answer_tags(request: Request, arn: str) -> Response:
    tags = _tags.setdefault(arn, {})
    if request.method == "GET":
        return ok({"Tags": tags})
    if request.method == "POST":
        tags.update(request.json.get("Tags", {}))
    for key in request.query.get("tagKeys", []):
        tags.pop(key, None)
    return ok(status=204)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000+0000", time.gmtime())
