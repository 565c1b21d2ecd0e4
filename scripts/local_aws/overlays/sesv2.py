"""SES version 2: identity attributes that ministack 1.5.33 loses or does not know.

Configuration set, DKIM key length, mail-from, feedback forwarding and sending policies of an
identity; its tags, which ministack keeps apart from the identity and never returns with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from ministack.services import ses_v2

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused

_PATH = re.compile(r"^/v2/email/identities/(?P<name>[^/]+)(?:/(?P<part>.+))?$")


def install() -> None:
    answer_first(ses_v2, _answer)
    inner: Callable[..., Any] = ses_v2.handle_request

    async def handle_request(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        answer = await inner(method, path, headers, body, query)
        if method == "POST" and path.rstrip("/") == "/v2/email/identities" and answer[0] == 200:
            _remember(Request(method, path, headers, body, query).json)
        return answer

    ses_v2.handle_request = handle_request


def _remember(data: Document) -> None:
    """Keep what CreateEmailIdentity was told and ministack drops."""
    identity = ses_v2._identities[data["EmailIdentity"]]
    if data.get("ConfigurationSetName"):
        identity["ConfigurationSetName"] = data["ConfigurationSetName"]
    signing = data.get("DkimSigningAttributes") or {}
    _set_signing(identity, signing)
    identity["FeedbackForwardingStatus"] = True


def _set_signing(identity: Document, signing: Document) -> None:
    attributes = identity["DkimAttributes"]
    length = signing.get("NextSigningKeyLength", attributes.get("NextSigningKeyLength", "RSA_2048_BIT"))
    selector = signing.get("DomainSigningSelector")
    if selector:
        attributes.update(SigningAttributesOrigin="EXTERNAL", Tokens=[selector])
    else:
        attributes.update(NextSigningKeyLength=length, CurrentSigningKeyLength=length)
    attributes.update(SigningEnabled=True, Status="SUCCESS")


def _answer(request: Request) -> Response | None:
    found = _PATH.match(request.path.rstrip("/"))
    if not found:
        return None
    name, part = unquote(found["name"]), found["part"] or ""
    identity = ses_v2._identities.get(name)
    if identity is None:
        return refused("NotFoundException", f"Email identity {name} does not exist.", 404)
    if not part:
        return _read(name, identity) if request.method == "GET" else None
    if part == "policies" or part.startswith("policies/"):
        return _answer_policies(request, identity, unquote(part.partition("/")[2]))
    change = _CHANGES.get(part)
    if change is None or request.method != "PUT":
        return None
    change(identity, request.json)
    return ok()


def _read(name: str, identity: Document) -> Response:
    tags = ses_v2._ses_tags.get(ses_v2._resource_arn("identity", name), [])
    policies = identity.get("Policies", {})
    return ok({**identity, "Tags": tags, "Policies": policies, "VerificationStatus": "SUCCESS"})


def _answer_policies(request: Request, identity: Document, policy: str) -> Response:
    policies = identity.setdefault("Policies", {})
    if request.method == "GET":
        return ok({"Policies": policies})
    if request.method == "DELETE":
        policies.pop(policy, None)
    else:
        policies[policy] = request.json["Policy"]
    return ok()


def _set_mail_from(identity: Document, data: Document) -> None:
    attributes = {"BehaviorOnMxFailure": data.get("BehaviorOnMxFailure") or "USE_DEFAULT_VALUE"}
    if data.get("MailFromDomain"):
        attributes.update(MailFromDomain=data["MailFromDomain"], MailFromDomainStatus="SUCCESS")
    identity["MailFromAttributes"] = attributes


def _set_feedback(identity: Document, data: Document) -> None:
    identity["FeedbackForwardingStatus"] = bool(data.get("EmailForwardingEnabled"))


def _set_configuration_set(identity: Document, data: Document) -> None:
    identity["ConfigurationSetName"] = data.get("ConfigurationSetName") or ""


def _set_dkim(identity: Document, data: Document) -> None:
    identity["DkimAttributes"]["SigningEnabled"] = bool(data.get("SigningEnabled"))


def _set_dkim_signing(identity: Document, data: Document) -> None:
    _set_signing(identity, data.get("SigningAttributes") or {})


_CHANGES: dict[str, Callable[[Document, Document], None]] = {
    "mail-from": _set_mail_from,
    "feedback": _set_feedback,
    "configuration-set": _set_configuration_set,
    "dkim": _set_dkim,
    "dkim/signing": _set_dkim_signing,
}
