"""networking/load-balancer: what it refuses, and how it says so."""

import pytest
import tftest

MODULE = "networking/load-balancer"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000"
WEB_ACL = "arn:aws:wafv2:us-east-1:111111111111:regional/webacl/shop/00000000-0000-0000-0000-000000000000"
APPLICATION_BALANCER = (
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/acme/0123456789abcdef"
)
PLACE = {
    "name": "acme",
    "vpc_id": "vpc-0123456789abcdef0",
    "subnet_ids": {"us-east-1a": "subnet-0123456789abcdef0", "us-east-1b": "subnet-0123456789abcdef1"},
    "security_group_ids": ["sg-0123456789abcdef0"],
}
REQUIRED = PLACE | {"certificate_arn": CERTIFICATE, "access_logs": {"bucket_name": "acme-logs"}}
NETWORK = PLACE | {
    "type": "network",
    "target_groups": {"api": {"port": 443, "protocol": "TCP"}},
    "network_listeners": {"https": {"port": 443, "target_group": "api"}},
}


def groups(**changed):
    return {"target_groups": {"api": {"port": 8000} | changed}}


def rules(**changed):
    return groups() | {"rules": {"api": {"priority": 1, "paths": ["/*"], "forward": {"api": 1}} | changed}}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            {"name": "internal-acme"}, r'internal-, which AWS refuses; got "internal-acme"', id="name"
        ),
        pytest.param(
            {"name": "acme_dev"}, r'letters, digits and inner hyphens.*got "acme_dev"', id="underscore"
        ),
        pytest.param({"security_group_ids": []}, r"at least one group.*got \[\]", id="no security group"),
        pytest.param(
            {"subnet_ids": {"us-east-1a": "subnet-1"}}, r'two zones; got \["us-east-1a"\]', id="one zone only"
        ),
        pytest.param(
            {"access_logs": None}, r"allow_no_access_logs must be true; got null", id="no access logs"
        ),
        pytest.param(
            {"certificate_arn": None}, r"allow_plain_http = true; got null", id="plain HTTP without saying so"
        ),
        pytest.param(
            {
                "certificate_arn": None,
                "allow_plain_http": True,
                "additional_certificate_arns": {"a.b": CERTIFICATE},
            },
            r'need an HTTPS listener; got \["a\.b"\].*allow_plain_http true',
            id="further certificates without HTTPS",
        ),
        pytest.param(
            {"allow_plain_http": True},
            r"without a certificate; got certificate_arn .*acm",
            id="plain HTTP beside a certificate",
        ),
        pytest.param(
            {"alarms": {"minutes": 0}}, r'minutes of at least 1.*"minutes":0', id="alarm without time"
        ),
        pytest.param(
            {"default_forward": {"web": 1}}, r'keyed by target group.*got \["web"\]', id="default to nobody"
        ),
        pytest.param(
            groups(blue_green=True) | {"default_forward": {"api": 1}},
            r'-blue and -green\); got \["api"\]',
            id="pair by its own name",
        ),
        pytest.param(
            groups() | {"default_forward": {"api": 1000}},
            r'from 0 to 999; got \{"api":1000\}',
            id="default weight",
        ),
        pytest.param({"idle_timeout_seconds": 4001}, r"from 1 to 4000; got 4001", id="idle timeout"),
        pytest.param(
            groups() | {"network_listeners": {"tcp": {"port": 5, "target_group": "api"}}},
            r'for type network; got \["tcp"\] with type application',
            id="network listener of an application balancer",
        ),
        pytest.param(rules(priority=0), r'priorities from 1 to 50000; got \{"api":0\}', id="priority"),
        pytest.param(
            groups()
            | {
                "rules": {
                    key: {"priority": 1, "paths": ["/*"], "forward": {"api": 1}}
                    for key in ("first", "second")
                }
            },
            r'different whole priorities.*"first":1,"second":1',
            id="same priority twice",
        ),
        pytest.param(rules(paths=[]), r'1 to 5 hosts.*got \{"api":0\}', id="rule for everything"),
        pytest.param(
            rules(paths=[f"/{n}" for n in range(6)]), r'1 to 5 hosts.*got \{"api":6\}', id="six values"
        ),
        pytest.param(rules(forward={}), r'1 to 5 target groups.*"api":\{\}', id="rule to nobody"),
        pytest.param(rules(forward={"api": -1}), r"from 0 to 999.*-1", id="negative weight"),
        pytest.param(
            rules(forward={"web": 1}), r'keys of target_groups.*"api":\["web"\]', id="rule to a stranger"
        ),
        pytest.param(
            {"ssl_policy": "ELBSecurityPolicy-2016-08"},
            r'got "ELBSecurityPolicy-2016-08"',
            id="policy with TLS 1.0",
        ),
        pytest.param(
            {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"},
            r'forward secrecy.*got "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"',
            id="policy with weak ciphers",
        ),
        pytest.param(
            {"target_groups": {"Api": {"port": 1}}}, r'lower-case words.*"Api":1', id="key in capitals"
        ),
        pytest.param(groups(port=0), r'port from 1 to 65535; got \{"api":0\}', id="port"),
        pytest.param(
            groups(protocol="TCP"), r'HTTP or HTTPS \(type application\).*"api":"TCP"', id="protocol"
        ),
        pytest.param(
            groups(target_type="lambda"), r'must be ip or instance.*"api":"lambda"', id="target type"
        ),
        pytest.param(
            groups(load_balancer_arn=APPLICATION_BALANCER),
            r'must be ip or instance.*"api":"ip"',
            id="balancer behind",
        ),
        pytest.param(
            groups(health_check={"protocol": "TCP"}),
            r'health_check\.protocol must be.*"api":"TCP"',
            id="check by TCP",
        ),
        pytest.param(
            groups(health_check={"timeout_seconds": 15}),
            r'timeout.*below its interval.*"timeout_seconds":15',
            id="check",
        ),
        pytest.param(
            groups(slow_start_seconds=5),
            r"slow_start_seconds 0 or from 30 to 900.*\[30,5,null\]",
            id="slow start",
        ),
        pytest.param(
            groups(protocol_version="HTTP3"), r'GRPC, HTTP1 or HTTP2.*"HTTP3"', id="protocol version"
        ),
        pytest.param(
            groups(health_check={"matcher": "2xx"}),
            r'codes such as "200".*got \{"api":"2xx"\}',
            id="no codes",
        ),
        pytest.param(
            groups(health_check={"matcher": "200-500"}),
            r'from 200 to 499.*got \{"api":"200-500"\}',
            id="check that errors pass",
        ),
        pytest.param(
            groups(protocol_version="GRPC"), r'GRPC from 0 to 99; got \{"api":"200"\}', id="HTTP code of gRPC"
        ),
        pytest.param({"type": "gateway"}, r'application or network; got "gateway"', id="type"),
        pytest.param(
            {"web_acl": {"arn": WEB_ACL.replace(":regional/", ":global/")}},
            r"web ACL of REGIONAL scope; got .*:global/webacl",
            id="web ACL of CloudFront",
        ),
    ],
)
def test_an_application_balancer_that_is_open_or_impossible_is_refused_with_rule_and_value(
    plan_module, changed, says
):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))


def behind(**changed):
    group = {
        "port": 443,
        "protocol": "TCP",
        "target_type": "alb",
        "load_balancer_arn": APPLICATION_BALANCER,
        "health_check": {"protocol": "HTTPS"},
    }
    return {"target_groups": {"api": group | changed}}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            {"certificate_arn": CERTIFICATE}, r"in network_listeners; got certificate_arn", id="certificate"
        ),
        pytest.param(
            {"network_listeners": {"https": {"port": 443, "target_group": "web"}}},
            r'key of target_groups; got \{"https":"443 to web"\}',
            id="listener to a stranger",
        ),
        pytest.param(
            {"rules": {"api": {"priority": 1, "paths": ["/*"], "forward": {"api": 1}}}},
            r'for type application; got \["api"\] with type network',
            id="rule",
        ),
        pytest.param(
            {"web_acl": {"arn": WEB_ACL}}, r"for type application, because WAF.*got .*webacl", id="WAF"
        ),
        pytest.param(
            {"target_groups": {"api": {"port": 443}}},
            r'TCP or TLS \(type network\).*"api":"HTTP"',
            id="HTTP group",
        ),
        pytest.param(
            behind(target_type="alb", load_balancer_arn=None),
            r'alb with protocol TCP and load_balancer_arn; got \{"api":"alb"\}',
            id="balancer behind without its ARN",
        ),
        pytest.param(
            behind(protocol="TLS"),
            r'alb with protocol TCP and load_balancer_arn.*"alb"',
            id="TLS to a balancer",
        ),
        pytest.param(
            behind(health_check={}), r'not for alb targets\); got \{"api":null\}', id="balancer asked by TCP"
        ),
    ],
)
def test_a_network_balancer_that_cannot_be_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(NETWORK | changed))
