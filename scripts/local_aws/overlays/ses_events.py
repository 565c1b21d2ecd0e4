"""SES event destinations: ministack 1.5.33 stores them and publishes nothing.

A message sent with a configuration set publishes its events (send, then delivery, bounce or
complaint) to the topics of that set's destinations; the mailbox simulator's addresses choose.
Version 2 also refuses a configuration set that does not exist, and remembers the one it used.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from email.utils import parseaddr
from typing import Any

from ministack.core.responses import get_account_id, get_region, now_iso
from ministack.services import ses, ses_v2, sns

from scripts.local_aws.overlays.hooks import Document, Request, Response, refused
from scripts.local_aws.overlays.hooks import store as kept

logger = logging.getLogger("stagecraft.ses")
_v1_sets = kept("ses_configuration_sets")


def install() -> None:
    # Requests of version 2 come to either module, and go from the first to the second.
    _observe(ses, lambda path: not path.startswith("/v2/"))
    _observe(ses_v2, lambda path: True)


def _observe(module: Any, concerns: Callable[[str], bool]) -> None:
    inner: Callable[..., Awaitable[Response]] = module.handle_request

    async def handle_request(method: str, path: str, headers: Any, body: bytes, query: Any) -> Response:
        if not concerns(path):
            return await inner(method, path, headers, body, query)
        name = _configuration_set(Request(method, path, headers, body, query))
        if name and module is ses_v2 and name not in ses_v2._config_sets:
            return refused("NotFoundException", f"Configuration set <{name}> does not exist.", 404)
        known = len(ses._sent_emails_list())
        answer = await inner(method, path, headers, body, query)
        for message in ses._sent_emails_list()[known:]:
            _publish(message, name or _default_set(message["Source"]))
        return answer

    module.handle_request = handle_request


def _configuration_set(request: Request) -> str:
    if request.path.startswith("/v2/email/outbound"):
        return str(request.json.get("ConfigurationSetName") or "")
    return request.form.get("ConfigurationSetName", "") if request.action.startswith("Send") else ""


def _default_set(source: str) -> str:
    """The set of the sending identity, address before domain."""
    address = parseaddr(source)[1]
    for name in (address, address.rpartition("@")[2]):
        identity = ses_v2._identities.get(name) or {}
        if identity.get("ConfigurationSetName"):
            return str(identity["ConfigurationSetName"])
    return ""


def _publish(message: Document, name: str) -> None:
    if not name:
        return
    message["ConfigurationSetName"] = name
    recipients = [parseaddr(address)[1] for address in (*message["To"], *message["CC"], *message["BCC"])]
    for kind, detail in _events(recipients):
        event = {"eventType": kind, "mail": _mail(message, recipients, name), kind.lower(): detail}
        for topic in _topics(name, kind):
            try:
                sns.publish_internal(topic, json.dumps(event), "Amazon SES Email Event Notification")
            except sns.SnsPublishError as error:
                logger.warning("event %s of %s not published: %s", kind, name, error)


def _events(recipients: list[str]) -> Iterator[tuple[str, Document]]:
    yield "Send", {}
    for recipient in recipients:
        local, _, domain = recipient.partition("@")
        outcomes: Any = (("Delivery", None),)
        if domain.lower() == ses._SIMULATOR_DOMAIN:
            outcomes = ses._SIMULATOR_OUTCOMES.get(local.lower().partition("+")[0], outcomes)
        for kind, subtype in outcomes:
            yield kind, ses._notification_detail(kind, recipient, now_iso(), subtype)[kind.lower()]


def _mail(message: Document, recipients: list[str], name: str) -> Document:
    identity = parseaddr(message["Source"])[1]
    return {
        "timestamp": now_iso(),
        "messageId": message["MessageId"],
        "source": message["Source"],
        "sourceArn": f"arn:aws:ses:{get_region()}:{get_account_id()}:identity/{identity}",
        "sendingAccountId": get_account_id(),
        "destination": recipients,
        "tags": {"ses:configuration-set": [name]},
    }


def _topics(name: str, kind: str) -> Iterator[str]:
    """Topics of the enabled destinations that want this kind of event, of either version's set."""
    second = ses_v2._config_sets.get(name) or {}
    for destination in (second.get("EventDestinations") or {}).values():
        topic = (destination.get("SnsDestination") or {}).get("TopicArn")
        if topic and destination["Enabled"] and kind.upper() in destination["MatchingEventTypes"]:
            yield topic
    first = _v1_sets.get(name) or {}
    for fields in (first.get("destinations") or {}).values():
        topic = fields.get("SNSDestination.TopicARN")
        types = [value for key, value in fields.items() if key.startswith("MatchingEventTypes.")]
        if topic and fields.get("Enabled") == "true" and kind.lower() in types:
            yield topic
