"""Where a system answers, and the line that one types to ask it."""

from pathlib import Path

import pytest

from scripts.endpoints import Request, reachable, requests_of, signature

LOCAL = "http://127.0.0.1:4566"


@pytest.mark.parametrize(
    ("url", "endpoint", "expected"),
    [
        pytest.param(
            "https://abc123.execute-api.us-east-1.amazonaws.com/dev",
            LOCAL,
            f"{LOCAL}/_aws/execute-api/abc123/dev",
            id="rehearsed",
        ),
        pytest.param(
            "https://abc123.execute-api.us-east-1.amazonaws.com/dev",
            "",
            "https://abc123.execute-api.us-east-1.amazonaws.com/dev",
            id="real",
        ),
        pytest.param(
            "https://api.example.com", LOCAL, "https://api.example.com", id="another kind of address"
        ),
    ],
)
def test_an_api_is_asked_where_it_answers(url: str, endpoint: str, expected: str) -> None:
    assert reachable(url, endpoint) == expected


def test_a_body_is_quoted_for_the_shell() -> None:
    request = Request("place", "api", "url", "POST", "/orders", '{"note": "it\'s"}')
    assert request.curl(LOCAL) == (
        f"""curl -sS -X POST {LOCAL}/orders -H 'content-type: application/json' -d '{{"note": "it'"'"'s"}}'"""
    )


def test_a_call_that_iam_lets_in_is_signed() -> None:
    request = Request("read", "api", "url", "GET", "/orders/1", "")
    line = request.curl(LOCAL, signature("us-east-1", "333333333333:x"))
    assert line == (
        f"curl -sS --aws-sigv4 aws:amz:us-east-1:execute-api --user 333333333333:x -X GET {LOCAL}/orders/1"
    )


def test_a_system_without_examples_has_none(tmp_path: Path) -> None:
    assert requests_of(tmp_path) == ()


def test_examples_are_read_from_their_file(tmp_path: Path) -> None:
    (tmp_path / "try-it.toml").write_text(
        '[[request]]\ntitle="t"\nunit="u"\noutput="o"\nmethod="POST"\npath="/p"\nbody={a=1}\n'
    )
    assert requests_of(tmp_path) == (Request("t", "u", "o", "POST", "/p", '{"a": 1}'),)
