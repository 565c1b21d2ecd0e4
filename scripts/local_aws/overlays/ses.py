"""SES version 1: actions that ministack 1.5.33 does not know, and sent mail over a restart.

Mail-from domains, identity policies, headers in notifications, and the delivery, reputation,
sending and event options of configuration sets are stored and returned.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from ministack.services import ses

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, store, wrap

_mail_from = store("ses_mail_from")
_policies = store("ses_identity_policies")
_headers = store("ses_notification_headers")
_sets = store("ses_configuration_sets")


def install() -> None:
    answer_first(ses, _answer)
    _keep_sent_mail()


def _answer(request: Request) -> Response | None:
    if request.path.startswith("/v2/"):
        return None
    form = request.form
    action = form.get("Action", "")
    handler = _ACTIONS.get(action)
    if handler is None:
        return None
    if "ConfigurationSetName" in form and form["ConfigurationSetName"] not in ses._configuration_sets:
        response: Response = ses._config_set_missing(form["ConfigurationSetName"])
        return response
    inner = handler(form)
    answer: Response = ses._xml(200, f"{action}Response", f"<{action}Result>{inner}</{action}Result>")
    return answer


def _keep_sent_mail() -> None:
    """ministack leaves sent mail out of its saved state."""

    @wrap(ses, "get_state")
    def get_state(inner: Callable[[], Document]) -> Document:
        return {**inner(), "_sent_emails": ses._sent_emails}

    @wrap(ses, "load_persisted_state")
    def load(inner: Callable[[Document], None], data: Document) -> None:
        inner(data)
        ses._sent_emails.update(data.get("_sent_emails", {}))


def _members(form: dict[str, str], prefix: str) -> list[str]:
    found: list[str] = ses._collect_list({k: [v] for k, v in form.items()}, f"{prefix}.member")
    return found


def _set_mail_from(form: dict[str, str]) -> str:
    domain = form.get("MailFromDomain", "")
    if domain:
        behavior = form.get("BehaviorOnMXFailure") or "UseDefaultValue"
        _mail_from[form["Identity"]] = {"domain": domain, "behavior": behavior}
    else:
        _mail_from.pop(form["Identity"], None)
    return ""


def _get_mail_from(form: dict[str, str]) -> str:
    entries = ""
    for identity in _members(form, "Identities"):
        kept = _mail_from.get(identity)
        if kept:
            entries += (
                f"<entry><key>{escape(identity)}</key><value><MailFromDomain>{kept['domain']}</MailFromDomain>"
                f"<MailFromDomainStatus>Success</MailFromDomainStatus>"
                f"<BehaviorOnMXFailure>{kept['behavior']}</BehaviorOnMXFailure></value></entry>"
            )
    return f"<MailFromDomainAttributes>{entries}</MailFromDomainAttributes>"


def _identity_key(identity: str) -> str:
    """Policies may name the identity or its ARN; both are one identity."""
    return identity.rpartition("identity/")[2]


def _put_policy(form: dict[str, str]) -> str:
    _policies.setdefault(_identity_key(form["Identity"]), {})[form["PolicyName"]] = form["Policy"]
    return ""


def _get_policies(form: dict[str, str]) -> str:
    kept = _policies.get(_identity_key(form["Identity"]), {})
    entries = "".join(
        f"<entry><key>{escape(name)}</key><value>{escape(kept[name])}</value></entry>"
        for name in _members(form, "PolicyNames")
        if name in kept
    )
    return f"<Policies>{entries}</Policies>"


def _list_policies(form: dict[str, str]) -> str:
    kept = _policies.get(_identity_key(form["Identity"]), {})
    return f"<PolicyNames>{''.join(f'<member>{escape(name)}</member>' for name in kept)}</PolicyNames>"


def _delete_policy(form: dict[str, str]) -> str:
    _policies.get(_identity_key(form["Identity"]), {}).pop(form["PolicyName"], None)
    return ""


def _set_headers(form: dict[str, str]) -> str:
    _headers[(form["Identity"], form["NotificationType"])] = form.get("Enabled") == "true"
    return ""


def _get_notifications(form: dict[str, str]) -> str:
    entries = ""
    for identity in _members(form, "Identities"):
        known = ses._identities.get(identity)
        if known is None:
            continue
        topics = known.get("NotificationTopics", {})
        fields = "".join(
            f"<{kind}Topic>{escape(topic)}</{kind}Topic>" for kind, topic in topics.items() if topic
        )
        flags = "".join(
            f"<HeadersIn{kind}NotificationsEnabled>{str(_headers.get((identity, kind), False)).lower()}"
            f"</HeadersIn{kind}NotificationsEnabled>"
            for kind in ("Bounce", "Complaint", "Delivery")
        )
        forwarding = str(known.get("FeedbackForwardingEnabled", True)).lower()
        entries += (
            f"<entry><key>{escape(identity)}</key><value>{fields}{flags}"
            f"<ForwardingEnabled>{forwarding}</ForwardingEnabled></value></entry>"
        )
    return f"<NotificationAttributes>{entries}</NotificationAttributes>"


def _options(form: dict[str, str]) -> Document:
    options: Document = _sets.setdefault(form["ConfigurationSetName"], {})
    return options


def _put_delivery(form: dict[str, str]) -> str:
    _options(form)["tls"] = form.get("DeliveryOptions.TlsPolicy", "Optional")
    return ""


def _put_tracking(form: dict[str, str]) -> str:
    _options(form)["redirect"] = form.get("TrackingOptions.CustomRedirectDomain", "")
    return ""


def _delete_tracking(form: dict[str, str]) -> str:
    _options(form).pop("redirect", None)
    return ""


def _put_reputation(form: dict[str, str]) -> str:
    _options(form)["reputation"] = form.get("Enabled") == "true"
    return ""


def _put_sending(form: dict[str, str]) -> str:
    _options(form)["sending"] = form.get("Enabled") == "true"
    return ""


def _put_event_destination(form: dict[str, str]) -> str:
    name = form["EventDestination.Name"]
    prefix = "EventDestination."
    fields = {key.removeprefix(prefix): value for key, value in form.items() if key.startswith(prefix)}
    _options(form).setdefault("destinations", {})[name] = fields
    return ""


def _delete_event_destination(form: dict[str, str]) -> str:
    _options(form).get("destinations", {}).pop(form["EventDestinationName"], None)
    return ""


def _destination_xml(fields: dict[str, str]) -> str:
    types = "".join(f"<member>{kind}</member>" for kind in _members(fields, "MatchingEventTypes"))
    inner = f"<Name>{escape(fields['Name'])}</Name><Enabled>{fields.get('Enabled', 'false')}</Enabled>"
    inner += f"<MatchingEventTypes>{types}</MatchingEventTypes>"
    if topic := fields.get("SNSDestination.TopicARN"):
        inner += f"<SNSDestination><TopicARN>{escape(topic)}</TopicARN></SNSDestination>"
    stream = fields.get("KinesisFirehoseDestination.DeliveryStreamARN")
    if stream:
        role = fields.get("KinesisFirehoseDestination.IAMRoleARN", "")
        inner += (
            f"<KinesisFirehoseDestination><IAMRoleARN>{role}</IAMRoleARN>"
            f"<DeliveryStreamARN>{stream}</DeliveryStreamARN></KinesisFirehoseDestination>"
        )
    prefix = "CloudWatchDestination.DimensionConfigurations.member"
    dimensions = ""
    index = 1
    while f"{prefix}.{index}.DimensionName" in fields:
        dimensions += "<member>" + "".join(
            f"<{key}>{escape(fields[f'{prefix}.{index}.{key}'])}</{key}>"
            for key in ("DimensionName", "DimensionValueSource", "DefaultDimensionValue")
        )
        dimensions += "</member>"
        index += 1
    if dimensions:
        wrapped = f"<DimensionConfigurations>{dimensions}</DimensionConfigurations>"
        inner += f"<CloudWatchDestination>{wrapped}</CloudWatchDestination>"
    return f"<member>{inner}</member>"


def _describe_set(form: dict[str, str]) -> str:
    options = _options(form)
    destinations = "".join(_destination_xml(fields) for fields in options.get("destinations", {}).values())
    inner = f"<ConfigurationSet><Name>{escape(form['ConfigurationSetName'])}</Name></ConfigurationSet>"
    inner += f"<EventDestinations>{destinations}</EventDestinations>"
    if options.get("redirect"):
        redirect = escape(options["redirect"])
        inner += f"<TrackingOptions><CustomRedirectDomain>{redirect}</CustomRedirectDomain></TrackingOptions>"
    if "tls" in options:
        inner += f"<DeliveryOptions><TlsPolicy>{options['tls']}</TlsPolicy></DeliveryOptions>"
    sending = str(options.get("sending", True)).lower()
    reputation = str(options.get("reputation", False)).lower()
    return (
        f"{inner}<ReputationOptions><SendingEnabled>{sending}</SendingEnabled>"
        f"<ReputationMetricsEnabled>{reputation}</ReputationMetricsEnabled></ReputationOptions>"
    )


_ACTIONS: dict[str, Callable[[dict[str, str]], str]] = {
    "SetIdentityMailFromDomain": _set_mail_from,
    "GetIdentityMailFromDomainAttributes": _get_mail_from,
    "PutIdentityPolicy": _put_policy,
    "GetIdentityPolicies": _get_policies,
    "ListIdentityPolicies": _list_policies,
    "DeleteIdentityPolicy": _delete_policy,
    "SetIdentityHeadersInNotificationsEnabled": _set_headers,
    "GetIdentityNotificationAttributes": _get_notifications,
    "PutConfigurationSetDeliveryOptions": _put_delivery,
    "CreateConfigurationSetTrackingOptions": _put_tracking,
    "UpdateConfigurationSetTrackingOptions": _put_tracking,
    "DeleteConfigurationSetTrackingOptions": _delete_tracking,
    "UpdateConfigurationSetReputationMetricsEnabled": _put_reputation,
    "UpdateConfigurationSetSendingEnabled": _put_sending,
    "CreateConfigurationSetEventDestination": _put_event_destination,
    "UpdateConfigurationSetEventDestination": _put_event_destination,
    "DeleteConfigurationSetEventDestination": _delete_event_destination,
    "DescribeConfigurationSet": _describe_set,
}
