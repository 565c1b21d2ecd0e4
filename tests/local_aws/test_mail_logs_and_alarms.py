"""SES, CloudWatch Logs, CloudWatch and S3 return what they were given."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request

import pytest

from tests.local_aws.conftest import ACCOUNT, OTHER_ACCOUNT

POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})


def test_a_domain_keeps_its_mail_from_address(client):
    ses = client("ses")
    ses.verify_domain_identity(Domain="a.example.com")
    ses.set_identity_mail_from_domain(
        Identity="a.example.com", MailFromDomain="bounce.a.example.com", BehaviorOnMXFailure="RejectMessage"
    )
    found = ses.get_identity_mail_from_domain_attributes(Identities=["a.example.com"])[
        "MailFromDomainAttributes"
    ]
    assert found["a.example.com"]["MailFromDomain"] == "bounce.a.example.com"
    assert found["a.example.com"]["BehaviorOnMXFailure"] == "RejectMessage"


def test_an_identity_keeps_its_sending_policies(client):
    ses = client("ses")
    ses.verify_domain_identity(Domain="b.example.com")
    arn = f"arn:aws:ses:us-east-1:{ACCOUNT}:identity/b.example.com"
    ses.put_identity_policy(Identity=arn, PolicyName="own", Policy=POLICY)
    assert ses.list_identity_policies(Identity="b.example.com")["PolicyNames"] == ["own"]
    assert ses.get_identity_policies(Identity=arn, PolicyNames=["own"])["Policies"] == {"own": POLICY}
    ses.delete_identity_policy(Identity=arn, PolicyName="own")
    assert ses.list_identity_policies(Identity=arn)["PolicyNames"] == []


def test_an_identity_shows_where_its_notifications_go(client):
    ses = client("ses")
    ses.verify_domain_identity(Domain="c.example.com")
    topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:bounces"
    ses.set_identity_notification_topic(Identity="c.example.com", NotificationType="Bounce", SnsTopic=topic)
    ses.set_identity_headers_in_notifications_enabled(
        Identity="c.example.com", NotificationType="Bounce", Enabled=True
    )
    found = ses.get_identity_notification_attributes(Identities=["c.example.com"])["NotificationAttributes"]
    assert found["c.example.com"]["BounceTopic"] == topic
    assert found["c.example.com"]["HeadersInBounceNotificationsEnabled"] is True


def test_a_configuration_set_of_version_1_keeps_its_options(client):
    ses = client("ses")
    name = "reports-v1"
    ses.create_configuration_set(ConfigurationSet={"Name": name})
    ses.put_configuration_set_delivery_options(
        ConfigurationSetName=name, DeliveryOptions={"TlsPolicy": "Require"}
    )
    ses.update_configuration_set_reputation_metrics_enabled(ConfigurationSetName=name, Enabled=True)
    ses.update_configuration_set_sending_enabled(ConfigurationSetName=name, Enabled=False)
    topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:reports"
    destination = {
        "Name": "topic",
        "Enabled": True,
        "MatchingEventTypes": ["bounce", "complaint"],
        "SNSDestination": {"TopicARN": topic},
    }
    ses.create_configuration_set_event_destination(ConfigurationSetName=name, EventDestination=destination)
    found = ses.describe_configuration_set(ConfigurationSetName=name)
    assert found["DeliveryOptions"] == {"TlsPolicy": "Require"}
    assert found["ReputationOptions"]["ReputationMetricsEnabled"] is True
    assert found["ReputationOptions"]["SendingEnabled"] is False
    assert found["EventDestinations"] == [destination]


def test_an_identity_of_version_2_keeps_what_it_was_made_of(client):
    ses = client("sesv2")
    ses.create_configuration_set(ConfigurationSetName="reports-v2")
    ses.create_email_identity(
        EmailIdentity="d.example.com",
        ConfigurationSetName="reports-v2",
        DkimSigningAttributes={"NextSigningKeyLength": "RSA_1024_BIT"},
        Tags=[{"Key": "System", "Value": "orders"}],
    )
    ses.put_email_identity_mail_from_attributes(
        EmailIdentity="d.example.com", MailFromDomain="m.d.example.com", BehaviorOnMxFailure="REJECT_MESSAGE"
    )
    ses.put_email_identity_feedback_attributes(EmailIdentity="d.example.com", EmailForwardingEnabled=False)
    ses.create_email_identity_policy(EmailIdentity="d.example.com", PolicyName="own", Policy=POLICY)
    found = ses.get_email_identity(EmailIdentity="d.example.com")
    assert found["ConfigurationSetName"] == "reports-v2"
    assert found["DkimAttributes"]["NextSigningKeyLength"] == "RSA_1024_BIT"
    assert found["Tags"] == [{"Key": "System", "Value": "orders"}]
    assert found["MailFromAttributes"]["MailFromDomain"] == "m.d.example.com"
    assert found["FeedbackForwardingStatus"] is False
    assert found["Policies"] == {"own": POLICY}


@pytest.mark.parametrize("account", [ACCOUNT, OTHER_ACCOUNT])
def test_sent_mail_can_be_read(client, control, account):
    ses = client("ses", account)
    sender = f"reports-{account}@example.org"
    ses.verify_email_identity(EmailAddress=sender)
    ses.create_template(
        Template={
            "TemplateName": "ready",
            "SubjectPart": "Report {{day}}",
            "TextPart": "{{link}}",
            "HtmlPart": "<p/>",
        }
    )
    ses.send_templated_email(
        Source=sender,
        Destination={"ToAddresses": ["boss@example.org"]},
        Template="ready",
        TemplateData=json.dumps({"day": "Monday", "link": "s3://reports/1.csv"}),
    )
    mail = control("GET", f"mail?account={account}")["mail"][-1]
    assert (mail["source"], mail["to"], mail["template"]) == (sender, ["boss@example.org"], "ready")
    assert (mail["subject"], mail["text"]) == ("Report Monday", "s3://reports/1.csv")


def test_a_saved_query_is_kept(client):
    logs = client("logs")
    query = logs.put_query_definition(
        name="orders/errors", queryString="fields @message", logGroupNames=["/a"]
    )
    found = logs.describe_query_definitions(queryDefinitionNamePrefix="orders/")["queryDefinitions"]
    assert [(q["queryDefinitionId"], q["queryString"], q["logGroupNames"]) for q in found] == [
        (query["queryDefinitionId"], "fields @message", ["/a"])
    ]
    logs.delete_query_definition(queryDefinitionId=query["queryDefinitionId"])
    assert logs.describe_query_definitions(queryDefinitionNamePrefix="orders/")["queryDefinitions"] == []


def test_a_log_group_keeps_its_data_protection(client):
    logs = client("logs")
    logs.create_log_group(logGroupName="/protected")
    logs.put_data_protection_policy(logGroupIdentifier="/protected", policyDocument=POLICY)
    assert logs.get_data_protection_policy(logGroupIdentifier="/protected")["policyDocument"] == POLICY
    logs.delete_data_protection_policy(logGroupIdentifier="/protected")
    assert "policyDocument" not in logs.get_data_protection_policy(logGroupIdentifier="/protected")


@pytest.fixture(scope="module")
def cloudwatch(server):
    """Call CloudWatch on the query protocol, as the Terraform provider does; return the XML text."""

    def call(action, **fields):
        data = urllib.parse.urlencode({"Action": action, "Version": "2010-08-01", **fields}).encode()
        authorization = f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20300101/us-east-1/monitoring/aws4_request"
        request = urllib.request.Request(server.url, data, {"Authorization": authorization})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    return call


def test_an_alarm_put_on_the_query_protocol_comes_back_whole(cloudwatch):
    fields = {
        "AlarmName": "errors",
        "MetricName": "Errors",
        "Namespace": "AWS/Lambda",
        "Period": "300",
        "ExtendedStatistic": "p99",
        "EvaluateLowSampleCountPercentile": "ignore",
        "TreatMissingData": "notBreaching",
        "InsufficientDataActions.member.1": "arn:aws:sns:us-east-1:111111111111:alerts",
        "Dimensions.member.1.Name": "FunctionName",
        "Dimensions.member.1.Value": "mailer",
    }
    cloudwatch(
        "PutMetricAlarm",
        EvaluationPeriods="2",
        Threshold="1",
        ComparisonOperator="GreaterThanThreshold",
        **fields,
    )
    found = cloudwatch("DescribeAlarms", **{"AlarmNames.member.1": "errors"})
    parts = [f"<{name}>{value}</{name}>" for name, value in fields.items() if "." not in name]
    parts += ["<InsufficientDataActions><member>arn:aws:sns:us-east-1:111111111111:alerts</member>"]
    parts += ["<Name>FunctionName</Name><Value>mailer</Value>"]
    assert [part for part in parts if part not in found.replace("\n", "")] == []
    assert "<Statistic>" not in found


def test_metric_math_and_an_anomaly_band_are_kept(client):
    alarms = client("cloudwatch")
    metric = {"Namespace": "AWS/ApiGateway", "MetricName": "Count"}
    queries = [
        {"Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m, 2)", "ReturnData": True},
        {"Id": "m", "MetricStat": {"Metric": metric, "Period": 300, "Stat": "Sum"}, "ReturnData": True},
    ]
    alarms.put_metric_alarm(
        AlarmName="anomaly",
        ComparisonOperator="GreaterThanUpperThreshold",
        EvaluationPeriods=2,
        ThresholdMetricId="band",
        Metrics=queries,
    )
    found = alarms.describe_alarms(AlarmNames=["anomaly"])["MetricAlarms"][0]
    assert found["Metrics"] == [
        queries[0],
        {**queries[1], "MetricStat": {**queries[1]["MetricStat"], "Metric": metric}},
    ]
    assert found["ThresholdMetricId"] == "band"
    assert {"Period", "Statistic", "MetricName", "Threshold"} & set(found) == set()


def test_a_composite_alarm_keeps_its_suppressor(client):
    alarms = client("cloudwatch")
    for name in ("child", "maintenance"):
        alarms.put_metric_alarm(
            AlarmName=name,
            ComparisonOperator="GreaterThanThreshold",
            EvaluationPeriods=1,
            Threshold=1,
            MetricName="Errors",
            Namespace="acme",
            Period=60,
            Statistic="Sum",
        )
    alarms.put_composite_alarm(
        AlarmName="all",
        AlarmRule="ALARM(child)",
        ActionsSuppressor="maintenance",
        ActionsSuppressorWaitPeriod=20,
        ActionsSuppressorExtensionPeriod=10,
    )
    found = alarms.describe_alarms(AlarmNames=["all"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"][0]
    assert (found["ActionsSuppressor"], found["ActionsSuppressorWaitPeriod"]) == ("maintenance", 20)


@pytest.mark.parametrize(
    ("kind", "put", "get", "listing", "configuration"),
    [
        pytest.param(
            "MetricsConfiguration",
            "put_bucket_metrics_configuration",
            "get_bucket_metrics_configuration",
            "list_bucket_metrics_configurations",
            {"Id": "all"},
            id="metrics",
        ),
        pytest.param(
            "IntelligentTieringConfiguration",
            "put_bucket_intelligent_tiering_configuration",
            "get_bucket_intelligent_tiering_configuration",
            "list_bucket_intelligent_tiering_configurations",
            {"Id": "all", "Status": "Enabled", "Tierings": [{"Days": 125, "AccessTier": "ARCHIVE_ACCESS"}]},
            id="intelligent tiering",
        ),
    ],
)
def test_a_bucket_keeps_configurations_by_id(client, kind, put, get, listing, configuration):
    s3, bucket = client("s3"), f"kept-{kind.lower()[:7]}"
    s3.create_bucket(Bucket=bucket)
    getattr(s3, put)(Bucket=bucket, Id="all", **{kind: configuration})
    assert getattr(s3, get)(Bucket=bucket, Id="all")[kind] == configuration
    assert getattr(s3, listing)(Bucket=bucket)[f"{kind}List"] == [configuration]


def mail_to(client, version, recipient, configuration_set):
    body = {"Subject": {"Data": "s"}, "Body": {"Text": {"Data": "t"}}}
    if version == 1:
        client("ses").send_email(
            Source="events@example.org",
            Destination={"ToAddresses": [recipient]},
            Message=body,
            ConfigurationSetName=configuration_set,
        )
    else:
        client("sesv2").send_email(
            FromEmailAddress="events@example.org",
            Destination={"ToAddresses": [recipient]},
            Content={"Simple": body},
            ConfigurationSetName=configuration_set,
        )


@pytest.mark.parametrize("version", [1, 2])
def test_a_bounce_is_published_where_the_configuration_set_says(client, queue, received, version):
    url, arn = queue(f"mail-events-{version}", "sns.amazonaws.com")
    topic = client("sns").create_topic(Name=f"mail-events-{version}")["TopicArn"]
    client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
    )
    client("ses").verify_email_identity(EmailAddress="events@example.org")
    name = f"events-{version}"
    if version == 1:
        client("ses").create_configuration_set(ConfigurationSet={"Name": name})
        destination = {
            "Name": "t",
            "Enabled": True,
            "MatchingEventTypes": ["bounce"],
            "SNSDestination": {"TopicARN": topic},
        }
        client("ses").create_configuration_set_event_destination(
            ConfigurationSetName=name, EventDestination=destination
        )
    else:
        client("sesv2").create_configuration_set(ConfigurationSetName=name)
        wanted = {"Enabled": True, "MatchingEventTypes": ["BOUNCE"], "SnsDestination": {"TopicArn": topic}}
        client("sesv2").create_configuration_set_event_destination(
            ConfigurationSetName=name, EventDestinationName="t", EventDestination=wanted
        )
    mail_to(client, version, "good@example.com", name)
    mail_to(client, version, "bounce@simulator.amazonses.com", name)
    event = json.loads(received(url)["Body"])
    assert (event["eventType"], event["mail"]["destination"]) == (
        "Bounce",
        ["bounce@simulator.amazonses.com"],
    )
    assert event["bounce"]["bounceType"] == "Permanent"


def test_a_configuration_set_that_does_not_exist_is_refused(client):
    client("ses").verify_email_identity(EmailAddress="events@example.org")
    with pytest.raises(client("sesv2").exceptions.NotFoundException, match="<nowhere>"):
        mail_to(client, 2, "good@example.com", "nowhere")
