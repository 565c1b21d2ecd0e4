"""An audit shows Checkov no secret, and lets through only what was reasoned and is not over."""

from __future__ import annotations

import json
import re
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from scripts.audit import checkov as checkov_run
from scripts.audit.breach import Breach
from scripts.audit.document import address_at, checkable
from scripts.audit.waivers import FILE, Exclusion, Waiver, Waivers, judge, read_waivers
from scripts.checks.finding import Refused
from scripts.machine import REPOSITORY
from scripts.processes import ProcessFailed

UNIT = "live/dev/us-east-1/shop/all"
TODAY = date(2026, 11, 21)
SECRET = "hunter2-hunter2"


def document() -> dict[str, object]:
    """A plan with one secret in every place where Terraform may print one."""
    marked = {"sensitive_values": {"value": True}}
    values = {"name": "/shop/key", "value": SECRET, "environment": [{"variables": {"DB_PASSWORD": SECRET}}]}
    return {
        "format_version": "1.2",
        "variables": {"password": {"value": SECRET}},
        "prior_state": {"values": {"root_module": {"resources": [{"values": values}]}}},
        "output_changes": {"key": {"after": SECRET}},
        "planned_values": {
            "outputs": {"key": {"value": SECRET}},
            "root_module": {
                "resources": [
                    {
                        "address": "aws_a.first",
                        "mode": "managed",
                        "type": "aws_a",
                        "name": "first",
                        "values": {},
                    },
                    {
                        "address": 'aws_ssm_parameter.key["x"]',
                        "mode": "managed",
                        "type": "aws_ssm_parameter",
                        "name": "key",
                        "values": values,
                        **marked,
                    },
                ]
            },
        },
        "resource_changes": [
            {
                "address": 'aws_ssm_parameter.key["x"]',
                "mode": "managed",
                "type": "aws_ssm_parameter",
                "name": "key",
                "change": {
                    "actions": ["create"],
                    "before": values,
                    "after": values,
                    "after_sensitive": {"value": True},
                    "after_unknown": {"arn": True, "key_id": True},
                },
            }
        ],
        "configuration": {
            "root_module": {
                "resources": [
                    {
                        "address": "aws_ssm_parameter.key",
                        "expressions": {
                            "key_id": {"references": ["var.key_arn"]},
                            "value": {"constant_value": SECRET},
                        },
                    }
                ],
                "variables": {"password": {"default": SECRET}},
            }
        },
    }


def test_checkov_sees_no_secret_wherever_it_stood() -> None:
    assert json.dumps(document()).count(SECRET) == 13
    text = checkable(document())
    assert SECRET not in text
    assert "(sensitive)" in text


def test_only_what_the_code_gives_counts_as_known_later() -> None:
    shown = json.loads(checkable(document()))
    assert shown["resource_changes"][0]["change"]["after_unknown"] == {"key_id": True}
    assert shown["planned_values"]["root_module"]["resources"][1]["values"]["key_id"] == "${var.key_arn}"


def test_a_line_leads_back_to_its_resource() -> None:
    text = checkable(document())
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "DB_PASSWORD" in row)
    assert address_at(text, line) == 'aws_ssm_parameter.key["x"]'
    assert address_at(text, 1) == ""


FAKE = """
import json, os, sys
words = sys.argv[1:]
files = [words[n + 1] for n, word in enumerate(words) if word == "-f"]
folder = words[words.index("--output-file-path") + 1]
seen = {"files": [[os.stat(f).st_mode & 0o777, open(f).read()] for f in files], "folder": os.path.dirname(files[0]),
        "aws": [name for name in os.environ if name.startswith("AWS_")]}
open(os.environ["SEEN"], "w").write(json.dumps(seen))
line = next(n for n, row in enumerate(open(files[0]), 1) if "/shop/key" in row)
result = {"ruleId": "CKV_AWS_1", "message": {"text": "Ensure it is encrypted"}, "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": files[0].lstrip("/")}, "region": {"startLine": line}}}]}
os.makedirs(folder)
open(folder + "/results_sarif.sarif", "w").write(json.dumps({"runs": [{"results": [result]}]}))
sys.exit(1)
"""


@pytest.fixture
def fake(tmp_path, monkeypatch) -> Path:
    """A Checkov that writes down what it was given and finds one thing."""
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    monkeypatch.setattr(checkov_run, "checkov", lambda: (sys.executable, str(script)))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen.json"))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return tmp_path


def test_checkov_gets_private_redacted_files_that_are_gone_afterwards(fake) -> None:
    found = checkov_run.check({UNIT: document()})
    seen = json.loads((fake / "seen.json").read_text())
    assert [stat.filemode(mode | stat.S_IFREG) for mode, _ in seen["files"]] == ["-rw-------"]
    assert all(SECRET not in text for _, text in seen["files"])
    assert (seen["aws"], Path(seen["folder"]).exists()) == ([], False)
    assert found == (
        Breach("high", "CKV_AWS_1", UNIT, 'aws_ssm_parameter.key["x"]', "Ensure it is encrypted"),
    )


def test_a_checkov_that_breaks_is_a_failure_and_no_clean_audit(fake) -> None:
    (fake / "fake.py").write_text("import sys; sys.exit('out of order')")
    with pytest.raises(ProcessFailed, match="out of order"):
        checkov_run.check({UNIT: document()})


def breach(rule: str = "CKV_AWS_1", address: str = 'aws_a.b["c"]', severity: str = "high") -> Breach:
    return Breach(severity, rule, UNIT, address, "text")


REASON = "a reason that is long enough to be one"


def waiver(**values: object) -> Waiver:
    row = {"rule": "CKV_AWS_1", "unit": "*", "address": "*", "reason": REASON, "until": date(2027, 1, 1)}
    return Waiver(**(row | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "covers"),
    [
        pytest.param(waiver(), True, id="the rule everywhere"),
        pytest.param(waiver(unit="live/dev/*"), True, id="its environment"),
        pytest.param(waiver(unit="live/prod/*"), False, id="another environment"),
        pytest.param(waiver(address='aws_a.b["c"]'), True, id="brackets mean themselves"),
        pytest.param(waiver(address="aws_a.b[*]"), True, id="any key"),
        pytest.param(waiver(address="aws_a.c*"), False, id="another resource"),
        pytest.param(waiver(rule="CKV_AWS_2"), False, id="another rule"),
        pytest.param(waiver(until=TODAY), True, id="on its last day"),
        pytest.param(waiver(until=date(2026, 11, 20)), False, id="a day too late"),
    ],
)
def test_a_waiver_covers_what_it_names_until_its_day(given, covers) -> None:
    verdict = judge([breach()], Waivers(waivers=(given,)), [UNIT], TODAY)
    assert (verdict.open == (), bool(verdict.waived)) == (covers, covers)


def test_an_expired_waiver_is_told_and_one_that_covers_nothing_too() -> None:
    old, idle = waiver(until=date(2026, 1, 1)), waiver(rule="CKV_AWS_9")
    elsewhere = waiver(rule="CKV_AWS_9", unit="live/prod/*")
    verdict = judge([breach()], Waivers(waivers=(old, idle, elsewhere)), [UNIT], TODAY)
    assert (verdict.expired, verdict.unneeded, len(verdict.open)) == ((old,), (idle,), 1)


def test_excluded_rules_are_kept_apart_and_the_worst_comes_first() -> None:
    found = [breach("CKV_AWS_2", severity="low"), breach("CKV_AWS_3"), breach("x-y")]
    verdict = judge(found, Waivers((Exclusion("CKV_AWS_3", REASON),)), [UNIT], TODAY)
    assert [each.rule for each in verdict.open] == ["x-y", "CKV_AWS_2"]
    assert [each.rule for each in verdict.excluded] == ["CKV_AWS_3"]


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "live").mkdir()
    (tmp_path / FILE).write_text(text)
    return tmp_path


GOOD = f'rule = "R"\nreason = "{REASON}"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("[[excluded", "cannot be read", id="no TOML"),
        pytest.param(f"[[skip]]\n{GOOD}", 'no table "skip"', id="an unknown table"),
        pytest.param('[[excluded]]\nrule = "R"\n', "lacks reason", id="no reason"),
        pytest.param(
            '[[excluded]]\nrule = "R"\nreason = "not needed"\n', "no real reason", id="a short reason"
        ),
        pytest.param(f'[[waiver]]\n{GOOD}unit = "live/*"\n', "lacks until", id="no end"),
        pytest.param(f"[[waiver]]\n{GOOD}until = 2027-01-01\n", "lacks unit", id="no unit"),
        pytest.param(
            f'[[waiver]]\n{GOOD}unit = "live/*"\nuntil = "2027-01-01"\n',
            "without quotes",
            id="an end as text",
        ),
        *(
            pytest.param(
                f'[[waiver]]\n{GOOD}unit = "{unit}"\nuntil = 2027-01-01\n',
                "units below live/",
                id=f"in {unit}",
            )
            for unit in ("modules/security/waf", "*")
        ),
        pytest.param(
            f'[[replaced]]\n{GOOD}by = "plain-http"\n', 'no table "replaced"', id="a rule for another"
        ),
        pytest.param(f'[[excluded]]\n{GOOD}unit = "x"\n', "unknown unit", id="an exclusion of one unit"),
        pytest.param(f"[[excluded]]\n{GOOD}" * 7, "excludes 7 rules", id="too many"),
    ],
)
def test_a_waiver_file_that_is_not_in_order_is_refused(tmp_path, text, says) -> None:
    with pytest.raises(Refused, match=f"{FILE}: .*{says}"):
        read_waivers(written(tmp_path, text))


def test_without_a_file_nothing_is_waived(tmp_path) -> None:
    assert read_waivers(tmp_path) == Waivers()


def test_the_document_says_what_ours_asks_less_of_rules_that_are_waived_or_excluded() -> None:
    text = (REPOSITORY / "docs/audit.md").read_text()
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `CKV")]
    theirs = {rule.strip(" `") for rules, _, _ in rows for rule in rules.split(",")}
    ours = read_waivers(REPOSITORY)
    assert theirs - {each.rule for each in (*ours.exclusions, *ours.waivers)} == set()
    finds = text.split("## Our own rules")[1].split("##")[0]
    described = set(re.findall(r"`([a-z-]+)`", finds))
    assert {mine.strip(" `") for _, mine, _ in rows} <= described
    assert all(less.strip() for _, _, less in rows)


def test_our_own_file_excludes_at_most_six_rules_and_nothing_in_it_is_over() -> None:
    ours = read_waivers(REPOSITORY)
    assert 0 < len(ours.exclusions) <= 6
    assert [waiver.rule for waiver in ours.waivers if waiver.until < date.today()] == []
    rules = [each.rule for each in ours.exclusions]
    assert len(rules) == len(set(rules))
    assert [each.rule for each in ours.waivers if each.rule in rules] == []
