"""Chat rooms (AWS Chatbot, now Amazon Q Developer), which ministack 1.5.33 lacks.

A room is kept as it was asked for; nobody is ever told anything there.
"""

from __future__ import annotations

from ministack.core.responses import get_account_id

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import as_list, as_map

_ROOMS = store("chatbot-slack-channels")
_TAGS = store("chatbot-tags")


def install() -> None:
    serve("chatbot", _answer)


def _answer(request: Request) -> Response | None:
    data, path = request.json, request.path
    if path == "/create-slack-channel-configuration":
        return _create(data)
    if path == "/describe-slack-channel-configurations":
        wanted = data.get("ChatConfigurationArn")
        return ok({"SlackChannelConfigurations": [_shown(arn) for arn in _ROOMS if wanted in (None, arn)]})
    arn = data.get("ChatConfigurationArn") or data.get("ResourceARN", "")
    if arn not in _ROOMS:
        return refused("ResourceNotFoundException", f"The configuration {arn} does not exist.", 404)
    if path == "/update-slack-channel-configuration":
        _ROOMS[arn] = {**_ROOMS[arn], **data}
        return ok({"ChannelConfiguration": _shown(arn)})
    if path == "/delete-slack-channel-configuration":
        _ROOMS.pop(arn)
        _TAGS.pop(arn, None)
        return ok(status=204)
    return _answer_tags(path, arn, data)


def _create(data: Document) -> Response:
    arn = f"arn:aws:chatbot::{get_account_id()}:chat-configuration/slack-channel/{data['ConfigurationName']}"
    if arn in _ROOMS:
        return refused("ConflictException", f"{data['ConfigurationName']} exists already.", 409)
    tags = as_map(data.pop("Tags", None), "TagKey", "TagValue")
    _ROOMS[arn] = {
        "SlackTeamName": data["SlackTeamId"],
        "SlackChannelName": data["SlackChannelId"],
        "SnsTopicArns": [],
        "GuardrailPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
        "LoggingLevel": "NONE",
        "UserAuthorizationRequired": False,
        "State": "ENABLED",
        **data,
        "ChatConfigurationArn": arn,
    }
    _TAGS[arn] = tags
    return ok({"ChannelConfiguration": _shown(arn)}, 201)


def _shown(arn: str) -> Document:
    return {**_ROOMS[arn], "Tags": as_list(_TAGS.get(arn, {}), "TagKey", "TagValue")}


def _answer_tags(path: str, arn: str, data: Document) -> Response | None:
    kept = _TAGS.get(arn, {})
    if path == "/list-tags-for-resource":
        return ok({"Tags": as_list(kept, "TagKey", "TagValue")})
    if path == "/tag-resource":
        _TAGS[arn] = {**kept, **as_map(data["Tags"], "TagKey", "TagValue")}
    elif path == "/untag-resource":
        _TAGS[arn] = {key: value for key, value in kept.items() if key not in data["TagKeys"]}
    else:
        return None
    return ok()
