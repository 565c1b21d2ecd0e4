"""What a function's role is asked for: resources and conditions that ministack 1.5.33 leaves out.

The server checks the policies of roles (an account's own key may do everything). For that check,
mail is sent from an identity, by a template and a configuration set, each a resource of its own;
events have a source and a type; a function in a VPC calls from there, through the VPC's endpoints;
and a call over loopback counts as one over TLS, or every bucket
that insists on it would be closed.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

import ministack.app
from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam, lambda_svc, ses, ses_v2, sts
from moto.ec2.models import ec2_backends

from scripts.local_aws.overlays.hooks import Document, wrap


@dataclass(frozen=True, slots=True)
class _Asked:
    """What belongs to the check of the present request, beyond its first resource."""

    resources: tuple[str, ...] = ()
    # One for each event of a call: AWS asks for every event by itself.
    contexts: tuple[Document, ...] = ({},)


# Services whose endpoints are not named as their API is.
_ENDPOINTS = {"ses": "email", "sesv2": "email"}
_asked: ContextVar[_Asked | None] = ContextVar("permission_asked", default=None)


def install() -> None:
    @wrap(ministack.app, "pin_request_origin")
    def pin_request_origin(inner: Any, address: str, _secure: bool) -> None:
        inner(address, True)

    @wrap(iam_evaluator, "_resolve_condition_key")
    def resolve(inner: Any, key: str, context: Any) -> Any:
        """AWS compares aws:PrincipalArn with the role, not with the session that assumed it."""
        if key.lower() == "aws:principalarn":
            return _role_of_session(context.principal_arn)
        return inner(key, context)

    wrap(iam_actions, "extract_resource_arn")(_extract_resource)
    wrap(iam_evaluator, "enforce")(_enforce)


def _role_of_session(arn: str) -> str:
    """``arn:aws:sts::1:assumed-role/name/session`` as the role it belongs to; any other ARN as it is.

    Source: IAM user guide, global condition context keys, aws:PrincipalArn.
    """
    prefix, found, rest = arn.partition(":assumed-role/")
    if not found:
        return arn
    name = rest.partition("/")[0]
    account = prefix.rpartition(":")[2]
    known = next((role["Arn"] for role in iam._roles.values() if role.get("RoleName") == name), "")
    return str(known) or f"arn:aws:iam::{account}:role/{name}"


def _extract_resource(
    inner: Any,
    service: str,
    method: str,
    path: str,
    headers: Any,
    body: bytes,
    query: Any,
    region: str,
    account: str,
) -> str:
    first: str = inner(service, method, path, headers, body, query, region, account)
    asked = _Asked()
    if service == "ses" and (mail := _mail(path, body, query)):
        first, *others = _resources(mail, f"arn:aws:ses:{region}:{account}")
        asked = _Asked(tuple(others), (mail["context"],))
    elif service == "events":
        asked = _Asked(contexts=_event_contexts(body))
    _asked.set(asked)
    return first


def _enforce(
    inner: Any,
    access_key: str,
    action: str,
    service: str,
    region: str,
    resource_arn: str = "*",
    service_context: Document | None = None,
) -> Any:
    """Ask for each resource and each event in turn; the first refusal counts."""
    asked = _asked.get() if service in ("ses", "sesv2", "events") else None
    asked = asked or _Asked()
    network = _network(access_key, service)
    for resource in (resource_arn, *asked.resources):
        for keys in asked.contexts:
            context = {**(service_context or {}), **network, **keys} or None
            refusal = inner(
                access_key, action, service, region, resource_arn=resource, service_context=context
            )
            if refusal:
                return refusal
    return None


def _network(access_key: str, service: str) -> Document:
    """The VPC a function calls from, which AWS knows if an endpoint of the service stands in it."""
    session = sts._sessions.get(access_key) or {}
    _, found, name = str(session.get("Arn", "")).partition(":assumed-role/")
    function = lambda_svc._functions.get(name.rpartition("/")[2]) if found else None
    vpc = (((function or {}).get("config") or {}).get("VpcConfig") or {}).get("VpcId")
    if not vpc:
        return {}
    wanted = f".{_ENDPOINTS.get(service, service)}"
    for endpoint in ec2_backends[get_account_id()][get_region()].vpc_end_points.values():
        if endpoint.vpc_id == vpc and endpoint.service_name.endswith(wanted):
            return {"aws:SourceVpc": vpc, "aws:SourceVpce": endpoint.id}
    return {}


def _mail(path: str, body: bytes, query: Any) -> Document | None:
    """Sender, template, configuration set and condition keys of a request that sends mail."""
    if path.startswith("/v2/email/outbound-emails"):
        data = _document(body)
        content = data.get("Content") or {}
        source, template = (
            data.get("FromEmailAddress", ""),
            (content.get("Template") or {}).get("TemplateName", ""),
        )
        configuration_set = data.get("ConfigurationSetName", "")
        destination = data.get("Destination") or {}
        recipients = [address for found in destination.values() for address in found]
    else:
        form = {name: value[0] if isinstance(value, list) else value for name, value in (query or {}).items()}
        if not form.get("Action", "").startswith("Send"):
            return None
        source, template = form.get("Source", ""), form.get("Template", "")
        configuration_set = form.get("ConfigurationSetName", "")
        recipients = [value for name, value in form.items() if name.startswith("Destination")]
    name, address = parseaddr(source)
    context = {"ses:FromAddress": address, "ses:FromDisplayName": name, "ses:Recipients": recipients}
    return {"address": address, "template": template, "set": configuration_set, "context": context}


def _resources(mail: Document, prefix: str) -> list[str]:
    """ARNs of identity, template and configuration set; an address is sent from itself or its domain."""
    address = mail["address"]
    own = address in ses._identities or address in ses_v2._identities
    found = [f"{prefix}:identity/{address if own else address.rpartition('@')[2]}"]
    if mail["template"]:
        found.append(f"{prefix}:template/{mail['template']}")
    if mail["set"]:
        found.append(f"{prefix}:configuration-set/{mail['set']}")
    return found


def _event_contexts(body: bytes) -> tuple[Document, ...]:
    entries = [entry for entry in _document(body).get("Entries") or [] if isinstance(entry, dict)]
    kinds = {(str(entry.get("Source", "")), str(entry.get("DetailType", ""))) for entry in entries}
    return tuple({"events:source": source, "events:detail-type": kind} for source, kind in sorted(kinds)) or (
        {},
    )


def _document(body: bytes) -> Document:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
