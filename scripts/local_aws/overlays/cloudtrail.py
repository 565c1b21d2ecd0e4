"""CloudTrail: a new trail of ministack 1.5.33 has no tags and no log group, and none has insights or a topic's ARN."""

from __future__ import annotations

import json
from collections.abc import Callable

from ministack.services import cloudtrail

from scripts.local_aws.overlays.hooks import Document, Response, ok, refused, store, wrap
from scripts.local_aws.overlays.tagging import as_map

_INSIGHTS = store("cloudtrail-insights")
_LOGS = ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn")


def install() -> None:
    create = cloudtrail._DISPATCH["CreateTrail"]

    def create_trail(body: Document) -> Response:
        status, headers, answer = create(body)
        if status >= 400:
            return status, headers, answer
        document = json.loads(answer)
        kept = {field: body[field] for field in _LOGS if body.get(field)}
        cloudtrail._trails[document["Name"]].update(kept)
        cloudtrail._trail_tags[document["TrailARN"]] = as_map(body.get("TagsList"))
        return status, headers, json.dumps({**document, **kept}).encode()

    cloudtrail._DISPATCH.update(
        CreateTrail=create_trail, PutInsightSelectors=_put_insights, GetInsightSelectors=_get_insights
    )

    @wrap(cloudtrail, "_trail_view")
    def view(inner: Callable[[Document], Document], trail: Document) -> Document:
        shown = {**inner(trail), "HasInsightSelectors": bool(_INSIGHTS.get(trail["TrailARN"]))}
        return {**shown, "SnsTopicARN": _topic_arn(trail)} if trail.get("SnsTopicName") else shown


def _topic_arn(trail: Document) -> str:
    """A trail is told of a topic by its ARN, or by its name if it is the trail's own account's and region's."""
    topic = str(trail["SnsTopicName"])
    here = trail["TrailARN"].replace(":cloudtrail:", ":sns:").rpartition(":")[0]
    return topic if topic.startswith("arn:") else f"{here}:{topic}"


def _arn(body: Document) -> str:
    _, _, trail = cloudtrail._find_visible_trail(body.get("TrailName", ""))
    return str(trail["TrailARN"]) if trail else ""


def _put_insights(body: Document) -> Response:
    arn = _arn(body)
    if not arn:
        return refused("TrailNotFoundException", f"Unknown trail: {body.get('TrailName')}")
    _INSIGHTS[arn] = body.get("InsightSelectors") or []
    return ok({"TrailARN": arn, "InsightSelectors": _INSIGHTS[arn]})


def _get_insights(body: Document) -> Response:
    arn = _arn(body)
    if not _INSIGHTS.get(arn):
        return refused("InsightNotEnabledException", f"Insights are not enabled on {body.get('TrailName')}.")
    return ok({"TrailARN": arn, "InsightSelectors": _INSIGHTS[arn]})
